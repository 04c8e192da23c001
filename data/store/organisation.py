"""Who issues and signs the papers: dated blocks, kept once for the whole office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from data.store.errors import Stale
from data.store.tables.work import organisation as table
from data.words import Message

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.store.store import Writing

WHAT = Message("thông tin cơ quan")
ONLY = 1  # id of the one row


@dataclass(frozen=True)
class StoredOrganisation:
    """The blocks as they were saved; without `changed_at` nobody has saved any."""

    blocks: list[dict[str, Any]]
    changed_at: datetime | None
    revision: int


NONE_YET = StoredOrganisation([], None, 0)


def get(db: Connection) -> StoredOrganisation:
    """The blocks in the store; none before the first change."""
    row = db.execute(select(table.c.blocks, table.c.changed_at, table.c.revision)).first()
    return StoredOrganisation(row.blocks, row.changed_at, row.revision) if row else NONE_YET


def change(work: Writing, revision: int, blocks: list[dict[str, Any]]) -> StoredOrganisation:
    """Other blocks instead of those that were there.

    Raises
    ------
    Stale
    """
    values = {"blocks": blocks, "account_id": work.by.account_id, "changed_at": work.at}
    now = get(work.db).revision
    if now != revision:
        raise Stale(WHAT, now)
    if now:
        changed = work.db.execute(
            update(table)
            .where(table.c.id == ONLY, table.c.revision == revision)
            .values(**values, revision=revision + 1)
        )
        if not changed.rowcount:  # between the two statements, on PostgreSQL
            raise Stale(WHAT, revision + 1)
    else:
        try:
            work.db.execute(insert(table).values(id=ONLY, **values, revision=1))
        except IntegrityError:
            raise Stale(WHAT, 1) from None
    work.tell("organisation.changed", "organisation", ONLY, {"blocks": len(blocks)})
    return get(work.db)
