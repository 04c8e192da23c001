"""The choices of one week: which team is kept on which day, and how many kept teams are short."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from solver.reserve.problem import ReserveProblem


@dataclass
class Choices:
    """A CP-SAT model of the days `first` to `last` of a problem; days are numbered as in the problem."""

    cp: cp_model.CpModel
    problem: ReserveProblem
    days: range
    kept: dict[tuple[int, int], cp_model.IntVar]  # (team, day)
    short: dict[int, cp_model.IntVar]  # day -> team-days wanted and not kept
    price: list[cp_model.LinearExprT] = field(default_factory=list)  # points of the goals

    def of(self, teams: Iterable[int], days: Iterable[int]) -> list[cp_model.IntVar]:
        """The choices of these teams on these days."""
        return [self.kept[team, day] for day in days for team in sorted(teams)]

    @property
    def variables(self) -> list[cp_model.IntVar]:
        """The kept teams, in one order."""
        return list(self.kept.values())


def choose(problem: ReserveProblem, days: range) -> Choices:
    """Fresh choices: kept teams and shortfall add up to what is wanted, day by day."""
    cp = cp_model.CpModel()
    kept = {(j, d): cp.new_bool_var(f"{j} {d}") for d in days for j in range(problem.n_teams)}
    short = {d: cp.new_int_var(0, problem.wanted[d], f"short {d}") for d in days}
    choices = Choices(cp, problem, days, kept, short)
    for day in days:
        every = [*choices.of(range(problem.n_teams), [day]), short[day]]
        cp.add(cp_model.LinearExpr.sum(every) == problem.wanted[day])
    return choices
