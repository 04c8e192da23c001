"""When a visit may take place and how long it lasts: calendar.*, visit.one-week, visit.length."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.rules.base import Breach, Policy, Rule
from scheduler.rules.findings import breach, on_paper, unit_name
from scheduler.rules.starts import forbid_starts
from solver.visits.problem import ForbidStarts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.case import Case
    from scheduler.plan_view import PlanView


def enforce_working_days(policy: Policy, case: Case) -> Iterator[ForbidStarts]:
    """Nothing to add: days of a case are working days, and a visit takes consecutive ones."""
    yield from ()


def check_working_days(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """First and last day are working days, and `days` counts the working days between them."""
    for visit in view.plan.visits:
        dates = view.stay(visit)
        if dates is None:
            continue
        for day in dict.fromkeys(dates):
            if not view.calendar.is_working(day):
                yield breach(policy, [visit], Message(
                    "{day} không phải ngày làm việc.",
                    {"day": on_paper(day)},
                ))  # fmt: skip
        worked = sum(view.calendar.is_working(d) for d in _each_day(*dates))
        if visit.days != worked:
            yield breach(policy, [visit], Message(
                "Kế hoạch ghi {days} ngày; từ {start} đến {end} có {worked} ngày làm việc.", {
                    "days": visit.days, "worked": worked, "start": on_paper(dates[0]),
                    "end": on_paper(dates[1]),
                },
            ))  # fmt: skip


def enforce_in_year(policy: Policy, case: Case) -> Iterator[ForbidStarts]:
    """Nothing to add: a case holds the days of its year and no others."""
    yield from ()


def check_in_year(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """Both ends lie in the year of the plan."""
    for visit in view.plan.visits:
        years = {day.year for day in (visit.start, visit.end) if day}
        if visit.status == "scheduled" and not years <= {view.plan.year}:
            yield breach(policy, [visit], Message(
                "Thời gian {start} - {end} ra ngoài năm kế hoạch {year}.", {
                    "start": on_paper(visit.start), "end": on_paper(visit.end),
                    "year": view.plan.year,
                },
            ))  # fmt: skip


def enforce_one_week(policy: Policy, case: Case) -> Iterator[ForbidStarts]:
    """No start from which the visit runs into another week."""
    for number in range(len(case.owed)):
        yield from forbid_starts(case, number, policy.id, _in_two_weeks)


def _in_two_weeks(days: tuple[date, ...]) -> bool:
    return days[0].isocalendar()[:2] != days[-1].isocalendar()[:2]


def check_one_week(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """The last day is not after the Sunday of the first."""
    for visit in view.plan.visits:
        dates = view.stay(visit)
        if dates and (dates[1] - dates[0]).days > 6 - dates[0].weekday():
            yield breach(policy, [visit], Message(
                "Cuộc kiểm tra {start} - {end} kéo sang tuần khác.",
                {"start": on_paper(dates[0]), "end": on_paper(dates[1])},
            ))  # fmt: skip


def enforce_length(policy: Policy, case: Case) -> Iterator[ForbidStarts]:
    """A visit owed that is longer than the law allows has no start at all."""
    for number, owed in enumerate(case.owed):
        longest = policy.value.get(case.units[owed.unit_id].kind)
        if longest is not None and owed.days > longest:
            yield ForbidStarts(number, tuple(range(len(case.days))), policy.id)


def check_length(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """No more working days than the kind of unit allows."""
    for visit in view.plan.visits:
        dates, unit = view.stay(visit), view.units.get(visit.unit_id)
        if dates is None or unit is None or unit.kind not in policy.value:
            continue
        worked, longest = len(view.worked(visit)), policy.value[unit.kind]
        if worked > longest:
            yield breach(policy, [visit], Message(
                "Kiểm tra {worked} ngày làm việc tại {unit}; tối đa {longest} ngày.",
                {"worked": worked, "longest": longest, "unit": unit_name(view, visit.unit_id)},
            ))  # fmt: skip


def _each_day(first: date, last: date) -> Iterator[date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


CALENDAR = (
    Rule("calendar.working-days", enforce_working_days, check_working_days),
    Rule("calendar.in-year", enforce_in_year, check_in_year),
    Rule("visit.one-week", enforce_one_week, check_one_week),
    Rule("visit.length", enforce_length, check_length),
)
