"""The cheapest legal team of each visit when people and pairs have prices: exact, by a pruned search."""

from __future__ import annotations

import numpy as np

from solver.visits.teams.compiled import compiled
from solver.visits.teams.moves import whole_with
from solver.visits.teams.problem import Ints
from solver.visits.teams.state import APART, ONCE, SECRETARY, SIZE

NEVER = 1 << 60


@compiled
def team_price(price: Ints, pairs: Ints, team: Ints, r: int, size: int) -> int:
    """Price of a visit's team: its people and its pairs."""
    total = 0
    for a in range(size):
        total += price[r, team[r, a]]
        for b in range(a):
            total += pairs[team[r, a], team[r, b]]
    return total


@compiled
def _rest(sorted_price: Ints, k: int, left: int) -> int:
    """The least that `left` people from position k on can cost."""
    if k + left > len(sorted_price):
        return NEVER
    total = 0
    for n in range(k, k + left):
        total += sorted_price[n]
    return total


@compiled
def search_team(
    visit: Ints, bits: Ints, more: Ints, price: Ints, pairs: Ints, team: Ints, trial: Ints, work: Ints,
    r: int,
) -> int:  # fmt: skip
    """Price of the cheapest whole team of visit r, put into `team[r]`, which must hold a whole team before.

    People are tried in the order of their price; a branch ends where its people and pairs, and the
    cheapest people that could still come, cost no less than the best team so far.
    """
    size, apart = visit[r, SIZE], visit[r, APART]
    wanted = visit[r, ONCE] | visit[r, SECRETARY] | 1
    able = np.flatnonzero(bits[r] >= 0)
    order = able[np.argsort(price[r, able], kind="mergesort")]
    sorted_price = price[r, order]
    best = team_price(price, pairs, team, r, size)
    place = np.zeros(size + 1, np.int64)
    spent = np.zeros(size + 1, np.int64)
    held = np.zeros(size + 1, np.int64)
    depth, k = 0, 0
    while depth >= 0:
        work[0] += 1
        if k >= len(order) or spent[depth] + _rest(sorted_price, k, size - depth) >= best:
            depth -= 1
            if depth >= 0:
                k = place[depth] + 1
            continue
        i = order[k]
        b = bits[r, i]
        cost = spent[depth] + sorted_price[k]
        for a in range(depth):
            cost += pairs[trial[r, a], i]
        rest = _rest(sorted_price, k + 1, size - depth - 1)
        last = depth + 1 == size
        if cost + rest >= best or held[depth] & b & apart or (last and wanted & ~(held[depth] | b)):
            k += 1
            continue
        trial[r, depth] = i
        if not last:
            place[depth] = k
            spent[depth + 1] = cost
            held[depth + 1] = held[depth] | b
            depth += 1
            k += 1
            continue
        if whole_with(visit, bits, more, trial, r, depth, i):
            best = cost
            team[r, :size] = trial[r, :size]
        k += 1
    return best


@compiled
def price_all(
    visit: Ints, bits: Ints, more: Ints, price: Ints, pairs: Ints, team: Ints, trial: Ints, work: Ints,
    rows: Ints,
) -> int:  # fmt: skip
    """Sum over these visits of the price of the cheapest team; `team` gets them, `work[0]` counts steps."""
    total = 0
    for r in rows:
        total += search_team(visit, bits, more, price, pairs, team, trial, work, r)
    return total
