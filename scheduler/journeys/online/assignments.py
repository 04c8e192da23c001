"""An inspector's own visits: place, team, days, papers, when the report is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from data import rulefiles
from data.calendar import WorkCalendar
from data.records import Unit
from data.store import assignments, dataset_rows
from data.store.visits import parts
from scheduler.journeys.online.plan_papers import Paper, Shelf, shelf_of
from scheduler.journeys.online.visit_papers import papers_of_visit
from scheduler.rulebook import Rulebook, in_force

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from data.records.actors import Actor
    from data.store.assignments import Assigned
    from data.store.store import Store

COMING, UNDER_WAY, REPORT_DUE, OVER = "coming", "under_way", "report_due", "over"


@dataclass(frozen=True)
class Member:
    """Somebody who goes: leader first, then the secretary; a name that nobody knows is the id."""

    inspector_id: str
    name: str
    part: str


@dataclass(frozen=True)
class Assignment:
    """One visit as who carries it out needs it.

    Attributes
    ----------
    report_due : last day for the report (rule report.days)
    remedy_due : day proposed for remedies (rule papers.days, after the notice of the result)
    state : by today: coming, under_way, report_due until that day has passed, over
    papers : short name -> file of this visit alone; those of a draft are never among them
    """

    visit: Assigned
    unit: Unit
    part_of: str  # name of the body that the unit belongs to, ""
    team: tuple[Member, ...]
    report_due: date
    remedy_due: date
    state: str
    papers: Mapping[str, Paper]

    @property
    def sheets(self) -> list[list[tuple[str, Paper]]]:
        """The papers, each with its files of every format, by short name."""
        found: dict[str, list[tuple[str, Paper]]] = {}
        for name, paper in self.papers.items():
            found.setdefault(name.rpartition(".")[0], []).append((name, paper))
        return list(found.values())


@dataclass(frozen=True)
class Place:
    """Names and days behind the ids of one dataset."""

    units: Mapping[str, dataset_rows.Row]
    people: Mapping[str, dataset_rows.Row]
    calendar: WorkCalendar


def my_assignments(
    store: Store, by: Actor, on: date, first: date, last: date, offset: int, limit: int
) -> tuple[list[Assignment], int]:
    """Own visits that touch the days from `first` to `last`, by date, and how many there are."""
    with store.reading() as db:
        found, total = assignments.page(db, by.inspector_id, first, last, offset, limit)
        places = {known: place_of(db, known) for known in {visit.dataset_id for visit in found}}
        shelves = {known: shelf_of(db, known) for known in {visit.plan_id for visit in found}}
    return [_told(v, places[v.dataset_id], shelves[v.plan_id], on) for v in found], total


def my_assignment(store: Store, by: Actor, on: date, visit_id: str) -> Assignment:
    """One of the own visits.

    Raises
    ------
    data.store.errors.NotFound
        There is none, it is somebody else's, or its plan is not in force.
    """
    with store.reading() as db:
        found = assignments.get(db, by.inspector_id, visit_id)
        return _told(found, place_of(db, found.dataset_id), shelf_of(db, found.plan_id), on)


def place_of(db: Connection, dataset_id: int | None) -> Place:
    """The names of units and people in the dataset that a plan was made from."""
    return Place(
        dataset_rows.by_key(db, dataset_id, "units", "unit_id"),
        dataset_rows.by_key(db, dataset_id, "inspectors", "inspector_id"),
        WorkCalendar(dataset_rows.calendar_days(db, dataset_id)),
    )


@cache
def rules_of(year: int) -> Rulebook:
    """The rules by which a year's plan is carried out."""
    return in_force(rulefiles.read_rules(), date(year, 1, 1))


def unit_of(row: Mapping[str, str], unit_id: str, name: str) -> Unit:
    """A unit out of a dataset's row; a dataset that has no such row leaves id and name."""
    lat, lon = row.get("lat") or "", row.get("lon") or ""
    return Unit(
        unit_id, row.get("name") or name or unit_id, row.get("kind") or "", row.get("parent_id") or "",
        row.get("cluster") or "", float(lat) if lat else None, float(lon) if lon else None,
    )  # fmt: skip


def _told(visit: Assigned, place: Place, shelf: Shelf, on: date) -> Assignment:
    row, rules = visit.row, rules_of(visit.year)
    start, end = visit.days
    unit = unit_of(place.units.get(row.unit_id, {}), row.unit_id, visit.unit_name)
    team = tuple(
        Member(who, place.people.get(who, {}).get("name") or who, part)
        for who, part in parts(row).items()
    )
    report = place.calendar.add(end, rules.value("report.days"))
    days = rules.value("papers.days")
    remedy = place.calendar.add(end, days["result"] + days["remedy"])
    part_of = place.units.get(unit.parent_id, {}).get("name", "")
    papers = papers_of_visit(shelf, row.visit_id)
    return Assignment(
        visit, unit, part_of, team, report, remedy, _state(start, end, report, on), papers
    )


def _state(start: date, end: date, report: date, on: date) -> str:
    if on < start:
        return COMING
    if on <= end:
        return UNDER_WAY
    return REPORT_DUE if on <= report else OVER
