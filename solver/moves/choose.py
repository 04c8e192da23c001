"""A plan out of the linear packing, and the columns that are good enough to make it better."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from solver.moves.arcs import Compiled, group_arcs
from solver.moves.columns import Columns, Graph, group_graph, joined
from solver.moves.dive import dive
from solver.moves.enumerate import Floats
from solver.moves.insert import insert
from solver.moves.making import SMALL, Making
from solver.moves.packing import pick
from solver.moves.polish import Pieces
from solver.moves.prices import Pool, charges, paying
from solver.moves.room import fits, packing_of
from solver.moves.rounding import take_in_order

WHOLE = 40_000  # columns of one whole-number model of everybody
NEAR = 12.0  # points above the linear packing up to which a column is in it
EXACT = 1e-4  # share of the cost at which the search in the large model ends
NODES = 400
SPAN = 300.0  # points above the linear packing up to which a column is in a plan led by it
WIDER = (12, 100)  # arcs kept for those who have no way yet
PAIRS_PER_SECOND = 40_000_000  # pairs of people that swaps and pruning look at in a second
ENTRIES_PER_SECOND = 20_000  # entries of a large whole-number model that are dealt with in a second


def choose(making: Making, graphs: list[Graph], pool: Pool) -> Pieces:
    """A plan out of the linear packing, and the columns that are good enough for more."""
    room, columns = making.room, pool.columns
    worth = columns.value + charges(room, pool.shadow, columns)
    good = fits(room, columns, joined([]))
    columns, worth, point = columns.take(good), worth[good], pool.point[good]
    order = np.lexsort((worth, -np.round(point, 6)))
    making.offer("columns", columns.take(take_in_order(packing_of(room, columns), order)))
    if making.large:
        _dive(making, graphs, columns, worth, point)
    used = columns.take((point > 1e-6) if not making.large else worth < 2 * NEAR)
    if pool.complete:
        making.pool_bound = making.constant + int(np.ceil(pool.value - 1e-4))
    columns, worth = _near(making, graphs, pool, NEAR)
    if making.large:
        return Pieces.of(
            room, joined([used, columns]), np.concatenate([np.zeros(len(used)), worth])
        )
    _whole(making, joined([used, columns]))
    gap = making.constant + float(making.best.value.sum()) - (making.pool_bound or 0)
    if making.pool_bound is not None and gap > NEAR and making.compiled.seeds.sum() <= SMALL:
        wider = _near(making, graphs, pool, gap)
        if len(wider[0]) <= WHOLE:
            columns, worth = wider
            _whole(making, columns)
    return Pieces.of(room, columns, worth)


def _dive(
    making: Making, graphs: list[Graph], columns: Columns, worth: Floats, point: Floats
) -> None:
    """A plan led by the linear packing; those still without a way are looked at ever more widely."""
    compiled, room, seed = making.compiled, making.room, making.settings.seed
    good = worth < SPAN
    effort = making.effort
    plan = dive(room, columns.take(good), point[good], effort, making.reserve, seed)
    plan = insert(graphs, room, plan, making.own, compiled.prize, effort, seed)
    making.offer("columns", plan)
    for keep in WIDER:
        idle = compiled.seeds.copy()
        idle[making.best.people[making.best.people >= 0]] = False
        some = replace(compiled, seeds=idle)
        wider = [
            group_graph(some, group, group_arcs(some, group, keep))
            for group in range(compiled.n_groups)
            if idle[compiled.people_of[group]].any()
        ]
        effort.charge(pairs_of(some) / PAIRS_PER_SECOND)
        plan = insert(wider, room, making.best, making.own, compiled.prize, effort, seed)
        making.offer("columns", plan)


def pairs_of(compiled: Compiled) -> int:
    """Pairs of people that have to be looked at."""
    return sum(int(compiled.seeds[some].sum()) * len(some) for some in compiled.people_of)


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
