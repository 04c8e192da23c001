"""What a solve of moves gives back: the plan, each goal with bound and gap, and the first answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solver.moves.problem import MovesSolution
    from solver.result import Goal, Status


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
