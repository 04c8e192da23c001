"""Moves nearest to being used, where the plain model cannot hold all: the same cut for every year."""

from __future__ import annotations

from collections import defaultdict

from solver.moves.goals import moves_of
from solver.moves.problem import MovesProblem, MustMove
from solver.moves.relaxed.year import compile_year

Move = tuple[int, int, int]  # person, desk, wave
TARGETS = 12  # desks kept for each person who is due: the cheapest, and the cheapest to swap with
HELPER_TARGETS = 3


def few_moves(problem: MovesProblem, every: list[Move]) -> list[Move]:
    """Of all lawful moves those to the cheapest desks, in all waves.

    Kept are the `TARGETS` cheapest desks of each person who is due, the `TARGETS` cheapest swaps with
    both their moves, `HELPER_TARGETS` desks of each helper, what is published and what must be.
    """
    year = compile_year(problem)
    price: dict[int, dict[int, int]] = defaultdict(dict)
    for person, desk, _ in every:
        if desk not in price[person]:
            price[person][desk] = int(year.way[person, problem.desks[desk].unit])
    holder = {who.desk: number for number, who in enumerate(problem.people) if who.desk >= 0}
    kept = {(person, desk) for person, desk, _ in moves_of(problem.published)}
    kept |= {
        (x.person, d) for x in problem.limits if isinstance(x, MustMove) for d in price[x.person]
    }
    for person, to in price.items():
        who = problem.people[person]
        most = TARGETS if who.due else HELPER_TARGETS
        kept |= {(person, d) for d in sorted(to, key=lambda d: (to[d], d))[:most]}
        if who.due:
            swaps = sorted(
                (cost + price[holder[d]][who.desk], d)
                for d, cost in to.items()
                if who.desk in price.get(holder.get(d, -1), ())
            )
            for _, desk in swaps[:TARGETS]:
                kept |= {(person, desk), (holder[desk], who.desk)}
    return [move for move in every if move[:2] in kept]
