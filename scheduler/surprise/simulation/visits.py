"""Drawn years: which unit was visited on which day, after illness and drop-outs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.surprise.service import Bools, Ints
from scheduler.surprise.simulation.illness import Illness, after_release
from scheduler.surprise.simulation.sampler import drawn
from scheduler.surprise.simulation.season import Season


@dataclass(frozen=True, eq=False)
class DrawnYears:
    """Many years out of one season's tables."""

    drawn: Ints  # (n_days, n_units) in how many of the years a unit was drawn on a day
    last: Bools  # (n_days, n_units) visits of the last year, drop-outs taken into account
    years: int
    targets: int
    dropped: int
    void: int


def drawn_years(
    season: Season, years: int, sick: Illness, chance: np.random.Generator
) -> DrawnYears:
    """Draws every day of a season for many years."""
    shape = season.chance.shape
    counts, last = np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
    dropped = void = targets = 0
    for day in season.days:
        units = drawn(day.table.tickets, years, chance)
        counts[day.day] = np.bincount(units.ravel(), minlength=shape[1])
        kept = after_release(
            units, day.on_call, season.service.eligible, sick.after_release, chance
        )
        made = kept.visits[-1]
        last[day.day, made[made >= 0]] = True
        targets, dropped, void = targets + units.size, dropped + kept.dropped, void + kept.void
    return DrawnYears(counts, last, years, targets, dropped, void)
