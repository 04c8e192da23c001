"""Who cannot be on a visit on its day, by which rule, and the dates or rows behind it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.clash_rows import absence_words
from solver.visits.problem import Absent, Barred, MonthDays, NotBoth, OnePlace

if TYPE_CHECKING:
    from scheduler.plan_numbers import PlannedYear
    from solver.visits.problem import Limit

Reasons = dict[int, list[tuple[str, Message]]]  # inspector -> (rule, words)


def reasons_away(year: PlannedYear, visit: int, start: int) -> Reasons:
    """For everybody not on the visit's team who could not be: each rule, with what it says of the person."""
    problem, team = year.problem, set(year.solution.teams[visit])
    span = range(start, start + problem.visits[visit].days)
    found: Reasons = defaultdict(list)
    for limit in problem.limits:
        for who, words in _takes_away(year, limit, visit, span):
            if who not in team:
                found[who].append((limit.label, words))
    return dict(found)


def _takes_away(
    year: PlannedYear, limit: Limit, visit: int, span: range
) -> list[tuple[int, Message]]:
    case, problem = year.case, year.problem
    if isinstance(limit, Absent) and set(span) & set(limit.days):
        return [(limit.inspector, _absent(limit, year))]
    if isinstance(limit, Barred) and limit.visit == visit:
        unit = {"unit": case.units[case.owed[visit].unit_id].name}
        return [(i, Message("không được kiểm tra {unit}", unit)) for i in limit.inspectors]
    if isinstance(limit, MonthDays):
        return _month(year, limit, visit, span)
    if isinstance(limit, OnePlace):
        return [
            (who, Message("đang ở {visit}", {"visit": problem.visits[other].label}))
            for other, begun in enumerate(year.solution.starts)
            if other != visit and begun >= 0
            and set(span) & set(range(begun, begun + problem.visits[other].days))
            for who in year.solution.teams[other]
        ]  # fmt: skip
    if isinstance(limit, NotBoth) and visit in limit.visits:
        return [
            (who, Message("đã ở {visit}", {"visit": problem.visits[other].label}))
            for other in limit.visits
            if other != visit
            for who in year.solution.teams[other]
        ]
    return []


def _absent(limit: Absent, year: PlannedYear) -> Message:
    """The row of the absence; a ban of a person on days is a row of the pins."""
    if limit.label.startswith("pin:"):
        return Message("bảng pins, dòng {row}", {"row": limit.label.removeprefix("pin:")})
    return absence_words(limit, year.case)


def _month(
    year: PlannedYear, limit: MonthDays, visit: int, span: range
) -> list[tuple[int, Message]]:
    """Whether the person's days of a month are used up by the other visits."""
    problem = year.problem
    wanted: dict[int, int] = defaultdict(int)
    for day in span:
        wanted[problem.month_of[day]] += 1
    for month, n in wanted.items():
        used = sum(
            problem.month_of[day] == month
            for other, team in enumerate(year.solution.teams)
            if other != visit and limit.inspector in team
            for day in range(
                year.solution.starts[other],
                year.solution.starts[other] + problem.visits[other].days,
            )
        )
        if used + n > limit.capacity[month]:
            words = {"used": used, "most": limit.capacity[month], "month": month + 1}
            return [(limit.inspector, Message("tháng {month} đã {used}/{most} ngày", words))]
    return []
