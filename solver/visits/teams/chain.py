"""A compiled annealing chain: proposes moves, keeps what a falling temperature lets pass."""

from __future__ import annotations

from solver.visits.teams.compiled import compiled
from solver.visits.teams.moves import change, fits_without, fits, shift, whole_with
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
def may_replace(
    visit: Ints, far: Ints, person: Ints, totals: Ints, weights: Ints, r: int, i: int, j: int, most: int
) -> bool:  # fmt: skip
    """Whether inspector j instead of i on visit r could cost no more than `most`, pairs seen at their best."""
    days = visit[r, DAYS]
    cost = weights[FAR] * (far[r, j] - far[r, i])
    cost += shift(person, weights, i, -days) + shift(person, weights, j, days)
    gain = weights[PAIR] * min(totals[PAIRS], visit[r, SIZE] - 1)
    return cost - gain - weights[REPEAT] * min(totals[CLUSTERS], 1) <= most


@compiled
def may_exchange(
    visit: Ints, far: Ints, person: Ints, totals: Ints, weights: Ints,
    r: int, i: int, u: int, j: int, most: int,
) -> bool:  # fmt: skip
    """The same for inspector i of visit r and j of u changing places."""
    cost = weights[FAR] * (far[r, j] - far[r, i] + far[u, i] - far[u, j])
    days = visit[u, DAYS] - visit[r, DAYS]
    if days != 0:
        cost += shift(person, weights, i, days) + shift(person, weights, j, -days)
    gain = weights[PAIR] * min(totals[PAIRS], visit[r, SIZE] + visit[u, SIZE] - 2)
    return cost - gain - weights[REPEAT] * min(totals[CLUSTERS], 2) <= most


@compiled
def replace(
    visit: Ints, far: Ints, use: Ints, member: Ints, base: Ints,
    team: Ints, person: Ints, room: Ints, pair: Ints, seen: Ints, mine: Ints, free: Ints, could: Ints,
    slack: Ints, totals: Ints, weights: Ints, r: int, a: int, j: int, most: int,
) -> bool:  # fmt: skip
    """Inspector j, whom the team and the calendar bear, takes place a of visit r at a cost up to `most`."""
    i, before = team[r, a], totals[ENERGY]
    change(visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, r, a, i, -1)  # noqa: E501
    change(visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, r, a, j, 1)  # noqa: E501
    if totals[ENERGY] - before <= most and totals[BROKEN] == 0:
        return True
    change(visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, r, a, j, -1)  # noqa: E501
    change(visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, r, a, i, 1)  # noqa: E501
    return False


@compiled
def exchange(
    visit: Ints, far: Ints, use: Ints, member: Ints, base: Ints,
    team: Ints, person: Ints, room: Ints, pair: Ints, seen: Ints, mine: Ints, free: Ints, could: Ints,
    slack: Ints, totals: Ints, weights: Ints, r: int, a: int, u: int, b: int, most: int,
) -> bool:  # fmt: skip
    """Whoever has place a of visit r and place b of visit u change places, on the same terms."""
    i, j, before = team[r, a], team[u, b], totals[ENERGY]
    change(visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, r, a, i, -1)  # noqa: E501
    change(visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, u, b, j, -1)  # noqa: E501
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
            i = team[r, a]
            if person[j, N_MINE] == 0 or draw(totals, 4) == 0:
                done = (
                    may_replace(visit, far, person, totals, weights, r, i, j, most)
                    and fits(visit, use, room, r, j)
                    and whole_with(visit, bits, more, team, r, a, j)
                    and replace(visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, r, a, j, most)  # noqa: E501
                )
            else:
                u = mine[j, draw(totals, person[j, N_MINE])]
                b = on_team(visit, team, u, j)
                done = (
                    visit[u, OPEN] == 1
                    and may_exchange(visit, far, person, totals, weights, r, i, u, j, most)
                    and on_team(visit, team, u, i) < 0
                    and fits_without(visit, use, room, u, r, i)
                    and fits_without(visit, use, room, r, u, j)
                    and whole_with(visit, bits, more, team, r, a, j)
                    and whole_with(visit, bits, more, team, u, b, i)
                    and exchange(visit, far, use, member, base, team, person, room, pair, seen, mine, free, could, slack, totals, weights, r, a, u, b, most)  # noqa: E501
                )
            if done:
                kept += 1
                if totals[ENERGY] < least[0] and temperature <= least[1]:
                    least[0] = totals[ENERGY]
                    best[:] = team
    return kept
