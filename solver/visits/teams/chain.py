"""A compiled annealing chain: proposes moves, keeps what a falling temperature lets pass."""

from __future__ import annotations

from solver.visits.teams.compiled import compiled
from solver.visits.teams.moves import change, fits, fits_without, shift, whole_with
from solver.visits.teams.problem import Ints
from solver.visits.teams.state import (
    BROKEN,
    CHANCE,
    CLUSTER,
    CLUSTER_LIMIT,
    CLUSTERS,
    DAYS,
    ENERGY,
    FAR,
    N_MINE,
    N_NEAR,
    OPEN,
    PAIR,
    PAIR_LIMIT,
    PAIRS,
    REPEAT,
    SIZE,
)  # fmt: skip


@compiled
def draw(totals: Ints, n: int) -> int:
    """A number below n, n at most 2**31: the upper half of a 64-bit congruential generator."""
    totals[CHANCE] = totals[CHANCE] * 6364136223846793005 + 1442695040888963407
    return int((((totals[CHANCE] >> 33) & 0x7FFFFFFF) * n) >> 31)


@compiled
def on_team(visit: Ints, team: Ints, r: int, i: int) -> int:
    """The place of inspector i on visit r, -1 for none."""
    for a in range(visit[r, SIZE]):
        if team[r, a] == i:
            return a
    return -1


@compiled
def pairs_shift(
    visit: Ints, team: Ints, pair: Ints, limit: int, r: int, i: int, j: int, u: int
) -> int:
    """Change of the pair excess when inspector i leaves visit r and j, leaving visit u (-1: none), joins it."""
    excess = 0
    for a in range(visit[r, SIZE]):
        other = team[r, a]
        if other != i:
            excess -= int(pair[i, other] > limit)
            common = pair[j, other]
            if common == limit and u >= 0 and on_team(visit, team, u, other) >= 0:
                common -= 1
            excess += int(common >= limit)
    return excess


@compiled
def replace_cost(
    visit: Ints, far: Ints, team: Ints, person: Ints, pair: Ints, seen: Ints, totals: Ints, weights: Ints,
    r: int, i: int, j: int, most: int,
) -> int:  # fmt: skip
    """What inspector j instead of i on visit r costs; something above `most` when it surely costs more."""
    days = visit[r, DAYS]
    cost = weights[FAR] * (far[r, j] - far[r, i])
    cost += shift(person, weights, i, -days) + shift(person, weights, j, days)
    gain = weights[PAIR] * min(totals[PAIRS], visit[r, SIZE] - 1)
    if cost - gain - weights[REPEAT] * min(totals[CLUSTERS], 1) > most:
        return most + 1
    cost += weights[PAIR] * pairs_shift(visit, team, pair, weights[PAIR_LIMIT], r, i, j, -1)
    return int(
        cost + weights[REPEAT] * _cluster_shift(visit, seen, weights[CLUSTER_LIMIT], r, i, j)
    )


@compiled
def exchange_cost(
    visit: Ints, far: Ints, team: Ints, person: Ints, pair: Ints, seen: Ints, totals: Ints, weights: Ints,
    r: int, i: int, u: int, j: int, most: int,
) -> int:  # fmt: skip
    """The same for inspector i of visit r and j of u changing places."""
    cost = weights[FAR] * (far[r, j] - far[r, i] + far[u, i] - far[u, j])
    days = visit[u, DAYS] - visit[r, DAYS]
    if days != 0:
        cost += shift(person, weights, i, days) + shift(person, weights, j, -days)
    gain = weights[PAIR] * min(totals[PAIRS], visit[r, SIZE] + visit[u, SIZE] - 2)
    if cost - gain - weights[REPEAT] * min(totals[CLUSTERS], 2) > most:
        return most + 1
    limit = weights[PAIR_LIMIT]
    excess = pairs_shift(visit, team, pair, limit, r, i, j, u)
    cost += weights[PAIR] * (excess + pairs_shift(visit, team, pair, limit, u, j, i, r))
    if visit[r, CLUSTER] != visit[u, CLUSTER]:
        repeats = _cluster_shift(visit, seen, weights[CLUSTER_LIMIT], r, i, j)
        repeats += _cluster_shift(visit, seen, weights[CLUSTER_LIMIT], u, j, i)
        cost += weights[REPEAT] * repeats
    return int(cost)


@compiled
def _cluster_shift(visit: Ints, seen: Ints, limit: int, r: int, i: int, j: int) -> int:
    cluster = visit[r, CLUSTER]
    if cluster < 0:
        return 0
    return int(seen[j, cluster] >= limit) - int(seen[i, cluster] > limit)


@compiled
def swap(
    visit: Ints, far: Ints, use: Ints, member: Ints, base: Ints,
    team: Ints, person: Ints, room: Ints, pair: Ints, seen: Ints, mine: Ints, free: Ints, could: Ints,
    slack: Ints, totals: Ints, weights: Ints, r: int, a: int, u: int, b: int, j: int,
) -> None:  # fmt: skip
    """Inspector j takes place a of visit r; who had it takes place b of visit u, if u is not -1."""
    i = team[r, a]
    change(
        visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals,
        weights, r, a, i, -1,
    )  # fmt: skip
    if u >= 0:
        change(
            visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals,
            weights, u, b, j, -1,
        )  # fmt: skip
        change(
            visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals,
            weights, u, b, i, 1,
        )  # fmt: skip
    change(
        visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals,
        weights, r, a, j, 1,
    )  # fmt: skip


@compiled
def run(
    visit: Ints, bits: Ints, far: Ints, near: Ints, use: Ints, more: Ints, movable: Ints, member: Ints,
    base: Ints, team: Ints, person: Ints, room: Ints, pair: Ints, seen: Ints, mine: Ints, free: Ints,
    could: Ints, slack: Ints, totals: Ints, weights: Ints, heat: Ints, moves: int, logs: Ints, best: Ints,
    least: Ints,
) -> int:  # fmt: skip
    """Try `moves` moves at each temperature; near people are proposed more often.

    `logs` are values of -ln(u) in 1024ths for evenly spread u. `best` gets the cheapest teams seen at
    temperatures up to `least[1]`, `least[0]` their energy. The answer: moves that were kept.
    """
    kept = 0
    for temperature in heat:
        for _ in range(moves):
            r = movable[draw(totals, len(movable))]
            rank = draw(totals, 1 << 15)
            j = near[r, (rank * rank * visit[r, N_NEAR]) >> 30]
            a = draw(totals, visit[r, SIZE])
            most = (temperature * logs[draw(totals, len(logs))]) >> 10
            if on_team(visit, team, r, j) >= 0:
                continue
            i, u, b = team[r, a], -1, -1
            if person[j, N_MINE] == 0 or draw(totals, 4) == 0:
                cost = replace_cost(
                    visit, far, team, person, pair, seen, totals, weights, r, i, j, most
                )
                if cost > most or not fits(visit, use, room, r, j):
                    continue
            else:
                u = mine[j, draw(totals, person[j, N_MINE])]
                if not visit[u, OPEN] or on_team(visit, team, u, i) >= 0:
                    continue
                cost = exchange_cost(
                    visit, far, team, person, pair, seen, totals, weights, r, i, u, j, most
                )
                if cost > most or not fits_without(visit, use, room, u, r, i):
                    continue
                b = on_team(visit, team, u, j)
                if not fits_without(visit, use, room, r, u, j):
                    continue
                if not whole_with(visit, bits, more, team, u, b, i):
                    continue
            if whole_with(visit, bits, more, team, r, a, j):
                swap(
                    visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack,
                    totals, weights, r, a, u, b, j,
                )  # fmt: skip
                if totals[BROKEN] > 0:
                    swap(
                        visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack,
                        totals, weights, r, a, u, b, i,
                    )  # fmt: skip
                    continue
                kept += 1
                if totals[ENERGY] < least[0] and temperature <= least[1]:
                    least[0] = totals[ENERGY]
                    best[:] = team
    return kept
