"""Days on which a unit is left alone: blackout.unit and blackout.other-body."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.rules.base import Breach, Policy, Rule
from scheduler.rules.findings import breach, on_paper, visit_days
from scheduler.rules.starts import forbid_starts, meets
from solver.visits.problem import DayCapacity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.case import Case
    from scheduler.plan_view import PlanView
    from solver.visits.problem import ForbidStarts, Limit


def enforce_unit(policy: Policy, case: Case) -> Iterator[Limit]:
    """No visit day on a day closed for the unit; no team at all out on a day closed for every unit."""
    yield from _keep_off(policy, case, by_other_body=False)
    shut = [b for b in case.office.blackouts if b.unit_id == "" and b.body == ""]
    if shut:
        anybody = len(case.office.inspectors)
        closed = (any(b.start <= day <= b.end for b in shut) for day in case.days)
        yield DayCapacity(tuple(0 if off else anybody for off in closed), policy.id)


def enforce_other_body(policy: Policy, case: Case) -> Iterator[ForbidStarts]:
    """No visit day while another body inspects or audits the unit."""
    yield from _keep_off(policy, case, by_other_body=True)


def check_unit(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """No day at the unit falls on a day closed for it."""
    for blackout in view.office.blackouts:
        if blackout.body == "":
            for visit in view.scheduled:
                if blackout.unit_id not in ("", visit.unit_id):
                    continue
                hit = [d for d in visit_days(view, visit) if blackout.start <= d <= blackout.end]
                if hit:
                    yield breach(policy, [visit], Message(
                        "Ngày {day} thuộc thời gian không kiểm tra {start} - {end}: {reason}.", {
                            "day": on_paper(hit[0]), "start": on_paper(blackout.start),
                            "end": on_paper(blackout.end), "reason": blackout.reason,
                        },
                    ))  # fmt: skip


def check_other_body(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """No day at the unit falls on a day of another body's inspection; theirs goes ahead."""
    for blackout in view.office.blackouts:
        if blackout.body != "":
            for visit in view.scheduled:
                if blackout.unit_id not in ("", visit.unit_id):
                    continue
                hit = [d for d in visit_days(view, visit) if blackout.start <= d <= blackout.end]
                if hit:
                    yield breach(policy, [visit], Message(
                        "Ngày {day} trùng với cuộc của {body} tại đơn vị ({start} - {end}).", {
                            "day": on_paper(hit[0]), "body": blackout.body,
                            "start": on_paper(blackout.start), "end": on_paper(blackout.end),
                        },
                    ))  # fmt: skip


def _keep_off(policy: Policy, case: Case, by_other_body: bool) -> Iterator[ForbidStarts]:
    closed: dict[str, set[date]] = {"": set()}
    for blackout in case.office.blackouts:
        if bool(blackout.body) == by_other_body:
            length = (blackout.end - blackout.start).days + 1
            closed.setdefault(blackout.unit_id, set()).update(
                blackout.start + timedelta(days=n) for n in range(length)
            )
    for number, owed in enumerate(case.owed):
        off = closed[""] | closed.get(owed.unit_id, set())
        yield from forbid_starts(case, number, policy.id, meets(off))


BLACKOUT = (
    Rule("blackout.unit", enforce_unit, check_unit),
    Rule("blackout.other-body", enforce_other_body, check_other_body),
)
