"""Visits that look again at what was found: follow-up.window."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.rules.base import Breach, Policy, Rule
from scheduler.rules.findings import breach, on_paper, unit_name
from scheduler.rules.starts import forbid_starts, mandatory, not_begun_inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.records import PlannedVisit
    from scheduler.case import Case
    from scheduler.plan_view import PlanView
    from solver.visits.problem import Limit


def enforce_window(policy: Policy, case: Case) -> Iterator[Limit]:
    """Each follow-up begins in the window that its open findings give: `due_from` to `due_to`."""
    for number, owed in enumerate(case.owed):
        if owed.kind == "follow_up":
            wrong = not_begun_inside(owed.due_from, owed.due_to)
            yield from forbid_starts(case, number, policy.id, wrong)
    yield from mandatory(policy, case)


def check_window(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """Follow-ups begin in time after the latest open remedy is due, and none is forgotten.

    Working days are counted one by one from the day after the remedy is due. A window that closed
    before the year is replaced by the first `late_within` working days of the year; one that runs
    into the next year may be left to it, with a row that says so.
    """
    due_days = _due_days(view)
    rows: dict[str, list[PlannedVisit]] = {}
    for visit in view.plan.visits:
        if visit.kind == "follow_up":
            rows.setdefault(visit.follows, []).append(visit)
            dates = view.stay(visit)
            if dates and visit.follows in due_days:
                yield from _in_time(policy, view, visit, due_days[visit.follows], dates[0])
    for past_id, due in due_days.items():
        yield from _not_forgotten(policy, view, past_id, due, rows.get(past_id, []))


def _due_days(view: PlanView) -> dict[str, date]:
    found: dict[str, date] = {}
    for finding in view.office.findings:
        past = view.past.get(finding.visit_id)
        if finding.closed_on is None and past and past.unit_id in view.units:
            found[finding.visit_id] = max(finding.remedy_due, found.get(finding.visit_id, date.min))
    return found


def _counted(view: PlanView, after: date, until: date) -> int:
    return len(view.calendar.working_days(after + timedelta(days=1), until)) if until > after else 0


def _in_time(
    policy: Policy, view: PlanView, visit: PlannedVisit, due: date, start: date
) -> Iterator[Breach]:
    year = view.plan.year
    if _counted(view, due, date(year - 1, 12, 31)) >= policy.value["last"]:
        waited = _counted(view, date(year - 1, 12, 31), start)
        if waited > policy.value["late_within"]:
            yield breach(policy, [visit], Message(
                "Tái kiểm tra đã quá hạn từ năm trước phải bắt đầu trong {limit} ngày làm việc "
                "đầu năm; {start} là ngày thứ {waited}.",
                {"limit": policy.value["late_within"], "start": on_paper(start), "waited": waited},
            ))  # fmt: skip
        return
    waited = _counted(view, due, start)
    if not policy.value["first"] <= waited <= policy.value["last"]:
        yield breach(policy, [visit], Message(
            "Tái kiểm tra bắt đầu {start}, {waited} ngày làm việc sau hạn khắc phục {due}; phải "
            "từ {first} đến {last} ngày.", {
                "start": on_paper(start), "due": on_paper(due), "waited": waited,
                "first": policy.value["first"], "last": policy.value["last"],
            },
        ))  # fmt: skip


def _not_forgotten(
    policy: Policy, view: PlanView, past_id: str, due: date, rows: list[PlannedVisit]
) -> Iterator[Breach]:
    until_year_end = _counted(view, due, date(view.plan.year, 12, 31))
    if until_year_end < policy.value["first"]:
        return
    name = unit_name(view, view.past[past_id].unit_id)
    if not rows:
        yield breach(policy, [], Message(
            "Kế hoạch thiếu tái kiểm tra {unit} sau lần kiểm tra {past}, hạn khắc phục {due}.",
            {"unit": name, "past": past_id, "due": on_paper(due)},
        ))  # fmt: skip
    elif all(row.status != "scheduled" for row in rows) and until_year_end >= policy.value["last"]:
        yield breach(policy, rows, Message(
            "Tái kiểm tra bắt buộc tại {unit} (sau lần {past}) bị bỏ ra ngoài kế hoạch.",
            {"unit": name, "past": past_id},
        ))  # fmt: skip


FOLLOW_UP = (Rule("follow-up.window", enforce_window, check_window),)
