"""The planner's own orders: pins and bans (rule id "pins", limits labelled "pin:<row>").

A pin for a day or week of another year says nothing about this plan. A pin that must hold, with a
day, makes the visit begin on that day; a ban with a day keeps the visit from being under way then.
Where several visits owed match a pin that must hold, one is chosen for the solver: the one whose
due window holds the pin's day, then periodic before thematic before follow-up, then the riskiest.
Where none matches, nothing can satisfy the pin and the limit says so. A ban of a person with a day
and a unit bars the person from that unit's visits altogether; without a unit the person is absent.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.rules.base import Breach, Policy, Rule
from scheduler.rules.findings import breach, on_paper, person, team, unit_name
from scheduler.rules.starts import forbid_starts, not_begun_inside, not_inside
from solver.visits.problem import Absent, Barred, Cover, CoverAtLeast, Limit, Must

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.records import Pin, PlannedVisit
    from scheduler.case import Case
    from scheduler.plan_view import PlanView

KIND_ORDER = ("periodic", "thematic", "follow_up")


def enforce_pins(policy: Policy, case: Case) -> Iterator[Limit]:
    """Each pin and ban as limits on the visits that it means."""
    for pin in case.office.pins:
        if _touches(pin, case.year):
            matches = [
                number
                for number, owed in enumerate(case.owed)
                if pin.unit_id in ("", owed.unit_id) and pin.kind in ("", owed.kind)
            ]
            yield from _must(pin, case, matches) if pin.must else _ban(pin, case, matches)


def _must(pin: Pin, case: Case, matches: list[int]) -> Iterator[Limit]:
    label = f"pin:{pin.row}"
    who = case.inspector_number.get(pin.inspector_id)
    if not matches or (pin.inspector_id and who is None):
        yield CoverAtLeast((), 1, label)
        return
    first, last = _window(pin) or (date.min, date.max)

    def rank(number: int) -> tuple[bool, int, int, str]:
        owed = case.owed[number]
        outside = owed.due_to < first or owed.due_from > last
        return outside, KIND_ORDER.index(owed.kind), -owed.risk, owed.visit_id

    visit = min(matches, key=rank)
    yield Must(visit, label)
    if pin.date:
        yield from forbid_starts(case, visit, label, not_begun_inside(pin.date, pin.date))
    if pin.week:
        yield from forbid_starts(case, visit, label, not_inside(*_week(pin.week)))
    if who is not None:
        yield Cover(visit, (who,), 1, label)


def _ban(pin: Pin, case: Case, matches: list[int]) -> Iterator[Limit]:
    label = f"pin:{pin.row}"
    window = _window(pin)
    if pin.inspector_id:
        who = case.inspector_number.get(pin.inspector_id)
        if who is None:
            return
        if window and not pin.unit_id and not pin.kind:
            days = tuple(case.numbers_between(*window))
            if days:
                yield Absent(who, days, label)
            return
        for visit in matches:
            yield Barred(visit, (who,), label)
        return
    first, last = window or (date.min, date.max)
    for visit in matches:
        yield from forbid_starts(
            case, visit, label, lambda days: any(first <= day <= last for day in days)
        )


def check_pins(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """Some row does all that a pin asks; no row does all that a ban names."""
    for pin in view.office.pins:
        if not _touches(pin, view.plan.year):
            continue
        rows = [v for v in view.plan.visits if _does(pin, view, v)]
        words = _in_words(pin, view)
        if pin.must and not rows:
            near = [v for v in view.plan.visits if pin.unit_id and v.unit_id == pin.unit_id]
            yield breach(policy, near, Message(
                "Yêu cầu ở dòng {row} của bảng pins chưa được thực hiện: {words} ({reason}).",
                {"row": pin.row, "words": words, "reason": pin.reason},
            ))  # fmt: skip
        elif not pin.must and rows:
            yield breach(policy, rows, Message(
                "Trái với điều cấm ở dòng {row} của bảng pins: {words} ({reason}).",
                {"row": pin.row, "words": words, "reason": pin.reason},
            ))  # fmt: skip


def _does(pin: Pin, view: PlanView, visit: PlannedVisit) -> bool:
    dates = view.stay(visit)
    if dates is None or pin.unit_id not in ("", visit.unit_id) or pin.kind not in ("", visit.kind):
        return False
    if pin.inspector_id and pin.inspector_id not in team(visit):
        return False
    start, end = dates
    if pin.date and not (start == pin.date if pin.must else start <= pin.date <= end):
        return False
    if pin.week:
        monday, sunday = _week(pin.week)
        return monday <= start <= end <= sunday if pin.must else start <= sunday and end >= monday
    return True


def _in_words(pin: Pin, view: PlanView) -> Message:
    return Message("đơn vị {unit}, hình thức {kind}, thời gian {time}, người {who}", {
        "unit": unit_name(view, pin.unit_id) if pin.unit_id else "-",
        "kind": pin.kind or "-",
        "time": on_paper(pin.date or pin.week) if pin.date or pin.week else "-",
        "who": person(view, pin.inspector_id) if pin.inspector_id else "-",
    })  # fmt: skip


def _window(pin: Pin) -> tuple[date, date] | None:
    """The days that the pin is about, none (last before first) when its day is not in its week."""
    if pin.week is None:
        return (pin.date, pin.date) if pin.date else None
    monday, sunday = _week(pin.week)
    return (max(monday, pin.date), min(sunday, pin.date)) if pin.date else (monday, sunday)


def _week(day: date) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _touches(pin: Pin, year: int) -> bool:
    window = _window(pin)
    return window is None or year in (window[0].year, window[1].year)


PINS = (Rule("pins", enforce_pins, check_pins),)
