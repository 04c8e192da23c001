"""Each limit on days as rows; limits on persons come in as groups (`crowd.py`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from solver.visits import problem as given
from solver.visits.days.variables import Choices


def day_capacity(plan: Choices, limit: given.DayCapacity) -> None:
    """sum of visits out on d <= capacity[d]"""
    out = plan.by_day
    plan.rows.add(list(limit.capacity), (out.period, out.column, 1))


def week_capacity(plan: Choices, limit: given.WeekCapacity) -> None:
    """sum of days worked in week w <= capacity[w]"""
    worked = plan.by_week
    plan.rows.add(list(limit.capacity), (worked.period, worked.column, worked.days))


def keep_apart(plan: Choices, limit: given.KeepApart) -> None:
    """For each day t, at most one of the visits has start <= t < start + days + gap.

    Two visits too close both hold the start of the later one; two visits far enough share no day.
    """
    days = plan.days
    columns = np.flatnonzero(np.isin(days.visit, limit.visits))
    reach = days.length[days.visit[columns]] + max(0, limit.gap)
    held = np.repeat(columns, reach)
    offset = np.arange(len(held)) - np.repeat(np.cumsum(reach) - reach, reach)
    day = days.start[held] + offset
    inside = np.isin(day, days.start[columns])
    plan.rows.add(np.ones(days.problem.n_days, np.int64), (day[inside], held[inside], 1))


def cover_at_least(plan: Choices, limit: given.CoverAtLeast) -> None:
    """sum of covered groups >= at_least, where a covered group has a visit that is not dropped

    covered_g + sum of dropped over the group <= visits in the group
    """
    groups = [np.array(sorted(set(group)), np.int64) for group in limit.groups if group]
    sure = sum(bool(plan.days.must[group].any()) for group in groups)
    if sure >= limit.at_least:
        return
    n = len(groups)
    covered = plan.rows.add_vars(np.zeros(n + 1, np.int64), np.array([1] * n + [0]))
    which = np.repeat(np.arange(n), [len(group) for group in groups])
    left_out = plan.dropped[np.concatenate([*groups, np.zeros(0, np.int64)])]
    plan.rows.add([len(g) for g in groups], (which, left_out, 1), (np.arange(n), covered[:n], 1))
    total = np.zeros(n + 1, np.int64)
    plan.rows.add([max(n, limit.at_least)], (total, covered, 1), lower=[limit.at_least])


def at_most_one(plan: Choices, limit: given.AtMostOne) -> None:
    """sum of (1 - dropped) <= 1"""
    which = plan.dropped[sorted(set(limit.visits))]
    row = np.zeros(len(which), np.int64)
    plan.rows.add([len(which)], (row, which, 1), lower=[len(which) - 1])


LIMITS: dict[type, Callable[[Choices, Any], None]] = {
    given.DayCapacity: day_capacity,
    given.WeekCapacity: week_capacity,
    given.KeepApart: keep_apart,
    given.CoverAtLeast: cover_at_least,
    given.AtMostOne: at_most_one,
}  # Must and ForbidStarts are in the columns already
