"""A rotation plan as numbers again: rows -> exchanges, beside the year's problem."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.rotation_names import Names
from scheduler.rotation_repair import repair_order
from solver.moves.goals import goal_values

if TYPE_CHECKING:
    from data.records import Move, RotationPlan, Unplaced
    from scheduler.rotation_case import RotationCase
    from solver.moves.problem import MovesProblem, MovesSolution


@dataclass(frozen=True)
class PlannedRotation:
    """A plan of moves beside the year that it plans, in dates and in numbers."""

    plan: RotationPlan
    case: RotationCase
    problem: MovesProblem
    solution: MovesSolution

    @cached_property
    def values(self) -> dict[str, int]:
        """Points of each goal."""
        return goal_values(self.problem, self.solution)

    @cached_property
    def names(self) -> Names:
        """Words for the numbers of the problem."""
        return Names(self.case, self.problem)

    @cached_property
    def number(self) -> dict[str, int]:
        """Staff id -> number of the person, of those who may move."""
        return {who.label: n for n, who in enumerate(self.problem.people)}

    @cached_property
    def moves(self) -> dict[str, Move]:
        """Staff id -> row of the plan."""
        return {move.staff_id: move for move in self.plan.moves}

    @cached_property
    def unplaced(self) -> dict[str, Unplaced]:
        """Staff id -> row of somebody who is due and not moved."""
        return {row.staff_id: row for row in self.plan.unplaced}

    def person(self, staff_id: str) -> str:
        """Name and id."""
        names = {who.staff_id: who.name for who in self.case.office.staff}
        return f"{names.get(staff_id, '')} ({staff_id})".strip()


def planned_rotation(
    plan: RotationPlan, case: RotationCase, problem: MovesProblem
) -> PlannedRotation:
    """The plan in the numbers of the year's problem.

    Raises
    ------
    scheduler.rotation_repair.RepairRefused
        With every row that no longer fits the dataset.
    """
    order = repair_order(plan, case, problem, (), case.on)
    return PlannedRotation(plan, case, order.problem, order.solution)
