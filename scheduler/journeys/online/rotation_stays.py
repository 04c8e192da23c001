"""Who stays where they are in a rotation plan, list by list, and why, as far as a person may know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.collation import folded
from data.exports.rotation_lists import (
    PersonRow,
    SingleRow,
    UnplacedRow,
    people_rows,
    single_rows,
    unplaced_rows,
)
from data.exports.rotation_public import public_plan
from data.exports.rotation_rows import entries
from data.records import RotationPlan
from data.store import moves, plans
from scheduler.journeys.online import rotations
from scheduler.journeys.online.people import GROUNDS
from scheduler.journeys.online.rotation_moves import register_of

if TYPE_CHECKING:
    from data.records.actors import Actor
    from data.store.plans import Version
    from data.store.store import Store

UNPLACED, SINGLE = "unplaced", "single"
Row = UnplacedRow | PersonRow | SingleRow


@dataclass(frozen=True)
class Staying:
    """A page of one list.

    Attributes
    ----------
    which : "unplaced", or a list of the facts
    counts : list -> how many stand on it; only of the lists that this person may see
    total : how many of this list were found
    """

    version: Version
    public: bool
    which: str
    rows: Sequence[Row]
    total: int
    counts: dict[str, int]


def find_staying(
    store: Store, by: Actor, plan_id: int, which: str, text: str, offset: int, limit: int, lang: str
) -> Staying:
    """The people of one list whose name, code, post or unit has this text, without accents.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        version = rotations.seen(plans.get(db, plans.MOVES, plan_id), by)
        left, _ = moves.unplaced_page(db, plan_id, 0, 1_000_000)
    named, register = by.may(GROUNDS), register_of(store, version)
    plan = RotationPlan(version.year, (), tuple(left))
    if not named:
        plan = public_plan(plan, lang)
    lists = rotations.INTERNAL if named else rotations.POSTED
    counts = {UNPLACED: len(left)}
    counts |= {name: len(entries(version.facts, name)) for name in lists}
    which = which if which in counts else UNPLACED
    rows: Sequence[Row]
    if which == UNPLACED:
        rows = unplaced_rows(plan, register)
    elif which == SINGLE:
        rows = single_rows(version.facts, register)
    else:
        rows = people_rows(version.facts, which, register)
    wanted = folded(text)
    found = [row for row in rows if wanted in _text(row)]
    part = found[offset : offset + limit]
    return Staying(version, not named, which, part, len(found), counts)


def _text(row: Row) -> str:
    if isinstance(row, SingleRow):
        return folded(f"{row.people} | {row.units}")
    who = row.row.staff_id if isinstance(row, UnplacedRow) else row.staff_id
    return folded(" | ".join((row.person, who, row.post.title, row.post.unit)))
