"""Names from before the mergers of 2025, and which bodies took over: the reference, and the office's own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from data.columns import Column, Table
from data.csv_in import read_csv_table
from data.faults import DatasetError, Reading
from data.opening import Limits, read_bytes
from data.typed import typed_frame

# fmt: off
OLD_NAMES = Table("old_names", "Tên cũ của đơn vị", "Old names of units", (
    Column("old_name", "text", "Tên cũ", "Tên trước khi sắp xếp", "Name before the merger", needed=True),
    Column("old_district", "text", "Quận, huyện cũ", "Quận, huyện, thị xã cũ", "Old district"),
    Column("new_name", "text", "Tên mới", "Tên đơn vị tiếp nhận, như trong bảng units",
           "Name of the unit that took over, as in the units table", needed=True),
    Column("whole", "flag", "Toàn bộ", "Chuyển toàn bộ vào đơn vị mới", "Went to it as a whole"),
    Column("most", "flag", "Phần lớn", "Phần lớn nhất thuộc đơn vị mới này", "The largest part went to it"),
    Column("basis", "text", "Căn cứ", "Căn cứ", "Basis"),
))
# fmt: on


@dataclass(frozen=True, slots=True)
class OldName:
    """An old name and one unit that took it over, wholly or in part; `most`: the largest part."""

    name: str
    district: str
    new: str
    whole: bool = True
    most: bool = True


@cache
def reference_names() -> tuple[OldName, ...]:
    """Wards, communes, towns and departments of Hanoi before 2025, as `data/reference` has them."""
    text = (files("data") / "reference" / "old_names.csv").read_text(encoding="utf-8")
    return tuple(
        OldName(
            row["old_name"], row["old_district"], row["new_name"], row["whole"] == "true",
            row["most"] == "true",
        )
        for row in csv.DictReader(io.StringIO(text))
    )  # fmt: skip


def office_names(path: Path) -> tuple[OldName, ...]:
    """The office's own table of old names, a CSV file; it stands over the reference.

    Raises
    ------
    DatasetError
        With all faults at once.
    """
    reading = Reading()
    raw = read_csv_table(OLD_NAMES, read_bytes(path, Limits(), follow=True), reading.faults)
    frame = None if raw is None else typed_frame(OLD_NAMES, raw, reading)
    if reading.faults or frame is None:
        raise DatasetError(reading.faults, path.name)
    parts = frame["whole"] | frame["most"]
    alone = ~frame["old_name"].duplicated(keep=False)
    rows = zip(
        frame["old_name"], frame["old_district"], frame["new_name"], frame["whole"] | alone,
        parts | alone, strict=True,
    )  # fmt: skip
    return tuple(
        OldName(str(name), str(district), str(new), bool(whole), bool(most))
        for name, district, new, whole, most in rows
    )


def over(own: Iterable[OldName], reference: Iterable[OldName]) -> tuple[OldName, ...]:
    """Both tables; a name of the office's own replaces the reference's of the same name and district."""
    first = tuple(own)
    known = {(row.name.casefold(), row.district.casefold()) for row in first}
    named = {name for name, district in known if not district}
    return first + tuple(
        row
        for row in reference
        if (row.name.casefold(), row.district.casefold()) not in known
        and row.name.casefold() not in named
    )
