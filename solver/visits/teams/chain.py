"""A compiled annealing chain: proposes moves, keeps what a falling temperature lets pass."""

from __future__ import annotations

import numpy as np

from solver.visits.teams.compiled import compiled
from solver.visits.teams.moves import fits, load_price, put, take, whole_with
from solver.visits.teams.problem import Ints
from solver.visits.teams.state import BROKEN, CLUSTERS, ENERGY, PAIRS, Given, State, Words


@compiled
def draw(chance: Words, n: int) -> int:
    """A number below n (xorshift64*), n at most 2**31."""
    x = chance[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    chance[0] = x
    return (np.int64((x * np.uint64(0x2545F4914F6CDD1D)) >> np.uint64(33)) * n) >> 31


@compiled
def on_team(state: State, size: int, r: int, i: int) -> bool:
    """Whether inspector i is on visit r."""
    for a in range(size):  # noqa: SIM110
        if state.team[r, a] == i:
            return True
    return False


@compiled
def shift(given: Given, state: State, weights: Ints, i: int, change: int) -> int:
    """What it costs to change the load of inspector i by so many days."""
    load = state.load[i]
    return load_price(given, weights, i, load + change) - load_price(given, weights, i, load)


@compiled
def replace(given: Given, state: State, weights: Ints, r: int, a: int, j: int, most: int) -> bool:
    """Inspector j takes place a of visit r, if that is legal and costs no more than `most`."""
    i, days = state.team[r, a], given.days[r]
    cost = weights[4] * (given.distance[r, j] - given.distance[r, i])
    cost += shift(given, state, weights, i, -days) + shift(given, state, weights, j, days)
    gain = weights[2] * min(state.totals[PAIRS], given.size[r] - 1)
    gain += weights[3] * min(state.totals[CLUSTERS], 1)
    if cost - gain > most or not fits(given, state, r, j) or not whole_with(given, state, r, a, j):
        return False
    before = state.totals[ENERGY]
    take(given, state, weights, r, a)
    put(given, state, weights, r, a, j)
    if state.totals[ENERGY] - before <= most and state.totals[BROKEN] == 0:
        return True
    take(given, state, weights, r, a)
    put(given, state, weights, r, a, i)
    return False


@compiled
def exchange(
    given: Given, state: State, weights: Ints, r: int, a: int, u: int, b: int, most: int
) -> bool:
    """Whoever has place a of visit r and place b of visit u change places, on the same terms."""
    i, j = state.team[r, a], state.team[u, b]
    cost = weights[4] * (given.distance[r, j] - given.distance[r, i])
    cost += weights[4] * (given.distance[u, i] - given.distance[u, j])
    more = given.days[u] - given.days[r]
    if more != 0:
        cost += shift(given, state, weights, i, more) + shift(given, state, weights, j, -more)
    gain = weights[2] * min(state.totals[PAIRS], given.size[r] + given.size[u] - 2)
    gain += weights[3] * min(state.totals[CLUSTERS], 2)
    if cost - gain > most:
        return False
    if not whole_with(given, state, r, a, j) or not whole_with(given, state, u, b, i):
        return False
    before = state.totals[ENERGY]
    take(given, state, weights, r, a)
    take(given, state, weights, u, b)
    if fits(given, state, r, j) and fits(given, state, u, i):
        put(given, state, weights, r, a, j)
        put(given, state, weights, u, b, i)
        if state.totals[ENERGY] - before <= most and state.totals[BROKEN] == 0:
            return True
        take(given, state, weights, r, a)
        take(given, state, weights, u, b)
    put(given, state, weights, r, a, i)
    put(given, state, weights, u, b, j)
    return False


@compiled
def propose(given: Given, state: State, weights: Ints, most: int) -> bool:
    """One move near a visit drawn at random: near people are drawn more often."""
    r = given.movable[draw(state.chance, len(given.movable))]
    if given.n_near[r] <= given.size[r]:
        return False
    a = draw(state.chance, given.size[r])
    rank = draw(state.chance, 1 << 15)
    j = given.near[r, (rank * rank * given.n_near[r]) >> 30]
    if on_team(state, given.size[r], r, j):
        return False
    if state.n_mine[j] == 0 or draw(state.chance, 4) == 0:
        return replace(given, state, weights, r, a, j, most)
    u = state.mine[j, draw(state.chance, state.n_mine[j])]
    i = state.team[r, a]
    if not given.may[u, i] or on_team(state, given.size[u], u, i) or not given.open[u]:
        return False
    b = 0
    while state.team[u, b] != j:
        b += 1
    return exchange(given, state, weights, r, a, u, b, most)


@compiled
def run(
    given: Given, state: State, weights: Ints, heat: Ints, moves: int, logs: Ints, best: Ints, least: Ints
) -> int:
    """Try `moves` moves at each temperature; `best` and `least[0]` keep the cheapest teams seen.

    `logs` are values of -ln(u) in 1024ths for evenly spread u. The answer: moves that were kept.
    """
    kept = 0
    for temperature in heat:
        for _ in range(moves):
            most = (temperature * logs[draw(state.chance, len(logs))]) >> 10
            if propose(given, state, weights, most):
                kept += 1
                if state.totals[ENERGY] < least[0] and temperature <= least[1]:
                    least[0] = state.totals[ENERGY]
                    best[:] = state.team
    return kept
