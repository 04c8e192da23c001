"""Edits of a draft by hand, in order: the last can be undone, and nobody approves what he edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from data.store.tables.plans import plan_edits as table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Row

    from data.store.store import Writing


@dataclass(frozen=True)
class StoredEdit:
    """One edit: what stood in the changed rows before and after, as plain values.

    Attributes
    ----------
    rows : each {"table", "key", "before", "after"}; `before` is None for a new row, `after` for one that left
    """

    seq: int
    rows: list[Mapping[str, Any]]
    actor: str
    at: datetime


def add(work: Writing, plan_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """One edit more; whoever calls writes the journal line."""
    last = work.db.execute(
        select(func.max(table.c.seq)).where(table.c.plan_id == plan_id)
    ).scalar_one()
    work.db.execute(
        insert(table).values(
            plan_id=plan_id, seq=(last or 0) + 1, rows=list(rows), account_id=work.by.account_id,
            actor=work.by.name, at=work.at, undone=False,
        )
    )  # fmt: skip


def listed(db: Connection, plan_id: int) -> list[StoredEdit]:
    """The edits that hold, oldest first."""
    rows = db.execute(select(table).where(*_hold(plan_id)).order_by(table.c.seq))
    return [_edit(row) for row in rows]


def count(db: Connection, plan_id: int) -> int:
    """How many edits can be undone."""
    return db.execute(select(func.count()).select_from(table).where(*_hold(plan_id))).scalar_one()


def take_back(work: Writing, plan_id: int) -> StoredEdit | None:
    """The last edit that holds, which holds no longer; None when there is none."""
    row = work.db.execute(
        select(table).where(*_hold(plan_id)).order_by(table.c.seq.desc()).limit(1)
    ).first()
    if row is None:
        return None
    work.db.execute(
        update(table).where(table.c.plan_id == plan_id, table.c.seq == row.seq).values(undone=True)
    )
    return _edit(row)


def editors(db: Connection, plan_id: int) -> set[int | None]:
    """Everybody who ever edited it, undone or not."""
    rows = db.execute(select(table.c.account_id).where(table.c.plan_id == plan_id).distinct())
    return {row.account_id for row in rows}


def _hold(plan_id: int) -> tuple[Any, ...]:
    return table.c.plan_id == plan_id, table.c.undone.is_(False)


def _edit(row: Row[Any]) -> StoredEdit:
    return StoredEdit(row.seq, list(row.rows), row.actor, row.at)
