"""Deferrals: who must not be moved yet, on which ground, until when."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_

from data.store import held
from data.store.tables.ledgers import deferrals as table
from data.words import Message

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Row

    from data.store.store import Writing

WHAT = Message("trường hợp chưa thực hiện chuyển đổi")


@dataclass(frozen=True)
class DeferralText:
    """What a deferral says; ground and evidence are None for who may not know them."""

    staff_id: str
    ground: str | None
    start: date
    end: date | None = None  # none: open
    evidence: str | None = ""


@dataclass(frozen=True)
class StoredDeferral:
    """A deferral in the store."""

    id: int
    text: DeferralText
    dataset_id: int | None  # none: written online
    revision: int


def page(
    db: Connection, offset: int, limit: int, *, staff_id: str = "", on: date | None = None,
    ends: tuple[date, date] | None = None,
) -> tuple[list[StoredDeferral], int]:  # fmt: skip
    """Deferrals that are not withdrawn, those that end first before those that are open, and how many.

    Parameters
    ----------
    on : only those that cover this day
    ends : only those whose last day lies between these two, both included
    """
    wanted: list[ColumnElement[bool]] = []
    if staff_id:
        wanted.append(table.c.staff_id == staff_id)
    if on is not None:
        wanted += [table.c.start <= on, or_(table.c.end.is_(None), table.c.end >= on)]
    if ends is not None:
        wanted += [table.c.end >= ends[0], table.c.end <= ends[1]]
    order = (table.c.end.is_(None), table.c.end)
    rows, total = held.page(db, table, wanted, order, offset, limit)
    return [_deferral(row) for row in rows], total


def get(db: Connection, deferral_id: int) -> StoredDeferral:
    """The deferral.

    Raises
    ------
    NotFound
        There is none, or it was withdrawn.
    """
    return _deferral(held.one(db, table, WHAT, deferral_id))


def add(work: Writing, text: DeferralText) -> StoredDeferral:
    """A new deferral; the journal learns that there is one, and nothing about anybody."""
    made = held.add(work, table, asdict(text))
    work.tell("deferral.added", "deferral", made)
    return get(work.db, made)


def change(work: Writing, deferral_id: int, revision: int, text: DeferralText) -> StoredDeferral:
    """The deferral with another text.

    Raises
    ------
    NotFound, Stale
    """
    values = {**asdict(text), "changed_at": work.at}
    held.change(work, table, WHAT, deferral_id, revision, values)
    work.tell("deferral.changed", "deferral", deferral_id)
    return get(work.db, deferral_id)


def withdraw(work: Writing, deferral_id: int, revision: int) -> None:
    """The deferral no longer holds; it stays in the store with the moment.

    Raises
    ------
    NotFound, Stale
    """
    held.change(work, table, WHAT, deferral_id, revision, {"withdrawn_at": work.at})
    work.tell("deferral.withdrawn", "deferral", deferral_id)


def _deferral(row: Row[Any]) -> StoredDeferral:
    text = DeferralText(row.staff_id, row.ground, row.start, row.end, row.evidence)
    return StoredDeferral(row.id, text, row.dataset_id, row.revision)
