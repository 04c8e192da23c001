"""What a solve of a reserve gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from solver.reserve.problem import ReserveSolution


@dataclass(frozen=True)
class ReserveResult:
    """A reserve that keeps every limit, its goals, and for how many weeks none is proven better.

    A week is proven best given the weeks before it. `goals`: name -> value as in `values.ORDER`, and
    "total" in points.
    """

    solution: ReserveSolution
    goals: Mapping[str, int]
    weeks: int
    proven: int
    seconds: float
    repeatable: bool = True
    note: str = ""  # crash and fall-back, words of `solver.child`
