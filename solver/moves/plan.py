"""A year's plan of moves: swaps at once, then the best packing of cycles and chains, then block by block."""

from __future__ import annotations

import resource
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import numpy as np

from solver.effort import Effort
from solver.moves.arcs import Compiled, arc_block, compile_moves, group_arcs
from solver.moves.bound import total_bound
from solver.moves.bound_goals import goal_bounds
from solver.moves.columns import Columns, Graph, from_solution, group_graph, joined, solution_of
from solver.moves.enumerate import Floats
from solver.moves.goals import goal_values
from solver.moves.greedy import greedy_columns
from solver.moves.lawful import OWN, Ints
from solver.moves.packing import pick
from solver.moves.polish import Pieces, blocks, improve
from solver.moves.prices import Pool, charges, generate, paying
from solver.moves.problem import MovesProblem, MovesSolution
from solver.moves.result import MovesResult
from solver.moves.room import Room, fits, packing_of, room_of
from solver.moves.rounding import take_in_order
from solver.result import Goal, Progress, Status
from solver.settings import Settings

Report = Callable[[Progress, MovesSolution | None], None]

STOP = 3e-4  # share of the cost by which three rounds of columns have to lower it, to go on
COLUMNS = 0.55  # share of the effort for finding columns
BOUNDS = 0.2  # share of the effort that is left for the bound
KEEPS = ((700, 12), (2_500, 8), (8_000, 5), (1 << 40, 3))  # seeds up to which, arcs kept
WHOLE = 40_000  # columns of one whole-number model of everybody
NEAR = 12.0  # points above the linear packing up to which a column is in it
EXACT = 1e-4  # share of the cost at which the search in the large model ends
SMALL = 1_000  # due people up to which it goes to the end
NODES = 400
PAIRS_PER_SECOND = 15_000_000  # pairs of people that swaps and pruning look at in a second
ENTRIES_PER_SECOND = 20_000  # entries of a large whole-number model that are dealt with in a second
BLOCK = 60  # due people in a block


@dataclass
class Making:
    """A plan in the making."""

    problem: MovesProblem
    settings: Settings
    effort: Effort
    report: Report
    compiled: Compiled
    room: Room
    own: Ints
    best: Columns
    constant: int  # points of a plan without any move
    phases: list[tuple[str, float]] = field(default_factory=list)
    pool_bound: int | None = None

    def offer(self, phase: str, plan: Columns) -> bool:
        """Takes a plan when it is better, and tells whoever waits."""
        better = int(plan.value.sum()) < int(self.best.value.sum())
        if better:
            self.best = plan
            self.tell(phase, MovesSolution(solution_of(plan).exchanges))
        return better

    def tell(self, phase: str, solution: MovesSolution | None = None, note: str = "") -> None:
        """One line of progress."""
        cost = self.constant + int(self.best.value.sum())
        self.report(Progress(phase, self.effort.seconds, cost, self.pool_bound, note), solution)

    def ended(self, phase: str, since: float) -> float:
        """Notes how long a phase took; answers the time."""
        now = self.effort.seconds
        self.phases.append((phase, round(now - since, 3)))
        return now


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
    pieces = _round(making, graphs, pool)
    now = making.ended("columns", now)
    _polish(making, pieces)
    now = making.ended("polish", now)
    return _finished(making, swaps, now)


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
    pairs = sum(int(compiled.seeds[some].sum()) * len(some) for some in compiled.people_of)
    effort.charge(pairs / PAIRS_PER_SECOND)
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

    def tell(columns: int, value: float) -> None:
        making.tell("columns", note=f"{columns} columns, {round(value + making.constant)}")

    return generate(
        graphs, making.room, making.own, making.compiled.prize, making.best, effort,
        effort.left * (1 - COLUMNS), tell,
        0.0 if making.compiled.seeds.sum() <= SMALL else STOP, making.constant,
    )  # fmt: skip


def _round(making: Making, graphs: list[Graph], pool: Pool) -> Pieces:
    """A plan out of the linear packing, and the columns that are good enough for more."""
    room, columns = making.room, pool.columns
    worth = columns.value + charges(room, pool.shadow, columns)
    good = fits(room, columns, joined([]))
    columns, worth, point = columns.take(good), worth[good], pool.point[good]
    order = np.lexsort((worth, -np.round(point, 6)))
    making.offer("columns", columns.take(take_in_order(packing_of(room, columns), order)))
    used = columns.take(point > 1e-6)
    if pool.complete:
        making.pool_bound = making.constant + int(np.ceil(pool.value - 1e-4))
    columns, worth = _near(making, graphs, pool, NEAR)
    _whole(making, joined([used, columns]))
    gap = making.constant + float(making.best.value.sum()) - (making.pool_bound or 0)
    if making.pool_bound is not None and gap > NEAR and making.compiled.seeds.sum() <= SMALL:
        wider = _near(making, graphs, pool, gap)
        if len(wider[0]) <= WHOLE:
            columns, worth = wider
            _whole(making, columns)
    return Pieces.of(room, columns, worth)


def _near(making: Making, graphs: list[Graph], pool: Pool, span: float) -> tuple[Columns, Floats]:
    """Columns up to `span` points above the linear packing, the nearest first."""
    waves = making.compiled.n_waves
    found = [
        paying(
            graph, making.room, pool.shadow, making.own, making.compiled.prize, span + 1, waves,
            max(WHOLE, 20 * graph.n_seeds),
        )[0]
        for graph in graphs
    ]  # fmt: skip
    columns = joined(found)
    columns = columns.take(fits(making.room, columns, joined([])))
    worth = columns.value + charges(making.room, pool.shadow, columns)
    order = np.argsort(worth, kind="stable")
    return columns.take(order), worth[order]


def _whole(making: Making, columns: Columns) -> None:
    """One whole-number model of everybody, out of the first of the columns."""
    everything = joined([making.best, columns.take(np.arange(min(len(columns), WHOLE)))])
    model = packing_of(making.room, everything)
    effort, cost = making.effort, making.constant + int(making.best.value.sum())
    effort.charge(len(model.row) / ENTRIES_PER_SECOND)
    gap = 0.999 if making.compiled.seeds.sum() <= SMALL else max(0.999, EXACT * cost)
    start = np.arange(len(making.best))
    picked = pick(model, gap, NODES, start, making.settings.seed, effort.wall_left / 2)
    making.offer("columns", everything.take(picked.taken))


def _polish(making: Making, pieces: Pieces) -> None:
    compiled, dice = making.compiled, Random(making.settings.seed)
    home = np.array(
        [(p.lat or 0.0, p.lon or 0.0) for p in making.problem.people], np.float64
    ).reshape(-1, 2)
    weight = (compiled.prize > 0).astype(np.int64)
    reserve = making.settings.time_limit_s * BOUNDS
    passes, better = 0, True
    while (better or passes < 2) and making.effort.left > reserve:
        better = False
        part = compiled.part if passes % 2 else np.empty(0, np.int64)
        todo = [
            making.best.people[b]
            for b in blocks(making.room, making.best, home, weight, BLOCK, dice, part)
        ]
        for people in todo:
            if making.effort.left <= reserve:
                break
            block = np.flatnonzero(np.isin(making.best.people[:, 0], people[people >= 0]))
            plan = improve(pieces, making.best, block, making.effort, making.settings.seed)
            better |= making.offer("polish", plan)
        passes += 1


def _finished(making: Making, swaps: dict[str, int], since: float) -> MovesResult:
    solution = solution_of(making.best)
    values = goal_values(making.problem, solution)
    goals = _bounds(making, solution, values)
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


def _bounds(making: Making, solution: MovesSolution, values: dict[str, int]) -> tuple[Goal, ...]:
    total = sum(values.values())
    making.tell("bounds")
    bound = total_bound(
        making.problem,
        making.settings,
        making.effort,
        solution,
        lambda line: making.report(line, None),
    )
    goals = [g for g in goal_bounds(making.problem, values, making.effort) if g.name != "total"]
    return (*goals, Goal("total", total, min(total, bound), "any plan"))
