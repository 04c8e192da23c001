"""Answers to "did the reorganisation continue the work?", for a unit or a post at once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from data.store import held
from data.store.tables.ledgers import successions as table
from data.words import Message

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from data.store.store import Writing

WHAT = Message("câu trả lời về sắp xếp")
Day = date  # for a record with a field named `date`


@dataclass(frozen=True)
class SuccessionText:
    """What an answer says; the columns of the dataset's table `successions`."""

    date: Day
    continues: bool
    unit_id: str = ""
    position_id: str = ""
    from_unit_id: str = ""
    from_position_id: str = ""
    event: str = ""
    document_no: str = ""


@dataclass(frozen=True)
class StoredSuccession:
    """An answer in the store."""

    id: int
    text: SuccessionText
    dataset_id: int | None  # none: written online
    revision: int


def page(db: Connection, offset: int, limit: int) -> tuple[list[StoredSuccession], int]:
    """Answers that are not withdrawn, by date, and how many there are."""
    rows, total = held.page(db, table, (), (table.c.date,), offset, limit)
    return [_succession(row) for row in rows], total


def get(db: Connection, succession_id: int) -> StoredSuccession:
    """The answer.

    Raises
    ------
    NotFound
        There is none, or it was withdrawn.
    """
    return _succession(held.one(db, table, WHAT, succession_id))


def add(work: Writing, text: SuccessionText) -> StoredSuccession:
    """A new answer."""
    made = held.add(work, table, asdict(text))
    details = {"date": text.date.isoformat(), "unit": text.unit_id, "continues": text.continues}
    work.tell("succession.added", "succession", made, details)
    return get(work.db, made)


def withdraw(work: Writing, succession_id: int, revision: int) -> None:
    """The answer no longer holds; it stays in the store with the moment.

    Raises
    ------
    NotFound, Stale
    """
    held.change(work, table, WHAT, succession_id, revision, {"withdrawn_at": work.at})
    work.tell("succession.withdrawn", "succession", succession_id)


def _succession(row: Row[Any]) -> StoredSuccession:
    text = SuccessionText(
        row.date, row.continues, row.unit_id, row.position_id, row.from_unit_id,
        row.from_position_id, row.event, row.document_no,
    )  # fmt: skip
    return StoredSuccession(row.id, text, row.dataset_id, row.revision)
