"""The arcs worth looking at: for each due person the cheapest targets, successors and swap partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.moves.compiled import compiled
from solver.moves.lawful import GROUP, ONLY, OWN, UNIT, Ints, Small, arc_waves, arcs_waves
from solver.moves.near import near_of
from solver.moves.tables import move_prices

if TYPE_CHECKING:
    from solver.moves.arcs import Bools, Compiled

# what a list of the cheapest holds
TARGET, TARGET_HELPER, VACANCY, NEXT, NEXT_HELPER, TAIL, SWAP, SWAP_HELPER, WISH = range(9)
FAR = 1 << 50
FURTHEST = 200  # units that are looked at for a list that does not fill


def pruned_arcs(compiled: Compiled, group: int, keep: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Person, desk, cost and waves of the kept arcs of a joined group; see `arcs.group_arcs`."""
    people = compiled.people_of[group]
    few = max(2, keep // 4)
    lengths = np.array([keep, few, few, (keep + 1) // 2, few, few, keep, few, 3], np.int64)
    seeds = people[compiled.seeds[people]]
    near, row = near_of(compiled, group, seeds), np.full(len(compiled.who), -1, np.int64)
    row[people] = np.arange(len(people))
    # room for the lists, then for the seeds' own halves of the swaps
    room = int(lengths.sum() + lengths[SWAP] + lengths[SWAP_HELPER])
    found = np.full((2, len(seeds), room), -1, np.int64)
    cheapest_arcs(
        *compiled.law, compiled.holder, compiled.due, _tails(compiled), compiled.time,
        compiled.problem.goals.touched, near.out, near.order, near.wished, near.start, near.desks, near.home,
        near.back, near.least, people, row, seeds, lengths, found,
    )  # fmt: skip
    return _priced(compiled, group, found, _published(compiled, group))


def _tails(compiled: Compiled) -> Bools:
    """People who may be the last of a chain: the own desk may stay empty, or there is none."""
    own = compiled.who[:, OWN]
    free = own < 0
    free[own >= 0] = ~compiled.must_fill[own[own >= 0]]
    return free | (not compiled.limits.tail)


def _published(compiled: Compiled, group: int) -> tuple[Ints, Ints]:
    people = compiled.people_of[group]
    old = people[compiled.old[people, 0] >= 0]
    return old, compiled.old[old, 0]


def _priced(
    compiled: Compiled, group: int, found: Ints, more: tuple[Ints, Ints]
) -> tuple[Ints, Ints, Ints, Ints]:
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
    mask = np.empty(len(key), np.int64)
    arcs_waves(*compiled.law, person, desk, mask)
    good = mask != 0
    person, desk = person[good], desk[good]
    return person, desk, move_prices(compiled, person, desk), mask[good]


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
    who: Small, desk: Small, waves: Ints, barred: Ints, bars: Ints, listed: Ints, named: Ints, elsewhere: bool,
    holder: Ints, due: Bools, tail: Bools, time: Ints, touched: int, out: Small, order: Small, wished: Ints,
    unit_start: Ints, desks: Ints, home: Ints, back: Small, least: Ints, people: Ints, row: Ints,
    seeds: Ints, lengths: Ints, found: Ints,
) -> None:  # fmt: skip
    """Fills `found`, shape (2, seeds, arcs): person and desk of the cheapest arcs around each seed.

    A swap is found as the partner's arc into the seed's desk and, from the seed's side, as a target.
    """
    start = np.zeros(len(lengths) + 1, np.int64)
    for kind in range(len(lengths)):
        start[kind + 1] = start[kind] + lengths[kind]
    best, last = np.empty(start[-1], np.int64), start[1:] - 1
    for s in range(len(seeds)):
        best[:] = FAR
        p = seeds[s]
        own, h = who[p, OWN], home[s]
        if own >= 0:
            successors(who, desk, waves, barred, bars, listed, named, elsewhere, due, tail, touched, back[h],
                       people, p, start, lengths, best, found, s)  # fmt: skip
        for n in range(order.shape[1]):
            u = order[s, n]
            bare = out[s, u]
            low = bare + (touched + least[h] if own >= 0 else FAR)
            if n >= wished[s] and low >= best[last[SWAP]] and low >= best[last[SWAP_HELPER]]:
                enough = bare >= best[last[TARGET]] and bare >= best[last[TARGET_HELPER]]
                if (enough and bare >= best[last[VACANCY]]) or n >= FURTHEST:
                    break
            for d in desks[unit_start[u] : unit_start[u + 1]]:
                q, unit = holder[d], desk[d, UNIT]
                if (q >= 0 and row[q] < 0) or q == p:
                    continue
                aim = VACANCY if q < 0 else TARGET if due[q] else TARGET_HELPER
                price = bare + (2 * touched if own >= 0 and who[p, UNIT] != unit else touched)
                whole = FAR
                if own >= 0 and q >= 0 and who[q, GROUP] == desk[own, GROUP]:
                    whole = price + back[h, row[q]]
                    whole += 2 * touched if who[q, UNIT] != who[p, UNIT] else touched
                pair = SWAP if q >= 0 and due[q] else SWAP_HELPER
                both = whole < best[last[pair]]
                if not both and price >= best[last[aim]] and n >= wished[s]:
                    continue
                there = arc_waves(who, desk, waves, barred, bars, listed, named, elsewhere, p, d)
                if there == 0:
                    continue
                put(best, start[aim], lengths[aim], price, p, d, found, s)
                if n < wished[s]:
                    put(best, start[WISH], lengths[WISH], price, p, d, found, s)
                if both:
                    there &= arc_waves(
                        who, desk, waves, barred, bars, listed, named, elsewhere, q, own
                    )
                    if there != 0:
                        whole += wait(time, p, q, there)
                        put(best, start[pair], lengths[pair], whole, q, own, found, s)
        own_halves(who, start, found, s, p)


@compiled
def successors(
    who: Small, desk: Small, waves: Ints, barred: Ints, bars: Ints, listed: Ints, named: Ints, elsewhere: bool,
    due: Bools, tail: Bools, touched: int, back: Small, people: Ints, p: int, start: Ints, lengths: Ints,
    best: Ints, found: Ints, s: int,
) -> None:  # fmt: skip
    """Finds those who could take the desk of person p, seed s, at the least price."""
    own = who[p, OWN]
    for k in range(len(people)):
        q = people[k]
        after = NEXT if due[q] else NEXT_HELPER
        if back[k] >= best[start[after + 1] - 1] and not (
            tail[q] and back[k] < best[start[TAIL + 1] - 1]
        ):
            continue
        if q == p or who[q, GROUP] != desk[own, GROUP]:
            continue
        if arc_waves(who, desk, waves, barred, bars, listed, named, elsewhere, q, own) == 0:
            continue
        away = who[q, OWN] >= 0 and who[q, UNIT] != who[p, UNIT]
        price = back[k] + (2 * touched if away else touched)
        put(best, start[after], lengths[after], price, q, own, found, s)
        if tail[q]:
            put(best, start[TAIL], lengths[TAIL], price, q, own, found, s)


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
