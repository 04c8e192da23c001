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
    who: Small, desk: Small, waves: Ints, barred: Ints, bars: Ints, listed: Ints, named: Ints,
    elsewhere: bool, p: int, d: int,
) -> int:  # fmt: skip
    """Waves, as bits, in which person p may take desk d; 0: never.

    Parameters
    ----------
    who : per person: unit, field, area of the own desk (-1 unknown), group, own desk, 1 = named desks only
    desk : per desk: unit, field, area, group
    waves : per person: waves in which the person may move at all
    barred, bars : start of each person's barred units, and those: person, unit, waves
    listed, named : start of each person's named desks, and those desks: barred ones, or the only ones
    """
    if desk[d, GROUP] < 0 or desk[d, GROUP] != who[p, GROUP] or d == who[p, OWN]:
        return 0
    unit, free = desk[d, UNIT], waves[p]
    for k in range(barred[p], barred[p + 1]):
        if bars[k, 1] == unit:
            free &= ~bars[k, 2]
    if free == 0:
        return 0
    if elsewhere and who[p, UNIT] == unit:
        field = who[p, FIELD] >= 0 and desk[d, FIELD] >= 0 and who[p, FIELD] != desk[d, FIELD]
        area = who[p, AREA] >= 0 and desk[d, AREA] >= 0 and who[p, AREA] != desk[d, AREA]
        if not (field or area):
            return 0
    for k in range(listed[p], listed[p + 1]):
        if named[k] == d:
            return int(free) if who[p, ONLY] == 1 else 0
    return 0 if who[p, ONLY] == 1 else int(free)


@compiled
def arcs_waves(
    who: Small, desk: Small, waves: Ints, barred: Ints, bars: Ints, listed: Ints, named: Ints,
    elsewhere: bool, people: Ints, desks: Ints, found: Ints,
) -> None:  # fmt: skip
    """Fills `found` with the waves in which person people[k] may take desk desks[k]."""
    for k in range(len(people)):
        found[k] = arc_waves(
            who, desk, waves, barred, bars, listed, named, elsewhere, people[k], desks[k]
        )


@compiled
def block(
    who: Small, desk: Small, waves: Ints, barred: Ints, bars: Ints, listed: Ints, named: Ints,
    elsewhere: bool, people: Ints, desks: Ints, found: Ints,
) -> None:  # fmt: skip
    """Fills `found`, shape (people, desks), with the waves of each arc."""
    for i in range(len(people)):
        for j in range(len(desks)):
            found[i, j] = arc_waves(
                who, desk, waves, barred, bars, listed, named, elsewhere, people[i], desks[j]
            )
