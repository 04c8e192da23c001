"""Prices of the days goals: dropped work, days early or late, and weeks away from their even share."""

from __future__ import annotations

import numpy as np

from solver.visits.days.people import Ints
from solver.visits.days.variables import Choices

MARGIN = 4  # a drop costs this many times the worst timing of any one visit per risk point


def add_spread(plan: Choices) -> Ints:
    """Variables whose sum is the team-days away from the weekly target: over and under for each week.

    worked in week w + under_w - over_w = target_w
    """
    target = np.array(plan.days.problem.goals.week_target, np.int64)
    weeks = np.arange(len(target))
    most = np.full(len(target), int(plan.days.length.sum() + target.max(initial=0)))
    under = plan.rows.add_vars(np.zeros_like(target), most)
    over = plan.rows.add_vars(np.zeros_like(target), most)
    worked = plan.by_week
    plan.rows.add(
        target,
        (worked.period, worked.column, worked.days),
        (weeks, under, 1),
        (weeks, over, -1),
        lower=target,
    )
    return np.concatenate([under, over])


def prices(plan: Choices, off_target: Ints, n_vars: int) -> dict[str, Ints]:
    """Price of each variable in each goal of the days stage."""
    drops, timing, spread = (np.zeros(n_vars, np.int64) for _ in range(3))
    drops[plan.dropped] = plan.days.drop_cost
    timing[: plan.days.n_columns] = plan.days.cost
    spread[off_target] = 1
    return {"drops": drops, "timing": timing, "spread": spread}


def drop_weight(plan: Choices) -> int:
    """How many points of timing one risk point of dropped work is worth while both are sought together.

    It makes moving one visit to its worst day cheaper than dropping it. It does not make dropping dearer
    than any chain of delays: what is then still dropped is questioned by a solve of its own.
    """
    days = plan.days
    worst = np.zeros(days.n_visits, np.int64)
    np.maximum.at(worst, days.visit, days.cost)
    per_point = worst // np.maximum(1, days.drop_cost)
    return int(MARGIN * max(1, per_point.max(initial=1)))
