"""What the demonstration's inspector has to do today and in the next days, on any date: pins of the planner."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from data.store.pins import PinText
from scheduler.journeys.online import pins
from scheduler.journeys.online.opened import open_office
from scheduler.journeys.online.plan_desk import desk_of
from scheduler.yearly_plan import limits
from solver.visits.problem import Absent, AtMostOne, Barred, ForbidStarts, KeepApart, MonthDays

if TYPE_CHECKING:
    from datetime import date, datetime

    import pandas as pd

    from scheduler.case import Case, Owed
    from scheduler.journeys.online.demo_stage import Stage
    from solver.visits.problem import Limit

NEAR = timedelta(days=14)
DAYS, EVERY = 6, 2  # of the next working days every second one: what the first page tells of
REASON = "Đến đơn vị trong những ngày này theo yêu cầu của lãnh đạo Sở (tình huống dùng thử)"


@dataclass
class _Closed:
    """What the rules shut: days and people of each visit, days and months of each person."""

    starts: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    people: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    away: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    months: dict[int, Sequence[int]] = field(default_factory=dict)
    bound: set[int] = field(default_factory=set)  # visits whose days hang on those of others


def ask_for_near_days(stage: Stage, year: int, at: datetime) -> list[int]:
    """Pins that send one inspector out today, if it is a working day, and in the days after; gives their ids.

    None when no working day of the year is left, or nobody is free.
    """
    office = open_office(stage.store, year=year)
    case = desk_of(stage.store, office, year, {}).case
    ahead = list(case.numbers_between(stage.today, case.days[-1]))[:DAYS]
    near = ahead[::EVERY] if len(ahead) > EVERY else ahead
    closed = _closed(limits(case))
    people = sorted(range(len(office.inspectors)), key=lambda i: not office.inspectors[i].can_lead)
    visits = [v for v in _single(case) if v not in closed.bound]
    rounds = (_round(case, closed, visits, who, near) for who in people)
    chosen = max(rounds, key=len, default=[])
    return [pins.add_pin(stage.store, stage.people["planner"], at, text).id for text in chosen]


def opened(blackouts: pd.DataFrame, today: date) -> pd.DataFrame:
    """The days without visits but those that shut a body in the next days, such as the end of the year's."""
    start, end = blackouts["start"], blackouts["end"]
    return blackouts[(end < str(today)) | (start > str(today + NEAR))]


def let_go(stage: Stage, at: datetime, pin_ids: Iterable[int]) -> None:
    """These pins no longer hold: no plan could be made with them."""
    by = stage.people["planner"]
    for ident in pin_ids:
        revision = pins.one_pin(stage.store, by, ident).revision
        pins.withdraw_pin(stage.store, by, at, ident, revision)


def _round(
    case: Case, closed: _Closed, visits: Sequence[int], who: int, near: Sequence[int]
) -> list[PinText]:
    """One of these visits for this inspector on each of these days on which one may be."""
    found: list[PinText] = []
    taken: set[int] = set()
    left = defaultdict(int, enumerate(closed.months.get(who, ())))
    for day in near:
        month = case.days[day].month - 1
        if day in closed.away[who] or left[month] < 1:
            continue
        open_ones = [
            v for v in visits
            if v not in taken and day not in closed.starts[v] and who not in closed.people[v]
        ]  # fmt: skip
        if open_ones:
            visit = min(open_ones, key=lambda v: _rank(case.owed[v], case, day))
            taken.add(visit)
            left[month] -= 1
            inspector = case.office.inspectors[who].inspector_id
            owed = case.owed[visit]
            found.append(PinText(
                owed.unit_id, owed.kind, case.days[day], inspector_id=inspector, reason=REASON,
            ))  # fmt: skip
    return found


def _single(case: Case) -> Iterator[int]:
    """Periodic visits of one day to bodies that are owed no other: they move without touching others."""
    owed = Counter(one.unit_id for one in case.owed)
    for number, one in enumerate(case.owed):
        if one.kind == "periodic" and one.days == 1 and owed[one.unit_id] == 1:
            yield number


def _rank(owed: Owed, case: Case, day: int) -> tuple[bool, int, str]:
    return not owed.due_from <= case.days[day] <= owed.due_to, -owed.risk, owed.visit_id


def _closed(found: Iterable[Limit]) -> _Closed:
    closed = _Closed()
    for limit in found:
        if isinstance(limit, ForbidStarts):
            closed.starts[limit.visit].update(limit.starts)
        elif isinstance(limit, Barred):
            closed.people[limit.visit].update(limit.inspectors)
        elif isinstance(limit, Absent):
            closed.away[limit.inspector].update(limit.days)
        elif isinstance(limit, MonthDays):
            closed.months[limit.inspector] = limit.capacity
        elif isinstance(limit, KeepApart | AtMostOne) and len(limit.visits) > 1:
            closed.bound.update(limit.visits)
    return closed
