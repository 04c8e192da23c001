"""A first legal plan at once: visits in order of need, each on its cheapest open day that finds a team."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.visits.days.problem import Days
from solver.visits.problem import Solution
from solver.visits.roster import Roster


def greedy_plan(days: Days) -> Solution:
    """A plan in which every limit but `Must` and `CoverAtLeast` surely holds; what fits nowhere is dropped."""
    roster = Roster(days)
    choices = np.bincount(days.visit, minlength=days.n_visits)
    order = sorted(
        range(days.n_visits),
        key=lambda v: (not days.must[v], choices[v] if days.must[v] else -days.drop_cost[v], v),
    )
    insert(roster, order)
    return roster.solution()


def insert(roster: Roster, visits: Sequence[int]) -> list[int]:
    """Adds each visit on its cheapest day with a team; returns those that found none."""
    left = []
    for visit in visits:
        for start in roster.open_starts(visit).tolist():
            team = roster.team_for(visit, start)
            if team is not None:
                roster.take(visit, start, team)
                break
        else:
            left.append(visit)
    return left
