"""Compiled search for the cycles and chains of one wave that cost less than their people pay.

A cycle of negative cost has a member from which on every partial sum is negative: only such paths are
followed. Potentials that balance what comes in and goes out at each person leave few of them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from solver.moves.compiled import compiled

Costs = npt.NDArray[np.int32]
Ints = npt.NDArray[np.int64]
INF = 1 << 29
SWEEPS = 6
PATIENCE = 20_000  # steps from one person on when not all need be seen


@compiled
def fill(
    cost: Costs, people: Ints, start: Ints, nodes: Ints, way: Costs, waves: Costs, bit: int, scale: int,
    same: int, elsewhere: bool, group: Ints, home: Ints, lone: Ints,
) -> None:  # fmt: skip
    """Cost of each person at each desk of `nodes`, in `scale` parts of a point; INF where unlawful.

    `start` is what the person's move costs before the way, `home` and `nodes` give unit, group, field
    and area of own and other desks, shape (4, n); a unit below 0 is no desk. `lone` has bit 0 where one
    person at most may leave the unit in this wave, bit 1 on leaders where one leader may: two of them
    cannot take each other's place.
    """
    for i in range(len(people)):
        p = people[i]
        for j in range(nodes.shape[1]):
            cost[i, j] = INF
            unit = nodes[0, j]
            if i == j or unit < 0 or nodes[1, j] != group[i] or group[i] < 0:
                continue
            if not (waves[p, unit] >> bit) & 1:
                continue
            price = way[p, unit] * scale + start[i]
            if home[0, i] == unit:
                other_field = home[2, i] != nodes[2, j] and min(home[2, i], nodes[2, j]) >= 0
                other_area = home[3, i] != nodes[3, j] and min(home[3, i], nodes[3, j]) >= 0
                if elsewhere and not other_field and not other_area:
                    continue
                if j < len(people) and (lone[i] & 1 or lone[i] & lone[j] & 2):
                    continue
                price -= same * scale
            cost[i, j] = price


@compiled
def lowest(cost: Costs, n: int, out: Ints, into: Ints) -> None:
    """The cheapest way out of and into each person."""
    out[:] = INF
    into[:] = INF
    for i in range(n):
        low = np.int64(INF)
        for j in range(n):
            a = cost[i, j]
            if a < INF:
                low = min(low, a)
                into[j] = min(into[j], a)
        out[i] = low


@compiled
def balance(cost: Costs, n: int, y: Ints, lowest_out: Ints, lowest_in: Ints) -> None:
    """Potentials `y` that even out the cheapest way out of and into each person; both are left behind."""
    for sweep in range(SWEEPS + 1):
        lowest_out[:] = INF
        lowest_in[:] = INF
        for i in range(n):
            for j in range(n):
                if cost[i, j] < INF:
                    a = cost[i, j] + y[i] - y[j]
                    lowest_out[i] = min(lowest_out[i], a)
                    lowest_in[j] = min(lowest_in[j], a)
        if sweep < SWEEPS:
            for i in range(n):
                if lowest_out[i] < INF and lowest_in[i] < INF:
                    y[i] += (lowest_in[i] - lowest_out[i]) // 3


@compiled
def arcs(
    cost: Costs, n: int, y: Ints, out: Ints, into: Ints, slack: int, heads: Ints, ends: Ints
) -> int:
    """How many arcs may be in a negative cycle; their targets, row by row, while there is room in `heads`."""
    count = 0
    for i in range(n):
        for j in range(n):
            a = cost[i, j] + y[i] - y[j]
            if cost[i, j] < INF and a + min(0, out[j]) + min(0, into[i]) + slack < 0:
                if count < len(heads):
                    heads[count] = j
                count += 1
        ends[i] = count
    return count


@compiled
def cycles(
    cost: Costs, n: int, y: Ints, heads: Ints, ends: Ints, most: int, pay: bool, owed: Ints,
    best: Ints, paths: Ints, least: int,
) -> None:  # fmt: skip
    """The cheapest negative cycle from each person on; or with `pay`, what each owes so that none is left."""
    path, place, sums = np.zeros(most, np.int64), np.zeros(most, np.int64), np.zeros(most, np.int64)
    for s in range(n):
        depth, steps = 0, 0
        path[0], sums[0] = s, 0
        place[0] = ends[s - 1] if s else 0
        while depth >= 0:
            i = path[depth]
            steps += 1
            if not pay and steps > PATIENCE:
                break
            if place[depth] >= ends[i]:
                depth -= 1
                continue
            j = heads[place[depth]]
            place[depth] += 1
            total = sums[depth] + cost[i, j] + y[i] - y[j] + (owed[i] if i != s else 0)
            if total + owed[s] >= 0 or (paths_hold(path, depth, j)):
                continue
            if cost[j, s] < INF:
                whole = total + cost[j, s] + y[j] - y[s] + owed[j] + owed[s]
                if pay and whole < 0:
                    owed[s] -= whole
                elif not pay and whole < best[s] and whole < -least:
                    best[s] = whole
                    paths[s, :] = -1
                    paths[s, : depth + 1] = path[: depth + 1]
                    paths[s, depth + 1] = j
            if depth + 2 < most:
                depth += 1
                path[depth], sums[depth] = j, total
                place[depth] = ends[j - 1] if j else 0


@compiled
def paths_hold(path: Ints, depth: int, j: int) -> bool:
    """Whether `j` stands on the path already."""
    for k in range(depth + 1):  # noqa: SIM110 (compiled)
        if path[k] == j:
            return True
    return False


@compiled
def chain_ends(cost: Costs, n: int, most: int, owed: Ints, reach: Ints, desk: Ints) -> None:
    """`reach[k, i]`: the least cost of a way of at most k + 1 people from person i into an empty desk."""
    reach[:] = INF
    for i in range(n):
        for v in range(n, cost.shape[1]):
            if cost[i, v] < INF and cost[i, v] + owed[i] < reach[0, i]:
                reach[0, i] = cost[i, v] + owed[i]
                desk[i] = v
    for k in range(1, most):
        for i in range(n):
            low = reach[k - 1, i]
            for j in range(n):
                if cost[i, j] < INF and reach[k - 1, j] < INF:
                    low = min(low, cost[i, j] + reach[k - 1, j] + owed[i])
            reach[k, i] = low


@compiled
def chains(
    cost: Costs, n: int, tail: npt.NDArray[np.bool_], most: int, pay: bool, owed: Ints, reach: Ints,
    best: Ints, paths: Ints, least: int,
) -> None:  # fmt: skip
    """As `cycles`, for chains: from whose desk stays empty on, up to the one who takes an empty desk."""
    path, place, sums = np.zeros(most, np.int64), np.zeros(most, np.int64), np.zeros(most, np.int64)
    start = owed.copy()  # what `reach` knows of
    for s in range(n):
        if not tail[s] or reach[most - 1, s] >= 0:
            continue
        depth, steps = 0, 0
        path[0], sums[0], place[0] = s, 0, -1
        while depth >= 0:
            i = path[depth]
            steps += 1
            if not pay and steps > 10 * PATIENCE:
                break
            extra = sums[depth] + (owed[s] if i == s else owed[i] + owed[s])
            j = place[depth]
            place[depth] += 1
            if j < 0:
                if reach[0, i] < INF:
                    whole = extra + reach[0, i] - start[i]
                    if pay and whole < 0:
                        owed[s] -= whole
                    elif not pay and whole < best[s] and whole < -least:
                        best[s] = whole
                        paths[s, :] = -1
                        paths[s, : depth + 1] = path[: depth + 1]
                continue
            if j >= n or depth + 1 >= most:
                depth -= 1
                continue
            left = reach[most - depth - 2, j]
            if cost[i, j] >= INF or left >= INF or extra + cost[i, j] + left >= 0:
                continue
            if not pay and extra + cost[i, j] + left >= best[s]:
                continue
            if not paths_hold(path, depth, j):
                sums[depth + 1] = sums[depth] + cost[i, j] + (owed[i] if i != s else 0)
                depth += 1
                path[depth], place[depth] = j, -1


@compiled
def settle(cost: Costs, n: int, y: Ints, tail: npt.NDArray[np.bool_], owed: Ints) -> None:
    """What each owes so that no cycle or chain of any length is negative: each arc must not be."""
    highest = -INF * 64
    for i in range(n):
        if tail[i]:
            highest = max(highest, y[i])
    for i in range(n):
        for j in range(cost.shape[1]):
            if cost[i, j] < INF:
                a = cost[i, j] + y[i] - (y[j] if j < n else highest)
                if a + owed[i] < 0:
                    owed[i] = -a
