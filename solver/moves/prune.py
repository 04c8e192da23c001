"""The arcs worth looking at: for each due person the cheapest targets, successors and swap partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.moves.compiled import compiled
from solver.moves.lawful import GROUP, ONLY, OWN, UNIT, Ints, Small, arc_waves
from solver.moves.tables import unit_prices

if TYPE_CHECKING:
    from solver.moves.arcs import Bools, Compiled

# what a list of the cheapest holds
TARGET, TARGET_HELPER, VACANCY, NEXT, NEXT_HELPER, TAIL, SWAP, SWAP_HELPER, WISH = range(9)
FAR = 1 << 50


def pruned_arcs(compiled: Compiled, group: int, keep: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Person, desk, cost and waves of the kept arcs of a joined group; see `arcs.group_arcs`."""
    from solver.moves.arcs import unit_waves

    people, desks = compiled.people_of[group], compiled.desks_of[group]
    row = np.full(len(compiled.who), -1, np.int64)
    row[people] = np.arange(len(people))
    waves, cost = unit_waves(compiled, people), unit_prices(compiled.problem, people)
    few = max(2, keep // 4)
    lengths = np.array([keep, few, few, (keep + 1) // 2, few, few, keep, few, 3], np.int64)
    seeds = people[compiled.seeds[people]]
    wished = _wished(compiled, people, row)
    fixed = (
        compiled.who,
        compiled.desk,
        compiled.holder,
        compiled.due,
        _tails(compiled),
        compiled.time,
    )
    rules = (compiled.limits.listed, compiled.limits.named, compiled.limits.elsewhere,
             compiled.problem.goals.touched)  # fmt: skip
    # room for the lists, then for the seeds' own halves of the swaps
    room = int(lengths.sum() + lengths[SWAP] + lengths[SWAP_HELPER])
    found = np.full((2, len(seeds), room), -1, np.int64)
    cheapest_arcs(
        *fixed, *rules, waves, cost, np.ascontiguousarray(cost.T), wished, row,
        seeds, desks, lengths, found,
    )  # fmt: skip
    return _priced(compiled, group, found, _published(compiled, group), row, waves, cost)


def _tails(compiled: Compiled) -> Bools:
    """People who may be the last of a chain: the own desk may stay empty, or there is none."""
    own = compiled.who[:, OWN]
    free = own < 0
    free[own >= 0] = ~compiled.must_fill[own[own >= 0]]
    return free | (not compiled.limits.tail)


def _wished(compiled: Compiled, people: Ints, row: Ints) -> Bools:
    wished = np.zeros((len(people), len(compiled.problem.unit_places)), np.bool_)
    for person, unit, weight in compiled.problem.wishes:
        if row[person] >= 0:
            wished[row[person], unit] = weight > 0
    return wished


def _published(compiled: Compiled, group: int) -> tuple[Ints, Ints]:
    people = compiled.people_of[group]
    old = people[compiled.old[people, 0] >= 0]
    return old, compiled.old[old, 0]


def _priced(
    compiled: Compiled, group: int, found: Ints, more: tuple[Ints, Ints], row: Ints, waves: Ints, cost: Ints
) -> tuple[Ints, Ints, Ints, Ints]:  # fmt: skip
    n_desks = len(compiled.desk)
    inside = np.isin(more[1], compiled.desks_of[group])
    named = compiled.limits
    asked = [
        (p, d)
        for p in compiled.people_of[group]
        if compiled.who[p, ONLY] == 1
        for d in named.named[named.listed[p] : named.listed[p + 1]]
    ]
    wanted = np.array(asked, np.int64).reshape(-1, 2)
    person = np.concatenate([found[0][found[0] >= 0], more[0][inside], wanted[:, 0]])
    desk = np.concatenate([found[1][found[0] >= 0], more[1][inside], wanted[:, 1]])
    key = np.unique(person * n_desks + desk)
    person, desk = key // max(1, n_desks), key % max(1, n_desks)
    price, mask = np.empty(len(key), np.int64), np.empty(len(key), np.int64)
    one_by_one(
        compiled.who, compiled.desk, waves, cost, named.listed, named.named, named.elsewhere,
        compiled.problem.goals.touched, row, person, desk, price, mask,
    )  # fmt: skip
    good = mask != 0
    return person[good], desk[good], price[good], mask[good]


@compiled
def one_by_one(
    who: Small, desk: Small, unit_waves: Ints, unit_cost: Ints, listed: Ints, named: Ints, elsewhere: bool,
    touched: int, row: Ints, person: Ints, target: Ints, cost: Ints, waves: Ints,
) -> None:  # fmt: skip
    """Fills `cost` and `waves` of the arcs person[k] to desk target[k]."""
    for k in range(len(person)):
        p, d = person[k], target[k]
        i, unit = row[p], desk[d, UNIT]
        waves[k] = arc_waves(who, desk, unit_waves, listed, named, elsewhere, p, d, i)
        cost[k] = unit_cost[i, unit] + (
            2 * touched if who[p, OWN] >= 0 and who[p, UNIT] != unit else touched
        )


@compiled
def put(
    best: Ints, first: int, length: int, cost: int, person: int, desk: int, found: Ints, s: int
) -> None:
    """Puts an arc into a list of the `length` cheapest, kept in order from `first` on."""
    if length == 0 or cost >= best[first + length - 1]:
        return
    k = first + length - 1
    while k > first and best[k - 1] > cost:
        best[k] = best[k - 1]
        found[0, s, k], found[1, s, k] = found[0, s, k - 1], found[1, s, k - 1]
        k -= 1
    best[k] = cost
    found[0, s, k], found[1, s, k] = person, desk


@compiled
def cheapest_arcs(
    who: Small, desk: Small, holder: Ints, due: Bools, tail: Bools, time: Ints, listed: Ints, named: Ints,
    elsewhere: bool, touched: int, waves: Ints, cost: Ints, cost_to: Ints, wished: Bools,
    row: Ints, seeds: Ints, desks: Ints, lengths: Ints, found: Ints,
) -> None:  # fmt: skip
    """Fills `found`, shape (2, seeds, arcs): person and desk of the cheapest arcs around each seed.

    A swap is found as the partner's arc into the seed's desk and, from the seed's side, as a target.
    """
    start = np.zeros(len(lengths) + 1, np.int64)
    for kind in range(len(lengths)):
        start[kind + 1] = start[kind] + lengths[kind]
    best = np.empty(start[-1], np.int64)
    last = start[1:] - 1
    for s in range(len(seeds)):
        best[:] = FAR
        p = seeds[s]
        i, own = row[p], who[p, OWN]
        for d in desks:
            q, unit = holder[d], desk[d, UNIT]
            if q >= 0 and row[q] < 0:
                continue
            aim = VACANCY if q < 0 else TARGET if due[q] else TARGET_HELPER
            price = cost[i, unit] + (2 * touched if own >= 0 and who[p, UNIT] != unit else touched)
            price_back = FAR
            if own >= 0 and q >= 0 and q != p and who[q, GROUP] == desk[own, GROUP]:
                price_back = cost_to[who[p, UNIT], row[q]]
                price_back += 2 * touched if who[q, UNIT] != who[p, UNIT] else touched
            after, pair = (NEXT, SWAP) if q >= 0 and due[q] else (NEXT_HELPER, SWAP_HELPER)
            both = price + price_back < best[last[pair]]
            there = price < best[last[aim]] or wished[i, unit]
            here = price_back < best[last[after]] or (
                q >= 0 and tail[q] and price_back < best[last[TAIL]]
            )
            out = back = 0
            if there or both:
                out = arc_waves(who, desk, waves, listed, named, elsewhere, p, d, i)
            if here or (both and out != 0):
                back = arc_waves(who, desk, waves, listed, named, elsewhere, q, own, row[q])
            if there and out != 0:
                put(best, start[aim], lengths[aim], price, p, d, found, s)
                if wished[i, unit]:
                    put(best, start[WISH], lengths[WISH], price, p, d, found, s)
            if here and back != 0:
                put(best, start[after], lengths[after], price_back, q, own, found, s)
                if tail[q]:
                    put(best, start[TAIL], lengths[TAIL], price_back, q, own, found, s)
            if both and out & back != 0:
                whole = price + price_back + wait(time, p, q, out & back)
                put(best, start[pair], lengths[pair], whole, q, own, found, s)
        own_halves(who, start, found, s, p)


@compiled
def wait(time: Ints, p: int, q: int, waves: int) -> int:
    """Points for time of two people in the best common wave."""
    least = FAR
    for w in range(time.shape[1]):
        if (waves >> w) & 1:
            least = min(least, time[p, w] + time[q, w])
    return int(least)


@compiled
def own_halves(who: Small, start: Ints, found: Ints, s: int, p: int) -> None:
    """Writes the seed's own half of each swap behind the lists."""
    place = start[len(start) - 1]
    for kind in (SWAP, SWAP_HELPER):
        for k in range(start[kind], start[kind + 1]):
            q = found[0, s, k]
            if q >= 0:
                found[0, s, place], found[1, s, place] = p, who[q, OWN]
                place += 1
