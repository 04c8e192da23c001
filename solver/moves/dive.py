"""A plan out of a linear packing: what it is sure of is taken, and the rest is solved again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.moves.columns import Columns, joined
from solver.moves.enumerate import Floats
from solver.moves.inside import Inside
from solver.moves.packing import pick
from solver.moves.room import Room, beside, fits, packing_of
from solver.moves.rounding import take_in_order

if TYPE_CHECKING:
    from solver.effort import Effort

SURE = 0.75  # share of a column in the packing from which on it is taken
LEAST = 0.3  # share of the people in each round who are taken in any case
ROUNDS = 10
FEW = 6_000  # columns that one whole-number model decides
NODES = 200
ENTRIES_PER_SECOND = 20_000


def dive(
    room: Room, columns: Columns, point: Floats, effort: Effort, until: float, seed: int
) -> Columns:
    """A lawful choice of the columns, which alone fit each, led by the linear packing of them.

    Parameters
    ----------
    point : the linear packing, shape (n_columns,)
    until : when no more effort than this is left, the rest is taken in order
    """
    chosen = joined([])
    for _ in range(ROUNDS):
        order = np.argsort(-np.round(point, 6), kind="stable")
        mass = np.cumsum(point[order])
        sure = int(np.searchsorted(-point[order], -SURE, side="right"))
        sure = max(sure, int(np.searchsorted(mass, LEAST * mass[-1])) + 1) if len(mass) else 0
        master = Inside(room)
        master.n = len(columns) // 2
        last = effort.left <= until + master.seconds
        some = columns.take(order if last else order[:sure])
        some = some.take(take_in_order(packing_of(room, some), np.arange(len(some))))
        chosen, room = joined([chosen, some]), beside(room, some)
        left = fits(room, columns, chosen)
        columns, point = columns.take(left), point[left]
        if last or len(columns) == 0:
            return chosen
        if len(columns) <= FEW:
            model = packing_of(room, columns)
            start = take_in_order(model, np.argsort(-point, kind="stable"))
            effort.charge(len(model.row) / ENTRIES_PER_SECOND)
            picked = pick(model, 0.999, NODES, start, seed, effort.wall_left)
            return joined([chosen, columns.take(picked.taken)])
        master = Inside(room)
        master.add(columns)
        effort.charge(master.seconds)
        if master.solve(effort.wall_left) is not None:
            point = master.point
    rest = columns.take(take_in_order(packing_of(room, columns), np.argsort(-point, kind="stable")))
    return joined([chosen, rest])
