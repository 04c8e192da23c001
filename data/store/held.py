"""What rows of the ledgers share: found while they hold, changed under a version, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from data.store.errors import NotFound, Stale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Connection, Row, Table

    from data.store.store import Writing
    from data.words import Message


def page(
    db: Connection, table: Table, wanted: Sequence[ColumnElement[bool]], order: Sequence[Any],
    offset: int, limit: int,
) -> tuple[list[Row[Any]], int]:  # fmt: skip
    """Rows that are not withdrawn, in this order, and how many there are."""
    all_wanted = [table.c.withdrawn_at.is_(None), *wanted]
    total = db.execute(select(func.count()).select_from(table).where(*all_wanted)).scalar_one()
    rows = db.execute(
        select(table).where(*all_wanted).order_by(*order, table.c.id).offset(offset).limit(limit)
    )
    return list(rows), total


def one(db: Connection, table: Table, what: Message, row_id: int) -> Row[Any]:
    """The row.

    Raises
    ------
    NotFound
        There is none, or it was withdrawn.
    """
    row = db.execute(
        select(table).where(table.c.id == row_id, table.c.withdrawn_at.is_(None))
    ).first()
    if row is None:
        raise NotFound(what, row_id)
    return row


def add(work: Writing, table: Table, values: Mapping[str, Any]) -> int:
    """A new row, written online; gives its id. Whoever calls writes the journal line."""
    made = work.db.execute(
        insert(table)
        .values(**values, account_id=work.by.account_id, made_at=work.at, revision=1)
        .returning(table.c.id)
    ).scalar_one()
    return int(made)


def change(
    work: Writing,
    table: Table,
    what: Message,
    row_id: int,
    revision: int,
    values: Mapping[str, Any],
) -> None:
    """The row with other values, one revision on; whoever calls writes the journal line.

    Raises
    ------
    NotFound, Stale
    """
    now = one(work.db, table, what, row_id).revision
    if now != revision:
        raise Stale(what, now)
    changed = work.db.execute(
        update(table)
        .where(table.c.id == row_id, table.c.revision == revision)
        .values(**values, revision=revision + 1)
    )
    if not changed.rowcount:  # between the two statements, on PostgreSQL
        raise Stale(what, revision + 1)
