"""Compile what the team stage needs, once: part of `python -m solver.warm` after installing."""

from __future__ import annotations

from solver.settings import Settings
from solver.visits.problem import GoalData, Problem, Solution, Visit
from solver.visits.teams.anneal import polish
from solver.visits.teams.bounds import team_bounds


def warm_up() -> None:
    """Compiled code in memory and, where the folder can be written, on disk for the next process."""
    goals = GoalData((2, 2), (0, 0), 1, 1, ((0,), (1,)), (1,))
    visit = Visit("", 0, 0, 1, 1, 1, (0, 0))
    tiny = Problem(2, 2, 1, (0, 0), (0, 0), (0, 0), (visit, visit), (), goals)
    plan = Solution((0, 1), ((0,), (1,)))
    polish(tiny, plan, Settings(), lambda _: None, 1e-4)
    team_bounds(tiny, plan, Settings(), 1e-4)
