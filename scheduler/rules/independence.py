"""Fresh eyes, and leaders who stay until the report: independence.*, leader.rotation."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.rules.base import Breach, Policy, Rule
from scheduler.rules.findings import breach, on_paper, person, team, unit_name
from scheduler.rules.starts import visits_by_unit
from solver.visits.problem import Barred, Limit, NotBoth, NotLeadAfter, NotTogether

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.records import PastVisit, PlannedVisit
    from scheduler.case import Case
    from scheduler.plan_view import PlanView


def enforce_previous_leader(policy: Policy, case: Case) -> Iterator[Limit]:
    """Who led the previous visit is barred; teams of one unit's visits in the plan share nobody.

    Disjoint teams are stricter than the rule: which of two visits comes first is not known yet.
    """
    for unit_id, numbers in visits_by_unit(case).items():
        for past in _may_be_previous(case, unit_id):
            lead = case.inspector_number.get(past.lead)
            if lead is not None:
                for number in numbers:
                    yield Barred(number, (lead,), policy.id)
        if len(numbers) > 1:
            yield NotBoth(tuple(numbers), policy.id)


def check_previous_leader(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """The leader of the unit's visit before this one is not on its team."""
    for visit, before in _with_previous(view):
        if before.lead and before.lead in team(visit):
            yield breach(policy, [visit], Message(
                "{who} đã làm trưởng đoàn lần kiểm tra trước tại {unit} (kết thúc {end}).", {
                    "who": person(view, before.lead), "unit": unit_name(view, visit.unit_id),
                    "end": on_paper(before.end),
                },
            ))  # fmt: skip


def enforce_previous_pair(policy: Policy, case: Case) -> Iterator[Limit]:
    """At most one of the previous team; teams of one unit's visits in the plan share nobody."""
    for unit_id, numbers in visits_by_unit(case).items():
        for past in _may_be_previous(case, unit_id):
            people = {case.inspector_number[w] for w in team(past) if w in case.inspector_number}
            if len(people) > 1:
                for number in numbers:
                    yield NotTogether(number, tuple(sorted(people)), policy.id)
        if len(numbers) > 1:
            yield NotBoth(tuple(numbers), policy.id)


def check_previous_pair(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """The team and the unit's previous one have at most one person in common."""
    for visit, before in _with_previous(view):
        common = sorted(set(team(visit)) & set(team(before)))
        if len(common) > policy.value:
            yield breach(policy, [visit], Message(
                "{people} đã cùng kiểm tra {unit} lần trước (kết thúc {end}).", {
                    "people": ", ".join(person(view, who) for who in common),
                    "unit": unit_name(view, visit.unit_id), "end": on_paper(before.end),
                },
            ))  # fmt: skip


def enforce_rotation(policy: Policy, case: Case) -> Iterator[NotLeadAfter]:
    """A leader's last visit ends early enough for its report to be due while still in post."""
    ends = {n: case.calendar.add(day, case.report_days) for n, day in enumerate(case.days)}
    for number, who in enumerate(case.office.inspectors):
        until = case.leads_until.get(who.inspector_id)
        if until is not None and ends[len(ends) - 1] > until:
            last = max((n for n, report in ends.items() if report <= until), default=-1)
            yield NotLeadAfter(number, last, policy.id)


def check_rotation(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """Enough working days lie between the visit's end and the leader's last lawful day."""
    needed = view.rulebook.value("report.days")
    for visit in view.plan.visits:
        dates, until = view.stay(visit), view.leads_until.get(visit.lead)
        if dates is None or until is None:
            continue
        left = view.calendar.working_days(dates[1] + timedelta(days=1), until)
        if len(left) < needed:
            yield breach(policy, [visit], Message(
                "Trưởng đoàn {who} đến hạn chuyển đổi vị trí công tác ngày {until} (chưa xét hoãn, "
                "miễn); báo cáo đến hạn "
                "{days} ngày làm việc sau {end}.", {
                    "who": person(view, visit.lead), "until": on_paper(until), "days": needed,
                    "end": on_paper(dates[1]),
                },
            ))  # fmt: skip


def _may_be_previous(case: Case, unit_id: str) -> list[PastVisit]:
    """The unit's latest visit before the year, and any that already took place in it."""
    mine = [v for v in case.office.visits if v.unit_id == unit_id]
    mine.sort(key=lambda v: (v.end, v.visit_id))
    before = [v for v in mine if v.end < case.days[0]]
    return before[-1:] + [v for v in mine if v.end >= case.days[0]]


def _with_previous(view: PlanView) -> Iterator[tuple[PlannedVisit, PlannedVisit | PastVisit]]:
    """Rows that take place, each with the unit's visit that ends last before it begins."""
    ended: dict[str, list[tuple[date, str, PlannedVisit | PastVisit]]] = defaultdict(list)
    for past in view.office.visits:
        ended[past.unit_id].append((past.end, past.visit_id, past))
    for planned in view.plan.visits:
        dates = view.stay(planned)
        if dates:
            ended[planned.unit_id].append((dates[1], planned.visit_id, planned))
    for visit in view.plan.visits:
        dates = view.stay(visit)
        if dates:
            earlier = [entry for entry in ended[visit.unit_id] if entry[0] < dates[0]]
            if earlier:
                yield visit, max(earlier, key=lambda entry: entry[:2])[2]


INDEPENDENCE = (
    Rule("independence.previous-leader", enforce_previous_leader, check_previous_leader),
    Rule("independence.previous-pair", enforce_previous_pair, check_previous_pair),
    Rule("leader.rotation", enforce_rotation, check_rotation),
)
