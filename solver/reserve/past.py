"""The weeks of a season, and what each leaves to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from solver.reserve.problem import InRow, Limit, ReserveProblem, WeekDays


def weeks_of(problem: ReserveProblem) -> Iterator[range]:
    """The days of each week, in order."""
    first = 0
    for day in range(1, problem.n_days + 1):
        if day == problem.n_days or problem.week_of[day] != problem.week_of[first]:
            yield range(first, day)
            first = day


Kept = Sequence[tuple[int, ...]]  # teams of each day so far


@dataclass(frozen=True)
class Past:
    """What was kept before a week, for each team: days of the same week, days in a row just before."""

    used: tuple[int, ...]
    run: tuple[int, ...]


def past_of(problem: ReserveProblem, kept: Kept, limit: Limit) -> Past:
    """What days 0 to len(kept)-1 leave to the next one, with what the limit says came before day 0."""
    none = (0,) * problem.n_teams
    used = none
    if (
        isinstance(limit, WeekDays)
        and limit.used
        and problem.week_of[len(kept)] == problem.week_of[0]
    ):
        used = limit.used
    run = (limit.run if isinstance(limit, InRow) else ()) or none
    for teams in kept:
        run = tuple(run[j] + 1 if j in teams else 0 for j in range(problem.n_teams))
    return Past(used, run)
