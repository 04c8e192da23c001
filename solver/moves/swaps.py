"""The plain swaps, compiled: everybody due, the earliest limit first, takes the cheapest partner left."""

from __future__ import annotations

from solver.moves.compiled import compiled
from solver.moves.enumerate import Bools
from solver.moves.lawful import OWN, UNIT, Ints, Small, arc_waves

FAR = 1 << 50


@compiled
def swap_all(
    who: Small, desk: Small, holder: Ints, tail: Bools, leads: Bools, time: Ints, waves: Ints, listed: Ints,
    named: Ints, elsewhere: bool, touched: int, unit_waves: Ints, cost: Ints, cost_to: Ints, row: Ints,
    order: Ints, desks: Ints, apart: Ints, swaps: bool, chains: bool, cap: Ints, lead_cap: Ints, moved: Ints,
    filled: Bools, aim: Ints, found: Ints,
) -> int:  # fmt: skip
    """Fills `found`, shape (n, 4): person, partner (-1: none), empty desk (-1: a swap), wave; answers how many.

    `moved`, `filled`, `aim` (unit moved to) and the two caps are brought up to date.
    """
    count = 0
    for p in order:
        if moved[p] == 1:
            continue
        own, i = who[p, OWN], row[p]
        best, partner, at, when = FAR, -1, -1, -1
        for d in desks:
            q = holder[d]
            unit = desk[d, UNIT]
            price = cost[i, unit] + (2 * touched if own >= 0 and who[p, UNIT] != unit else touched)
            if q >= 0:
                if not swaps or own < 0 or q == p or moved[q] == 1 or row[q] < 0:
                    continue
                price += cost_to[who[p, UNIT], row[q]]
                price += 2 * touched if who[q, UNIT] != who[p, UNIT] else touched
            elif not chains or filled[d] or not tail[p]:
                continue
            if price >= best:
                continue
            out = arc_waves(who, desk, unit_waves, listed, named, elsewhere, p, d, i) & waves[p]
            if out != 0 and q >= 0:
                out &= (
                    arc_waves(who, desk, unit_waves, listed, named, elsewhere, q, own, row[q])
                    & waves[q]
                )
            if out == 0 or kept_apart(apart, aim, p, unit):
                continue
            meet = unit == who[p, UNIT] and are_apart(apart, p, q)
            if q >= 0 and (meet or kept_apart(apart, aim, q, who[p, UNIT])):
                continue
            for w in range(time.shape[1]):
                if (out >> w) & 1 == 0:
                    continue
                whole = price + time[p, w] + (time[q, w] if q >= 0 else 0)
                if whole < best and room(who, leads, cap, lead_cap, p, q, w):
                    best, partner, at, when = whole, q, (-1 if q >= 0 else d), w
        if when < 0:
            continue
        found[count, 0], found[count, 1], found[count, 2], found[count, 3] = p, partner, at, when
        count += 1
        leave(who, leads, cap, lead_cap, moved, p, when)
        aim[p] = desk[at, UNIT] if at >= 0 else who[partner, UNIT]
        if at >= 0:
            filled[at] = True
        if partner >= 0:
            leave(who, leads, cap, lead_cap, moved, partner, when)
            aim[partner] = who[p, UNIT]
    return count


@compiled
def leave(who: Small, leads: Bools, cap: Ints, lead_cap: Ints, moved: Ints, p: int, w: int) -> None:
    """Notes that a person moves in a wave."""
    moved[p] = 1
    if who[p, OWN] >= 0:
        cap[who[p, UNIT], w] -= 1
        if leads[who[p, OWN]]:
            lead_cap[who[p, UNIT], w] -= 1


@compiled
def room(who: Small, leads: Bools, cap: Ints, lead_cap: Ints, p: int, q: int, w: int) -> bool:
    """Whether person p, and q unless -1, may leave their units in the wave."""
    need, need_lead = 0, 0
    if who[p, OWN] >= 0:
        unit = who[p, UNIT]
        need, need_lead = 1, int(leads[who[p, OWN]])
        if q >= 0 and who[q, UNIT] == unit:
            need += 1
            need_lead += int(leads[who[q, OWN]])
        if cap[unit, w] < need or (need_lead > 0 and lead_cap[unit, w] < need_lead):
            return False
    if q >= 0 and who[q, UNIT] != who[p, UNIT]:
        unit = who[q, UNIT]
        if cap[unit, w] < 1 or (leads[who[q, OWN]] and lead_cap[unit, w] < 1):
            return False
    return True


@compiled
def kept_apart(apart: Ints, aim: Ints, p: int, unit: int) -> bool:
    """Whether somebody to be kept apart from the person moves to the unit already."""
    for k in range(len(apart)):
        if apart[k, 0] == p and aim[apart[k, 1]] == unit:
            return True
        if apart[k, 1] == p and aim[apart[k, 0]] == unit:
            return True
    return False


@compiled
def are_apart(apart: Ints, p: int, q: int) -> bool:
    """Whether two people are to be kept apart."""
    for k in range(len(apart)):
        if (apart[k, 0] == p and apart[k, 1] == q) or (apart[k, 0] == q and apart[k, 1] == p):
            return True
    return False
