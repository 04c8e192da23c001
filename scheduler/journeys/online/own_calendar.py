"""What an inspector's own pages show: today, seven days, a month; one visit with what was found there."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from data.store import findings
from scheduler.journeys.online.assignments import REPORT_DUE, my_assignment, my_assignments
from scheduler.journeys.online.feeds import feed_made_at

if TYPE_CHECKING:
    from data.records.actors import Actor
    from data.store.findings import StoredFinding
    from data.store.store import Store
    from scheduler.journeys.online.assignments import Assignment

AHEAD = timedelta(days=7)  # what is kept for reading without a network
BACK = timedelta(days=60)  # a report is due long before
MOST = 500  # visits of one person in a month, or findings of one visit


@dataclass(frozen=True)
class Cell:
    """A day of the month's grid, with the own visits that touch it; `inside`: of this month."""

    on: date
    inside: bool
    visits: tuple[Assignment, ...]


@dataclass(frozen=True)
class NearVisits:
    """Own visits around a day.

    Attributes
    ----------
    following : from tomorrow to the seventh day, without those that are on today
    later : the first one after these; None: there is none
    reports : those that are over and whose report is still due, the most urgent first
    """

    today: tuple[Assignment, ...] = ()
    following: tuple[Assignment, ...] = ()
    later: Assignment | None = None
    reports: tuple[Assignment, ...] = ()


@dataclass(frozen=True)
class OwnCalendar:
    """Own visits by how near they are.

    Attributes
    ----------
    month : first day of the month that is shown
    weeks : its weeks, Monday first
    feed_made_at : when the address of the own calendar was made; None: there is none
    """

    near: NearVisits
    month: date
    weeks: tuple[tuple[Cell, ...], ...]
    in_month: tuple[Assignment, ...]
    feed_made_at: datetime | None

    @property
    def before(self) -> date:
        """First day of the month before."""
        return (self.month - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        """First day of the next month."""
        return (self.month + timedelta(days=31)).replace(day=1)


@dataclass(frozen=True)
class OwnVisit:
    """One own visit, what was found there, and whether findings may be entered by today."""

    told: Assignment
    findings: tuple[StoredFinding, ...]
    begun: bool


def my_near(store: Store, by: Actor, on: date) -> NearVisits:
    """The own visits of today and of the next seven days, the first one later, and reports that are due."""
    if not by.inspector_id:
        return NearVisits()
    near, _ = my_assignments(store, by, on, on, on + AHEAD, 0, MOST)
    rest, _ = my_assignments(store, by, on, on + AHEAD, date.max, 0, len(near) + 1)
    past, _ = my_assignments(store, by, on, on - BACK, on, 0, MOST)
    today = _touching(near, on, on)
    return NearVisits(
        today, tuple(told for told in near if told not in today),
        next((told for told in rest if told.visit.days[0] > on + AHEAD), None),
        tuple(told for told in past if told.state == REPORT_DUE),
    )  # fmt: skip


def my_calendar(store: Store, by: Actor, on: date, month: date) -> OwnCalendar:
    """The own visits of today, of the next seven days, and of the month that `month` lies in."""
    grid = calendar.Calendar().monthdatescalendar(month.year, month.month)
    shown, _ = my_assignments(store, by, on, grid[0][0], grid[-1][-1], 0, MOST)
    weeks = tuple(
        tuple(Cell(day, day.month == month.month, _touching(shown, day, day)) for day in week)
        for week in grid
    )
    first = month.replace(day=1)
    last = max(day for day in grid[-1] if day.month == month.month)
    return OwnCalendar(
        my_near(store, by, on), first, weeks, _touching(shown, first, last), feed_made_at(store, by)
    )


def my_visit(store: Store, by: Actor, on: date, visit_id: str) -> OwnVisit:
    """One of the own visits with its findings.

    Raises
    ------
    data.store.errors.NotFound
        There is none, it is somebody else's, or its plan is not in force.
    """
    told = my_assignment(store, by, on, visit_id)
    with store.reading() as db:
        found, _ = findings.page(db, 0, MOST, visit_id=told.visit.row.visit_id)
    return OwnVisit(told, tuple(found), told.visit.days[0] <= on)


def kept_visits(store: Store, by: Actor, on: date) -> list[str]:
    """Ids of the own visits of today and the next seven days: what may be kept on the person's device."""
    near = my_near(store, by, on)
    return [told.visit.row.visit_id for told in (*near.today, *near.following)]


def _touching(visits: list[Assignment], first: date, last: date) -> tuple[Assignment, ...]:
    return tuple(
        told for told in visits if told.visit.days[0] <= last and told.visit.days[1] >= first
    )
