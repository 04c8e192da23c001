"""The days problem in arrays: one column per visit and start day that is left after looking at each alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.visits import problem as given
from solver.visits.days.people import Bools, Ints, People, people_of, staffable
from solver.visits.problem import Problem


@dataclass(frozen=True)
class Days:
    """Columns (visit, start) in order of visit then start, and the data of visits in arrays."""

    problem: Problem
    people: People
    visit: Ints  # visit of each column
    start: Ints  # start day of each column
    cost: Ints  # goal 2 of each column
    length: Ints  # working days of each visit
    size: Ints  # people of each visit
    drop_cost: Ints  # goal 1 of each visit
    must: Bools  # visits that cannot be left out

    @property
    def n_columns(self) -> int:
        """Number of (visit, start) pairs."""
        return len(self.visit)

    @property
    def n_visits(self) -> int:
        """Number of visits owed."""
        return len(self.length)

    def days_of(self, offset: int) -> Ints:
        """Day of each column's `offset`-th working day."""
        return self.start + offset


def compile_days(problem: Problem) -> Days:
    """Arrays of a problem; a start is kept when the visit alone could take place and be staffed then."""
    people = people_of(problem)
    open_days = staffable(problem, people)
    for limit in problem.limits:
        if isinstance(limit, given.ForbidStarts):
            inside = [s for s in limit.starts if 0 <= s < problem.n_days]
            open_days[limit.visit, inside] = False
    visit, start = np.nonzero(open_days)
    cost = np.array([v.start_cost for v in problem.visits], np.int64).reshape(open_days.shape)
    must = np.zeros(len(problem.visits), bool)
    must[[limit.visit for limit in problem.limits if isinstance(limit, given.Must)]] = True
    return Days(
        problem=problem,
        people=people,
        visit=visit.astype(np.int64),
        start=start.astype(np.int64),
        cost=cost[visit, start],
        length=np.array([v.days for v in problem.visits], np.int64),
        size=np.array([v.size for v in problem.visits], np.int64),
        drop_cost=np.array([v.drop_cost for v in problem.visits], np.int64),
        must=must,
    )
