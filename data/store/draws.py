"""Seasons of surprise draws; the record of each stands in `files` as its folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from data.store.errors import NotFound, Stale
from data.store.tables.work import draws as table
from data.words import Message

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from data.store.store import Writing

WHAT = Message("hồ sơ rút thăm")
NOUN = "draw"
RECORD, HANDED = "record/", "handed/"  # folders of a draw's files: the record; envelopes for teams
OPEN, CLOSED = "open", "closed"


@dataclass(frozen=True)
class Season:
    """One season of draws.

    Attributes
    ----------
    plan_id : the plan of visits whose reserve the draws use
    rehearsal : whether its record is marked as one for ever
    """

    id: int
    name: str
    dataset_id: int
    plan_id: int | None
    status: str
    rehearsal: bool
    account_id: int | None
    made_at: datetime
    revision: int


def add(work: Writing, name: str, dataset_id: int, plan_id: int, rehearsal: bool) -> int:
    """A new season; gives its id."""
    made = work.db.execute(
        insert(table).values(
            name=name[:200], dataset_id=dataset_id, plan_id=plan_id, status=OPEN, rehearsal=rehearsal,
            account_id=work.by.account_id, made_at=work.at, revision=1,
        ).returning(table.c.id)
    ).scalar_one()  # fmt: skip
    return int(made)


def get(db: Connection, draw_id: int) -> Season:
    """The season.

    Raises
    ------
    NotFound
    """
    row = db.execute(select(table).where(table.c.id == draw_id)).first()
    if row is None:
        raise NotFound(WHAT, draw_id)
    return _season(row)


def page(db: Connection, offset: int, limit: int) -> tuple[list[Season], int]:
    """Seasons, newest first, and how many there are."""
    total = db.execute(select(func.count()).select_from(table)).scalar_one()
    rows = db.execute(select(table).order_by(table.c.id.desc()).offset(offset).limit(limit))
    return [_season(row) for row in rows], total


def step(work: Writing, season: Season) -> None:
    """The season one revision on: its record grew since `season` was read.

    Raises
    ------
    Stale
        Somebody else's step came first.
    """
    changed = work.db.execute(
        update(table)
        .where(table.c.id == season.id, table.c.revision == season.revision)
        .values(revision=season.revision + 1)
    )
    if not changed.rowcount:
        raise Stale(WHAT, season.revision + 1)


def _season(row: Row[Any]) -> Season:
    return Season(**row._mapping)
