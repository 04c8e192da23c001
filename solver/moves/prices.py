"""Columns that pay at given prices: the linear packing grows by them until none is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from solver.moves.columns import Columns, Graph, columns_of, joined, with_desks
from solver.moves.enumerate import Floats
from solver.moves.inside import Inside
from solver.moves.lawful import Ints
from solver.moves.master import Master, Shadow
from solver.moves.room import Room, leaving, meets

if TYPE_CHECKING:
    from solver.effort import Effort

PAYS = -0.5  # points that a new column must save at the prices
ROWS_PER_SECOND = 120_000_000  # rows, step by step, that the linear solver goes through in a second
COLUMNS_PER_SECOND = 1_500_000  # columns that are looked at in a second
LARGE = 3_000  # seeds above which the linear packing is solved from the inside
MOST = 400_000  # columns that pay, at most, before only the better ones are asked for


@dataclass(frozen=True)
class Pool:
    """Columns looked at, with the linear packing of them."""

    columns: Columns
    point: Floats  # shape (n_columns,)
    shadow: Shadow
    value: float  # of the linear packing
    complete: bool  # no further column of the graphs pays


def at_prices(graph: Graph, room: Room, shadow: Shadow) -> Graph:
    """The graph with the prices for people, empty desks and leaving units added."""
    unit = room.unit[graph.people]
    more = np.repeat(shadow.person[graph.people][:, None], graph.price.shape[1], axis=1)
    if shadow.unit.size:
        more += np.where((unit >= 0)[:, None], shadow.unit[unit], 0.0)
        leads = (unit >= 0) & room.leads[graph.people]
        more += np.where(leads[:, None], shadow.leader[unit], 0.0)
    empty = graph.empty_price + shadow.empty[graph.empty]
    return replace(graph, price=graph.price + more, empty_price=empty)


def charges(room: Room, shadow: Shadow, columns: Columns) -> Floats:
    """What the prices charge each column."""
    people = columns.people
    total = np.where(people >= 0, shadow.person[people], 0.0).sum(axis=1)
    total += np.where(columns.empty >= 0, shadow.empty[columns.empty], 0.0)
    gone = leaving(room, columns)
    if shadow.unit.size and len(gone.unit):
        cap = shadow.unit[gone.unit, gone.wave] + gone.leads * shadow.leader[gone.unit, gone.wave]
        total += np.bincount(gone.column, cap, len(columns))
    return np.asarray(total)


def reckoned(
    columns: Columns, worth: Floats, room: Room, shadow: Shadow, own: Ints, prize: Ints
) -> Columns:
    """The columns with desks, cost and value in whole points, from what they are worth at the prices."""
    columns = with_desks(columns, own)
    value = np.rint(worth - charges(room, shadow, columns)).astype(np.int64)
    paid = np.where(columns.people >= 0, prize[columns.people], 0).sum(axis=1)
    return replace(columns, cost=value + paid, value=value)


def paying(
    graph: Graph, room: Room, shadow: Shadow, own: Ints, prize: Ints, below: float, keep_waves: int, quota: int
) -> tuple[Columns, int]:  # fmt: skip
    """The best `quota` columns worth less than `below` at the prices, and how many were looked at.

    Columns that bring people to be kept apart to one unit are left out.
    """
    there = at_prices(graph, room, shadow)
    asked, seen = below, 0
    while (found := columns_of(there, keep_waves, asked, MOST)) is None:
        asked, seen = 4.0 * min(asked, -1.0), seen + MOST
    columns, worth = found
    seen += len(columns)
    if len(worth) > quota:
        best = np.sort(np.argpartition(worth, quota)[:quota])
        columns, worth = columns.take(best), worth[best]
    columns = reckoned(columns, worth, room, shadow, own, prize)
    return columns.take(~meets(room, columns, joined([]))), seen


def no_prices(room: Room) -> Shadow:
    """Prices of nothing."""
    shape = room.unit_cap.shape
    people, desks = np.zeros(len(room.unit)), np.zeros(len(room.desk_unit))
    return Shadow(people, desks, np.zeros(shape), np.zeros(shape))


def _short(graph: Graph) -> Graph:
    """The graph with swaps and chains of two only."""
    longest = min(2, graph.longest_cycle), min(2, graph.longest_chain)
    return replace(graph, longest_cycle=longest[0], longest_chain=longest[1])


def _more(
    graphs: list[Graph], room: Room, shadow: Shadow, own: Ints, prize: Ints, each: int
) -> tuple[Columns, int]:
    """Columns that pay, about `each` for a seed, and how many were looked at."""
    found = [
        paying(graph, room, shadow, own, prize, PAYS, 1, max(200, each * graph.n_seeds))
        for graph in graphs
    ]
    return joined([columns for columns, _ in found]), sum(seen for _, seen in found)


def generate(
    graphs: list[Graph], room: Room, own: Ints, prize: Ints, start: Columns, effort: Effort, until: float,
    tell: Callable[[int, float], None], stop: float = 0.0, constant: float = 0.0,
) -> Pool:  # fmt: skip
    """Columns of the graphs around the best linear packing of all of them.

    Parameters
    ----------
    own, prize : own desk and prize of each person outside
    start : columns to begin with; swaps and pairs are added
    until : stops when no more than so much effort is left
    tell : called after every round with the number of columns and the value of the linear packing
    stop : ends when three rounds lowered the value, plus `constant`, by no more than this share
    """
    shadow = no_prices(room)
    pairs = [
        paying(
            _short(graph),
            room, shadow, own, prize, 0.0, 2, max(400, 6 * graph.n_seeds),
        )[0]
        for graph in graphs
    ]  # fmt: skip
    pool = joined([start, *pairs])
    large = sum(graph.n_seeds for graph in graphs) > LARGE
    master = Inside(room) if large else Master(room)
    master.add(pool)
    value, complete, values = 0.0, False, [float("inf")]
    while effort.left > until + master.seconds:
        solved = master.solve(max(0.5 * effort.wall_left, effort.wall_left - until))
        effort.charge(master.seconds + master.steps / ROWS_PER_SECOND)
        if solved is None:
            break
        value, shadow = solved, master.shadow
        tell(master.n, value)
        values.append(value)
        if stop > 0 and len(values) > 4 and values[-4] - value <= stop * (value + constant):
            break
        more, seen = _more(graphs, room, shadow, own, prize, 8 if large else 2)
        effort.charge(seen / COLUMNS_PER_SECOND)
        if len(more) == 0:
            complete = True
            break
        pool = joined([pool, more])
        master.add(more)
    point = np.zeros(len(pool))
    point[: len(master.point)] = master.point
    return Pool(pool, point, shadow, value, complete)
