"""What an insider would have guessed over one year: a few figures for people, in a few seconds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.surprise.service import Bools, Floats
from scheduler.surprise.simulation.adversary import methods, year_cases
from scheduler.surprise.simulation.clues import clues
from scheduler.surprise.simulation.even_spread import even_spread
from scheduler.surprise.simulation.hazard import hazard
from scheduler.surprise.simulation.judged import leaks
from scheduler.surprise.simulation.season import Season
from scheduler.surprise.simulation.watched import Machine

LEARN_YEARS = 2  # even-spread years that the watcher has seen


@dataclass(frozen=True)
class InsiderYear:
    """Best guesses of somebody who names as many units each morning as will be visited."""

    visits: int
    leak_day: float  # exact; 0.5: the roster tells nothing
    leak_week: float
    hits: float  # share of visits that are named, knowing roster, tables and all past draws: exact
    hits_by_rate: float  # knowing nothing but the published rates: exact
    hits_even: float  # of an evenly spread plan, by somebody who saw two such years
    day_after: float  # hazard on the day after a visit, over the published rate
    day_after_even: float
    zero_weeks: int


def insider_year(machine: Machine) -> InsiderYear:
    """One year of a service; about five seconds for a city of 143 units."""
    season = machine.season(0)
    day_leak, week_leak = leaks(season, season.chance)
    even = even_spread(season, machine.luck(0, 2))
    ours = hazard(season, season.chance).ratio[0]
    spread = hazard(season, even.astype(np.float64)).ratio[0]
    weeks = np.unique(season.service.week[season.published.sum(axis=1) > 0])
    zero = sum(
        int((season.chance[season.service.week == week].sum(axis=0) <= 0).sum()) for week in weeks
    )
    return InsiderYear(
        season.used, day_leak, week_leak, hit_share(season, season.chance, season.chance),
        hit_share(season, season.fair, season.chance),
        hit_share(season, _seen_through(machine, season, even), even.astype(np.float64)), ours, spread,
        zero,
    )  # fmt: skip


def hit_share(season: Season, score: Floats, visits: Floats) -> float:
    """Share of visits at the units of greatest score, as many a day as there are slots.

    `visits`: exact chances, or 0 and 1 for a known year; shape (n_days, n_units) both.
    """
    slots = np.rint(season.published.sum(axis=1)).astype(int)
    found = 0.0
    for day in np.flatnonzero(slots):
        named = np.argsort(-score[day], kind="stable")[: slots[day]]
        found += float(visits[day, named].sum())
    return found / max(1.0, float(visits.sum()))


def _seen_through(machine: Machine, season: Season, visits: Bools) -> Floats:
    """Scores of every day and unit, by boosted trees that learned from other years of the same kind."""
    years = []
    for year in range(1, LEARN_YEARS + 1):
        chance = machine.luck(year, 2)
        other = machine.season(year)
        years.append(year_cases(other, even_spread(other, chance), chance))
    trees = methods(machine.seed)[0]
    trees.fit(np.concatenate([y.clues for y in years]), np.concatenate([y.visited for y in years]))
    day, unit = np.nonzero(np.ones(visits.shape, np.bool_))
    odds = trees.predict_proba(clues(season, visits, day, unit))[:, 1].reshape(visits.shape)
    odds = np.minimum(odds, 1 - 1e-9)
    return np.asarray(odds / (1 - odds) * season.fair, np.float64)
