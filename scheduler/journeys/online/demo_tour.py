"""Where the things stand that the demonstration shows: ids by name, of those that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.store import datasets, plans
from scheduler.lifecycle import CHECKED, DRAFT, PUBLISHED, SUBMITTED

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.store.store import Store

ALIVE = (DRAFT, CHECKED, SUBMITTED)


def sights(store: Store) -> dict[str, int]:
    """Name of what is shown -> its id: the plan in force, its amendment, what waits, moves, faults."""
    with store.reading() as db:
        found = {
            "in_force": _newest(db, plans.VISITS, PUBLISHED),
            "waiting": _newest(db, plans.VISITS, SUBMITTED),
            "rotation": _newest(db, plans.MOVES, *ALIVE),
            "amendment": _amendment(db),
            "faulty": _faulty(db),
        }
    return {name: ident for name, ident in found.items() if ident is not None}


def _newest(db: Connection, kind: str, *states: str) -> int | None:
    rows, _ = plans.page(db, kind, 0, 1, statuses=states)
    return rows[0].id if rows else None


def _amendment(db: Connection) -> int | None:
    rows, _ = plans.page(db, plans.VISITS, 0, 50, statuses=ALIVE)
    return next((row.id for row in rows if row.previous_id is not None), None)


def _faulty(db: Connection) -> int | None:
    rows, _ = datasets.page(db, 0, 50)
    return next((row.id for row in rows if row.status == datasets.FAULTY), None)
