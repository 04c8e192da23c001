"""Is there a week in which a unit need not fear a visit? (surprise.md, A3)"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.surprise.service import Floats, Ints
from scheduler.surprise.simulation.season import Season


@dataclass(frozen=True)
class Shadow:
    """A unit that a week's tables leave out, and the teams that could have gone but were busy."""

    unit: str
    first_day: str
    ratio: float
    busy: tuple[str, ...]


def weekly_ratio(season: Season) -> Floats:
    """(n_weeks, n_units) chance over published rate of every week with draws; planned days count as 0."""
    weeks = _weeks(season)
    numbers = season.service.week
    chance = np.array([season.chance[numbers == week].sum(axis=0) for week in weeks])
    rate = np.array([season.published[numbers == week].sum(axis=0) for week in weeks])
    return np.asarray(chance / rate, np.float64)


def yearly_ratio(season: Season) -> Floats:
    """(n_units,) sum of chances over the published rates of a whole season."""
    return np.asarray(season.chance.sum(axis=0) / season.published.sum(axis=0), np.float64)


def shadows(season: Season, least: float, most: int) -> list[Shadow]:
    """The darkest weeks of units under `least`, at most so many: who, when, and which teams were busy."""
    ratio, service, weeks = weekly_ratio(season), season.service, _weeks(season)
    dark = np.argwhere(ratio < least)
    dark = dark[np.argsort(ratio[dark[:, 0], dark[:, 1]], kind="stable")][:most]
    found = []
    for row, unit in dark.tolist():
        days = np.flatnonzero(service.week == weeks[row])
        busy = service.eligible[:, unit] & ~service.free[:, days].all(axis=1)
        names = tuple(service.teams[team] for team in np.flatnonzero(busy))
        found.append(
            Shadow(service.units[unit], service.days[days[0]], float(ratio[row, unit]), names)
        )
    return found


def _weeks(season: Season) -> Ints:
    drawn = season.published.sum(axis=1) > 0
    return np.unique(season.service.week[drawn])
