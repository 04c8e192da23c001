"""The linear packing of many columns, solved from the inside: prices in a tenth of the time."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
from ortools.math_opt import parameters_pb2, result_pb2
from pybind11_abseil.status import StatusNotOk  # type: ignore[import-untyped]

from solver.moves.columns import Columns
from solver.moves.enumerate import Floats
from solver.moves.lawful import Ints
from solver.moves.limits import FREE
from solver.moves.master import Master
from solver.moves.packing import Packing, proto_of, solve_proto
from solver.moves.room import Room

COLUMNS_PER_SECOND = 12_000  # columns of a small linear packing, solved once
TWICE = 400_000  # columns of which each costs twice as much as in a small one


class Inside(Master):
    """A linear packing in the making, for an interior point without crossover (HiGHS); see `Master`."""

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
        self.steps = 0
        self.parts: list[tuple[Ints, Ints, Floats]] = []
        self.values: list[Floats] = []

    @property
    def seconds(self) -> float:
        """Effort of one more `solve`."""
        return self.n * (1.0 + self.n / TWICE) / COLUMNS_PER_SECOND

    def add(self, columns: Columns) -> None:
        """Adds columns."""
        row, var, coef = self.entries(columns)
        self.parts.append((row, var + self.n, coef))
        self.values.append(columns.value.astype(np.float64))
        self.n += len(columns)

    def solve(self, seconds: float) -> float | None:
        """Value of the linear packing, `point` and `prices` with it; None when the clock ended it."""
        row, var, coef = (np.concatenate(each) for each in zip(*self.parts, strict=True))
        value = np.concatenate(self.values)
        names, row = np.unique(row, return_inverse=True)
        model = Packing(value, row, var, coef, self.upper[names], np.empty((0, 2), np.int64))
        parameters = parameters_pb2.SolveParametersProto()
        parameters.highs.string_options["solver"] = "ipm"
        parameters.highs.string_options["run_crossover"] = "off"
        with suppress(StatusNotOk):
            answer = solve_proto(proto_of(model, whole=False), "HIGHS", parameters, seconds)
            if answer.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
                return None
            best = answer.solutions[0]
            self.point, self.prices = np.zeros(self.n), np.zeros(len(self.upper))
            values, duals = best.primal_solution.variable_values, best.dual_solution.dual_values
            self.point[np.array(values.ids, np.int64)] = values.values
            self.prices[names[np.array(duals.ids, np.int64)]] = np.minimum(duals.values, 0.0)
            return float(value @ self.point)
        return None
