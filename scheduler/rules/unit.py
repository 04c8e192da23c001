"""What one unit may be asked to bear: unit.gap, unit.once-a-year, unit.co-located."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import accumulate, combinations
from typing import TYPE_CHECKING

from data.records import PlannedVisit
from data.words import Message
from scheduler.rules.base import Breach, Policy, Rule
from scheduler.rules.findings import breach, joint, on_paper, unit_name
from scheduler.rules.starts import Wrong, forbid_starts, visits_by_unit
from solver.visits.problem import AtMostOne, ForbidStarts, KeepApart, Limit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.case import Case
    from scheduler.plan_view import PlanView

YEARLY = ("periodic", "thematic")  # the planned kinds that are not follow-ups
YEARS_APART = 3  # visits so many years away are never too close
HOSTS = ("commune", "ward")
Stay = tuple[date, date, PlannedVisit | None]  # None: a past visit


def enforce_gap(policy: Policy, case: Case) -> Iterator[Limit]:
    """Visits to a unit keep `gap` whole working days free among themselves and from past visits."""
    owed = visits_by_unit(case)
    for numbers in owed.values():
        if len(numbers) > 1:
            yield KeepApart(tuple(numbers), policy.value, policy.id)
    for past in case.office.visits:
        if past.unit_id in owed and abs(past.end.year - case.year) < YEARS_APART:
            free_from = case.calendar.add(past.end, policy.value + 1)
            free_until = case.calendar.add(past.start, -policy.value - 1)
            near = free_from > case.days[0] and free_until < case.days[-1]
            for number in owed[past.unit_id] if near else ():
                yield from forbid_starts(case, number, policy.id, _between(free_until, free_from))


def _between(before: date, after: date) -> Wrong:
    return lambda days: days[0] < after and days[-1] > before


def check_gap(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """Counted day by day between each visit to a unit and the next, past visits included."""
    stays: dict[str, list[Stay]] = defaultdict(list)
    for visit in view.plan.visits:
        dates = view.stay(visit)
        if dates:
            stays[visit.unit_id].append((*dates, visit))
    planned = {v.visit_id for v in view.plan.visits}
    for past in view.office.visits:
        near = abs(past.end.year - view.plan.year) < YEARS_APART
        if past.unit_id in stays and near and past.visit_id not in planned:
            stays[past.unit_id].append((past.start, past.end, None))
    for unit_id, all_stays in stays.items():
        in_order = sorted(all_stays, key=lambda s: s[:2])
        latest = accumulate(in_order, _later_end)
        for one, other in zip(latest, in_order[1:], strict=False):
            rows = [visit for visit in (one[2], other[2]) if visit]
            free = view.calendar.between(one[1], other[0]) if one[1] < other[0] else 0
            if rows and free < policy.value:
                yield breach(policy, rows, Message(
                    "{unit}: giữa lần kiểm tra kết thúc {end} và lần bắt đầu {start} chỉ có "
                    "{free} ngày làm việc; cần ít nhất {gap}.", {
                        "unit": unit_name(view, unit_id), "end": on_paper(one[1]),
                        "start": on_paper(other[0]), "free": free, "gap": policy.value,
                    },
                ))  # fmt: skip


def _later_end(one: Stay, other: Stay) -> Stay:
    return other if other[1] > one[1] else one


def enforce_once(policy: Policy, case: Case) -> Iterator[Limit]:
    """At most one of a unit's visits that are no follow-ups; none when one has taken place."""
    seen = {v.unit_id for v in case.office.visits if v.kind in YEARLY and v.start.year == case.year}
    for unit_id, numbers in visits_by_unit(case).items():
        yearly = tuple(n for n in numbers if case.owed[n].kind in YEARLY)
        if unit_id in seen:
            for number in yearly:
                yield ForbidStarts(number, tuple(range(len(case.days))), policy.id)
        elif len(yearly) > policy.value:
            yield AtMostOne(yearly, policy.id)


def check_once(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """Counts the unit's rows of the year that are no follow-ups, and what already took place."""
    planned = {v.visit_id for v in view.plan.visits}
    rows: dict[str, list[PlannedVisit]] = defaultdict(list)
    for visit in view.plan.visits:
        if view.stay(visit) and visit.kind in YEARLY:
            rows[visit.unit_id].append(visit)
    for unit_id, held in rows.items():
        before = [
            past
            for past in view.office.visits
            if (past.unit_id, past.start.year) == (unit_id, view.plan.year)
            and past.kind in YEARLY
            and past.visit_id not in planned
        ]
        if len(held) + len(before) > policy.value:
            yield breach(policy, held, Message(
                "{unit} có {n} cuộc kiểm tra theo kế hoạch trong năm; tối đa {most}.", {
                    "unit": unit_name(view, unit_id), "n": len(held) + len(before),
                    "most": policy.value,
                },
            ))  # fmt: skip


def enforce_co_located(policy: Policy, case: Case) -> Iterator[KeepApart]:
    """A service point and its commune are kept apart; joint visits are a planner's choice."""
    owed = visits_by_unit(case)
    for unit in case.office.units:
        host = case.units.get(unit.parent_id)
        if unit.kind == "service_point" and host and host.kind in HOSTS:
            for here in owed.get(unit.unit_id, ()):
                for there in owed.get(host.unit_id, ()):
                    yield KeepApart((here, there), policy.value, policy.id)


def check_co_located(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """A row at a service point and one at its commune are one joint visit, or far enough apart."""
    rows: dict[str, list[PlannedVisit]] = defaultdict(list)
    for visit in view.plan.visits:
        unit = view.units.get(visit.unit_id)
        if unit and view.stay(visit):
            rows[unit.parent_id if unit.kind == "service_point" else unit.unit_id].append(visit)
    for host_id, together in rows.items():
        if host_id not in view.units or view.units[host_id].kind not in HOSTS:
            continue
        for one, other in combinations(together, 2):
            if (one.unit_id == host_id) == (other.unit_id == host_id) or joint(view, one, other):
                continue
            free = _free_between(view, one, other)
            if free < policy.value:
                yield breach(policy, [one, other], Message(
                    "{one} và {other} cùng địa điểm: hai cuộc cách nhau {free} ngày làm việc; cần "
                    "ít nhất {gap}, hoặc một cuộc chung (cùng ngày, cùng đoàn).", {
                        "one": unit_name(view, one.unit_id),
                        "other": unit_name(view, other.unit_id), "free": free, "gap": policy.value,
                    },
                ))  # fmt: skip


def _free_between(view: PlanView, one: PlannedVisit, other: PlannedVisit) -> int:
    (_, first_end), (second_start, _) = sorted(d for d in (view.stay(one), view.stay(other)) if d)
    return view.calendar.between(first_end, second_start) if first_end < second_start else 0


UNIT = (
    Rule("unit.gap", enforce_gap, check_gap),
    Rule("unit.once-a-year", enforce_once, check_once),
    Rule("unit.co-located", enforce_co_located, check_co_located),
)
