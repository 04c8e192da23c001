"""The rows of a plan of moves, and who was left unplaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select

from data.records import Move, Unplaced
from data.store.tables.plans import moves as table
from data.store.tables.plans import plans, unplaced

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection, Row

_PLAIN = (
    "move_id", "staff_id", "from_position", "to_position", "wave", "effective_date", "instrument",
    "cycle_id", "cycle_kind", "days_before_limit", "distance_km", "reason",
)  # fmt: skip


def put(db: Connection, plan_id: int, rows: Sequence[Move], left: Sequence[Unplaced]) -> None:
    """All rows of a plan and everybody left unplaced, instead of those that were there."""
    db.execute(delete(table).where(table.c.plan_id == plan_id))
    db.execute(delete(unplaced).where(unplaced.c.plan_id == plan_id))
    if rows:
        db.execute(
            insert(table),
            [
                {"plan_id": plan_id, "place": place, **{n: getattr(row, n) for n in _PLAIN}}
                for place, row in enumerate(rows)
            ],
        )
    if left:
        db.execute(
            insert(unplaced),
            [
                {
                    "plan_id": plan_id, "place": place, "staff_id": row.staff_id, "reason": row.reason,
                    "rules": list(row.rules), "relaxation": row.relaxation,
                }
                for place, row in enumerate(left)
            ],
        )  # fmt: skip


def all_rows(db: Connection, plan_id: int) -> tuple[Move, ...]:
    """The moves of a plan in their order."""
    rows = db.execute(select(table).where(table.c.plan_id == plan_id).order_by(table.c.place))
    return tuple(_move(row) for row in rows)


def page(
    db: Connection, plan_id: int, offset: int, limit: int, *, staff_id: str = "", cycle_id: str = ""
) -> tuple[list[Move], int]:
    """Moves of a plan in their order, and how many there are."""
    wanted = [table.c.plan_id == plan_id]
    if staff_id:
        wanted.append(table.c.staff_id == staff_id)
    if cycle_id:
        wanted.append(table.c.cycle_id == cycle_id)
    total = db.execute(select(func.count()).select_from(table).where(*wanted)).scalar_one()
    rows = db.execute(
        select(table).where(*wanted).order_by(table.c.place).offset(offset).limit(limit)
    )
    return [_move(row) for row in rows], total


def of_person(
    db: Connection, staff_id: str, statuses: Collection[str]
) -> list[tuple[int, Move | None]]:
    """Where somebody stands in versions in these states, newest first: with a move, or without a place."""
    found: dict[int, Move | None] = {}
    for rows in (unplaced, table):
        mine = (
            select(rows)
            .join(plans, plans.c.id == rows.c.plan_id)
            .where(rows.c.staff_id == staff_id, plans.c.status.in_(statuses))
        )
        found |= {r.plan_id: _move(r) if rows is table else None for r in db.execute(mine)}
    return sorted(found.items(), reverse=True)


def unplaced_page(
    db: Connection, plan_id: int, offset: int, limit: int
) -> tuple[list[Unplaced], int]:
    """Everybody left unplaced, in their order, and how many there are."""
    wanted = unplaced.c.plan_id == plan_id
    total = db.execute(select(func.count()).select_from(unplaced).where(wanted)).scalar_one()
    rows = db.execute(
        select(unplaced).where(wanted).order_by(unplaced.c.place).offset(offset).limit(limit)
    )
    return [Unplaced(r.staff_id, r.reason, tuple(r.rules), r.relaxation) for r in rows], total


def _move(row: Row[Any]) -> Move:
    return Move(**{name: getattr(row, name) for name in _PLAIN})
