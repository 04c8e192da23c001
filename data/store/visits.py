"""The rows of a plan of visits, and who goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select

from data.records import PlannedVisit, ReserveWeek
from data.store.errors import NotFound
from data.store.tables.plans import reserve_weeks, visit_people
from data.store.tables.plans import visits as table
from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Row

WHAT = Message("cuộc kiểm tra")
_PLAIN = (
    "visit_id", "unit_id", "kind", "campaign_id", "follows", "start", "end", "days", "lead", "status",
    "reason", "owner",
)  # fmt: skip


@dataclass(frozen=True)
class StoredVisit:
    """A row of a plan with its place and the name of its unit."""

    plan_id: int
    place: int
    unit_name: str
    row: PlannedVisit


def put(
    db: Connection, plan_id: int, rows: Sequence[PlannedVisit], names: Mapping[str, str]
) -> None:
    """All rows of a plan, instead of those that were there; `names`: unit id -> name."""
    db.execute(delete(visit_people).where(visit_people.c.plan_id == plan_id))
    db.execute(delete(table).where(table.c.plan_id == plan_id))
    if rows:
        db.execute(
            insert(table),
            [
                {
                    "plan_id": plan_id, "place": place, "unit_name": names.get(row.unit_id, ""),
                    "members": list(row.members), **{name: getattr(row, name) for name in _PLAIN},
                }
                for place, row in enumerate(rows)
            ],
        )  # fmt: skip
    people = [
        {"plan_id": plan_id, "visit_id": row.visit_id, "inspector_id": who, "part": part}
        for row in rows
        for who, part in parts(row).items()
    ]
    if people:
        db.execute(insert(visit_people), people)


def parts(row: PlannedVisit) -> dict[str, str]:
    """Inspector -> lead, secretary or member.

    >>> parts(PlannedVisit("V1", "U1", "periodic", lead="An", members=("Binh", "Chi")))
    {'An': 'lead', 'Binh': 'secretary', 'Chi': 'member'}
    """
    people = {row.lead: "lead"} if row.lead else {}
    for place, who in enumerate(row.members):
        people.setdefault(who, "member" if place else "secretary")
    return people


def put_reserve(db: Connection, plan_id: int, weeks: Sequence[ReserveWeek]) -> None:
    """All weeks of a plan's reserve, instead of those that were there."""
    db.execute(delete(reserve_weeks).where(reserve_weeks.c.plan_id == plan_id))
    if weeks:
        db.execute(
            insert(reserve_weeks),
            [
                {
                    "plan_id": plan_id, "week_start": week.week_start, "team_days": week.team_days,
                    "follow_up_days": week.follow_up_days,
                }
                for week in weeks
            ],
        )  # fmt: skip


def all_rows(db: Connection, plan_id: int) -> tuple[PlannedVisit, ...]:
    """The rows of a plan in their order."""
    rows = db.execute(select(table).where(table.c.plan_id == plan_id).order_by(table.c.place))
    return tuple(visit_of(row).row for row in rows)


def unit_names(db: Connection, plan_id: int) -> dict[str, str]:
    """Unit id -> the name that it had when the rows were written."""
    rows = db.execute(select(table.c.unit_id, table.c.unit_name).where(table.c.plan_id == plan_id))
    return {row.unit_id: row.unit_name for row in rows}


def reserve(db: Connection, plan_id: int) -> tuple[ReserveWeek, ...]:
    """The weeks of a plan's reserve."""
    rows = db.execute(
        select(reserve_weeks)
        .where(reserve_weeks.c.plan_id == plan_id)
        .order_by(reserve_weeks.c.week_start)
    )
    return tuple(ReserveWeek(row.week_start, row.team_days, row.follow_up_days) for row in rows)


def get(db: Connection, plan_id: int, visit_id: str) -> StoredVisit:
    """One row.

    Raises
    ------
    NotFound
    """
    row = db.execute(
        select(table).where(table.c.plan_id == plan_id, table.c.visit_id == visit_id)
    ).first()
    if row is None:
        raise NotFound(WHAT, visit_id)
    return visit_of(row)


def page(
    db: Connection, plan_id: int, offset: int, limit: int, *, unit_id: str = "", inspector_id: str = "",
    status: str = "",
) -> tuple[list[StoredVisit], int]:  # fmt: skip
    """Rows of a plan in their order, and how many there are."""
    wanted = [table.c.plan_id == plan_id]
    if unit_id:
        wanted.append(table.c.unit_id == unit_id)
    if status:
        wanted.append(table.c.status == status)
    if inspector_id:
        goes = select(visit_people.c.visit_id).where(
            visit_people.c.plan_id == plan_id, visit_people.c.inspector_id == inspector_id
        )
        wanted.append(table.c.visit_id.in_(goes))
    total = db.execute(select(func.count()).select_from(table).where(*wanted)).scalar_one()
    rows = db.execute(
        select(table).where(*wanted).order_by(table.c.place).offset(offset).limit(limit)
    )
    return [visit_of(row) for row in rows], total


def visit_of(row: Row[Any]) -> StoredVisit:
    """The record of a row of the table."""
    plain = {name: getattr(row, name) for name in _PLAIN}
    planned = PlannedVisit(**plain, members=tuple(row.members))
    return StoredVisit(row.plan_id, row.place, row.unit_name, planned)
