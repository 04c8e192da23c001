"""What no kept team can serve, day by day and over a week, as cuts that are added when they are broken.

Flows f[class, team] with sum over classes = the team's kept days, and deviations from the wanted shares,
need not stand in the model: the least deviation is, by max-flow and min-cut, the greatest of
share(S) - kept teams that may serve S, over all sets S of classes. So each set is one linear row, and only
those that bind are needed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from solver.reserve.flow import Bools, tightest
from solver.reserve.problem import SLOT
from solver.reserve.values import Tables
from solver.reserve.variables import Choices

Days = tuple[int, ...]


@dataclass
class Cuts:
    """The rows so far, of one week; `teams` goes on from week to week."""

    choices: Choices
    tables: Tables
    teams: dict[frozenset[int], None]  # sets of teams that bound some flow, in the order found
    lack: dict[Days, cp_model.IntVar] = field(default_factory=dict)
    rows: set[tuple[Days, frozenset[int]]] = field(default_factory=set)

    def begin(self) -> None:
        """A variable for what each flow lacks, with the rows of every team set known."""
        days = list(self.choices.days)
        flows: list[Days] = [(day,) for day in days] + ([tuple(days)] if len(days) > 1 else [])
        for flow in flows:
            whole = int(self.tables.share[:, list(flow)].sum())
            self.lack[flow] = self.choices.cp.new_int_var(0, whole, f"uneven {flow}")
            self.choices.price.append(self.choices.problem.goals.uneven * self.lack[flow])
            for teams in self.teams:
                self._add(flow, teams)

    def add_broken(self, kept: Bools) -> bool:
        """Adds the row that says most about each flow of a kept week; False: all rows held.

        Parameters
        ----------
        kept : shape (n_teams, n_days) of the problem
        """
        fresh = False
        for flow in self.lack:
            room = SLOT * kept[:, list(flow)].sum(axis=1).astype(np.int64)
            asked = self.tables.share[:, list(flow)].sum(axis=1)
            found = tightest(asked, room, self.tables.may)
            if found.lack:
                may = self.tables.may[found.classes].any(axis=0)
                teams = frozenset(np.flatnonzero(may).tolist())
                self.teams.setdefault(teams)
                fresh |= self._add(flow, teams)
        return fresh

    def _add(self, flow: Days, teams: frozenset[int]) -> bool:
        """lack >= share of all classes that only these teams may serve - kept days of these teams"""
        if (flow, teams) in self.rows:
            return False
        self.rows.add((flow, teams))
        others = [j for j in range(self.choices.problem.n_teams) if j not in teams]
        inside = ~self.tables.may[:, others].any(axis=1)
        asked = int(self.tables.share[inside][:, list(flow)].sum())
        room = [SLOT * kept for kept in self.choices.of(teams, flow)]
        self.choices.cp.add(cp_model.LinearExpr.sum([self.lack[flow], *room]) >= asked)
        return True
