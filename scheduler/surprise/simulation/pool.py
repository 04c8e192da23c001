"""What an insider knows who sees the teams on call but not which of them go (surprise.md, section 8)."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np

from scheduler.surprise.balance import LEAST, RHO, by_kind, kinds, slot_factors
from scheduler.surprise.service import Bools, Floats, Ints
from scheduler.surprise.simulation.season import Season, SimulatedDay

MOST_ROSTERS = 600  # of a day: all of them, or so many by chance


def pooled_chances(season: Season, chance: np.random.Generator) -> Floats:
    """(n_days, n_units) each unit's chance, averaged over all ways to choose the day's teams.

    Exact while a day has at most MOST_ROSTERS ways; above, out of so many by chance, which makes the
    leak look a little larger than it is.
    """
    found = np.zeros_like(season.chance)
    service = season.service
    for day in season.days:
        pool = np.sort(np.array([*day.teams, *day.on_call]))
        may = service.eligible[pool] & service.open[:, day.day]
        found[day.day] = _averaged(day, may & ~service.planned[:, day.day], chance)
    return found


def _averaged(day: SimulatedDay, may: Bools, chance: np.random.Generator) -> Floats:
    power = RHO / (1 + RHO)
    reach, kind = kinds(may)
    target = np.maximum(day.table.target, LEAST)
    rosters = _rosters(len(may), len(day.teams), chance)
    reaches: Bools = np.asarray(reach[rosters], np.bool_)
    able: Bools = np.asarray(reaches.any(axis=2), np.bool_)
    reaches = reaches[able.all(axis=1)]
    each = np.zeros(may.shape[1])
    for some in np.array_split(reaches, -(-len(reaches) // 100)):
        # a unit that nobody of a roster reaches pulls at nothing there: its factor is 0
        factor = slot_factors(some, by_kind(target**power, kind), power)
        each += factor.sum(axis=(0, 1))[kind]
    return np.asarray(each * target**power / len(reaches), np.float64)


def _rosters(n: int, slots: int, chance: np.random.Generator) -> Ints:
    if comb(n, slots) <= MOST_ROSTERS:
        return np.array(list(combinations(range(n), slots)))
    return np.array([np.sort(chance.permutation(n)[:slots]) for _ in range(MOST_ROSTERS)])
