"""The plain swaps, compiled: everybody due, the earliest limit first, takes the cheapest partner left."""

from __future__ import annotations

from solver.moves.compiled import compiled
from solver.moves.enumerate import Bools
from solver.moves.lawful import OWN, UNIT, Ints, Small, arc_waves

FAR = 1 << 50


@compiled
def swap_all(
    who: Small, desk: Small, waves: Ints, barred: Ints, bars: Ints, listed: Ints, named: Ints, elsewhere: bool,
    holder: Ints, tail: Bools, leads: Bools, time: Ints, touched: int, out: Small, units: Small,
    wished: Ints, unit_start: Ints, desks: Ints, home: Ints, back: Small, least: Ints, row: Ints, seed: Ints,
    order: Ints, apart: Ints, swaps: bool, chains: bool, cap: Ints, lead_cap: Ints, moved: Ints,
    filled: Bools, aim: Ints, found: Ints,
) -> int:  # fmt: skip
    """Fills `found`, shape (n, 4): person, partner (-1: none), empty desk (-1: a swap), wave; answers how many.

    `moved`, `filled`, `aim` (unit moved to) and the two caps are brought up to date.
    """
    count = 0
    for p in order:
        if moved[p] == 1:
            continue
        own, i, h = who[p, OWN], seed[p], home[seed[p]]
        best, partner, at, when = FAR, -1, -1, -1
        ready, wait = soonest(who, leads, cap, lead_cap, time, waves, p)
        if ready == 0:
            continue
        other = 0 if own < 0 or (chains and tail[p]) else least[h] + touched
        for n in range(units.shape[1]):
            bare = out[i, units[i, n]]
            if n >= wished[i] and bare + touched + other + wait >= best:
                break
            for d in desks[unit_start[units[i, n]] : unit_start[units[i, n] + 1]]:
                q, unit, free = holder[d], desk[d, UNIT], ready
                price = bare + (2 * touched if own >= 0 and who[p, UNIT] != unit else touched)
                if q >= 0:
                    if not swaps or own < 0 or q == p or moved[q] == 1 or row[q] < 0:
                        continue
                    price += back[h, row[q]]
                    price += 2 * touched if who[q, UNIT] != who[p, UNIT] else touched
                    free &= waves[q]
                elif not chains or filled[d] or not tail[p]:
                    continue
                if price + wait >= best:
                    continue
                whole, w = in_time(who, leads, cap, lead_cap, time, free, p, q)
                if price + whole >= best:
                    continue
                free &= both_ways(
                    who, desk, waves, barred, bars, listed, named, elsewhere, apart, aim, p, q, d
                )
                whole, w = in_time(who, leads, cap, lead_cap, time, free, p, q)
                if price + whole < best:
                    best, partner, at, when = price + whole, q, (-1 if q >= 0 else d), w
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
def both_ways(
    who: Small, desk: Small, waves: Ints, barred: Ints, bars: Ints, listed: Ints, named: Ints, elsewhere: bool,
    apart: Ints, aim: Ints, p: int, q: int, d: int,
) -> int:  # fmt: skip
    """Waves, as bits, in which p may take desk d and its holder q, unless -1, the desk of p."""
    free = arc_waves(who, desk, waves, barred, bars, listed, named, elsewhere, p, d)
    if free != 0 and q >= 0:
        free &= arc_waves(who, desk, waves, barred, bars, listed, named, elsewhere, q, who[p, OWN])
    if free == 0 or kept_apart(apart, aim, p, desk[d, UNIT]):
        return 0
    meet = desk[d, UNIT] == who[p, UNIT] and are_apart(apart, p, q)
    if q >= 0 and (meet or kept_apart(apart, aim, q, who[p, UNIT])):
        return 0
    return int(free)


@compiled
def soonest(
    who: Small, leads: Bools, cap: Ints, lead_cap: Ints, time: Ints, waves: Ints, p: int
) -> tuple[int, int]:
    """Waves in which person p may move and the own unit has room, and the points for time in the best."""
    ready, wait = 0, FAR
    for w in range(time.shape[1]):
        if (waves[p] >> w) & 1 and room(who, leads, cap, lead_cap, p, -1, w):
            ready |= 1 << w
            wait = min(wait, time[p, w])
    return ready, wait


@compiled
def in_time(
    who: Small, leads: Bools, cap: Ints, lead_cap: Ints, time: Ints, free: int, p: int, q: int
) -> tuple[int, int]:
    """Points for time in the best of the waves in which there is room for both, and that wave; -1: none."""
    least, when = FAR, -1
    for w in range(time.shape[1]):
        if (free >> w) & 1 == 0:
            continue
        whole = time[p, w] + (time[q, w] if q >= 0 else 0)
        if whole < least and room(who, leads, cap, lead_cap, p, q, w):
            least, when = whole, w
    return least, when


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
