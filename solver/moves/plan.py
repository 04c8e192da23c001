"""A year's plan of moves: swaps at once, then the best packing of cycles and chains, then block by block."""

from __future__ import annotations

import resource
from random import Random

import numpy as np

from solver.effort import Effort
from solver.moves.arcs import Compiled, arc_block, compile_moves, group_arcs
from solver.moves.bound import total_bound
from solver.moves.bound_goals import goal_bounds
from solver.moves.choose import PAIRS_PER_SECOND, choose, pairs_of
from solver.moves.columns import Columns, Graph, from_solution, group_graph, joined, solution_of
from solver.moves.goals import goal_values
from solver.moves.greedy import greedy_columns
from solver.moves.lawful import OWN
from solver.moves.making import SMALL, Making, Report
from solver.moves.polish import Pieces, blocks, improve
from solver.moves.prices import Pool, generate
from solver.moves.problem import MovesProblem, MovesSolution
from solver.moves.result import MovesResult, unproven_goals
from solver.moves.room import fits, packing_of, room_of
from solver.moves.rounding import take_in_order
from solver.result import Goal, Status
from solver.settings import Settings

STOP = 3e-4  # share of the cost by which three rounds of columns have to lower it, to go on
COLUMNS = 0.55  # share of the effort, less the bound's, for finding columns
MANY_COLUMNS = 0.75  # the same above `LARGE`, where the linear packing leads the plan
KEEPS = ((700, 12), (2_500, 8), (8_000, 5), (1 << 40, 3))  # seeds up to which, arcs kept
BLOCK = 60  # due people in a block


def make_plan(problem: MovesProblem, settings: Settings, report: Report) -> MovesResult:
    """The best plan found within the settings' effort, each goal with its value and a proven bound.

    `report` gets the greedy swaps at once and then every better plan. Somebody who has to move and
    for whom no way was found leaves no plan: the status is UNKNOWN, with the labels in the note.
    """
    making = _begin(problem, settings, report)
    swaps = goal_values(problem, solution_of(making.best))
    now = making.ended("first", 0.0)
    graphs = _graphs(making)
    pool = _generate(making, graphs)
    pieces = choose(making, graphs, pool)
    now = making.ended("columns", now)
    _polish(making, pieces)
    now = making.ended("polish", now)
    return _finished(making, swaps, now, pool.columns)


def _begin(problem: MovesProblem, settings: Settings, report: Report) -> Making:
    effort = Effort(settings)
    compiled = compile_moves(problem)
    constant = int(compiled.prize.sum())
    if problem.published:
        constant += problem.goals.changed * sum(len(e.people) for e in problem.published)
    making = Making(
        problem, settings, effort, report, compiled, room_of(compiled),
        compiled.who[:, OWN].astype(np.int64), greedy_columns(compiled), constant,
    )  # fmt: skip
    effort.charge(pairs_of(compiled) / PAIRS_PER_SECOND)
    making.tell("first", solution_of(making.best))
    if problem.published:
        making.offer("first", _still_lawful(making))
    return making


def _still_lawful(making: Making) -> Columns:
    """The published exchanges that fit, one after the other, as a plan."""
    columns = from_solution(making.compiled, making.problem.published)
    lawful = np.array([_lawful(making.compiled, columns, k) for k in range(len(columns))], np.bool_)
    columns = columns.take(lawful & fits(making.room, columns, joined([])))
    return columns.take(take_in_order(packing_of(making.room, columns), np.arange(len(columns))))


def _lawful(compiled: Compiled, columns: Columns, k: int) -> bool:
    size = int((columns.people[k] >= 0).sum())
    people, desks = columns.people[k, :size], columns.desk[k, :size]
    waves = np.diagonal(arc_block(compiled, people, desks)[1])
    limits, chain = compiled.limits, columns.empty[k] >= 0
    if size > (limits.longest_chain if chain else limits.longest_cycle):
        return False
    own = compiled.who[people[-1], OWN]
    tail = not chain or own < 0 or not limits.tail or not compiled.must_fill[own]
    return bool(tail and ((waves & limits.waves[people]) >> columns.wave[k] & 1).all())


def _graphs(making: Making) -> list[Graph]:
    compiled = making.compiled
    seeds = int(compiled.seeds.sum())
    keep = next(keep for most, keep in KEEPS if seeds <= most)
    graphs = []
    for group in range(compiled.n_groups):
        if compiled.seeds[compiled.people_of[group]].any():
            small = len(compiled.people_of[group]) <= 40
            graphs.append(
                group_graph(compiled, group, group_arcs(compiled, group, None if small else keep))
            )
    return graphs


def _generate(making: Making, graphs: list[Graph]) -> Pool:
    effort = making.effort
    share = MANY_COLUMNS if making.large else COLUMNS

    def tell(columns: int, value: float) -> None:
        making.tell("columns", note=f"{columns} columns, {round(value + making.constant)}")

    return generate(
        graphs, making.room, making.own, making.compiled.prize, making.best, effort,
        making.reserve + (effort.left - making.reserve) * (1 - share), tell,
        0.0 if making.compiled.seeds.sum() <= SMALL else STOP, making.constant,
    )  # fmt: skip


def _polish(making: Making, pieces: Pieces) -> None:
    compiled, dice = making.compiled, Random(making.settings.seed)
    home = np.array(
        [(p.lat or 0.0, p.lon or 0.0) for p in making.problem.people], np.float64
    ).reshape(-1, 2)
    weight = (compiled.prize > 0).astype(np.int64)
    passes, better = 0, True
    while (better or passes < 2) and making.effort.left > making.reserve:
        better = False
        part = compiled.part if passes % 2 else np.empty(0, np.int64)
        todo = [
            making.best.people[b]
            for b in blocks(making.room, making.best, home, weight, BLOCK, dice, part)
        ]
        for people in todo:
            if making.effort.left <= making.reserve:
                break
            block = np.flatnonzero(np.isin(making.best.people[:, 0], people[people >= 0]))
            plan = improve(pieces, making.best, block, making.effort, making.settings.seed)
            better |= making.offer("polish", plan)
        passes += 1


def _finished(making: Making, swaps: dict[str, int], since: float, columns: Columns) -> MovesResult:
    solution = solution_of(making.best)
    values = goal_values(making.problem, solution)
    goals = _bounds(making, solution, values, columns)
    making.ended("bounds", since)
    must = np.flatnonzero(making.compiled.limits.must)
    missing = must[~np.isin(must, making.best.people)]
    status = Status.FEASIBLE
    note = ""
    if len(missing):
        status, note = (
            Status.UNKNOWN,
            "must move: " + ", ".join(making.problem.people[p].label for p in missing),
        )
    elif all(goal.value <= goal.bound for goal in goals if goal.name == "total"):
        status = Status.OPTIMAL
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return MovesResult(
        status, None if len(missing) else solution, goals, making.effort.seconds, making.settings.seed,
        swaps, tuple(making.phases), peak, making.effort.repeatable, note, making.pool_bound,
    )  # fmt: skip


def _bounds(
    making: Making, solution: MovesSolution, values: dict[str, int], columns: Columns
) -> tuple[Goal, ...]:
    total = sum(values.values())
    if making.beyond_bounds:
        return unproven_goals(making.problem, values)
    making.tell("bounds")
    known = (columns.people, columns.empty, columns.wave)
    bound = total_bound(
        making.problem, making.settings, making.effort, solution,
        lambda line: making.report(line, None), known,
    )  # fmt: skip
    goals = goal_bounds(making.problem, values, making.effort, known)[:-1]
    return (*goals, Goal("total", total, min(total, bound), "any plan"))
