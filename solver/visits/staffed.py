"""A plan from days alone: teams for each visit, and visits without a team left out."""

from __future__ import annotations

from collections.abc import Callable

from solver.effort import Effort
from solver.result import Progress
from solver.visits.problem import Problem, Solution
from solver.visits.teams.model import staff


def with_teams(
    problem: Problem,
    starts: tuple[int, ...],
    effort: Effort,
    seconds: float,
    report: Callable[[Progress], None],
) -> Solution:
    """The days with teams; visits that found none count as dropped, even where the plan is not legal so."""
    if all(start < 0 for start in starts):
        return Solution(starts, ((),) * len(starts))
    staffed = staff(problem, starts, effort.settings, report, seconds)
    effort.charge(staffed.seconds)
    kept = tuple(start if staffed.teams[v] else -1 for v, start in enumerate(starts))
    return Solution(kept, staffed.teams)
