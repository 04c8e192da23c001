"""A lawful plan at once: swaps one by one, the earliest limit first, as a planner would do it by hand."""

from __future__ import annotations

import numpy as np

from solver.moves.arcs import Compiled, compile_moves
from solver.moves.columns import Columns, from_solution, solution_of
from solver.moves.enumerate import Bools
from solver.moves.lawful import OWN, Ints
from solver.moves.near import near_of
from solver.moves.problem import Exchange, MovesProblem, MovesSolution
from solver.moves.swaps import swap_all


def greedy_swaps(problem: MovesProblem) -> MovesSolution:
    """Swaps, and moves into empty desks by people whose own desk may stay empty; lawful, not the best.

    Everybody due in turn takes the cheapest partner or empty desk that is left. A published plan is
    not looked at, and somebody who has to move may stay without a move.
    """
    compiled = compile_moves(problem)
    return solution_of(greedy_columns(compiled))


def greedy_columns(compiled: Compiled) -> Columns:
    """The greedy swaps as columns."""
    limits = compiled.limits
    cap, leader_cap = limits.unit_cap.copy(), limits.leader_cap.copy()
    moved, aim = np.zeros(len(compiled.who), np.int64), np.full(len(compiled.who), -1, np.int64)
    filled = np.zeros(len(compiled.desk), np.bool_)
    found = [
        _in_group(compiled, group, cap, leader_cap, moved, filled, aim)
        for group in _order(compiled)
    ]
    exchanges = [_exchange(compiled, line) for lines in found for line in lines]
    return from_solution(compiled, tuple(exchanges))


def _order(compiled: Compiled) -> Ints:
    """Groups, the smallest first: they have the least choice."""
    return np.argsort([len(people) for people in compiled.people_of], kind="stable")


def _in_group(
    compiled: Compiled, group: int, cap: Ints, leader_cap: Ints, moved: Ints, filled: Bools, aim: Ints
) -> list[list[int]]:  # fmt: skip
    limits, people = compiled.limits, compiled.people_of[group]
    row = np.full(len(compiled.who), -1, np.int64)
    row[people] = np.arange(len(people))
    prized = people[compiled.prize[people] > 0]
    last = np.array([compiled.problem.people[p].limit for p in prized], np.int64)
    if len(prized) == 0:
        return []
    order = prized[np.lexsort((prized, last, -limits.must[prized]))]
    own = compiled.who[:, OWN]
    tail = own < 0
    tail[own >= 0] = ~compiled.must_fill[own[own >= 0]]
    found = np.empty((len(order), 4), np.int64)
    near, seed = near_of(compiled, group, prized), np.full(len(compiled.who), -1, np.int64)
    seed[prized] = np.arange(len(prized))
    count = swap_all(
        *compiled.law, compiled.holder, tail | (not limits.tail), compiled.leads, compiled.time,
        compiled.problem.goals.touched, near.out, near.order, near.wished, near.start, near.desks, near.home,
        near.back, near.least, row, seed, order, limits.apart, limits.longest_cycle >= 2,
        limits.longest_chain >= 1, cap, leader_cap, moved, filled, aim, found,
    )  # fmt: skip
    lines: list[list[int]] = found[:count].tolist()
    return lines


def _exchange(compiled: Compiled, line: list[int]) -> Exchange:
    person, partner, empty, wave = line
    own = compiled.who[:, OWN]
    if empty >= 0:
        return Exchange("chain", (person,), (empty,), wave)
    return Exchange("cycle", (person, partner), (int(own[partner]), int(own[person])), wave)
