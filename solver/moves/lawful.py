"""One arc, compiled: may this person take this desk, in which waves, and at what price."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from solver.moves.compiled import compiled

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]

# columns of the person and desk tables
UNIT, FIELD, AREA, GROUP, OWN, ONLY = range(6)
NEVER = 0


@compiled
def arc_waves(
    who: Small, desk: Small, unit_waves: Ints, listed: Ints, named: Ints, elsewhere: bool,
    p: int, d: int, i: int,
) -> int:  # fmt: skip
    """Waves, as bits, in which person p (row i of `unit_waves`) may take desk d; 0: never.

    Parameters
    ----------
    who : per person: unit, field, area of the own desk (-1 unknown), group, own desk, 1 = named desks only
    desk : per desk: unit, field, area, group
    unit_waves : shape (rows, n_units): waves in which the person may move to the unit
    listed, named : start of each person's named desks, and those desks: barred ones, or the only ones
    """
    if desk[d, GROUP] < 0 or desk[d, GROUP] != who[p, GROUP] or d == who[p, OWN]:
        return 0
    waves = unit_waves[i, desk[d, UNIT]]
    if waves == 0:
        return 0
    if elsewhere and who[p, UNIT] == desk[d, UNIT]:
        field = who[p, FIELD] >= 0 and desk[d, FIELD] >= 0 and who[p, FIELD] != desk[d, FIELD]
        area = who[p, AREA] >= 0 and desk[d, AREA] >= 0 and who[p, AREA] != desk[d, AREA]
        if not (field or area):
            return 0
    for k in range(listed[p], listed[p + 1]):
        if named[k] == d:
            return int(waves) if who[p, ONLY] == 1 else 0
    return 0 if who[p, ONLY] == 1 else int(waves)


@compiled
def block(
    who: Small, desk: Small, unit_waves: Ints, unit_cost: Ints, listed: Ints, named: Ints, elsewhere: bool,
    touched: int, people: Ints, desks: Ints, cost: Ints, waves: Ints,
) -> None:  # fmt: skip
    """Fills `cost` and `waves`, both of shape (people, desks), with the price and the waves of each arc."""
    for i in range(len(people)):
        p = people[i]
        for j in range(len(desks)):
            d = desks[j]
            waves[i, j] = arc_waves(who, desk, unit_waves, listed, named, elsewhere, p, d, i)
            unit = desk[d, UNIT]
            away = who[p, OWN] >= 0 and who[p, UNIT] != unit
            cost[i, j] = unit_cost[i, unit] + (2 * touched if away else touched)
