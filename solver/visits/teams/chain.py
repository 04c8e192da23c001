"""A compiled annealing chain: proposes moves, keeps what a falling temperature lets pass."""

from __future__ import annotations

from solver.visits.teams.compiled import compiled
from solver.visits.teams.moves import change, fits, shift, whole_with
from solver.visits.teams.problem import Ints
from solver.visits.teams.state import (
    BROKEN, CHANCE, CLUSTERS, DAYS, ENERGY, FAR, N_MINE, N_NEAR, OPEN, PAIR, PAIRS, REPEAT, SIZE,
)  # fmt: skip


@compiled
def draw(totals: Ints, n: int) -> int:
    """A number below n, n at most 2**31: the upper half of a 64-bit congruential generator."""
    totals[CHANCE] = totals[CHANCE] * 6364136223846793005 + 1442695040888963407
    return (((totals[CHANCE] >> 33) & 0x7FFFFFFF) * n) >> 31


@compiled
def on_team(visit: Ints, team: Ints, r: int, i: int) -> int:
    """The place of inspector i on visit r, -1 for none."""
    for a in range(visit[r, SIZE]):
        if team[r, a] == i:
            return a
    return -1


@compiled
def replace(
    visit: Ints, bits: Ints, far: Ints, use: Ints, more: Ints, member: Ints, base: Ints,
    team: Ints, person: Ints, room: Ints, pair: Ints, seen: Ints, mine: Ints, free: Ints, could: Ints,
    slack: Ints, totals: Ints, weights: Ints, r: int, a: int, j: int, most: int,
) -> bool:  # fmt: skip
    """Inspector j takes place a of visit r, if that is legal and costs no more than `most`."""
    i, days = team[r, a], visit[r, DAYS]
    cost = weights[FAR] * (far[r, j] - far[r, i])
    cost += shift(person, weights, i, -days) + shift(person, weights, j, days)
    gain = weights[PAIR] * min(totals[PAIRS], visit[r, SIZE] - 1)
    gain += weights[REPEAT] * min(totals[CLUSTERS], 1)
    if cost - gain > most or not fits(visit, use, room, r, j):
        return False
    if not whole_with(visit, bits, more, team, r, a, j):
        return False
    before = totals[ENERGY]
    change(visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, r, a, i, -1)  # noqa: E501
    change(visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, r, a, j, 1)  # noqa: E501
    if totals[ENERGY] - before <= most and totals[BROKEN] == 0:
        return True
    change(visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, r, a, j, -1)  # noqa: E501
    change(visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, r, a, i, 1)  # noqa: E501
    return False


@compiled
def exchange(
    visit: Ints, bits: Ints, far: Ints, use: Ints, more: Ints, member: Ints, base: Ints,
    team: Ints, person: Ints, room: Ints, pair: Ints, seen: Ints, mine: Ints, free: Ints, could: Ints,
    slack: Ints, totals: Ints, weights: Ints, r: int, a: int, u: int, b: int, most: int,
) -> bool:  # fmt: skip
    """Whoever has place a of visit r and place b of visit u change places, on the same terms."""
    i, j = team[r, a], team[u, b]
    cost = weights[FAR] * (far[r, j] - far[r, i] + far[u, i] - far[u, j])
    days = visit[u, DAYS] - visit[r, DAYS]
    if days != 0:
        cost += shift(person, weights, i, days) + shift(person, weights, j, -days)
    gain = weights[PAIR] * min(totals[PAIRS], visit[r, SIZE] + visit[u, SIZE] - 2)
    gain += weights[REPEAT] * min(totals[CLUSTERS], 2)
    if cost - gain > most or not whole_with(visit, bits, more, team, r, a, j):
        return False
    if not whole_with(visit, bits, more, team, u, b, i):
        return False
    before = totals[ENERGY]
    change(visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, r, a, i, -1)  # noqa: E501
    change(visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, u, b, j, -1)  # noqa: E501
    if fits(visit, use, room, r, j) and fits(visit, use, room, u, i):
        change(visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, r, a, j, 1)  # noqa: E501
        change(visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, u, b, i, 1)  # noqa: E501
        if totals[ENERGY] - before <= most and totals[BROKEN] == 0:
            return True
        change(visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, r, a, j, -1)  # noqa: E501
        change(visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, u, b, i, -1)  # noqa: E501
    change(visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, r, a, i, 1)  # noqa: E501
    change(visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, u, b, j, 1)  # noqa: E501
    return False


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
            if person[j, N_MINE] == 0 or draw(totals, 4) == 0:
                done = replace(visit, bits, far, use, more, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, r, a, j, most)  # noqa: E501
            else:
                u = mine[j, draw(totals, person[j, N_MINE])]
                if visit[u, OPEN] == 0 or on_team(visit, team, u, team[r, a]) >= 0:
                    continue
                b = on_team(visit, team, u, j)
                done = exchange(visit, bits, far, use, more, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, r, a, u, b, most)  # noqa: E501
            if done:
                kept += 1
                if totals[ENERGY] < least[0] and temperature <= least[1]:
                    least[0] = totals[ENERGY]
                    best[:] = team
    return kept
