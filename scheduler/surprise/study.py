"""The made-up services of the design study, out of a seed and sizes: what every figure is measured on.

Nobody real stands behind them. Teams have two or three of three skills and never go into their home
region; some pairs of team and unit are barred for personal reasons; every unit has one planned visit
of a day, whose team is then not free; leave is taken in whole weeks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from scheduler.surprise.rates import minimax_rates
from scheduler.surprise.service import Bools, Floats, Ints, Service

TYPES, REGIONS, WEEK = 3, 8, 5
BARRED, LEAVE = 0.03, 0.10  # share of pairs of team and unit; of team-weeks
FLOOR, CAP, LENGTH, KAPPA = 0.8, 4.0, 20, 1.0  # visits a year; days of a violation; cost over gain
FIRST = date(2027, 1, 4)  # a Monday


@dataclass(frozen=True)
class Size:
    """How large a made-up service is; every week has five working days."""

    units: int = 600
    teams: int = 12
    slots: int = 4  # surprise visits a day
    days: int = 250


SIZES = {"large": Size(), "middle": Size(300, 8, 3), "small": Size(150, 6, 2)}


def study_service(
    size: Size, seed: int, year: int = 0, floor: float = FLOOR, cap: float = CAP
) -> Service:
    """A made-up season with minimax rates between floor and cap (visits a year).

    Another `year` has the same units, teams and rates, but another leave and other planned days.
    The floor is at most half of the mean, the cap at least twice the mean.
    """
    chance = np.random.default_rng([seed, size.units, size.teams])
    kind, region = (
        chance.integers(TYPES, size=size.units),
        chance.integers(REGIONS, size=size.units),
    )
    risk = 0.3 + 2.4 * chance.beta(2, 4, size=size.units)
    eligible = _eligible(size, kind, region, chance)
    luck = np.random.default_rng([seed, size.units, size.teams, 1 + year])
    free = _at_work(size, luck)
    planned = _planned(size, eligible, free, luck)
    mean = size.slots * size.days / size.units
    rate = minimax_rates(
        risk, size.slots, min(floor, mean / 2), max(cap, 2 * mean), size.days, LENGTH, KAPPA
    )
    return Service(
        units=tuple(f"U{n:04}" for n in range(size.units)),
        teams=tuple(f"T{n:02}" for n in range(1, size.teams + 1)),
        days=tuple(
            (FIRST + timedelta(days=n // WEEK * 7 + n % WEEK)).isoformat() for n in range(size.days)
        ),
        week=np.arange(size.days) // WEEK, stratum=kind, risk=risk, rate=rate,
        slots=np.full(size.days, size.slots), eligible=eligible, free=free, open=~planned,
        planned=planned,
    )  # fmt: skip


def without_teams(service: Service, teams: list[int], first: int, last: int) -> Service:
    """The season when teams are lost from day `first` up to and with day `last`."""
    free = service.free.copy()
    free[teams, first : last + 1] = False
    return replace(service, free=free)


def _eligible(size: Size, kind: Ints, region: Ints, chance: np.random.Generator) -> Bools:
    """Skill, home region, personal conflict; a unit that nobody could visit loses its conflicts."""
    lacks = np.full(size.teams, -1)
    some = chance.permutation(size.teams)[: size.teams // 2]
    lacks[some] = np.arange(len(some)) % TYPES
    home = chance.permutation(np.arange(size.teams) % REGIONS)
    skilled = (lacks[:, None] != kind) & (home[:, None] != region)
    barred = chance.random(skilled.shape) < BARRED
    alone = ~(skilled & ~barred).any(axis=0)
    return np.asarray(skilled & (~barred | alone), np.bool_)


def _at_work(size: Size, chance: np.random.Generator) -> Bools:
    """(n_teams, n_days) not on leave: each team takes a tenth of the weeks, few teams at a time."""
    weeks = -(-size.days // WEEK)
    away = np.zeros((size.teams, weeks), np.bool_)
    for team in chance.permutation(size.teams):
        load = away.sum(axis=0) + chance.random(weeks)
        away[team, np.argsort(load, kind="stable")[: round(LEAVE * weeks)]] = True
    return np.asarray(~np.repeat(away, WEEK, axis=1)[:, : size.days], np.bool_)


def _planned(size: Size, eligible: Bools, free: Bools, chance: np.random.Generator) -> Bools:
    """(n_units, n_days) one planned day for each unit; its team is taken out of `free`."""
    planned = np.zeros((size.units, size.days), np.bool_)
    for unit in chance.permutation(size.units):
        load = planned.sum(axis=0) + chance.random(size.days)
        for day in np.argsort(load, kind="stable"):
            able = np.flatnonzero(eligible[:, unit] & free[:, day])
            if len(able) and free[:, day].sum() > size.slots:
                free[chance.choice(able), day] = False
                planned[unit, day] = True
                break
    return planned


def reach(service: Service) -> Floats:
    """Number of teams that may go to each unit."""
    return np.asarray(service.eligible.sum(axis=0), np.float64)
