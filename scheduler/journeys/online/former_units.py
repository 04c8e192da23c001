"""Units by the names that they had before the mergers of 2025, each with what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from data.matching.old_names import reference_names
from data.words import Message
from scheduler.search import Thing

if TYPE_CHECKING:
    from data.matching.old_names import OldName
    from data.records import Unit

FORMER = "former_unit"


def former_units(units: Iterable[Unit]) -> Iterator[Thing]:
    """Every old name of which at least one of these units took over a part; `key`: who took the largest.

    `under` is that unit's name today; parts that went to bodies which are not ours are named as well.
    """
    ours = {unit.name: unit.unit_id for unit in units}
    parts: dict[tuple[str, str], list[OldName]] = defaultdict(list)
    for row in reference_names():
        parts[row.name, row.district].append(row)
    for (name, district), rows in parts.items():
        rows.sort(key=lambda row: not row.most)
        here = next((row.new for row in rows if row.new in ours), None)
        if here and (name, len(rows)) != (here, 1):  # one that kept its name is found by it
            title = f"{name}, {district}" if district else name
            yield Thing(FORMER, ours[here], title, _became(rows), here)


def _became(rows: list[OldName]) -> Message:
    if len(rows) == 1:
        return Message("nay thuộc {unit}", {"unit": rows[0].new})
    parts = [
        Message("{unit} (phần lớn nhất)", {"unit": row.new})
        if row.most
        else Message("{unit} (một phần)", {"unit": row.new})
        for row in rows
    ]
    told = parts.pop()
    while parts:
        told = Message("{first}; {rest}", {"first": parts.pop(), "rest": told})
    return Message("nay chia về {units}", {"units": told})
