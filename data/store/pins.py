"""Pins: what the planner says must, or must not, happen."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, insert, literal, or_, select, update

from data.store.errors import NotFound, Stale
from data.store.tables.ledgers import pins as table
from data.words import Message

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from data.store.store import Writing

WHAT = Message("yêu cầu ghim")
Day = date  # for a record with a field named `date`


@dataclass(frozen=True)
class PinText:
    """What a pin says; the columns of the dataset's table `pins`."""

    unit_id: str = ""
    kind: str = ""
    date: Day | None = None
    week: Day | None = None
    inspector_id: str = ""
    staff_id: str = ""
    position_id: str = ""
    must: bool = True
    reason: str = ""

    @property
    def of_moves(self) -> bool:
        """Whether it speaks of somebody's rotation, not of a visit."""
        return bool(self.staff_id or self.position_id)


@dataclass(frozen=True)
class StoredPin:
    """A pin in the store; `account_id` is None for what came with a dataset."""

    id: int
    text: PinText
    dataset_id: int | None  # none: written online
    revision: int
    account_id: int | None
    made_at: datetime


def page(
    db: Connection, offset: int, limit: int, *, visits: bool = True, moves: bool = True
) -> tuple[list[StoredPin], int]:
    """Pins of visits, of rotation moves, or both, that hold; oldest first, and how many there are."""
    of_moves = (table.c.staff_id != "") | (table.c.position_id != "")
    wanted = [
        table.c.withdrawn_at.is_(None),
        or_(and_(literal(visits), ~of_moves), and_(literal(moves), of_moves)),
    ]
    total = db.execute(select(func.count()).select_from(table).where(*wanted)).scalar_one()
    rows = db.execute(select(table).where(*wanted).order_by(table.c.id).offset(offset).limit(limit))
    return [_pin(row) for row in rows], total


def get(db: Connection, pin_id: int) -> StoredPin:
    """The pin.

    Raises
    ------
    NotFound
        There is none, or it was withdrawn.
    """
    row = db.execute(
        select(table).where(table.c.id == pin_id, table.c.withdrawn_at.is_(None))
    ).first()
    if row is None:
        raise NotFound(WHAT, pin_id)
    return _pin(row)


def add(work: Writing, text: PinText) -> StoredPin:
    """A new pin."""
    made = work.db.execute(
        insert(table)
        .values(**asdict(text), account_id=work.by.account_id, made_at=work.at, revision=1)
        .returning(table.c.id)
    ).scalar_one()
    work.tell("pin.added", "pin", made, {"must": text.must, "unit": text.unit_id})
    return get(work.db, made)


def change(work: Writing, pin_id: int, revision: int, text: PinText) -> StoredPin:
    """The pin with another text.

    Raises
    ------
    NotFound, Stale
    """
    _update(work, pin_id, revision, {**asdict(text), "changed_at": work.at})
    work.tell("pin.changed", "pin", pin_id)
    return get(work.db, pin_id)


def withdraw(work: Writing, pin_id: int, revision: int) -> None:
    """The pin no longer holds; it stays in the store with the moment.

    Raises
    ------
    NotFound, Stale
    """
    _update(work, pin_id, revision, {"withdrawn_at": work.at})
    work.tell("pin.withdrawn", "pin", pin_id)


def _update(work: Writing, pin_id: int, revision: int, values: dict[str, Any]) -> None:
    now = get(work.db, pin_id).revision
    if now != revision:
        raise Stale(WHAT, now)
    changed = work.db.execute(
        update(table)
        .where(table.c.id == pin_id, table.c.revision == revision)
        .values(**values, revision=revision + 1)
    )
    if not changed.rowcount:  # between the two statements, on PostgreSQL
        raise Stale(WHAT, revision + 1)


def _pin(row: Row[Any]) -> StoredPin:
    text = PinText(
        row.unit_id, row.kind, row.date, row.week, row.inspector_id, row.staff_id, row.position_id,
        row.must, row.reason,
    )  # fmt: skip
    return StoredPin(row.id, text, row.dataset_id, row.revision, row.account_id, row.made_at)
