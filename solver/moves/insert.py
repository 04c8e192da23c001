"""Exchanges that still fit beside a plan: for those whom nothing that was looked at has placed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from solver.moves.columns import Columns, Graph, joined
from solver.moves.lawful import Ints
from solver.moves.packing import pick
from solver.moves.prices import no_prices, paying
from solver.moves.room import Room, beside, fits, packing_of
from solver.moves.rounding import take_in_order

if TYPE_CHECKING:
    from solver.effort import Effort

NEVER = 1e9  # price of an empty desk that is taken
EACH = 200  # columns for each person left
FEW = 12_000  # columns that one whole-number model decides
NODES = 100
ENTRIES_PER_SECOND = 20_000


def beside_graph(graph: Graph, room: Room, used: Ints, filled: Ints) -> Graph:
    """The graph without those who move already; `room` is what is left of the caps."""
    caps = graph.unit[:, None] >= 0
    waves = np.where(used[graph.people] == 1, 0, graph.waves)
    cap = np.where(caps, room.unit_cap[graph.unit], 0)
    lead_cap = np.where(graph.lead_cap >= 0, room.leader_cap[graph.unit], -1)
    taken = np.where(filled[graph.empty] == 1, NEVER, 0.0)
    return replace(
        graph, waves=waves, cap=cap, lead_cap=np.where(graph.lead_cap >= 0, np.maximum(lead_cap, 0), -1),
        empty_price=graph.empty_price + taken,
    )  # fmt: skip


def insert(
    graphs: list[Graph], room: Room, chosen: Columns, own: Ints, prize: Ints, effort: Effort, seed: int
) -> Columns:  # fmt: skip
    """The plan with more exchanges out of the graphs, in any wave, by people who do not move yet."""
    left = beside(room, chosen)
    used, filled = np.zeros(len(room.unit), np.int64), np.zeros(len(room.desk_unit), np.int64)
    used[chosen.people[chosen.people >= 0]] = 1
    filled[chosen.empty[chosen.empty >= 0]] = 1
    found, shadow = [], no_prices(room)
    for graph in graphs:
        idle = int((used[graph.people[: graph.n_seeds]] == 0).sum())
        if idle:
            some = beside_graph(graph, left, used, filled)
            waves = graph.price.shape[1]
            found.append(
                paying(some, left, shadow, own, prize, 0.0, waves, max(400, EACH * idle))[0]
            )
    columns = joined(found)
    columns = columns.take(fits(left, columns, chosen))
    if len(columns) == 0:
        return chosen
    columns = columns.take(np.argsort(columns.value, kind="stable"))
    model = packing_of(left, columns)
    taken = take_in_order(model, np.arange(len(columns)))
    if len(columns) <= FEW:
        effort.charge(len(model.row) / ENTRIES_PER_SECOND)
        taken = pick(model, 0.999, NODES, taken, seed, effort.wall_left).taken
    return joined([chosen, columns.take(taken)])
