"""One run of CP-SAT: values only when there are any, a bound, and the work done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

from solver.effort import WORK_PER_SECOND, Effort

Values = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Found:
    """What one run found. `values` is None unless the status is OPTIMAL or FEASIBLE."""

    values: Values | None
    value: int  # objective at `values`, 0 without
    bound: int  # no solution of this model costs less
    optimal: bool
    infeasible: bool
    seconds: float = 0.0  # effort that the run took


class _Each(cp_model.CpSolverSolutionCallback):
    def __init__(
        self, variables: list[cp_model.IntVar], tell: Callable[[Values, int], None]
    ) -> None:
        super().__init__()
        self._variables = variables
        self._tell = tell

    def on_solution_callback(self) -> None:
        """Hands every better solution on."""
        values = np.array([self.value(x) for x in self._variables], np.int64)
        self._tell(values, round(self.best_objective_bound))


def search(
    model: cp_model.CpModel,
    variables: list[cp_model.IntVar],
    effort: Effort,
    seconds: float,
    *,
    seed: int | None = None,
    gap: float = 0.0,
    charged: bool = True,
    tell: Callable[[Values, int], None] | None = None,
    **parameters: int | bool | float,
) -> Found:
    """The best values of `variables` that CP-SAT finds in `seconds` of effort.

    One worker and a set amount of work when the plan must be repeatable, else all workers and the clock.

    Parameters
    ----------
    gap : stop when value and bound differ by no more than this share
    charged : whether to spend the effort; False when several runs share it side by side
    tell : called with the values of each better solution and the bound at that time
    parameters : further CP-SAT parameters
    """
    solver = cp_model.CpSolver()
    settings = effort.settings
    solver.parameters.random_seed = settings.seed if seed is None else seed
    solver.parameters.num_workers = 1 if settings.repeatable else max(1, settings.workers)
    solver.parameters.relative_gap_limit = gap
    solver.parameters.max_time_in_seconds = max(0.1, effort.wall_left)
    if settings.repeatable:
        solver.parameters.max_deterministic_time = seconds * WORK_PER_SECOND
    else:
        solver.parameters.max_time_in_seconds = min(max(0.1, seconds), max(0.1, effort.wall_left))
    for name, setting in parameters.items():
        setattr(solver.parameters, name, setting)
    status = solver.solve(model, _Each(variables, tell) if tell else None)
    work = solver.deterministic_time / WORK_PER_SECOND
    if charged:
        effort.charge(work)
    if status == cp_model.INFEASIBLE:
        return Found(None, 0, 0, optimal=False, infeasible=True, seconds=work)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        bound = _bound(solver) if model.has_objective() else 0
        return Found(None, 0, bound, optimal=False, infeasible=False, seconds=work)
    values = np.array([solver.value(x) for x in variables], np.int64)
    if not model.has_objective():
        return Found(values, 0, 0, optimal=True, infeasible=False, seconds=work)
    value = round(solver.objective_value)
    proven = status == cp_model.OPTIMAL and gap == 0.0
    return Found(
        values, value, value if proven else _bound(solver), proven, infeasible=False, seconds=work
    )


def _bound(solver: cp_model.CpSolver) -> int:
    """The bound as a whole number, rounded to the safe side."""
    return int(np.floor(solver.best_objective_bound + 1e-6))
