"""The packing LP over a pool of columns, not to the last digit: prices of people, desks and caps.

Any prices give a valid bound, so a small LP is solved by an interior point without crossover and a
large one by first-order steps from the last answer: both take a hundredth of the simplex method's time.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

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
from pybind11_abseil.status import StatusNotOk  # type: ignore[import-untyped]

from solver.moves.relaxed.pool import Pool
from solver.moves.relaxed.year import Ints, Year

SCALE = 256  # prices are whole numbers of so many parts of a point: what follows from them is exact
MOST_PAID = 1 << 20  # points
LARGE = 25_000  # columns
EXACT = 1e-4  # relative error of a large LP
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Paid:
    """Prices of the rows, in parts of a point: what each person pays to move, tolls of the caps."""

    pay: Ints  # (people,): at most `stay`; at most 0 where staying is free
    desk: Ints  # (desks,): at most 0
    unit: Ints  # (units, waves): at least 0
    leader: Ints  # (units, waves): at least 0

    def value(self, year: Year) -> int:
        """What the plan costs at least, in parts of a point, if no column costs less than its people pay."""
        tolls = (self.unit * year.unit_left).sum() + (self.leader * year.leader_left).sum()
        return int(self.pay.sum() + self.desk.sum() - tolls + SCALE * year.constant)


def rounded(year: Year, pay: Any, desk: Any, unit: Any, leader: Any) -> Paid:
    """Prices as whole parts of a point, inside what the rows allow."""
    most = np.minimum(year.stay, MOST_PAID) * SCALE
    whole = [
        np.round(np.clip(x, -MOST_PAID, MOST_PAID) * SCALE).astype(np.int64)
        for x in (pay, desk, unit, leader)
    ]
    no_unit, no_leader = year.unit_left >= 1 << 20, year.leader_left >= 1 << 20
    return Paid(
        np.minimum(whole[0], most), np.minimum(whole[1], 0),
        np.where(no_unit, 0, np.maximum(whole[2], 0)), np.where(no_leader, 0, np.maximum(whole[3], 0)),
    )  # fmt: skip


@dataclass
class Memory:
    """Where the last LP ended: the next one starts there."""

    used: dict[bytes, float]  # by column
    dual: Floats | None = None  # by row of any LP of the year


def solve_master(year: Year, pool: Pool, stay: Ints, memory: Memory) -> tuple[Paid, Ints] | None:
    """Prices of the packing LP, and who stays in it (numbers); None when the LP solver fails.

    `stay` is what staying costs, at most `year.stay`: less makes the LP easier and its value lower.
    """
    rows = _rows(year, pool)
    keys, row = np.unique(rows[0], return_inverse=True)
    n_people, n_caps = len(year.own), year.unit_left.size
    capacity = np.concatenate(
        [np.ones(n_people + year.desks.shape[1]), year.unit_left.ravel(), year.leader_left.ravel()]
    )
    stays = np.flatnonzero(
        year.stay[keys[keys < n_people]] > 0
    )  # rows whose people may stay at a price
    cost = np.concatenate([pool.cost, stay[keys[stays]]]).astype(float)
    row = np.concatenate([row, stays])
    var = np.concatenate([rows[1], len(pool) + np.arange(len(stays))])
    upper = capacity[keys]
    lower = np.where(
        (keys < n_people) & (year.stay[np.minimum(keys, n_people - 1)] > 0), upper, -np.inf
    )
    if memory.dual is None:
        memory.dual = np.zeros(len(capacity))
    names = _names(pool)
    begin = np.array([memory.used.get(name, 0.0) for name in names] + [0.0] * len(stays))
    solved: tuple[Any, Any] | None = (begin, memory.dual[keys])
    if len(keys):
        solved = solve_lp(cost, row, var, lower, upper, (begin, memory.dual[keys]))
    if solved is None:
        return None
    memory.used = {
        names[k]: float(solved[0][k]) for k in np.flatnonzero(solved[0][: len(pool)] > 1e-3)
    }
    memory.dual[keys] = solved[1]
    dual = np.zeros(n_people + year.desks.shape[1] + 2 * n_caps)
    dual[keys] = solved[1]
    dual[:n_people] = np.where(
        (year.stay > 0) & ~np.isin(np.arange(n_people), keys), stay, dual[:n_people]
    )
    caps = -dual[-2 * n_caps :].reshape(2, *year.unit_left.shape)
    paid = rounded(year, dual[:n_people], dual[n_people : -2 * n_caps], caps[0], caps[1])
    alone = (year.stay > 0) & ~np.isin(np.arange(n_people), keys)
    stuck = keys[stays][solved[0][len(pool) :] > 1e-4]
    return paid, np.concatenate([stuck, np.flatnonzero(alone)])


def _names(pool: Pool) -> list[bytes]:
    rows = np.ascontiguousarray(np.column_stack([pool.wave, pool.desk, pool.people]))
    return [row.tobytes() for row in rows]


def _rows(year: Year, pool: Pool) -> Ints:
    """(row, column) of all entries: a row for each person, each empty desk, each cap that could bind."""
    n_people, n_desks = len(year.own), year.desks.shape[1]
    n_waves = year.unit_left.shape[1]
    found = []
    for place in range(pool.people.shape[1]):
        var = np.flatnonzero(pool.people[:, place] >= 0)
        who = pool.people[var, place]
        found.append((who, var))
        leaves = year.unit[who] >= 0
        cap = year.unit[who] * n_waves + pool.wave[var]
        left, leader = year.unit_left.ravel()[cap], year.leader_left.ravel()[cap]
        unit, leads = leaves & (left < 1 << 20), leaves & year.leads[who] & (leader < 1 << 20)
        found.append((n_people + n_desks + cap[unit], var[unit]))
        found.append((n_people + n_desks + year.unit_left.size + cap[leads], var[leads]))
    taken = np.flatnonzero(pool.desk >= 0)
    found.append((n_people + pool.desk[taken], taken))
    return np.concatenate([np.stack(pair) for pair in found], axis=1)


def solve_lp(
    cost: Any,
    row: Ints,
    var: Ints,
    lower: Any,
    upper: Any,
    begin: tuple[Floats, Floats],
    *,
    exact: bool = False,
    how: str = "",
) -> tuple[Any, Any] | None:
    """Variables and row prices of: least cost, variables at least 0, rows between lower and upper.

    A large LP is solved to `EXACT` only, from `begin` on (variables and row prices), unless `exact`
    or `how` is "inside".
    """
    proto = model_pb2.ModelProto()
    n_vars, n_rows = len(cost), len(upper)
    proto.variables.ids.extend(range(n_vars))
    proto.variables.lower_bounds.extend(np.zeros(n_vars))
    proto.variables.upper_bounds.extend(np.full(n_vars, np.inf))
    proto.variables.integers.extend([False] * n_vars)
    proto.objective.linear_coefficients.ids.extend(range(n_vars))
    proto.objective.linear_coefficients.values.extend(cost)
    proto.linear_constraints.ids.extend(range(n_rows))
    proto.linear_constraints.lower_bounds.extend(lower)
    proto.linear_constraints.upper_bounds.extend(upper)
    key, weight = np.unique(
        row * n_vars + var, return_counts=True
    )  # two of one unit: twice in its cap
    matrix = proto.linear_constraint_matrix
    matrix.row_ids.extend(key // n_vars)
    matrix.column_ids.extend(key % n_vars)
    matrix.coefficients.extend(weight.astype(float))
    answer = _answer(proto, n_vars > LARGE and not exact and how != "inside", begin)
    if answer is None or answer.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
        return None
    prices = np.zeros(n_rows)
    duals = answer.solutions[0].dual_solution.dual_values
    prices[np.array(duals.ids, np.int64)] = duals.values
    point = np.zeros(n_vars)
    values = answer.solutions[0].primal_solution.variable_values
    point[np.array(values.ids, np.int64)] = values.values
    return point, prices


def _answer(proto: Any, large: bool, begin: tuple[Floats, Floats]) -> Any:
    parameters = parameters_pb2.SolveParametersProto(enable_output=False)
    model_parameters = model_parameters_pb2.ModelSolveParametersProto()
    if large:
        parameters.pdlp.num_threads = 1
        criteria = parameters.pdlp.termination_criteria.simple_optimality_criteria
        criteria.eps_optimal_relative = criteria.eps_optimal_absolute = EXACT
        hint = model_parameters.solution_hints.add()
        for part, values in zip((hint.variable_values, hint.dual_values), begin, strict=True):
            part.ids.extend(range(len(values)))
            part.values.extend(values)
    else:
        parameters.highs.string_options["solver"] = "ipm"
        parameters.highs.string_options["run_crossover"] = "off"
    for solver in ("PDLP",) if large else ("HIGHS", "GLOP"):
        kind = parameters_pb2.SolverTypeProto.Value(f"SOLVER_TYPE_{solver}")
        first, callback = (
            parameters_pb2.SolverInitializerProto(),
            callback_pb2.CallbackRegistrationProto(),
        )
        with suppress(StatusNotOk):  # an interior point may end with a state that is none
            return math_opt.solve(
                proto, kind, first, parameters, model_parameters, None, callback, None, None
            )
    return None
