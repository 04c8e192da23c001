"""What a reserve is worth, by plain arithmetic and without any solver.

short, then missing, weigh more than all that follows together; uneven, thin and skill are added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from solver.reserve.flow import Bools, Ints, tightest
from solver.reserve.past import weeks_of
from solver.reserve.problem import SLOT, Away, ReserveProblem, ReserveSolution

ORDER = ("short", "missing", "uneven", "thin", "turns", "skill")
ENOUGH = 2  # kept teams of a class on a day, above which more are not better
MOST_TURNS = 8  # who was long away does not have to catch up more than this


@dataclass(frozen=True)
class Tables:
    """A problem's groups as arrays."""

    may: Bools  # shape (n_groups, n_teams)
    share: Ints  # shape (n_groups, n_days)
    here: Bools  # shape (n_teams, n_days): not away
    skill: Bools  # shape (n_groups,): without a share on any day

    def can(self, day: int) -> Bools:
        """Which groups have a team that is not away on a day."""
        return np.asarray((self.may & self.here[:, day]).any(axis=1))


def tables_of(problem: ReserveProblem) -> Tables:
    """Groups and absences of a problem as arrays."""
    may = np.zeros((len(problem.groups), problem.n_teams), np.bool_)
    share = np.zeros((len(problem.groups), problem.n_days), np.int64)
    for number, group in enumerate(problem.groups):
        may[number, list(group.teams)] = True
        share[number] = group.share
    here = np.ones((problem.n_teams, problem.n_days), np.bool_)
    for limit in problem.limits:
        if isinstance(limit, Away):
            here[limit.team, list(limit.days)] = False
    return Tables(may, share, here, np.asarray(~share.any(axis=1)))


def goal_values(problem: ReserveProblem, solution: ReserveSolution) -> dict[str, int]:
    """Each goal of a reserve, without any solver; `total` is their sum in points."""
    tables, kept = tables_of(problem), kept_array(problem, solution.kept)
    weeks = [week_values(problem, tables, kept, week) for week in weeks_of(problem)]
    return {name: sum(week[name] for week in weeks) for name in (*ORDER, "total")}


def week_values(
    problem: ReserveProblem, tables: Tables, kept: Bools, week: range
) -> dict[str, int]:
    """The goals of one week alone.

    Parameters
    ----------
    kept : shape (n_teams, n_days)
    """
    asked = skill_days(problem, tables, week)
    ahead = turns(problem, kept[:, : week.start])
    values = {
        "short": sum(problem.wanted[day] - int(kept[:, day].sum()) for day in week),
        "missing": _missing(problem, tables, kept, week),
        "uneven": sum(uneven(tables, kept, week).values()),
        "thin": _thin(tables, kept, thin_days(problem, week)),
        "turns": sum(n * int(kept[j, list(week)].sum()) for j, n in enumerate(ahead)),
        "skill": sum(not (tables.may[g] & kept[:, day]).any() for g, day in asked),
    }
    points = sum(getattr(problem.goals, name) * values[name] for name in ORDER)
    return {**values, "total": points}


def kept_array(problem: ReserveProblem, kept: Sequence[Sequence[int]]) -> Bools:
    """Kept teams as an array, shape (n_teams, n_days)."""
    found = np.zeros((problem.n_teams, problem.n_days), np.bool_)
    for day, teams in enumerate(kept):
        found[list(teams), day] = True
    return found


def least(problem: ReserveProblem, tables: Tables, week: range) -> Ints:
    """Days of the week on which each group should have a kept team: as many as there can be."""
    can = [tables.can(day) for day in week if problem.wanted[day]]
    possible = np.sum(can, axis=0, dtype=np.int64) if can else np.zeros(len(tables.may), np.int64)
    return np.minimum(problem.least_days, possible)


def _missing(problem: ReserveProblem, tables: Tables, kept: Bools, week: range) -> int:
    reached = np.sum([(tables.may & kept[:, day]).any(axis=1) for day in week], axis=0)
    return int(np.maximum(0, least(problem, tables, week) - reached).sum())


def uneven(tables: Tables, kept: Bools, week: range) -> dict[tuple[int, ...], int]:
    """Days of each flow -> parts of shares that no kept team can serve: each day, then the week."""
    flows = [(day,) for day in week] + ([tuple(week)] if len(week) > 1 else [])
    found = {}
    for days in flows:
        room = SLOT * kept[:, list(days)].sum(axis=1)
        asked = tables.share[:, list(days)].sum(axis=1)
        found[days] = tightest(asked, room.astype(np.int64), tables.may).lack
    return found


def _thin(tables: Tables, kept: Bools, days: list[int]) -> int:
    there = tables.may.astype(np.int64) @ kept[:, days].astype(np.int64)
    return int((tables.share[:, days] * np.maximum(0, ENOUGH - there)).sum())


def thin_days(problem: ReserveProblem, week: range) -> list[int]:
    """Days on which a second kept team of each class may be asked for: more than two are wanted."""
    return [day for day in week if problem.wanted[day] > ENOUGH]


def turns(problem: ReserveProblem, before: Bools) -> list[int]:
    """How much oftener each team was kept than the one kept least, up to `MOST_TURNS`.

    Parameters
    ----------
    before : shape (n_teams, days so far)
    """
    often = before.sum(axis=1) + np.array(problem.often or (0,) * problem.n_teams, np.int64)
    return [min(MOST_TURNS, n) for n in (often - often.min()).tolist()]


def skill_days(problem: ReserveProblem, tables: Tables, week: range) -> list[tuple[int, int]]:
    """(group, day) on which a skill is asked for: teams are wanted and a holder is there."""
    return [
        (int(g), day)
        for day in week
        if problem.wanted[day]
        for g in np.flatnonzero(tables.skill & tables.can(day))
    ]
