"""Do drawn years come out as the tables say? (surprise.md, A2)"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np

from scheduler.surprise.simulation.season import Season
from scheduler.surprise.simulation.visits import DrawnYears

FEWEST = 0.5  # visits a year of a unit whose relative deviation is looked at


@dataclass(frozen=True)
class Deviation:
    """Counted visits of many years against their exact chances."""

    years: int
    chi2_per_unit: float  # 1 when luck alone is at work
    largest_z: float
    unit_day_sd: float  # of the z of single days
    mean_share: float  # mean |counted / expected - 1| of a unit
    largest_share: float


def deviation(seasons: Sequence[Season], drawn: Sequence[DrawnYears]) -> Deviation:
    """Deviations of units over all years, and of single days of single units."""
    counted = sum(d.drawn.sum(axis=0) for d in drawn)
    years = sum(d.years for d in drawn)
    expected = sum(d.years * s.chance.sum(axis=0) for s, d in zip(seasons, drawn, strict=True))
    variance = sum(
        d.years * (s.chance * (1 - s.chance)).sum(axis=0)
        for s, d in zip(seasons, drawn, strict=True)
    )
    some = variance > 0  # a unit that nobody may visit has nothing to deviate from
    counted, expected, variance = counted[some], expected[some], variance[some]
    z = (counted - expected) / np.sqrt(variance)
    cells = np.concatenate([_cells(s, d) for s, d in zip(seasons, drawn, strict=True)])
    often = expected >= FEWEST * years
    share = np.abs(counted / expected - 1)[often]
    return Deviation(
        years, float((z**2).sum() / max(1, len(z) - 1)), float(np.abs(z).max()), float(cells.std()),
        float(share.mean()) if len(share) else nan, float(share.max(initial=0)),
    )  # fmt: skip


def _cells(season: Season, drawn: DrawnYears) -> np.ndarray:
    chance = season.chance[season.chance > 0]
    counted = drawn.drawn[season.chance > 0]
    return np.asarray(
        (counted - drawn.years * chance) / np.sqrt(drawn.years * chance * (1 - chance)), np.float64
    )
