"""All cycles and chains of a graph of arcs, compiled; each comes once for each of its cheapest waves.

A cycle is found from its first seed, so never twice. A target below n is the desk of that person, n + v
is the v-th empty desk.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from solver.moves.compiled import compiled
from solver.moves.lawful import Ints, Small

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@compiled
def find(
    start: Ints, arc_to: Ints, arc_cost: Floats, arc_mask: Ints,
    in_start: Ints, in_from: Ints, in_cost: Floats, in_mask: Ints,
    price: Floats, empty_price: Floats, waves: Ints, tail: Bools, old: Ints, changed: float,
    unit: Ints, cap: Ints, lead_cap: Ints,
    n_seeds: int, longest_cycle: int, longest_chain: int, keep_waves: int, below: float,
    first: int, people: Small, head: Small, wave: Small, value: Floats,
) -> tuple[int, int]:  # fmt: skip
    """Fills columns worth less than `below`; answers how many, and the next root.

    Roots are the seeds, then the empty desks. A root whose columns do not fit is left for the next
    call; when all is done, the next root is the number of roots.
    """
    n = len(waves)
    count, room = 0, len(head)
    close_cost, close_mask = np.zeros(n), np.zeros(n, np.int64)
    n_roots = n_seeds + len(empty_price)
    for root in range(first, n_roots):
        begun = count
        if root < n_seeds:
            for a in range(in_start[root], in_start[root + 1]):
                close_cost[in_from[a]], close_mask[in_from[a]] = in_cost[a], in_mask[a]
            count = cycles(root, start, arc_to, arc_cost, arc_mask, close_cost, close_mask, price, waves, old,
                           changed, unit, cap, lead_cap, longest_cycle, keep_waves, below, people, head,
                           wave, value, count)  # fmt: skip
            for a in range(in_start[root], in_start[root + 1]):
                close_mask[in_from[a]] = 0
        elif longest_chain > 0:
            count = chains(root - n_seeds, n_seeds, in_start, in_from, in_cost, in_mask, price, empty_price,
                           waves, tail, old, changed, unit, cap, lead_cap, longest_chain, keep_waves, below,
                           people, head, wave, value, count)  # fmt: skip
        if count >= room:
            return begun, root
    return count, n_roots


@compiled
def cycles(
    root: int, start: Ints, arc_to: Ints, arc_cost: Floats, arc_mask: Ints, close_cost: Floats,
    close_mask: Ints, price: Floats, waves: Ints, old: Ints, changed: float, unit: Ints, cap: Ints,
    lead_cap: Ints, longest: int, keep_waves: int, below: float, people: Small, head: Small, wave: Small,
    value: Floats, count: int,
) -> int:  # fmt: skip
    """Writes the cycles whose first person is the root; answers the new number of columns."""
    n, room, width = len(waves), len(head), people.shape[1] + 1
    path, place = np.zeros(width, np.int64), np.zeros(width, np.int64)
    cost, mask = np.zeros(width), np.zeros(width, np.int64)
    depth, path[0], place[0], mask[0] = 0, root, start[root], waves[root]
    while depth >= 0 and count < room:
        p = path[depth]
        if place[depth] >= start[p + 1] or depth + 1 >= longest:
            depth -= 1
            continue
        a = place[depth]
        place[depth] += 1
        q = arc_to[a]
        if q <= root or q >= n or on_path(path, depth, q):
            continue
        both = mask[depth] & arc_mask[a] & waves[q]
        if both == 0:
            continue
        so_far = cost[depth] + arc_cost[a]
        path[depth + 1] = q
        closed = both & close_mask[q]
        if closed != 0:
            count = emit(path, depth + 2, -1, so_far + close_cost[q], closed, price, old, changed, unit, cap,
                         lead_cap, keep_waves, below, people, head, wave, value, count)  # fmt: skip
        depth += 1
        place[depth], cost[depth], mask[depth] = start[q], so_far, both
    return count


@compiled
def chains(
    v: int, n_seeds: int, in_start: Ints, in_from: Ints, in_cost: Floats, in_mask: Ints, price: Floats,
    empty_price: Floats, waves: Ints, tail: Bools, old: Ints, changed: float, unit: Ints, cap: Ints,
    lead_cap: Ints, longest: int, keep_waves: int, below: float, people: Small, head: Small, wave: Small,
    value: Floats, count: int,
) -> int:  # fmt: skip
    """Writes the chains into the v-th empty desk that hold a seed; answers the new number of columns."""
    n, room, width = len(waves), len(head), people.shape[1] + 1
    path, place = np.zeros(width, np.int64), np.zeros(width, np.int64)
    cost, mask, seeds = np.zeros(width), np.zeros(width, np.int64), np.zeros(width, np.int64)
    # place[k] runs over the people who may follow at depth k; path[k] is the k-th person
    depth, place[0], cost[0], mask[0] = 0, in_start[n + v], empty_price[v], -1
    while depth >= 0 and count < room:
        target = n + v if depth == 0 else path[depth - 1]
        if depth >= longest or place[depth] >= in_start[target + 1]:
            depth -= 1
            continue
        a = place[depth]
        place[depth] += 1
        q = in_from[a]
        both = mask[depth] & in_mask[a] & waves[q]
        if both == 0 or on_path(path, depth - 1, q):
            continue
        path[depth] = q
        so_far, with_seed = cost[depth] + in_cost[a], seeds[depth] + int(q < n_seeds)
        if tail[q] and with_seed > 0:
            count = emit(path, depth + 1, v, so_far, both, price, old, changed, unit, cap, lead_cap,
                         keep_waves, below, people, head, wave, value, count)  # fmt: skip
        depth += 1
        place[depth], cost[depth], mask[depth], seeds[depth] = in_start[q], so_far, both, with_seed
    return count


@compiled
def on_path(path: Ints, last: int, person: int) -> bool:
    """Whether the person stands in path[0] to path[last]."""
    found = False
    for k in range(last + 1):
        found |= path[k] == person
    return found


@compiled
def emit(
    path: Ints, length: int, v: int, cost: float, mask: int, price: Floats, old: Ints, changed: float,
    unit: Ints, cap: Ints, lead_cap: Ints, keep_waves: int, below: float,
    people: Small, head: Small, wave: Small, value: Floats, count: int,
) -> int:  # fmt: skip
    """Writes an exchange in its cheapest waves, the cheapest first; answers the new number of columns."""
    begun = count
    for w in range(price.shape[1]):
        if (mask >> w) & 1 == 0:
            continue
        worth = cost
        for k in range(length):
            worth += price[path[k], w]
        if changed > 0:
            worth += changed * (length - 2 * kept(path, length, v, w, old, len(price)))
        if worth >= below or not has_room(path, length, w, unit, cap, lead_cap):
            continue
        k = count
        if count - begun == keep_waves:
            if worth >= value[count - 1]:
                continue
            k = count - 1
        elif count >= len(head):
            return len(head)
        else:
            count += 1
        while k > begun and value[k - 1] > worth:
            value[k], wave[k] = value[k - 1], wave[k - 1]
            k -= 1
        value[k], wave[k] = worth, w
    for k in range(begun, count):
        head[k] = v
        for i in range(people.shape[1]):
            people[k, i] = path[i] if i < length else -1
    return count


@compiled
def has_room(path: Ints, length: int, w: int, unit: Ints, cap: Ints, lead_cap: Ints) -> bool:
    """Whether the caps allow the exchange by itself; caps by person and wave, `lead_cap` -1 for no leader."""
    for k in range(length):
        p = path[k]
        if unit[p] < 0:
            continue
        gone, led = 0, 0
        for j in range(length):
            if unit[path[j]] == unit[p]:
                gone += 1
                led += int(lead_cap[path[j], w] >= 0)
        if gone > cap[p, w] or (lead_cap[p, w] >= 0 and led > lead_cap[p, w]):
            return False
    return True


@compiled
def kept(path: Ints, length: int, v: int, w: int, old: Ints, n: int) -> int:
    """Moves of the exchange that stand in the published plan; `old` holds target and wave of each person."""
    same = 0
    for k in range(length):
        ahead = path[k + 1] if k + 1 < length else path[0]
        before = path[k - 1] if k > 0 else n + v
        target = ahead if v < 0 else before
        same += int(old[path[k], 0] == target and old[path[k], 1] == w)
    return same
