"""The linear relaxation of the days model: a bound that no plan can beat, and what each start costs on top.

The model goes to the LP solver as arrays; building it term by term takes longer than solving it.
The bound is reckoned anew from the row prices, so that it holds whatever the LP solver did.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ortools.math_opt import (
    callback_pb2,
    model_parameters_pb2,
    model_pb2,
    parameters_pb2,
    result_pb2,
)
from ortools.math_opt.core.python import solver as math_opt

from solver.visits.days.people import Ints
from solver.visits.days.rows import FREE, Sparse

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Relaxed:
    """What the relaxation says: a bound on the cost, and the least extra cost of using each variable."""

    bound: float
    extra: Floats  # shape (n_vars,): cost above `bound` of any plan in which the variable is at least 1
    prices: Floats  # shape (n_rows,)
    point: Floats  # shape (n_vars,)


def relax(model: Sparse, cost: Floats, choice: Ints, solver: str = "GLOP") -> Relaxed | None:
    """Bound and extra costs of a model, or None when the LP solver finds no optimum.

    Parameters
    ----------
    model : rows and boxes
    cost : price of each variable, shape (n_vars,)
    choice : number of the exactly-one choice each variable belongs to, -1 for none, shape (n_vars,)
    solver : GLOP or HIGHS
    """
    answer = math_opt.solve(
        _as_proto(model, cost),
        parameters_pb2.SolverTypeProto.Value(f"SOLVER_TYPE_{solver}"),
        parameters_pb2.SolverInitializerProto(),
        parameters_pb2.SolveParametersProto(enable_output=False),
        model_parameters_pb2.ModelSolveParametersProto(),
        None,
        callback_pb2.CallbackRegistrationProto(),
        None,
        None,
    )
    if answer.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
        return None
    best = answer.solutions[0]
    prices = np.zeros(model.n_rows)
    duals = best.dual_solution.dual_values
    prices[np.array(duals.ids, np.int64)] = duals.values
    point = np.zeros(model.n_vars)
    values = best.primal_solution.variable_values
    point[np.array(values.ids, np.int64)] = values.values
    bound, extra = priced(model, cost, choice, prices)
    return Relaxed(bound, extra, prices, point)


def priced(model: Sparse, cost: Floats, choice: Ints, prices: Floats) -> tuple[float, Floats]:
    """Bound and extra costs that follow from any row prices (weak duality).

    A price above 0 pays for the row's lower side, below 0 for its upper side. What is left of each
    variable's cost is paid once per choice (exactly one of its variables is 1), or else where it is
    cheapest in its box.
    """
    prices = np.where((prices > 0) & (model.lower <= -FREE), 0.0, prices)
    prices = np.where((prices < 0) & (model.upper >= FREE), 0.0, prices)
    side = np.where(prices > 0, model.lower, model.upper)
    left = cost - np.bincount(model.var, model.coef * prices[model.row], model.n_vars)
    n_choices = int(choice.max(initial=-1)) + 1
    cheapest = np.full(max(1, n_choices), np.inf)
    usable = (choice >= 0) & (model.var_upper > 0)
    np.minimum.at(cheapest, choice[usable], left[usable])
    cheapest[np.isinf(cheapest)] = 0.0
    boxed = np.minimum(left * model.var_lower, left * model.var_upper)[choice < 0].sum()
    bound = float((prices * side)[prices != 0].sum() + cheapest.sum() + boxed)
    extra = np.where(choice >= 0, left - cheapest[np.maximum(choice, 0)], np.maximum(left, 0.0))
    return bound, extra


def _as_proto(model: Sparse, cost: Floats) -> model_pb2.ModelProto:
    proto = model_pb2.ModelProto()
    n_vars, n_rows = model.n_vars, model.n_rows
    proto.variables.ids.extend(range(n_vars))
    proto.variables.lower_bounds.extend(model.var_lower.astype(float))
    proto.variables.upper_bounds.extend(model.var_upper.astype(float))
    proto.variables.integers.extend([False] * n_vars)
    priced_vars = np.flatnonzero(cost)
    proto.objective.linear_coefficients.ids.extend(priced_vars)
    proto.objective.linear_coefficients.values.extend(cost[priced_vars])
    proto.linear_constraints.ids.extend(range(n_rows))
    lower = np.where(model.lower <= -FREE, -np.inf, model.lower)
    upper = np.where(model.upper >= FREE, np.inf, model.upper)
    proto.linear_constraints.lower_bounds.extend(lower.astype(float))
    proto.linear_constraints.upper_bounds.extend(upper.astype(float))
    matrix = proto.linear_constraint_matrix
    matrix.row_ids.extend(model.row)
    matrix.column_ids.extend(model.var)
    matrix.coefficients.extend(model.coef.astype(float))
    return proto
