"""A reserve at once: each day the teams that are due, by chance among equals."""

from __future__ import annotations

import random
from collections.abc import Sequence

from solver.reserve.past import past_of, weeks_of
from solver.reserve.problem import Away, InRow, ReserveProblem, ReserveSolution, WeekDays


def greedy_reserve(problem: ReserveProblem, seed: int) -> ReserveSolution:
    """A reserve that keeps every limit; not the best."""
    chance = random.Random(seed)
    kept: list[tuple[int, ...]] = []
    for days in weeks_of(problem):
        kept += greedy_week(problem, kept, days, chance)
    return ReserveSolution(tuple(kept))


def greedy_week(
    problem: ReserveProblem, before: Sequence[tuple[int, ...]], days: range, chance: random.Random
) -> list[tuple[int, ...]]:
    """Kept teams of a week after what was kept before it: teams kept least in the week come first."""
    away = [(x.team, set(x.days)) for x in problem.limits if isinstance(x, Away)]
    caps = [
        [x.most - used for used in past_of(problem, before, x).used]
        for x in problem.limits
        if isinstance(x, WeekDays)
    ]
    rows = [
        (x.most, list(past_of(problem, before, x).run))
        for x in problem.limits
        if isinstance(x, InRow)
    ]
    often = [0] * problem.n_teams
    kept: list[tuple[int, ...]] = []
    for day in days:
        gone = {team for team, its in away if day in its}
        able = [
            team
            for team in range(problem.n_teams)
            if team not in gone
            and all(often[team] < cap[team] for cap in caps)
            and all(run[team] < most for most, run in rows)
        ]
        chance.shuffle(able)
        chosen = sorted(sorted(able, key=often.__getitem__)[: problem.wanted[day]])
        kept.append(tuple(chosen))
        for team in chosen:
            often[team] += 1
        for _, run in rows:
            run[:] = [run[team] + 1 if team in chosen else 0 for team in range(problem.n_teams)]
    return kept
