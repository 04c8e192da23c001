"""When somebody may be moved at all: move.term-min, overlay.

A post in which a clock runs is not left by anybody whose clock cannot be reckoned, or who is still
on probation there. Where the least term ends so late that no open wave lies between it and the limit
(least and longest term of five years), the last open wave in time is lawful: never past five years.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from data.words import Message
from scheduler.clock import add_months
from scheduler.move_rules.base import MoveRule
from scheduler.move_rules.wording import breach, person, post
from scheduler.rotation_view import covers
from scheduler.rules.findings import on_paper
from solver.moves.problem import Away

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.rotation_case import RotationCase
    from scheduler.rotation_view import Clock, RotationView
    from scheduler.rules.base import Breach, Policy


def enforce_term_min(policy: Policy, case: RotationCase) -> Iterator[Away]:
    """Whoever is in a rotating post is away in the waves before the own first lawful day."""
    movers = case.movers
    first = movers["earliest_date"].to_numpy("datetime64[D]")
    latest = movers["latest_date"].to_numpy("datetime64[D]")
    days = np.array(case.waves, "datetime64[D]")
    chances = days[list(case.open_waves)]
    in_time = np.searchsorted(chances, latest, side="right")  # how many open waves are in time
    due = (latest <= np.datetime64(date(case.year, 12, 31))) & (in_time > 0)
    last = chances[np.maximum(in_time, 1) - 1] if len(chances) else first
    first = np.where(due & (last < first), last, first)
    early = ~(days[None, :] >= first[:, None]) & movers["rotating"].to_numpy(bool)[:, None]
    for number in early.any(axis=1).nonzero()[0].tolist():
        yield Away(number, tuple(early[number].nonzero()[0].tolist()), policy.id)


def check_term_min(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """The move is not before the earliest date that the flags give, or the last open wave in time."""
    chances = open_days(view)
    for move, day in view.moves:
        if not move.from_position or not view.rotates(move.from_position):
            continue
        clock = view.clocks.get(move.staff_id)
        earliest = clock.earliest if clock else None
        if earliest is None:
            yield breach(policy, [move], Message(
                "{who} giữ vị trí thuộc diện chuyển đổi ({post}) nhưng chưa tính được thời hạn.", {
                    "who": person(view, move.staff_id), "post": post(view, move.from_position),
                },
            ))  # fmt: skip
        elif day < min(earliest, last_in_time(view, clock, chances)):
            yield breach(policy, [move], Message(
                "{who} chuyển ngày {day}, khi chưa đủ thời hạn tối thiểu (từ ngày {earliest}).", {
                    "who": person(view, move.staff_id), "day": on_paper(day),
                    "earliest": on_paper(earliest),
                },
            ))  # fmt: skip


def last_in_time(view: RotationView, clock: Clock | None, chances: list[date]) -> date:
    """The last open day before somebody due this year would be overdue; the last day of all if none."""
    latest = clock.latest if clock else None
    if latest is None or latest.year > view.plan.year:
        return date.max
    return max((day for day in chances if day <= latest), default=date.max)


def enforce_overlay(policy: Policy, case: RotationCase) -> Iterator[Away]:
    """Away on each wave's day that a deferral holds or retirement is too near; single posts always."""
    movers = case.movers
    places = movers["place"].to_numpy(np.int64)
    grid = case.deferred[places] | case.exempt[places] | movers["single"].to_numpy(bool)[:, None]
    for number in grid.any(axis=1).nonzero()[0].tolist():
        yield Away(number, tuple(grid[number].nonzero()[0].tolist()), policy.id)


def check_overlay(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """Nothing puts the person's move off on its day; the ground itself is not named."""
    for move, day in view.moves:
        clock = view.clocks.get(move.staff_id)
        why = barred_on(view, move.staff_id, day)
        if why is None and clock is not None and clock.single:
            why = Message("vị trí duy nhất, do cấp trên lập kế hoạch chung")
        if why is not None:
            yield breach(policy, [move], Message(
                "{who} không chuyển được ngày {day}: {why}.",
                {"who": person(view, move.staff_id), "day": on_paper(day), "why": why},
            ))  # fmt: skip


def barred_on(view: RotationView, staff_id: str, day: date) -> Message | None:
    """Why the person may not be moved on a day: deferred, or too close to retirement; else None."""
    for deferral in view.put_off.get(staff_id, ()):
        if covers(deferral, day):
            return Message("thuộc trường hợp chưa thực hiện chuyển đổi")
    clock = view.clocks.get(staff_id)
    if clock is not None:
        counted = max(day, clock.latest or day)
        if clock.retires < add_months(counted, view.rulebook.value("rotation.exempt-months")):
            return Message("sắp nghỉ hưu (ngày {day})", {"day": on_paper(clock.retires)})
    return None


def open_days(view: RotationView) -> list[date]:
    """The days of the year's waves on which moves may take place."""
    return [day for day in view.first_workdays if not closing(view, day)]


def closing(view: RotationView, day: date) -> list[str]:
    """Ids of the binding rules that close a wave on this day."""
    bound = {i: p.value for i, p in view.rulebook.policies.items() if p.binding == "must"}
    found = []
    if day.month in bound.get("move.closed", ()):
        found.append("move.closed")
    if "move.tet" in bound:
        first = day - timedelta(days=bound["move.tet"]["before"])
        last = day + timedelta(days=bound["move.tet"]["after"])
        begins = (_tet(view, year) for year in range(first.year, last.year + 1))
        if any(tet is not None and first <= tet <= last for tet in begins):
            found.append("move.tet")
    if (day - view.on).days < bound.get("move.notice", -(10**9)):
        found.append("move.notice")
    return found


def _tet(view: RotationView, year: int) -> date | None:
    return min((off.day for off in view.calendar.days_off(year) if off.kind == "tet"), default=None)


TERMS = (
    MoveRule("move.term-min", enforce_term_min, check_term_min),
    MoveRule("move.overlay", enforce_overlay, check_overlay),
)
