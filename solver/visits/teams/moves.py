"""Compiled moves on teams: put somebody on a visit or take somebody off, and what it costs.

Everything is whole numbers, so the same seed gives the same teams on every machine. The arrays are
described in `State`.
"""

from __future__ import annotations

from solver.visits.teams.compiled import compiled
from solver.visits.teams.problem import Ints
from solver.visits.teams.state import (
    APART,
    BROKEN,
    CLUSTER,
    CLUSTER_LIMIT,
    CLUSTERS,
    DAYS,
    END_MORE,
    END_USE,
    ENERGY,
    FAIR,
    FAR,
    FIRST_DAY,
    FIRST_MORE,
    FIRST_USE,
    LOAD,
    MOST,
    N_MINE,
    OFF,
    ONCE,
    OVER,
    PAIR,
    PAIR_LIMIT,
    PAIRS,
    REPEAT,
    SECRETARY,
    SIZE,
    WATCHED,
)  # fmt: skip


@compiled
def load_price(person: Ints, weights: Ints, i: int, load: int) -> int:
    """What this load of inspector i costs: more for each further day above the largest share wished."""
    price = weights[OFF] * abs(10 * load - person[i, FAIR])
    over = max(0, load - person[i, MOST])
    return int(price + weights[OVER] * over * over)


@compiled
def shift(person: Ints, weights: Ints, i: int, change: int) -> int:
    """What it costs to change the load of inspector i by so many days."""
    load = person[i, LOAD]
    return load_price(person, weights, i, load + change) - load_price(person, weights, i, load)


@compiled
def fits(visit: Ints, use: Ints, room: Ints, r: int, i: int) -> bool:
    """Whether inspector i, who is not on visit r, has room for it in every column."""
    for k in range(visit[r, FIRST_USE], visit[r, END_USE]):  # noqa: SIM110 (compiled)
        if room[i, use[k, 0]] < use[k, 1]:
            return False
    return True


@compiled
def fits_without(visit: Ints, use: Ints, room: Ints, r: int, u: int, i: int) -> bool:
    """Whether inspector i, leaving visit u, has room for visit r."""
    for k in range(visit[r, FIRST_USE], visit[r, END_USE]):
        short = use[k, 1] - room[i, use[k, 0]]
        if short > 0:
            for m in range(visit[u, FIRST_USE], visit[u, END_USE]):
                if use[m, 0] == use[k, 0]:
                    short -= use[m, 1]
            if short > 0:
                return False
    return True


@compiled
def whole_with(visit: Ints, bits: Ints, more: Ints, team: Ints, r: int, place: int, i: int) -> bool:
    """Whether the team of visit r is whole with inspector i in this place."""
    size, apart = visit[r, SIZE], visit[r, APART]
    mine = bits[r, i]
    if mine < 0:
        return False
    held = mine
    for a in range(size):
        if a != place:
            b = bits[r, team[r, a]]
            if held & b & apart:
                return False
            held |= b
    secretary = visit[r, SECRETARY]
    if (visit[r, ONCE] | secretary | 1) & ~held:
        return False
    for k in range(visit[r, FIRST_MORE], visit[r, END_MORE]):
        count = int(mine & more[k, 0] > 0)
        for a in range(size):
            count += int(a != place and bits[r, team[r, a]] & more[k, 0] > 0)
        if count < more[k, 1]:
            return False
    return secretary == 0 or _two_roles(bits, team, r, size, place, i, secretary)


@compiled
def _two_roles(
    bits: Ints, team: Ints, r: int, size: int, place: int, i: int, secretary: int
) -> bool:
    """Whether somebody can lead while others fill the secretary rows."""
    for leader in range(size):
        if (bits[r, i] if leader == place else bits[r, team[r, leader]]) & 1:
            held = 0
            for a in range(size):
                if a != leader:
                    held |= bits[r, i] if a == place else bits[r, team[r, a]]
            if secretary & ~held == 0:
                return True
    return False


@compiled
def change(
    visit: Ints, far: Ints, use: Ints, member: Ints, base: Ints, team: Ints, person: Ints, room: Ints,
    pair: Ints, seen: Ints, mine: Ints, free: Ints, could: Ints, slack: Ints, totals: Ints, weights: Ints,
    r: int, place: int, i: int, sign: int,
) -> None:  # fmt: skip
    """Inspector i takes this place on visit r (sign 1) or leaves it (sign -1); the energy follows."""
    if sign < 0:
        team[r, place] = -1
    days = sign * visit[r, DAYS]
    energy = shift(person, weights, i, days) + sign * weights[FAR] * far[r, i]
    person[i, LOAD] += days
    above = weights[PAIR_LIMIT] + (sign < 0)
    for a in range(visit[r, SIZE]):
        other = team[r, a]
        if other >= 0:
            if pair[i, other] >= above:
                totals[PAIRS] += sign
                energy += sign * weights[PAIR]
            pair[i, other] += sign
            pair[other, i] += sign
    cluster = visit[r, CLUSTER]
    if cluster >= 0:
        if seen[i, cluster] >= weights[CLUSTER_LIMIT] + (sign < 0):
            totals[CLUSTERS] += sign
            energy += sign * weights[REPEAT]
        seen[i, cluster] += sign
    for k in range(visit[r, FIRST_USE], visit[r, END_USE]):
        room[i, use[k, 0]] -= sign * use[k, 1]
    _list(mine, person, i, r, sign)
    if visit[r, WATCHED]:
        _watch(visit, member, base, free, could, slack, totals, r, i, -sign)
    if sign > 0:
        team[r, place] = i
    totals[ENERGY] += energy


@compiled
def _list(mine: Ints, person: Ints, i: int, r: int, sign: int) -> None:
    """Note visit r among those of inspector i, or strike it off."""
    n = person[i, N_MINE]
    if sign > 0:
        mine[i, n] = r
    else:
        for k in range(n - 1):
            if mine[i, k] == r:
                mine[i, k] = mine[i, n - 1]
                break
    person[i, N_MINE] = n + sign


@compiled
def _watch(
    visit: Ints, member: Ints, base: Ints, free: Ints, could: Ints, slack: Ints, totals: Ints,
    r: int, i: int, change: int,
) -> None:  # fmt: skip
    """Count inspector i as free (1) or not (-1) for the reserve on the days of visit r."""
    last = member.shape[1] - 1
    for day in range(visit[r, FIRST_DAY], visit[r, FIRST_DAY] + visit[r, DAYS]):
        week = base[base.shape[0] - 1, day]
        for g in range(member.shape[0]):
            free[g, day] += change * member[g, i]
        for k in range(could.shape[0]):
            now = base[k, day]
            for g in range(member.shape[0]):
                if member[g, last] == k:
                    now = min(now, free[g, day])
            now = max(now, 0)
            before = slack[k, week]
            slack[k, week] = before + now - could[k, day]
            could[k, day] = now
            totals[BROKEN] += int(slack[k, week] < 0) - int(before < 0)
