"""Counts and short lists for first pages: what is due, what waits, what is under way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from data.store.plans import VISITS
from data.store.tables.ledgers import deferrals, findings
from data.store.tables.people import accounts
from data.store.tables.plans import plans
from data.store.tables.plans import visits as visit_table

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True)
class DueFinding:
    """A finding that is not closed, with the day by which it has to be remedied; `id`: of its row."""

    id: int
    finding_id: str
    unit_id: str
    remedy_due: date


@dataclass(frozen=True)
class EndingDeferral:
    """Whose deferral ends, and when; never why it was granted."""

    staff_id: str
    end: date


@dataclass(frozen=True)
class MonthOfVisits:
    """Visits of the plan in force: how many fall into a month, and how many of its year have no day at all."""

    plan_id: int
    n_visits: int
    n_dropped: int


def plan_states(db: Connection, kind: str) -> dict[str, int]:
    """State -> how many versions of plans are in it."""
    rows = db.execute(
        select(plans.c.status, func.count()).where(plans.c.kind == kind).group_by(plans.c.status)
    )
    return {str(state): int(count) for state, count in rows}


def due_findings(
    db: Connection, first: date | None, last: date, limit: int
) -> tuple[list[DueFinding], int]:
    """Open findings due between two days, the oldest first, and how many there are."""
    wanted = [
        findings.c.closed_on.is_(None), findings.c.withdrawn_at.is_(None), findings.c.remedy_due <= last,
    ]  # fmt: skip
    if first is not None:
        wanted.append(findings.c.remedy_due >= first)
    total = db.execute(select(func.count()).select_from(findings).where(*wanted)).scalar_one()
    rows = db.execute(
        select(findings.c.id, findings.c.finding_id, findings.c.unit_id, findings.c.remedy_due)
        .where(*wanted).order_by(findings.c.remedy_due, findings.c.id).limit(limit)
    )  # fmt: skip
    return [DueFinding(*row) for row in rows], total


def ending_deferrals(
    db: Connection, first: date, last: date, limit: int
) -> tuple[list[EndingDeferral], int]:
    """Deferrals that end between two days, the next first, and how many there are."""
    wanted = [
        deferrals.c.withdrawn_at.is_(None), deferrals.c.end >= first, deferrals.c.end <= last,
    ]  # fmt: skip
    total = db.execute(select(func.count()).select_from(deferrals).where(*wanted)).scalar_one()
    rows = db.execute(
        select(deferrals.c.staff_id, deferrals.c.end)
        .where(*wanted).order_by(deferrals.c.end, deferrals.c.id).limit(limit)
    )  # fmt: skip
    return [EndingDeferral(*row) for row in rows], total


def month_of_visits(db: Connection, first: date, last: date) -> MonthOfVisits | None:
    """What the plan in force has between two days of its year; None when none is in force."""
    plan_id = db.execute(
        select(plans.c.id).where(
            plans.c.kind == VISITS, plans.c.status == "published", plans.c.year == first.year
        )
    ).scalar()
    if plan_id is None:
        return None
    there = select(func.count()).select_from(visit_table).where(visit_table.c.plan_id == plan_id)
    now = there.where(
        visit_table.c.status == "scheduled", visit_table.c.start <= last, visit_table.c.end >= first
    )
    dropped = there.where(visit_table.c.status == "dropped")
    return MonthOfVisits(plan_id, db.execute(now).scalar_one(), db.execute(dropped).scalar_one())


def account_roles(db: Connection) -> tuple[dict[str, int], int, int]:
    """Role -> open accounts that have it; how many accounts are open, and how many closed."""
    rows = db.execute(select(accounts.c.roles, accounts.c.active)).all()
    roles = Counter(role for row in rows if row.active for role in row.roles)
    open_ones = sum(row.active for row in rows)
    return dict(roles), open_ones, len(rows) - open_ones


def roles_inside(db: Connection) -> set[str]:
    """Roles of the accounts that can sign in: open ones, with a password or known to the city's own sign-in."""
    able = accounts.c.password_hash.is_not(None) | accounts.c.subject.is_not(None)
    rows = db.execute(select(accounts.c.roles).where(accounts.c.active, able))
    return {role for row in rows for role in row.roles}
