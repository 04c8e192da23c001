"""What one inspector may be asked to do: person.exists, one-place, absence, month-days."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.rules.base import Breach, Policy, Rule
from scheduler.rules.findings import breach, joint, on_paper, person, team, visit_days
from solver.visits.problem import Absent, Limit, MonthDays, OnePlace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from data.records import PlannedVisit
    from scheduler.case import Case
    from scheduler.plan_view import PlanView


def enforce_exists(policy: Policy, case: Case) -> Iterator[Limit]:
    """Nothing to add: teams are made of the case's inspectors."""
    yield from ()


def check_exists(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """Every id on a team is an inspector of the office."""
    for visit in view.scheduled:
        for who in dict.fromkeys(team(visit)):
            if who not in view.inspectors and not view.has_left(visit, who):
                yield breach(policy, [visit], Message(
                    "Không có «{who}» trong danh sách cán bộ kiểm tra.",
                    {"who": who},
                ))  # fmt: skip


def enforce_one_place(policy: Policy, case: Case) -> Iterator[OnePlace]:
    """Nobody is on two visits on one day."""
    yield OnePlace(policy.id)


def check_one_place(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """No date on which one person stands in two rows, a joint visit apart."""
    days_of: dict[str, list[tuple[PlannedVisit, frozenset[date]]]] = defaultdict(list)
    for visit in view.scheduled:
        for who in set(team(visit)):
            days_of[who].append((visit, frozenset(visit_days(view, visit))))
    for who, stays in sorted(days_of.items()):
        for (one, days), (other, other_days) in combinations(stays, 2):
            both = days & other_days
            if both and not joint(view, one, other):
                yield breach(policy, [one, other], Message(
                    "{who} ở hai nơi trong ngày {day}.",
                    {"who": person(view, who), "day": on_paper(min(both))},
                ))  # fmt: skip


def enforce_absence(policy: Policy, case: Case) -> Iterator[Absent]:
    """Nobody works on a working day of an absence."""
    for absence in case.office.absences:
        number = case.inspector_number.get(absence.inspector_id)
        days = tuple(case.numbers_between(absence.start, absence.end))
        if number is not None and days:
            yield Absent(number, days, policy.id)


def check_absence(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """No day of a row falls into an absence of somebody on its team."""
    for visit in view.scheduled:
        days, people = visit_days(view, visit), set(team(visit))
        for absence in view.office.absences:
            away = any(absence.start <= day <= absence.end for day in days)
            if away and absence.inspector_id in people:
                yield breach(policy, [visit], Message(
                    "{who} vắng mặt từ {start} đến {end}.", {
                        "who": person(view, absence.inspector_id),
                        "start": on_paper(absence.start), "end": on_paper(absence.end),
                    },
                ))  # fmt: skip


def enforce_month_days(policy: Policy, case: Case) -> Iterator[MonthDays]:
    """Each inspector's own number of days a month, or the rule's where it is blank."""
    for number, who in enumerate(case.office.inspectors):
        most = policy.value if who.max_days_per_month is None else who.max_days_per_month
        yield MonthDays(number, (most,) * 12, policy.id)


def check_month_days(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """Counts each person's dates on visits by calendar month; a joint visit's date counts once."""
    dates: dict[tuple[str, int, int], dict[date, list[PlannedVisit]]] = defaultdict(dict)
    for visit in view.scheduled:
        for who in set(team(visit)):
            for day in view.worked(visit):
                dates[who, day.year, day.month].setdefault(day, []).append(visit)
    for (who, year, month), days in sorted(dates.items()):
        known = view.inspectors.get(who)
        if known is None:
            continue
        most = policy.value if known.max_days_per_month is None else known.max_days_per_month
        if len(days) > most:
            rows = dict.fromkeys(v for visits in days.values() for v in visits)
            yield breach(policy, rows, Message(
                "{who} đi kiểm tra {n} ngày trong tháng {month}/{year}; tối đa {most} ngày.", {
                    "who": person(view, who), "n": len(days), "month": month, "year": year,
                    "most": most,
                },
            ))  # fmt: skip


PERSON = (
    Rule("person.exists", enforce_exists, check_exists),
    Rule("person.one-place", enforce_one_place, check_one_place),
    Rule("person.absence", enforce_absence, check_absence),
    Rule("person.month-days", enforce_month_days, check_month_days),
)
