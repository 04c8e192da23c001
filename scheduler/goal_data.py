"""What the goals of a year are reckoned with: prices of days, usable days, earlier loads, distances."""

from __future__ import annotations

from collections.abc import Mapping
from math import asin, cos, radians, sin, sqrt

from data.records import Inspector, Office, Unit
from scheduler.case import Case, Owed
from solver.visits.problem import GoalData

FAR = 10_000  # hundreds of metres: no two places of one province are farther apart


def start_costs(case: Case, owed: Owed) -> tuple[int, ...]:
    """Price of each start: risk x working days outside the wished window, late dearer."""
    rulebook = case.rulebook
    late, early = rulebook.value("timing.late-price"), rulebook.value("timing.early-price")
    first = sum(day < owed.due_from for day in case.days)
    last = max(first, sum(day <= owed.due_to for day in case.days) - 1)
    return tuple(
        owed.risk * (late * max(0, n - last) + early * max(0, first - n))
        for n in range(len(case.days))
    )


def goal_data(case: Case) -> GoalData:
    """What loads, pairs, travel and spread are reckoned with, from the rules and the office."""
    office, rulebook = case.office, case.rulebook
    memory = rulebook.value("load.memory")
    past = past_days(case)
    expected = sum(owed.days for owed in case.owed)
    per_week = [case.week_of.count(w) for w in range(len(case.weeks))]
    return GoalData(
        available=tuple(available_days(case, who) for who in office.inspectors),
        past_days=tuple(round(memory * past.get(who.inspector_id, 0)) for who in office.inspectors),
        pair_limit=rulebook.value("pairs.limit"),
        cluster_limit=rulebook.value("clusters.limit"),
        distance=distances(office),
        week_target=tuple(round(expected * n / len(case.days)) for n in per_week),
        order=tuple(rulebook.value("goals.order")),
    )


def available_days(case: Case, who: Inspector) -> int:
    """Days in the year on which an inspector can be on visits: present, within the month's days."""
    cap = (
        case.rulebook.value("person.month-days")
        if who.max_days_per_month is None
        else who.max_days_per_month
    )
    present = [0] * 12
    away = {
        n
        for a in case.office.absences
        if a.inspector_id == who.inspector_id
        for n in case.numbers_between(a.start, a.end)
    }
    for n, day in enumerate(case.days):
        present[day.month - 1] += n not in away
    return sum(min(cap, days) for days in present)


def past_days(case: Case) -> dict[str, int]:
    """Inspector id -> days on visits in the two years before."""
    days: dict[str, int] = {}
    for visit in case.office.visits:
        if case.year - 2 <= visit.start.year < case.year:
            n = len(case.calendar.working_days(visit.start, visit.end))
            for who in {visit.lead, *visit.members} - {""}:
                days[who] = days.get(who, 0) + n
    return days


def distances(office: Office) -> tuple[tuple[int, ...], ...]:
    """Crow-fly hundreds of metres from each home to each unit; 0 where a place is unknown."""
    units = {u.unit_id: u for u in office.units}
    return tuple(
        tuple(_apart(_home(who, units), (unit.lat, unit.lon)) for unit in office.units)
        for who in office.inspectors
    )


def _home(who: Inspector, units: Mapping[str, Unit]) -> tuple[float | None, float | None]:
    if who.lat is not None and who.lon is not None:
        return who.lat, who.lon
    unit = units.get(who.home_unit_id)
    return (unit.lat, unit.lon) if unit else (None, None)


def _apart(a: tuple[float | None, float | None], b: tuple[float | None, float | None]) -> int:
    if None in a or None in b:
        return 0
    lat1, lon1, lat2, lon2 = (radians(float(x or 0)) for x in (*a, *b))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return min(FAR, round(2 * 63_710 * asin(sqrt(h))))
