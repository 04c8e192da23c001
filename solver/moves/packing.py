"""Set packing over columns: which exchanges take place together, as a linear or a whole-number model."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from ortools.math_opt import (
    callback_pb2,
    model_parameters_pb2,
    model_pb2,
    parameters_pb2,
    result_pb2,
)
from ortools.math_opt.core.python import solver as math_opt

from solver.moves.enumerate import Bools, Floats
from solver.moves.lawful import Ints

FOUND = (result_pb2.TERMINATION_REASON_OPTIMAL, result_pb2.TERMINATION_REASON_FEASIBLE)


@dataclass(frozen=True)
class Packing:
    """Minimise value . x over 0/1 x with every row's sum at most its upper side.

    `key` says what each row stands for (kind and code, the caller's numbers); entries are (row, var, coef).
    """

    value: Floats  # shape (n_vars,)
    row: Ints
    var: Ints
    coef: Floats
    upper: Floats  # shape (n_rows,)
    key: Ints  # shape (n_rows, 2)

    def restrict(self, which: Ints) -> Packing:
        """The same model with some of the variables only; the rows stay."""
        number = np.full(len(self.value), -1, np.int64)
        number[which] = np.arange(len(which))
        kept = number[self.var] >= 0
        return Packing(
            self.value[which], self.row[kept], number[self.var[kept]], self.coef[kept], self.upper, self.key
        )  # fmt: skip

    def reduced(self, prices: Floats) -> Floats:
        """Value of each variable less what its rows charge; `prices` are at most 0."""
        charged = np.bincount(self.var, self.coef * prices[self.row], len(self.value))
        return self.value - charged

    def bound(self, prices: Floats) -> float:
        """A bound on every choice, fractions too, from any row prices (weak duality)."""
        prices = np.minimum(prices, 0.0)
        return float(self.upper @ prices + np.minimum(self.reduced(prices), 0.0).sum())


@dataclass(frozen=True)
class Relaxed:
    """Answer of the linear relaxation."""

    point: Floats  # shape (n_vars,)
    prices: Floats  # shape (n_rows,), at most 0
    bound: float  # of these columns; reckoned anew from the prices


@dataclass(frozen=True)
class Picked:
    """Answer of the whole-number model: the variables taken, and what is proven."""

    taken: Ints
    value: float
    bound: float
    optimal: bool


@dataclass
class RowsBuilder:
    """Rows of a packing in the making."""

    rows: list[Ints] = field(default_factory=list)
    vars: list[Ints] = field(default_factory=list)
    coefs: list[Floats] = field(default_factory=list)
    uppers: list[Floats] = field(default_factory=list)
    keys: list[Ints] = field(default_factory=list)
    n: int = 0

    def add(self, kind: int, code: Ints, var: Ints, upper: Floats, twice: bool = False) -> None:
        """One row for each code that occurs, with 1 for each entry (code[k], var[k]).

        Parameters
        ----------
        upper : upper side by code, shape (number of codes,)
        twice : the same entry may come more than once, and then counts so often
        """
        if len(var) == 0:
            return
        present = np.zeros(len(upper), np.bool_)
        present[code] = True
        names = np.flatnonzero(present)
        row = (np.cumsum(present) - 1)[code] + self.n
        coef = np.ones(len(var))
        if twice:
            width = int(var.max()) + 1
            cell, count = np.unique(row * width + var, return_counts=True)
            row, var, coef = cell // width, cell % width, count.astype(np.float64)
        self.rows.append(row)
        self.vars.append(var)
        self.coefs.append(coef)
        self.uppers.append(upper[names].astype(np.float64))
        self.keys.append(np.stack([np.full(len(names), kind, np.int64), names], axis=1))
        self.n += len(names)

    def done(self, value: Floats) -> Packing:
        """The packing."""
        empty = np.empty(0, np.int64)
        return Packing(
            value, np.concatenate([empty, *self.rows]), np.concatenate([empty, *self.vars]),
            np.concatenate([np.empty(0), *self.coefs]), np.concatenate([np.empty(0), *self.uppers]),
            np.concatenate([np.empty((0, 2), np.int64), *self.keys]),
        )  # fmt: skip


def relax(model: Packing, solver: str = "GLOP", seconds: float | None = None) -> Relaxed | None:
    """The linear relaxation, or None when the solver finds no optimum."""
    if len(model.value) == 0:
        return Relaxed(np.empty(0), np.zeros(len(model.upper)), 0.0)
    answer = solve_proto(
        proto_of(model, whole=False), solver, parameters_pb2.SolveParametersProto(), seconds
    )
    if answer.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
        return None
    best = answer.solutions[0]
    point, prices = np.zeros(len(model.value)), np.zeros(len(model.upper))
    values, duals = best.primal_solution.variable_values, best.dual_solution.dual_values
    point[np.array(values.ids, np.int64)] = values.values
    prices[np.array(duals.ids, np.int64)] = duals.values
    prices = np.minimum(prices, 0.0)
    return Relaxed(point, prices, model.bound(prices))


def pick(
    model: Packing, gap: float, nodes: int, start: Ints, seed: int, seconds: float | None = None
) -> Picked:
    """The best choice found, never worse than `start`.

    Parameters
    ----------
    gap : stop when the value is proven this close, in points (0.999 for whole points: proven best)
    nodes : nodes of the search at most; the same number gives the same choice on any machine
    start : variables of a lawful choice
    seconds : the clock cuts the search then
    """
    first = Picked(start, float(model.value[start].sum()), -math.inf, False)
    if len(model.value) == 0:
        return Picked(start, 0.0, 0.0, True)
    parameters = parameters_pb2.SolveParametersProto(random_seed=seed)
    parameters.highs.double_options["mip_abs_gap"] = gap
    parameters.highs.double_options["mip_rel_gap"] = 0.0
    parameters.highs.int_options["mip_max_nodes"] = nodes
    answer = solve_proto(proto_of(model, whole=True), "HIGHS", parameters, seconds, start)
    reason = answer.termination.reason
    if reason not in FOUND or not answer.solutions:
        return first
    values = answer.solutions[0].primal_solution.variable_values
    taken = np.array(values.ids, np.int64)[np.array(values.values) > 0.5]
    used = np.bincount(model.row, model.coef * np.isin(model.var, taken), len(model.upper))
    value, bound = float(model.value[taken].sum()), answer.termination.objective_bounds.dual_bound
    if (used > model.upper + 1e-6).any() or value > first.value:
        return Picked(start, first.value, bound, False)
    return Picked(taken, value, bound, reason == result_pb2.TERMINATION_REASON_OPTIMAL)


def solve_proto(
    proto: model_pb2.ModelProto, solver: str, parameters: parameters_pb2.SolveParametersProto,
    seconds: float | None, start: Ints | None = None,
) -> result_pb2.SolveResultProto:  # fmt: skip
    """The answer to a model, from the variables of `start` on, in so many seconds at most."""
    asked = model_parameters_pb2.ModelSolveParametersProto()
    if start is not None and len(start):
        hint = asked.solution_hints.add()
        values = np.zeros(len(proto.variables.ids))
        values[start] = 1.0
        hint.variable_values.ids.extend(range(len(values)))
        hint.variable_values.values.extend(values)
    if seconds is not None:
        parameters.time_limit.FromNanoseconds(max(1, int(seconds * 1e9)))
    parameters.enable_output = False
    return math_opt.solve(
        proto, parameters_pb2.SolverTypeProto.Value(f"SOLVER_TYPE_{solver}"),
        parameters_pb2.SolverInitializerProto(), parameters, asked, None,
        callback_pb2.CallbackRegistrationProto(), None, None,
    )  # fmt: skip


def proto_of(model: Packing, whole: bool) -> model_pb2.ModelProto:
    """The packing in the words of MathOpt."""
    proto = model_pb2.ModelProto()
    n_vars, n_rows = len(model.value), len(model.upper)
    proto.variables.ids.extend(range(n_vars))
    proto.variables.lower_bounds.extend(np.zeros(n_vars))
    # a whole number is kept at 1 by its rows; without this bound the linear model has fewer degenerate ends
    proto.variables.upper_bounds.extend(np.ones(n_vars) if whole else np.full(n_vars, np.inf))
    proto.variables.integers.extend([whole] * n_vars)
    priced = np.flatnonzero(model.value)
    proto.objective.linear_coefficients.ids.extend(priced)
    proto.objective.linear_coefficients.values.extend(model.value[priced])
    proto.linear_constraints.ids.extend(range(n_rows))
    proto.linear_constraints.lower_bounds.extend(np.full(n_rows, -np.inf))
    proto.linear_constraints.upper_bounds.extend(model.upper)
    order = np.argsort(model.row * max(1, n_vars) + model.var, kind="stable")
    matrix = proto.linear_constraint_matrix
    matrix.row_ids.extend(model.row[order])
    matrix.column_ids.extend(model.var[order])
    matrix.coefficients.extend(model.coef[order])
    return proto


def usable(model: Packing, prices: Floats, room: float) -> Bools:
    """Variables that may stand in a choice that is at most `room` points above the bound of the prices."""
    return model.reduced(np.minimum(prices, 0.0)) <= room + 1e-6
