"""The linear packing with columns that come bit by bit: the solver goes on from where it stood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.math_opt import (
    callback_pb2,
    model_parameters_pb2,
    model_pb2,
    model_update_pb2,
    parameters_pb2,
    result_pb2,
)
from ortools.math_opt.core.python import solver as math_opt

from solver.moves.columns import Columns
from solver.moves.enumerate import Floats
from solver.moves.lawful import Ints
from solver.moves.limits import FREE
from solver.moves.room import Room, leaving


@dataclass(frozen=True)
class Shadow:
    """Prices of the linear packing, all at least 0: what one more place of each kind would save."""

    person: Floats  # shape (n_people,)
    empty: Floats  # shape (n_desks,)
    unit: Floats  # shape (n_units, n_waves)
    leader: Floats  # shape (n_units, n_waves)


COLUMNS_PER_SECOND = 1_500_000  # columns that the linear solver looks at in a second


class Master:
    """A linear packing in the making; people kept apart are not in it.

    Rows are numbered: people, desks, unit caps by unit and wave, leader caps by unit and wave.
    """

    def __init__(self, room: Room) -> None:
        self.room = room
        self.upper = np.concatenate(
            [
                np.ones(len(room.unit) + len(room.desk_unit)),
                np.maximum(room.unit_cap, 0).reshape(-1).astype(np.float64),
                np.maximum(room.leader_cap, 0).reshape(-1).astype(np.float64),
            ]
        )
        self.rows = np.flatnonzero(self.upper < FREE // 2)
        self.n = 0
        self.point = np.empty(0)
        self.prices = np.zeros(len(self.upper))
        self.steps = 0  # steps of the solver in the last call, times rows
        proto = model_pb2.ModelProto()
        proto.linear_constraints.ids.extend(self.rows)
        proto.linear_constraints.lower_bounds.extend(np.full(len(self.rows), -np.inf))
        proto.linear_constraints.upper_bounds.extend(self.upper[self.rows])
        self.solver = math_opt.new(
            parameters_pb2.SolverTypeProto.Value("SOLVER_TYPE_GLOP"), proto,
            parameters_pb2.SolverInitializerProto(),
        )  # fmt: skip

    @property
    def seconds(self) -> float:
        """Effort of one more `solve`, its steps apart."""
        return self.n / COLUMNS_PER_SECOND

    def entries(self, columns: Columns) -> tuple[Ints, Ints, Floats]:
        """Row, column and coefficient of each entry, ordered by row, then column."""
        room = self.room
        column, place = np.nonzero(columns.people >= 0)
        chain = np.flatnonzero(columns.empty >= 0)
        gone = leaving(room, columns)
        n_people, n_desks = len(room.unit), len(room.desk_unit)
        cell = n_people + n_desks + gone.unit * (room.unit_cap.shape[1]) + gone.wave
        led = gone.leads > 0
        row = np.concatenate(
            [
                columns.people[column, place], n_people + columns.empty[chain], cell,
                cell[led] + room.unit_cap.size,
            ]
        )  # fmt: skip
        var = np.concatenate([column, chain, gone.column, gone.column[led]])
        tight = self.upper[row] < FREE // 2
        width = max(1, len(columns))
        key, count = np.unique(row[tight] * width + var[tight], return_counts=True)
        return key // width, key % width, count.astype(np.float64)

    def add(self, columns: Columns) -> None:
        """Adds columns."""
        row, var, coef = self.entries(columns)
        update = model_update_pb2.ModelUpdateProto()
        ids = np.arange(self.n, self.n + len(columns))
        update.new_variables.ids.extend(ids)
        update.new_variables.lower_bounds.extend(np.zeros(len(ids)))
        update.new_variables.upper_bounds.extend(np.full(len(ids), np.inf))
        update.new_variables.integers.extend([False] * len(ids))
        priced = columns.value != 0
        update.objective_updates.linear_coefficients.ids.extend(ids[priced])
        update.objective_updates.linear_coefficients.values.extend(
            columns.value[priced].astype(np.float64)
        )
        matrix = update.linear_constraint_matrix_updates
        matrix.row_ids.extend(row)
        matrix.column_ids.extend(var + self.n)
        matrix.coefficients.extend(coef)
        if not self.solver.update(update):
            raise RuntimeError(NOT_TAKEN)
        self.n += len(columns)

    def solve(self, seconds: float) -> float | None:
        """Value of the linear packing, `point` and `prices` with it; None when the clock ended it."""
        parameters = parameters_pb2.SolveParametersProto(enable_output=False)
        parameters.time_limit.FromNanoseconds(max(1, int(seconds * 1e9)))
        answer = self.solver.solve(
            parameters, model_parameters_pb2.ModelSolveParametersProto(), None,
            callback_pb2.CallbackRegistrationProto(), None, None,
        )  # fmt: skip
        self.steps = answer.solve_stats.simplex_iterations * len(self.rows)
        if answer.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
            return None
        best = answer.solutions[0]
        self.point, self.prices = np.zeros(self.n), np.zeros(len(self.upper))
        values, duals = best.primal_solution.variable_values, best.dual_solution.dual_values
        self.point[np.array(values.ids, np.int64)] = values.values
        self.prices[np.array(duals.ids, np.int64)] = np.minimum(duals.values, 0.0)
        return float(best.primal_solution.objective_value)

    @property
    def shadow(self) -> Shadow:
        """The prices by kind of row."""
        n_people, n_desks = len(self.room.unit), len(self.room.desk_unit)
        caps = -self.prices[n_people + n_desks :]
        size, shape = self.room.unit_cap.size, self.room.unit_cap.shape
        return Shadow(
            -self.prices[:n_people], -self.prices[n_people : n_people + n_desks],
            caps[:size].reshape(shape), caps[size:].reshape(shape),
        )  # fmt: skip


NOT_TAKEN = "the linear solver did not take new columns: please report this with the dataset"
