"""The days model for CP-SAT, over the columns that are worth looking at."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from solver.search import Values
from solver.visits.days.people import Ints
from solver.visits.days.rows import FREE, Sparse


def to_cp_sat(
    model: Sparse, cost: Ints, hint: Values | None
) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """The same rows and boxes as a CP-SAT model that minimises the cost."""
    cp = cp_model.CpModel()
    boxes = zip(model.var_lower.tolist(), model.var_upper.tolist(), strict=True)
    x = [cp.new_bool_var("") if box == (0, 1) else cp.new_int_var(*box, "") for box in boxes]
    ends = np.searchsorted(model.row, np.arange(model.n_rows + 1))
    single = np.ones(model.n_rows, bool)  # rows over choices with coefficient 1 only
    np.logical_and.at(single, model.row, (model.coef == 1) & (model.var_upper[model.var] == 1))
    single &= np.logical_and(model.upper == 1, model.lower <= 1)
    var, coef = model.var.tolist(), model.coef.tolist()
    for row in range(model.n_rows):
        first, last = ends[row], ends[row + 1]
        terms = [x[v] for v in var[first:last]]
        low, high = int(model.lower[row]), int(model.upper[row])
        if single[row] and low == 1:
            cp.add_exactly_one(terms)
        elif single[row] and low <= 0:
            cp.add_at_most_one(terms)
        else:
            total = cp_model.LinearExpr.weighted_sum(terms, coef[first:last])
            if high >= FREE:
                cp.add(total >= low)
            elif low <= -FREE:
                cp.add(total <= high)
            else:
                cp.add_linear_constraint(total, low, high)
    paid = np.flatnonzero(cost)
    if len(paid):
        cp.minimize(cp_model.LinearExpr.weighted_sum([x[v] for v in paid], cost[paid].tolist()))
    if hint is not None:
        for v, value in enumerate(hint.tolist()):
            cp.add_hint(x[v], value)
    return cp, x
