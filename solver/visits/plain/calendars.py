"""Each person's calendar in the plain model: one place at a time, absences, days in a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.visits.problem import Absent, MonthDays

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from solver.visits.plain.variables import Plain


def add_calendars(plain: Plain) -> None:
    """Nobody is in two places, away on a visit's day, or above the month's days."""
    problem, model = plain.problem, plain.model
    away: dict[int, set[int]] = {i: set() for i in range(problem.n_inspectors)}
    caps: dict[int, tuple[int, ...]] = {}
    for limit in problem.limits:
        if isinstance(limit, Absent):
            away[limit.inspector] |= set(limit.days)
        elif isinstance(limit, MonthDays):
            caps[limit.inspector] = limit.capacity
    for i in range(problem.n_inspectors):
        mine = [v for v, visit in enumerate(plain.visits) if i in visit.on_team]
        busy = [model.new_fixed_size_interval_var(d, 1, "away") for d in sorted(away[i])]
        busy += [
            model.new_optional_fixed_size_interval_var(
                plain.visits[v].start, problem.visits[v].days, plain.visits[v].on_team[i], "busy"
            )
            for v in mine
        ]
        model.add_no_overlap(busy)
        for month, cap in enumerate(caps.get(i, ())):
            model.add(sum(_month_days(plain, v, i, month) for v in mine) <= cap)


def _month_days(plain: Plain, v: int, i: int, month: int) -> cp_model.LinearExprT:
    """Days that person i gives to visit v in a month (0 when the visit cannot fall into it)."""
    problem, visit = plain.problem, plain.visits[v]
    days = problem.visits[v].days
    inside = {
        d: sum(problem.month_of[t] == month for t in range(d, d + days)) for d in visit.start_on
    }
    if not any(inside.values()):
        return 0
    given = plain.model.new_int_var(0, days, "given")
    worked = sum(n * visit.start_on[d] for d, n in inside.items() if n)
    plain.model.add(given >= worked - days * (1 - visit.on_team[i]))
    return given
