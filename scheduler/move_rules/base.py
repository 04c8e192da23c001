"""What a rule of the moves is made of: its id and two independent readings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scheduler.rotation_case import RotationCase
    from scheduler.rotation_view import RotationView
    from scheduler.rules.base import Breach, Policy
    from solver.moves.problem import Limit


@dataclass(frozen=True)
class MoveRule:
    """One id, and its two readings. Breaches carry move ids where others carry visit ids."""

    id: str
    enforce: Callable[[Policy, RotationCase], Iterable[Limit]]  # numbers, for the solver
    check: Callable[[Policy, RotationView], Iterable[Breach]]  # records and dates, for the checker


def by_shape(policy: Policy, case: RotationCase) -> tuple[Limit, ...]:
    """No limit: a MovesProblem and its exchanges cannot say otherwise."""
    del policy, case
    return ()
