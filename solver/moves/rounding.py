"""A lawful choice out of a packing, variable by variable in a given order."""

from __future__ import annotations

import numpy as np

from solver.moves.compiled import compiled
from solver.moves.enumerate import Bools, Floats
from solver.moves.lawful import Ints
from solver.moves.packing import Packing


def take_in_order(model: Packing, order: Ints) -> Ints:
    """The variables that are taken when each in turn is taken if it still fits."""
    by_var = np.argsort(model.var, kind="stable")
    start = np.searchsorted(model.var[by_var], np.arange(len(model.value) + 1))
    taken = np.zeros(len(model.value), np.bool_)
    _take(order, start, model.row[by_var], model.coef[by_var], model.upper.copy(), taken)
    return np.flatnonzero(taken)


@compiled
def _take(order: Ints, start: Ints, row: Ints, coef: Floats, left: Floats, taken: Bools) -> None:
    for var in order:
        fits = True
        for e in range(start[var], start[var + 1]):
            if left[row[e]] < coef[e] - 1e-9:
                fits = False
                break
        if fits:
            taken[var] = True
            for e in range(start[var], start[var + 1]):
                left[row[e]] -= coef[e]
