"""The choices for freed visits: start or dropped, who is on the team, and in which months they work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from solver.visits.roster import Roster

Months = tuple[tuple[int, int], ...]  # (month, days worked in it), in order


@dataclass
class Freed:
    """One freed visit: literals of its starts, of being dropped, and of each person being on it."""

    visit: int
    start: dict[int, cp_model.IntVar]
    cost: dict[int, int]
    dropped: cp_model.IntVar
    member: dict[int, cp_model.IntVar]
    months: dict[Months, list[int]]  # starts by the days they take from each month
    in_months: dict[Months, dict[int, cp_model.IntVar]] = field(default_factory=dict)

    def begun(self, starts: Sequence[int]) -> cp_model.LinearExprT:
        """1 if the visit starts on one of these days."""
        return cp_model.LinearExpr.sum([self.start[s] for s in starts if s in self.start])


@dataclass
class Together:
    """A CP-SAT model over freed visits and the roster that holds all the others."""

    cp: cp_model.CpModel
    roster: Roster
    freed: dict[int, Freed]
    window: tuple[int, int]  # first and last day on which a freed visit may work

    @property
    def variables(self) -> list[cp_model.IntVar]:
        """Starts, drops and members, in one order."""
        every: list[cp_model.IntVar] = []
        for free in self.freed.values():
            every += [*free.start.values(), free.dropped, *free.member.values()]
        return every


def choose_together(
    roster: Roster, starts: Mapping[int, Sequence[int]], members: Mapping[int, Sequence[int]]
) -> Together:
    """Variables for the freed visits, which must not be in the roster.

    Parameters
    ----------
    starts : start days to choose from, for each freed visit
    members : people to choose from, for each freed visit
    """
    cp = cp_model.CpModel()
    freed = {}
    for v, days in starts.items():
        length = int(roster.days.length[v])
        cost = roster.problem.visits[v].start_cost
        may_drop = 0 if roster.days.must[v] else 1
        months: dict[Months, list[int]] = {}
        for s in days:
            where, count = np.unique(roster.months[s : s + length], return_counts=True)
            months.setdefault(tuple(zip(where.tolist(), count.tolist(), strict=True)), []).append(s)
        freed[v] = Freed(
            visit=v,
            start={s: cp.new_bool_var("") for s in days},
            cost={s: cost[s] for s in days},
            dropped=cp.new_int_var(0, may_drop, ""),
            member={i: cp.new_bool_var("") for i in members[v]},
            months=months,
        )
    all_days = [
        d for v, days in starts.items() for s in days for d in (s, s + roster.length(v) - 1)
    ]
    window = (min(all_days, default=0), max(all_days, default=-1))
    return Together(cp, roster, freed, window)
