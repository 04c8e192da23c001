"""A yardstick: the same draws under the rule "no second visit within so many days"."""

from __future__ import annotations

import numpy as np

from scheduler.surprise.service import Bools
from scheduler.surprise.simulation.sampler import drawn
from scheduler.surprise.simulation.season import Season

GAP, TRIES = 20, 256  # days of the rule; draws of a day that are looked through at once


def gap_plan(season: Season, chance: np.random.Generator, gap: int = GAP) -> Bools:
    """(n_days, n_units) visits of one year: each day again until nobody was visited within the gap."""
    visits = np.zeros(season.chance.shape, np.bool_)
    for day in season.days:
        before = visits[max(0, day.day - gap) : day.day]
        recent: Bools = np.asarray(before.any(axis=0), np.bool_)
        units = drawn(day.table.tickets, TRIES, chance)
        fewest = int(recent[units].sum(axis=1).argmin())  # 0 but in tiny services
        kept = units[fewest][~recent[units[fewest]]]
        visits[day.day, kept] = True
    return visits
