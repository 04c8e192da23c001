"""The way of each finding from remedy to re-inspection, as states reckoned by a day in the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, exists, func, select

from data.store.assignments import TAKES_PLACE
from data.store.findings import StoredFinding, finding_of
from data.store.tables.ledgers import findings as table
from data.store.tables.plans import plans, visits

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

OVERDUE, DUE_SOON, OPEN, PROVED, CLOSED = "overdue", "due_soon", "open", "proof", "closed"
STATES = (OVERDUE, DUE_SOON, OPEN, PROVED, CLOSED)  # the most urgent first
OWED, PLANNED, DONE, NONE = "owed", "planned", "done", "none"
AGAIN = (OWED, PLANNED, DONE, NONE)


@dataclass(frozen=True)
class Step:
    """Where a finding stands: its state, and what has become of the re-inspection."""

    finding: StoredFinding
    state: str
    again: str


@dataclass(frozen=True)
class Asked:
    """What of the board is asked for; empty texts ask for everything.

    Attributes
    ----------
    on : the day by which states are told
    soon : the last day that counts as soon
    units : units whose findings are wanted; None for those of every unit
    """

    on: date
    soon: date
    state: str = ""
    again: str = ""
    severity: str = ""
    unit_id: str = ""
    visit_id: str = ""
    units: Collection[str] | None = None
    ident: int | None = None  # one finding alone


def page(
    db: Connection, asked: Asked, offset: int, limit: int
) -> tuple[list[Step], int, Mapping[str, int]]:
    """Steps, the most urgent first; how many there are; how many in each state, whatever state is asked for."""
    state, again = _state(asked), _again(asked.on)
    wanted = _wanted(asked, again)
    counts = dict.fromkeys(STATES, 0)
    for row in db.execute(select(state, func.count()).where(*wanted).group_by(state)):
        counts[row[0]] = row[1]
    if asked.state:
        wanted.append(state == asked.state)
    total = db.execute(select(func.count()).select_from(table).where(*wanted)).scalar_one()
    urgency = case({name: n for n, name in enumerate(STATES)}, value=state)
    rows = db.execute(
        select(table, state.label("state"), again.label("again"))
        .where(*wanted)
        .order_by(urgency, table.c.remedy_due, table.c.id)
        .offset(offset)
        .limit(limit)
    )
    return [Step(finding_of(row), row.state, row.again) for row in rows], total, counts


def latest_due(db: Connection, visit_ids: Sequence[str]) -> dict[str, date]:
    """Visit id -> the latest day on which one of its open findings is due."""
    rows = db.execute(
        select(table.c.visit_id, func.max(table.c.remedy_due))
        .where(
            table.c.visit_id.in_(visit_ids), table.c.closed_on.is_(None),
            table.c.withdrawn_at.is_(None),
        ).group_by(table.c.visit_id)
    )  # fmt: skip
    return {visit: due for visit, due in rows}


def _wanted(asked: Asked, again: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [table.c.withdrawn_at.is_(None)]
    for column, value in (
        (table.c.severity, asked.severity), (table.c.unit_id, asked.unit_id),
        (table.c.visit_id, asked.visit_id), (again, asked.again), (table.c.id, asked.ident),
    ):  # fmt: skip
        if value or value == 0:
            wanted.append(column == value)
    if asked.units is not None:
        wanted.append(table.c.unit_id.in_(asked.units))
    return wanted


def _state(asked: Asked) -> ColumnElement[Any]:
    return case(
        (table.c.closed_on.is_not(None), CLOSED),
        (table.c.proof_on.is_not(None), PROVED),
        (table.c.remedy_due < asked.on, OVERDUE),
        (table.c.remedy_due <= asked.soon, DUE_SOON),
        else_=OPEN,
    )


def _again(on: date) -> ColumnElement[Any]:
    """A visit of a plan in force that follows the finding's visit: still to come, over; or one is owed."""
    following = (
        select(visits.c.visit_id)
        .join(plans, plans.c.id == visits.c.plan_id)
        .where(TAKES_PLACE, visits.c.follows == table.c.visit_id)
        .correlate(table)
    )
    return case(
        (exists(following.where(visits.c.end >= on)), PLANNED),
        (exists(following.where(visits.c.end < on)), DONE),
        (and_(table.c.closed_on.is_(None)), OWED),
        else_=NONE,
    )
