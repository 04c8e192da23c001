"""Small offices that one can hold in mind, for every test that needs one.

`tiny_office()`: two communes, a department, a service point in the first commune, and eight people
of a house of their own: two teams of four. An and Em may lead; Bình and Giang can be secretary.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from data.calendar import WorkCalendar
from data.records import Inspector, Office, Plan, PlannedVisit, ReserveWeek, Unit
from data.rulefiles import read_rules
from scheduler.case import Case, Owed
from scheduler.plan_view import PlanView
from scheduler.rulebook import Rulebook, in_force

YEAR = 2027
FIRST = ("An", "Bình", "Chi", "Dũng")
SECOND = ("Em", "Giang", "Hà", "Khoa")
RULEBOOK = in_force(read_rules(), date(YEAR, 1, 1))


def unit(unit_id: str, kind: str = "commune", **more: Any) -> Unit:
    """A unit named like its id."""
    return Unit(unit_id, unit_id, kind, **more)


def inspector(name: str, **more: Any) -> Inspector:
    """An inspector whose ids are the name, from the house «Sở Nhà»."""
    skills = ("secretary",) if name in ("Bình", "Giang") else ()
    usual = {
        "home_unit_id": "Sở Nhà",
        "skills": skills,
        "can_lead": name in ("An", "Em"),
        "staff_id": name,
    }
    return Inspector(name, name, **{**usual, **more})


def tiny_office(**tables: Any) -> Office:
    """Three units in scope, a service point, eight inspectors, and whatever tables are given."""
    usual = {
        "units": (
            unit("Xã Một"),
            unit("Xã Hai"),
            unit("Sở Ba", "department"),
            unit("Điểm Một", "service_point", parent_id="Xã Một", in_scope=False),
            unit("Sở Nhà", "department", in_scope=False),
        ),
        "inspectors": tuple(inspector(name) for name in (*FIRST, *SECOND)),
    }
    return Office(**{**usual, **tables})


def row(
    visit_id: str, unit_id: str, start: date, end: date | None = None, **more: Any
) -> PlannedVisit:
    """A periodic visit by the first team, its days counted by the calendar."""
    end = end or start
    usual = {
        "kind": "periodic",
        "days": len(WorkCalendar().working_days(start, end)),
        "lead": FIRST[0],
        "members": FIRST[1:],
        "row": 2,
    }
    return PlannedVisit(
        visit_id=visit_id, unit_id=unit_id, start=start, end=end, **{**usual, **more}
    )


def reserve(
    calendar: WorkCalendar, year: int = YEAR, team_days: int = 2
) -> tuple[ReserveWeek, ...]:
    """`team_days` in a week of five working days, in proportion in others, rounded up."""
    found = []
    for monday in calendar.weeks(year):
        days = [
            d for d in calendar.working_days(monday, monday + timedelta(days=6)) if d.year == year
        ]
        found.append(ReserveWeek(monday, -(-team_days * len(days) // 5)))
    return tuple(found)


def view_of(
    rows: tuple[PlannedVisit, ...],
    office: Office | None = None,
    rulebook: Rulebook = RULEBOOK,
    **more: Any,
) -> PlanView:
    """A plan of these rows with its reserve, beside the office, ready for the checker."""
    office = office or tiny_office()
    calendar = WorkCalendar(office.calendar)
    plan = Plan(YEAR, rows, more.pop("reserve", reserve(calendar)), more.pop("facts", {}))
    return PlanView(plan, office, calendar, rulebook, **more)


def owed(visit_id: str, unit_id: str, **more: Any) -> Owed:
    """A one-day periodic visit by four people, in time all year."""
    usual = {
        "kind": "periodic",
        "days": 1,
        "size": 4,
        "risk": 10,
        "due_from": date(YEAR, 1, 1),
        "due_to": date(YEAR, 12, 31),
    }
    return Owed(visit_id=visit_id, unit_id=unit_id, **{**usual, **more})


def case_of(
    visits: tuple[Owed, ...],
    office: Office | None = None,
    rulebook: Rulebook = RULEBOOK,
    **more: Any,
) -> Case:
    """The year with these visits owed, ready for the rules' `enforce`."""
    office = office or tiny_office()
    calendar = WorkCalendar(office.calendar)
    usual: dict[str, Any] = {
        "leads_until": {},
        "unit_head_rank": {},
        "inspector_rank": {},
        "report_days": rulebook.value("report.days"),
        "rulebook": rulebook,
    }
    return Case(
        office=office,
        calendar=calendar,
        year=YEAR,
        days=calendar.year(YEAR),
        owed=visits,
        **{**usual, **more},
    )


def with_people(office: Office, **changes: dict[str, Any]) -> Office:
    """The office with some inspectors changed, by name."""
    return replace(
        office, inspectors=tuple(replace(w, **changes.get(w.name, {})) for w in office.inspectors)
    )
