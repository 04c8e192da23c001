"""A yearly plan as numbers again: rows with dates -> Solution, beside the year's problem."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.yearly_plan import to_problem
from solver.visits.goals import goal_values
from solver.visits.problem import Problem, Solution
from solver.visits.single.options import Standing
from solver.visits.verify import verify

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.records import Plan, PlannedVisit
    from scheduler.case import Case
    from scheduler.risk import UnitRisk


@dataclass(frozen=True)
class PlannedYear:
    """A plan beside the year that it plans, in dates and in numbers.

    Attributes
    ----------
    strange : ids of rows that the year does not owe or that have no working day or no known person;
        what they hold counts as left out
    """

    plan: Plan
    case: Case
    risk: Mapping[str, UnitRisk]
    solution: Solution
    strange: tuple[str, ...] = ()

    @cached_property
    def problem(self) -> Problem:
        """The year as whole numbers."""
        return to_problem(self.case)

    @cached_property
    def standing(self) -> Standing:
        """The plan, ready to be asked about one visit or one person."""
        return Standing(self.problem, self.solution)

    @cached_property
    def values(self) -> dict[str, int]:
        """Goal values of the plan."""
        return goal_values(self.problem, self.solution)

    def values_beside(self, visit: int) -> dict[str, int]:
        """Goal values of the plan; a visit that it does not know is none that it leaves out."""
        owed = self.case.owed[visit]
        unknown = owed.visit_id not in self.rows
        out = self.problem.visits[visit].drop_cost if unknown else 0
        return {**self.values, "drops": self.values["drops"] - out}

    @cached_property
    def faults(self) -> list[str]:
        """Breaches of the plan in the year as it is in the data now."""
        return verify(self.problem, self.solution)

    @cached_property
    def number(self) -> dict[str, int]:
        """Visit id -> number of the visit."""
        return {owed.visit_id: v for v, owed in enumerate(self.case.owed)}

    def name(self, inspector: int) -> str:
        """Name and id of an inspector by number."""
        who = self.case.office.inspectors[inspector]
        return f"{who.name} ({who.inspector_id})"

    @cached_property
    def rows(self) -> dict[str, PlannedVisit]:
        """Visit id -> row of the plan."""
        return {row.visit_id: row for row in self.plan.visits}


def planned_year(plan: Plan, case: Case, risk: Mapping[str, UnitRisk]) -> PlannedYear:
    """The plan in the numbers of the year's problem."""
    number = {owed.visit_id: v for v, owed in enumerate(case.owed)}
    starts = [-1] * len(case.owed)
    teams: list[tuple[int, ...]] = [()] * len(case.owed)
    strange = []
    for row in plan.visits:
        v = number.get(row.visit_id)
        day = case.day_number.get(row.start) if row.start else None
        team = tuple(case.inspector_number.get(w, -1) for w in (row.lead, *row.members) if w)
        fits = v is not None and (row.status != "scheduled" or (day is not None and -1 not in team))
        if not fits:
            strange.append(row.visit_id)
        elif row.status == "scheduled" and day is not None and v is not None:
            starts[v], teams[v] = day, team
    return PlannedYear(plan, case, risk, Solution(tuple(starts), tuple(teams)), tuple(strange))
