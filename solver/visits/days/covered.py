"""How many groups of visits could at most be reached: a bound that no plan of any days and teams can beat."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.visits.days.crowd import add_crowd
from solver.visits.days.limits import LIMITS
from solver.visits.days.lp import relax
from solver.visits.days.problem import compile_days
from solver.visits.days.variables import choose
from solver.visits.problem import Problem


def most_covered(problem: Problem, groups: Sequence[Sequence[int]]) -> int:
    """An upper bound on the groups of which some visit takes place, from the linear relaxation.

    A group counts at most as often as visits of it take place: reached + sum of dropped <= visits in it.
    """
    plan = choose(compile_days(problem))
    for limit in problem.limits:
        if type(limit) in LIMITS:
            LIMITS[type(limit)](plan, limit)
    add_crowd(plan)
    reached = plan.rows.add_vars(np.zeros(len(groups), np.int64), np.ones(len(groups), np.int64))
    each = np.arange(len(groups))
    which = np.repeat(each, [len(group) for group in groups])
    members = np.array([v for group in groups for v in group], np.int64)
    sizes = np.array([len(group) for group in groups], np.int64)
    plan.rows.add(sizes, (each, reached, 1), (which, plan.dropped[members], 1))
    rows = plan.rows.done()
    choice = np.full(rows.n_vars, -1)
    choice[: plan.days.n_columns] = plan.days.visit
    choice[plan.dropped] = np.arange(plan.days.n_visits)
    cost = np.zeros(rows.n_vars)
    cost[reached] = -1.0
    relaxed = relax(rows, cost, choice)
    return len(groups) if relaxed is None else min(len(groups), int(np.floor(1e-6 - relaxed.bound)))
