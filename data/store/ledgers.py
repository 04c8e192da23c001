"""The ledgers as rows of a dataset: what holds now, and what an accepted dataset brings or takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from data.columns import tables as contract
from data.store.tables.ledgers import deferrals, findings, measures, pins, successions
from data.store.tables.plans import plans, visits

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

    from data.store.store import Writing

LEDGERS: Mapping[str, Table] = MappingProxyType(
    {
        "findings": findings,
        "deferrals": deferrals,
        "measures": measures,
        "pins": pins,
        "successions": successions,
    }
)
IN_FORCE = ("published", "amended", "closed")  # plans whose visits take place


@dataclass(frozen=True)
class LedgerRow:
    """One row of a ledger.

    Attributes
    ----------
    values : in the order of the columns of the dataset's table
    came_as : hash of the row as it came with a dataset; None: written online, or no longer in a dataset
    touched : changed or withdrawn online; a dataset no longer speaks for it
    holds : not withdrawn
    """

    id: int
    values: tuple[Any, ...]
    came_as: str | None
    dataset_id: int | None
    touched: bool
    holds: bool
    revision: int


def columns(name: str) -> list[str]:
    """Names of the columns of the dataset's table."""
    return [column.name for column in contract()[name].columns]


def rows(db: Connection, name: str) -> list[LedgerRow]:
    """Every row of the ledger, also the withdrawn ones, in the order in which they came."""
    table = LEDGERS[name]
    wanted = columns(name)
    return [
        LedgerRow(
            row.id, tuple(row._mapping[column] for column in wanted), row.came_as, row.dataset_id,
            row.changed_at is not None or row.withdrawn_at is not None, row.withdrawn_at is None,
            row.revision,
        )
        for row in db.execute(select(table).order_by(table.c.id))
    ]  # fmt: skip


def state(db: Connection) -> tuple[int, ...]:
    """Numbers that differ after every change of a ledger, and after a plan came into force."""
    told: list[int] = []
    for table in LEDGERS.values():
        told += _count_and_revisions(db, table)
    return (*told, *_count_and_revisions(db, plans, plans.c.status.in_(IN_FORCE)))


def _count_and_revisions(db: Connection, table: Table, *wanted: Any) -> tuple[int, int]:
    asked = select(func.count(), func.coalesce(func.sum(table.c.revision), 0)).where(*wanted)
    count, revisions = db.execute(asked.select_from(table)).one()
    return int(count), int(revisions)


def planned_visits(db: Connection, wanted: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """Visits of plans in force: id -> unit_id, kind, start, end, lead, members; the newest plan's word."""
    found: dict[str, Mapping[str, Any]] = {}
    for start in range(0, len(wanted), 500):
        asked = (
            select(
                visits.c.visit_id, visits.c.unit_id, visits.c.kind, visits.c.start, visits.c.end,
                visits.c.lead, visits.c.members,
            )
            .join(plans, plans.c.id == visits.c.plan_id)
            .where(plans.c.status.in_(IN_FORCE), visits.c.visit_id.in_(wanted[start : start + 500]))
            .order_by(plans.c.id)
        )  # fmt: skip
        found |= {row.visit_id: dict(row._mapping) for row in db.execute(asked)}
    return found


def add(
    work: Writing, name: str, dataset_id: int, fresh: Sequence[tuple[str, Mapping[str, Any]]]
) -> None:
    """New rows that came with the dataset: each its hash and its values."""
    if fresh:
        upkeep = {
            "dataset_id": dataset_id, "account_id": work.by.account_id, "made_at": work.at, "revision": 1,
        }  # fmt: skip
        work.db.execute(
            insert(LEDGERS[name]), [{**values, "came_as": came, **upkeep} for came, values in fresh]
        )


def settle(work: Writing, name: str, row: LedgerRow, **values: Any) -> bool:
    """The row with other values, one revision on; gives whether it was still as it was read."""
    table = LEDGERS[name]
    changed = work.db.execute(
        update(table)
        .where(table.c.id == row.id, table.c.revision == row.revision)
        .values(**values, revision=row.revision + 1)
    )
    return bool(changed.rowcount)


def moved(work: Writing, name: str, ids: Sequence[int], dataset_id: int) -> None:
    """These rows stand in the dataset too: no change of what they say."""
    table = LEDGERS[name]
    for start in range(0, len(ids), 500):
        work.db.execute(
            update(table)
            .where(table.c.id.in_(ids[start : start + 500]))
            .values(dataset_id=dataset_id)
        )
