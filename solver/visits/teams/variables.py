"""Literals of the team model: who is on which visit, and which visits have a team."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from solver.visits.teams.problem import Bools, Teams
from solver.visits.teams.roster import Roster


@dataclass(frozen=True)
class Choices:
    """The visits being decided, besides a roster that stays as it is."""

    teams: Teams
    roster: Roster  # what is fixed: the visits being decided have no team in it
    rows: tuple[int, ...]
    model: cp_model.CpModel
    staffed: dict[int, cp_model.IntVar]
    on: dict[int, dict[int, cp_model.IntVar]]  # visit -> inspector -> literal
    free: dict[int, Bools]

    def literals(self, r: int, inspectors: Bools) -> list[cp_model.IntVar]:
        """Literals of those of the inspectors who can be on visit `r`."""
        return [x for i, x in self.on[r].items() if inspectors[i]]


def choose(roster: Roster, rows: tuple[int, ...]) -> Choices:
    """Literals for these visits; they must be without a team in the roster."""
    teams, model = roster.teams, cp_model.CpModel()
    free = {r: roster.free(r) for r in rows}
    staffed = {r: model.new_bool_var(f"staffed {r}") for r in rows}
    on = {
        r: {int(i): model.new_bool_var(f"{i} on {r}") for i in np.flatnonzero(free[r])}
        for r in rows
    }
    return Choices(teams, roster, rows, model, staffed, on, free)
