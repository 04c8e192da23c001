"""A yardstick: the plan that a careful office would make by hand, spread as evenly as can be.

Each unit's visits stand at equal distances from its planned visit and from each other; an optimal
assignment brings them into the free slots. It looks orderly, and whoever watches it knows when to worry.
"""

from __future__ import annotations

import numpy as np

from scheduler.surprise.service import Bools, Floats, Ints
from scheduler.surprise.simulation.season import Season

AWAY, NEAR = 10, 1e6  # days kept clear of a planned visit, and what it costs not to
NEVER = 1e9  # a team that may not go there
TOGETHER = 1_000  # slots that are assigned at once


def even_spread(season: Season, chance: np.random.Generator) -> Bools:
    """(n_days, n_units) visits of one year in the season's own slots; counts follow the rates."""
    from scipy.optimize import linear_sum_assignment  # takes a while: only who asks waits

    service = season.service
    slots = np.array([(day.day, team) for day in season.days for team in day.teams])
    parts = -(-len(slots) // TOGETHER)
    visits = np.zeros(season.chance.shape, np.bool_)
    for part in range(parts):
        own = slots[part::parts]
        units = np.arange(part, len(service.units), parts)
        unit, ideal = _wanted(season, units, len(own), chance)
        cost = (ideal[:, None] - own[:, 0]) ** 2.0
        cost += NEAR * _near(season, unit)[:, own[:, 0]]
        may = service.eligible[own[:, 1]][:, unit].T & service.open[unit][:, own[:, 0]]
        row, column = linear_sum_assignment(np.where(may, cost, NEVER))
        good = may[row, column]
        visits[own[column[good], 0], unit[row[good]]] = True
    return visits


def _wanted(
    season: Season, units: Ints, total: int, chance: np.random.Generator
) -> tuple[Ints, Floats]:
    """Unit and best day of each visit: the year is cut into equal parts from the planned visit on."""
    rate = season.service.rate[units]
    upto = np.floor(np.cumsum(rate) * (total / rate.sum()) + chance.random())
    count = np.diff(np.concatenate([[0], upto])).astype(np.int64)
    count[-1] = max(0, total - count[:-1].sum())
    days = len(season.chance)
    planned = season.service.planned[units]
    start = np.where(
        planned.any(axis=1), planned.argmax(axis=1), chance.integers(days, size=len(units))
    )
    number = np.concatenate([np.arange(1, n + 1) for n in count])
    gap = np.repeat(days / (count + 1), count)
    return np.repeat(units, count), (np.repeat(start, count) + number * gap) % days


def _near(season: Season, unit: Ints) -> Bools:
    planned = season.service.planned
    near = planned.copy()
    for offset in range(1, AWAY + 1):
        near[:, offset:] |= planned[:, :-offset]
        near[:, :-offset] |= planned[:, offset:]
    return np.asarray(near[unit], np.bool_)
