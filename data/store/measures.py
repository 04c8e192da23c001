"""The register of temporary measures: transfers, suspensions, warnings. The clock never reads it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_

from data.store import held
from data.store.tables.ledgers import measures as table
from data.words import Message

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Row

    from data.store.store import Writing

WHAT = Message("biện pháp tạm thời")


@dataclass(frozen=True)
class MeasureText:
    """What a measure says; kind and decision number are None for who may not know them."""

    staff_id: str
    kind: str | None
    start: date
    end: date | None = None  # none: not known yet
    decision_no: str | None = ""


@dataclass(frozen=True)
class StoredMeasure:
    """A measure in the store."""

    id: int
    text: MeasureText
    dataset_id: int | None  # none: written online
    revision: int


def page(
    db: Connection, offset: int, limit: int, *, staff_id: str = "", on: date | None = None
) -> tuple[list[StoredMeasure], int]:
    """Measures that are not withdrawn, the latest first, and how many; `on`: that cover this day."""
    wanted: list[ColumnElement[bool]] = []
    if staff_id:
        wanted.append(table.c.staff_id == staff_id)
    if on is not None:
        wanted += [table.c.start <= on, or_(table.c.end.is_(None), table.c.end >= on)]
    rows, total = held.page(db, table, wanted, (table.c.start.desc(),), offset, limit)
    return [_measure(row) for row in rows], total


def get(db: Connection, measure_id: int) -> StoredMeasure:
    """The measure.

    Raises
    ------
    NotFound
        There is none, or it was withdrawn.
    """
    return _measure(held.one(db, table, WHAT, measure_id))


def add(work: Writing, text: MeasureText) -> StoredMeasure:
    """A new measure; the journal learns that there is one, and nothing about anybody."""
    made = held.add(work, table, asdict(text))
    work.tell("measure.added", "measure", made)
    return get(work.db, made)


def change(work: Writing, measure_id: int, revision: int, text: MeasureText) -> StoredMeasure:
    """The measure with another text.

    Raises
    ------
    NotFound, Stale
    """
    values = {**asdict(text), "changed_at": work.at}
    held.change(work, table, WHAT, measure_id, revision, values)
    work.tell("measure.changed", "measure", measure_id)
    return get(work.db, measure_id)


def withdraw(work: Writing, measure_id: int, revision: int) -> None:
    """The measure was written by mistake; it stays in the store with the moment.

    Raises
    ------
    NotFound, Stale
    """
    held.change(work, table, WHAT, measure_id, revision, {"withdrawn_at": work.at})
    work.tell("measure.withdrawn", "measure", measure_id)


def _measure(row: Row[Any]) -> StoredMeasure:
    text = MeasureText(row.staff_id, row.kind, row.start, row.end, row.decision_no)
    return StoredMeasure(row.id, text, row.dataset_id, row.revision)
