"""What a solve of moves gives back: the plan, each goal with bound and gap, and the first answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.moves.goals import ORDER, left_by_caps
from solver.result import Goal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solver.moves.problem import MovesProblem, MovesSolution
    from solver.result import Status


@dataclass(frozen=True)
class MovesResult:
    """Outcome of a solve of moves; goals by name as in `goals.ORDER`, and "total", their sum.

    A goal's bound holds for any plan ("any plan") or for plans that reach the same values in the
    goals before it ("goals before"). `pool_bound` bounds only plans out of the columns that were
    looked at; it is not a bound for the problem.
    """

    status: Status
    solution: MovesSolution | None
    goals: tuple[Goal, ...]
    seconds: float
    seed: int
    greedy: dict[str, int]  # goal values of the greedy swaps, the first answer
    phases: tuple[tuple[str, float], ...] = ()
    peak_memory_mb: int = 0
    repeatable: bool = True
    note: str = ""
    pool_bound: int | None = None


def unproven_goals(problem: MovesProblem, values: Mapping[str, int]) -> tuple[Goal, ...]:
    """Goals with the bounds that plain counting gives.

    Prices are not negative, wishes at most all fulfilled, and caps let only so many people leave.
    """
    wishes = sum(max(0, weight) for _, _, weight in problem.wishes)
    lowest = {
        "wishes": -wishes * problem.goals.wish,
        "unplaced": left_by_caps(problem) * problem.goals.unplaced,
    }
    goals = [Goal(name, values[name], lowest.get(name, 0), "any plan") for name in ORDER]
    total = Goal("total", sum(values.values()), sum(goal.bound for goal in goals), "any plan")
    return (*goals, total)
