"""Days and teams of all visits in one model: exact, and only for problems small enough to bear it."""

from __future__ import annotations

from dataclasses import dataclass

from solver.effort import Effort
from solver.visits.days.problem import Days
from solver.visits.problem import Solution
from solver.visits.roster import Roster
from solver.visits.together.model import search_together
from solver.visits.verify import verify


@dataclass(frozen=True)
class Whole:
    """Best plan in dropped work, then timing; what is proven; `infeasible` when no plan exists."""

    plan: Solution | None
    optimal: bool
    infeasible: bool


def size_of(days: Days) -> int:
    """Starts times people: grows with the model."""
    return days.n_columns * days.problem.n_inspectors


def solve_whole(days: Days, effort: Effort, seconds: float, priced: bool = True) -> Whole:
    """The best plan of all visits at once; unless `priced`, any plan.

    A risk point of dropped work weighs more than all delays together, so the order of goals 1 and 2 is exact.
    """
    everybody = range(days.problem.n_inspectors)
    starts = {v: days.start[days.visit == v].tolist() for v in range(days.n_visits)}
    members = {v: [i for i in everybody if not days.people.barred[v, i]] for v in starts}
    worst = sum(max(visit.start_cost, default=0) for visit in days.problem.visits)
    answer = search_together(
        Roster(days), starts, members, worst + 1 if priced else 0, effort, seconds, priced=priced
    )
    if answer.put is None:
        return Whole(None, optimal=False, infeasible=answer.infeasible)
    plan = Solution(
        tuple(answer.put[v][0] for v in sorted(answer.put)),
        tuple(answer.put[v][1] for v in sorted(answer.put)),
    )
    if verify(days.problem, plan):
        return Whole(None, optimal=False, infeasible=False)
    return Whole(plan, answer.optimal, infeasible=False)
