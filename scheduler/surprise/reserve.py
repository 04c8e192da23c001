"""A season's reserve as whole numbers and back: which teams are kept free for surprise visits on each day.

Surprise.md, section 3, stage 0. Nothing here depends on what was drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.surprise.roster import Rest
from scheduler.surprise.service import Bools, Floats, Ints, Service
from solver.reserve.problem import (
    SLOT,
    Away,
    InRow,
    Limit,
    Reach,
    ReserveProblem,
    ReserveSolution,
    WeekDays,
)

FREE, REST = "free", "surprise.rest"  # labels


@dataclass(frozen=True, eq=False)
class Classes:
    """Units that the same teams may go to."""

    of_unit: Ints  # shape (n_units,); -1: nobody may go there
    may: Bools  # shape (n_classes, n_teams)


def classes_of(eligible: Bools) -> Classes:
    """The eligibility classes of (n_teams, n_units), in order of their teams."""
    found, number = np.unique(eligible.T, axis=0, return_inverse=True)
    reached = found.any(axis=1)
    new = np.where(reached, np.cumsum(reached) - 1, -1)
    return Classes(new[number.ravel()], np.asarray(found[reached], np.bool_))


def fair_shares(service: Service) -> Floats:
    """Each unit's fair part of each day's slots, shape (n_units, n_days).

    Closed units and those under a planned visit have none on that day; the others' rates are brought to the
    day's slots.
    """
    weight = service.rate[:, None] * service.open
    whole = weight.sum(axis=0)
    return np.asarray(weight * np.divide(service.slots, whole, where=whole > 0, out=whole * 0.0))


def reserve_problem(
    service: Service, rest: Rest, skills: Sequence[Bools] = (), days: range | None = None,
    used: Sequence[int] = (), run: Sequence[int] = (), often: Sequence[int] = (),
) -> ReserveProblem:  # fmt: skip
    """The reserve of some days of a season, of all when None.

    Parameters
    ----------
    skills : for each skill that must be at hand, which teams hold it, shape (n_teams,)
    days : whole weeks, or the rest of one and whole weeks after it
    used, run, often : for each team, surprise days before the first day: of the same week, in a row, in all
    """
    days = range(len(service.days)) if days is None else days
    span = slice(days.start, days.stop)
    classes = classes_of(service.eligible)
    shares = SLOT * fair_shares(service)[:, span]
    parts = np.zeros((len(classes.may), len(days)))
    reached = classes.of_unit >= 0
    np.add.at(parts, classes.of_unit[reached], shares[reached])
    groups = [
        Reach(f"class {n}", _numbers(may), tuple(np.rint(parts[n]).astype(int).tolist()))
        for n, may in enumerate(classes.may)
    ]
    groups += [
        Reach(f"skill {n}", _numbers(holders), (0,) * len(days)) for n, holders in enumerate(skills)
    ]
    limits: list[Limit] = [
        Away(team, _numbers(~free), FREE)
        for team, free in enumerate(service.free[:, span])
        if not free.all()
    ]
    limits += [WeekDays(rest.week, REST, tuple(used)), InRow(rest.row, REST, tuple(run))]
    return ReserveProblem(
        n_teams=len(service.teams), week_of=tuple(service.week[span].tolist()),
        wanted=tuple(service.slots[span].tolist()), groups=tuple(groups), limits=tuple(limits),
        often=tuple(often),
    )  # fmt: skip


def kept_teams(solution: ReserveSolution, n_teams: int) -> Bools:
    """A reserve as (n_teams, n_days)."""
    kept = np.zeros((n_teams, len(solution.kept)), np.bool_)
    for day, teams in enumerate(solution.kept):
        kept[list(teams), day] = True
    return kept


def _numbers(marks: Bools) -> tuple[int, ...]:
    return tuple(np.flatnonzero(marks).tolist())
