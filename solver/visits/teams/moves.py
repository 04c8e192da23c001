"""Compiled moves on teams: put somebody on a visit, take somebody off, replace, exchange.

Everything is whole numbers, so the same seed gives the same teams on every machine. `weights` are the
prices of one day over the largest load, one tenth of a day off the fair share, one repeated pair, one
repeated cluster, one unit of distance.
"""

from __future__ import annotations

from solver.visits.teams.compiled import compiled
from solver.visits.teams.problem import Ints
from solver.visits.teams.state import BROKEN, CLUSTERS, ENERGY, PAIRS, Given, State


@compiled
def load_price(given: Given, weights: Ints, i: int, load: int) -> int:
    """What this load of inspector i costs."""
    price = weights[1] * abs(10 * load - given.fair[i])
    if load > given.most[i]:
        price += weights[0] * (load - given.most[i])
    return price


@compiled
def fits(given: Given, state: State, r: int, i: int) -> bool:
    """Whether inspector i, who is not on visit r, has days, months and groups free for it."""
    if given.one_place:
        for day in range(given.start[r], given.start[r] + given.days[r]):
            if state.busy[i, day]:
                return False
    for k in range(given.month_first[r], given.month_first[r + 1]):
        if state.used[i, given.month[k]] + given.month_days[k] > given.cap[i, given.month[k]]:
            return False
    for k in range(given.group_first[r], given.group_first[r + 1]):
        if state.in_group[given.group[k], i]:
            return False
    return True


@compiled
def whole_with(given: Given, state: State, r: int, place: int, i: int) -> bool:
    """Whether the team of visit r is whole with inspector i in this place."""
    size, bits, team = given.size[r], given.bits[r], state.team[r]
    held, apart = 0, given.apart[r]
    for a in range(size):
        b = bits[i] if a == place else bits[team[a]]
        if held & b & apart:
            return False
        held |= b
    if given.once[r] & ~held or not held & 1:
        return False
    for k in range(given.more_first[r], given.more_first[r + 1]):
        count = 0
        for a in range(size):
            b = bits[i] if a == place else bits[team[a]]
            if b & given.more_mask[k]:
                count += 1
        if count < given.more_need[k]:
            return False
    secretary = given.secretary[r]
    if secretary == 0:
        return True
    for leader in range(size):
        b = bits[i] if leader == place else bits[team[leader]]
        if b & 1:
            held = 0
            for a in range(size):
                if a != leader:
                    held |= bits[i] if a == place else bits[team[a]]
            if secretary & ~held == 0:
                return True
    return False


@compiled
def _watch(given: Given, state: State, r: int, i: int, change: int) -> None:
    """Count inspector i as free or not free for the reserve on the days of visit r."""
    for day in range(given.start[r], given.start[r] + given.days[r]):
        week = given.week[day]
        for g in range(given.member.shape[0]):
            if given.member[g, i]:
                state.free[g, day] += change
        for k in range(given.base.shape[0]):
            could = given.base[k, day]
            for g in range(given.member.shape[0]):
                if given.group_of[g] == k:
                    could = min(could, state.free[g, day])
            could = max(could, 0)
            before = state.slack[k, week]
            state.slack[k, week] += could - state.could[k, day]
            state.could[k, day] = could
            state.totals[BROKEN] += int(state.slack[k, week] < 0) - int(before < 0)


@compiled
def put(given: Given, state: State, weights: Ints, r: int, place: int, i: int) -> None:
    """Inspector i takes this place on visit r; the energy follows."""
    days, before = given.days[r], state.load[i]
    energy = load_price(given, weights, i, before + days) - load_price(given, weights, i, before)
    energy += weights[4] * given.distance[r, i]
    state.load[i] = before + days
    for a in range(given.size[r]):
        other = state.team[r, a]
        if other >= 0:
            if state.pair[i, other] >= given.pair_limit:
                state.totals[PAIRS] += 1
                energy += weights[2]
            state.pair[i, other] += 1
            state.pair[other, i] += 1
    cluster = given.cluster[r]
    if cluster >= 0:
        if state.seen[i, cluster] >= given.cluster_limit:
            state.totals[CLUSTERS] += 1
            energy += weights[3]
        state.seen[i, cluster] += 1
    _occupy(given, state, r, i, 1)
    state.team[r, place] = i
    state.mine[i, state.n_mine[i]] = r
    state.n_mine[i] += 1
    state.totals[ENERGY] += energy


@compiled
def take(given: Given, state: State, weights: Ints, r: int, place: int) -> None:
    """Whoever has this place on visit r leaves it; the energy follows."""
    i = state.team[r, place]
    state.team[r, place] = -1
    days, before = given.days[r], state.load[i]
    energy = load_price(given, weights, i, before - days) - load_price(given, weights, i, before)
    energy -= weights[4] * given.distance[r, i]
    state.load[i] = before - days
    for a in range(given.size[r]):
        other = state.team[r, a]
        if other >= 0:
            state.pair[i, other] -= 1
            state.pair[other, i] -= 1
            if state.pair[i, other] >= given.pair_limit:
                state.totals[PAIRS] -= 1
                energy -= weights[2]
    cluster = given.cluster[r]
    if cluster >= 0:
        state.seen[i, cluster] -= 1
        if state.seen[i, cluster] >= given.cluster_limit:
            state.totals[CLUSTERS] -= 1
            energy -= weights[3]
    _occupy(given, state, r, i, -1)
    last = state.n_mine[i] - 1
    for k in range(last):
        if state.mine[i, k] == r:
            state.mine[i, k] = state.mine[i, last]
            break
    state.n_mine[i] = last
    state.totals[ENERGY] += energy


@compiled
def _occupy(given: Given, state: State, r: int, i: int, sign: int) -> None:
    for day in range(given.start[r], given.start[r] + given.days[r]):
        state.busy[i, day] += sign
    for k in range(given.month_first[r], given.month_first[r + 1]):
        state.used[i, given.month[k]] += sign * given.month_days[k]
    for k in range(given.group_first[r], given.group_first[r + 1]):
        state.in_group[given.group[k], i] += sign
    if given.watched[r]:
        _watch(given, state, r, i, -sign)
