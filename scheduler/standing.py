"""The rows of a published plan on the day of its change: past, announced, pinned, open, or no longer owed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from data.records import Office, PastVisit, Plan, PlannedVisit
from scheduler.case import Owed
from scheduler.owed import YearOfWork, visits_owed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from data.calendar import WorkCalendar
    from data.records import Pin
    from scheduler.risk import UnitRisk
    from scheduler.rulebook import Rulebook

NOTICE = "replan.notice"
Key = tuple[str, str, str, str]  # kind, unit, campaign, visit followed


@dataclass(frozen=True)
class Standing:
    """The plan beside what is owed by now.

    `owed` holds every visit of the changed plan: those that are past as they are, then what is owed; each
    with the id of its row where there is one. `rows` are the plan's rows by id.
    """

    plan: Plan
    on: date
    first: date  # first day on which something new may begin: notice has been given
    owed: tuple[Owed, ...]
    rows: Mapping[str, PlannedVisit]
    past: frozenset[str]  # ids of rows that have begun
    announced: frozenset[str]  # ids of rows of which the unit has been told
    pinned: frozenset[str]  # ids of rows that a planner's order speaks of
    gone: tuple[PlannedVisit, ...]  # rows still to come that nothing asks for by now
    new: tuple[str, ...]  # ids of visits that the plan did not know


def known_at_start(office: Office, plan: Plan) -> Office:
    """The office without what became known through the plan's own visits and through surprise visits.

    The risk of the year is that of 1 January; a finding of March asks for a follow-up, not for another year.
    """
    mine = {visit.visit_id for visit in carried_out(office, plan)}
    later = {
        v.visit_id
        for v in office.visits
        if v.start.year == plan.year and (v.kind == "surprise" or v.visit_id in mine)
    }
    return replace(
        office,
        visits=tuple(v for v in office.visits if v.visit_id not in later),
        findings=tuple(f for f in office.findings if f.visit_id not in later),
    )


def carried_out(office: Office, plan: Plan) -> list[PastVisit]:
    """Visits of the dataset that are rows of the plan: by id, or by unit, kind and first day."""
    ids = {row.visit_id for row in plan.visits}
    days = {(row.unit_id, row.kind, row.start) for row in plan.visits if row.start}
    return [
        v
        for v in office.visits
        if v.start.year == plan.year and (v.visit_id in ids or (v.unit_id, v.kind, v.start) in days)
    ]


def standing_of(
    plan: Plan,
    office: Office,
    calendar: WorkCalendar,
    rulebook: Rulebook,
    risk: Mapping[str, UnitRisk],
    on: date,
) -> Standing:
    """What of the plan stands on a day, what is owed besides, what is owed no more."""
    scheduled = [row for row in plan.visits if row.status == "scheduled" and row.start]
    past = {row.visit_id for row in scheduled if row.start and row.start < on}
    first = calendar.add(on, rulebook.value(NOTICE))
    work = YearOfWork(office, calendar, rulebook, risk)
    owed = visits_owed(work, plan.year, _keep(plan, office, past))
    matched = _matched(owed, plan)
    found = [_as_planned(work, row) for row in scheduled if row.visit_id in past]
    known = {row.visit_id for row in plan.visits}
    new = []
    for visit in owed:
        row = matched.get(visit.visit_id)
        if row is None:
            visit = replace(visit, visit_id=_free_id(visit.visit_id, known))
            known.add(visit.visit_id)
            new.append(visit.visit_id)
            found.append(visit)
        elif row.visit_id not in past:
            found.append(_still_owed(visit, row))
    ids = {visit.visit_id for visit in found}
    rows = {row.visit_id: row for row in plan.visits}
    return Standing(
        plan=plan,
        on=on,
        first=first,
        owed=tuple(sorted(found, key=lambda v: v.visit_id)),
        rows=rows,
        past=frozenset(past),
        announced=frozenset(
            r.visit_id for r in scheduled if r.start and on <= r.start < first and r.visit_id in ids
        ),
        pinned=frozenset(_pinned(office.pins, scheduled)) & ids - past,
        gone=tuple(row for row in plan.visits if row.visit_id not in ids),
        new=tuple(new),
    )


def _keep(plan: Plan, office: Office, past: set[str]) -> frozenset[str]:
    """Units whose periodic visit stays owed: planned, and not seen since by anybody else."""
    mine = {visit.visit_id for visit in carried_out(office, plan)}
    seen = {
        v.unit_id
        for v in office.visits
        if v.start.year == plan.year and v.kind != "follow_up" and v.visit_id not in mine
    }
    return frozenset(
        row.unit_id
        for row in plan.visits
        if row.kind == "periodic"
        and row.status == "scheduled"
        and (row.visit_id in past or row.unit_id not in seen)
    )


def _matched(owed: Iterable[Owed], plan: Plan) -> dict[str, PlannedVisit]:
    """Id of what is owed -> the plan's row: by id, else by kind, unit, campaign and visit followed."""
    by_id = {row.visit_id: row for row in plan.visits}
    by_key: dict[Key, PlannedVisit] = {}
    for row in plan.visits:
        by_key.setdefault((row.kind, row.unit_id, row.campaign_id, row.follows), row)
    found = {}
    for visit in owed:
        key = (visit.kind, visit.unit_id, visit.campaign_id, visit.follows)
        same = by_id.get(visit.visit_id)
        if same is None or (same.kind, same.unit_id) != (visit.kind, visit.unit_id):
            same = by_key.get(key)
        if same is not None:
            found[visit.visit_id] = same
    return found


def _as_planned(work: YearOfWork, row: PlannedVisit) -> Owed:
    """A row that is past, as something owed: no window, no order, its own days and team."""
    assert row.start is not None
    assert row.end is not None
    return Owed(
        visit_id=row.visit_id, unit_id=row.unit_id, kind=row.kind,
        days=len(work.calendar.working_days(row.start, row.end)), size=1 + len(row.members),
        risk=work.weight(row.unit_id), due_from=row.start, due_to=row.end,
        campaign_id=row.campaign_id, follows=row.follows,
    )  # fmt: skip


def _still_owed(visit: Owed, row: PlannedVisit) -> Owed:
    """What is owed under the row's id; length and team stay as published unless a campaign sets them."""
    if row.status != "scheduled" or visit.kind == "thematic":
        return replace(visit, visit_id=row.visit_id)
    size = max(1 + len(row.members), visit.size) if row.lead else visit.size
    return replace(visit, visit_id=row.visit_id, days=row.days or visit.days, size=size)


def _free_id(wanted: str, taken: set[str]) -> str:
    found, n = wanted, 1
    while found in taken:
        n += 1
        found = f"{wanted}-{n}"
    return found


def _pinned(pins: Iterable[Pin], scheduled: Iterable[PlannedVisit]) -> set[str]:
    """Rows that an order names: by unit, kind and day or person, as far as it names them."""
    found = set()
    for pin in pins:
        for row in scheduled:
            who = (row.lead, *row.members)
            named = pin.must and pin.unit_id == row.unit_id and pin.kind in ("", row.kind)
            if named and pin.inspector_id in ("", *who) and pin.date in (None, row.start):
                found.add(row.visit_id)
    return found
