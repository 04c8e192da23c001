"""Each limit on one week's choices, after what was kept before the week."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ortools.sat.python import cp_model

from solver.reserve import problem as given
from solver.reserve.past import Kept, past_of
from solver.reserve.variables import Choices


def away(choices: Choices, limit: given.Away, before: Kept) -> None:
    """kept[team, d] = 0"""
    for day in set(limit.days) & set(choices.days):
        choices.cp.add(choices.kept[limit.team, day] == 0)


def week_days(choices: Choices, limit: given.WeekDays, before: Kept) -> None:
    """used + sum of kept over the week <= most"""
    used = past_of(choices.problem, before, limit).used
    for team in range(choices.problem.n_teams):
        left = max(0, limit.most - used[team])
        if left < len(choices.days):
            choices.cp.add(cp_model.LinearExpr.sum(choices.of([team], choices.days)) <= left)


def in_row(choices: Choices, limit: given.InRow, before: Kept) -> None:
    """Of `most` + 1 days in a row, those before the week included, at most `most` are kept."""
    run = past_of(choices.problem, before, limit).run
    first, last = choices.days.start, choices.days.stop
    for team in range(choices.problem.n_teams):
        for start in range(first - min(run[team], limit.most), last - limit.most):
            gone = max(0, first - start)
            window = range(max(first, start), start + limit.most + 1)
            kept = cp_model.LinearExpr.sum(choices.of([team], window))
            choices.cp.add(kept <= limit.most - gone)


LIMITS: dict[type, Callable[[Choices, Any, Kept], None]] = {
    given.Away: away,
    given.WeekDays: week_days,
    given.InRow: in_row,
}
