"""Start days for the visits: the goals on days in the planner's order, each with its proven bound."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from solver.effort import Effort
from solver.search import Values
from solver.visits.days.crowd import add_crowd
from solver.visits.days.goals import add_spread, drop_weight, prices
from solver.visits.days.limits import LIMITS
from solver.visits.days.lp import relax
from solver.visits.days.people import Ints
from solver.visits.days.problem import compile_days
from solver.visits.days.rows import Sparse
from solver.visits.days.stage import Ground, Stage, minimise
from solver.visits.days.variables import Choices, choose
from solver.visits.problem import Problem

Tell = Callable[[str, int, int], None]  # goal, value, bound
PARTS = ("drops", "timing", "spread")
DEARER = 100  # times the usual price of a drop, when dropping less is all that counts
SHARE = {
    "drops": 0.6,
    "timing": 0.6,
    "spread": 1.0,
}  # of the effort left, for each goal sought alone


@dataclass(frozen=True)
class DaysModel:
    """The rows of a problem, and what each variable costs in each goal."""

    plan: Choices
    rows: Sparse
    choice: Ints
    cost: dict[str, Ints]

    def point(self, starts: Sequence[int]) -> Values | None:
        """The choices of a plan as a point, other variables 0; None when a start is not among the columns."""
        days = self.plan.days
        point = np.zeros(self.rows.n_vars, np.int64)
        column = {(v, s): c for c, (v, s) in enumerate(zip(days.visit, days.start, strict=True))}
        for v, start in enumerate(starts):
            number = self.plan.dropped[v] if start < 0 else column.get((v, start))
            if number is None:
                return None
            point[number] = 1
        return point

    def starts(self, point: Values) -> tuple[int, ...]:
        """Start day of each visit, -1 for dropped."""
        days = self.plan.days
        starts = np.full(days.n_visits, -1)
        taken = np.flatnonzero(point[: days.n_columns])
        starts[days.visit[taken]] = days.start[taken]
        return tuple(starts.tolist())


@dataclass(frozen=True)
class Chosen:
    """Days for every visit with the bounds they were proven against; `starts` None when there are none."""

    starts: tuple[int, ...] | None
    values: dict[str, int]
    bounds: dict[str, int]
    infeasible: bool = False


def build(problem: Problem) -> DaysModel:
    """Rows, choices and prices of a problem."""
    plan = choose(compile_days(problem))
    for limit in problem.limits:
        if type(limit) in LIMITS:
            LIMITS[type(limit)](plan, limit)
    add_crowd(plan)
    off_target = add_spread(plan)
    rows = plan.rows.done()
    choice = np.full(rows.n_vars, -1)
    choice[: plan.days.n_columns] = plan.days.visit
    choice[plan.dropped] = np.arange(plan.days.n_visits)
    return DaysModel(plan, rows, choice, prices(plan, off_target, rows.n_vars))


def possible(model: DaysModel, effort: Effort, seconds: float) -> Stage:
    """Any days that keep the rows; `infeasible` only when it is proven that there are none."""
    nothing = np.zeros(model.rows.n_vars, np.int64)
    return minimise(_ground(model, model.rows, effort, _silent), nothing, seconds)


def choose_days(
    model: DaysModel, order: Sequence[str], effort: Effort, seconds: float, tell: Tell
) -> Chosen:
    """The days that are best in the goals' order.

    Dropped work and timing are first sought together, with a drop dearer than any delay of one visit.
    If nothing is dropped then, that settles both. Else a drop is made much dearer still, a solve on
    dropped work alone gives its bound, and timing is sought again with no more dropped than that.
    Each later goal is sought with the earlier ones held at what they reached.
    """
    ends_at = effort.left - seconds
    rows = model.rows
    point: Values | None = None
    bounds: dict[str, int] = {}
    wanted = [name for name in order if name in PARTS]
    wanted += [name for name in PARTS if name not in wanted]
    if wanted[:2] == ["drops", "timing"]:
        stage = _together(model, rows, effort, 0.45 * seconds, tell)
        if stage.point is None:
            return Chosen(None, {}, {}, infeasible=stage.infeasible)
        point = stage.point
        if model.cost["drops"] @ point == 0:
            bounds = {"drops": 0, "timing": max(0, stage.bound)}
        else:
            point, bound = _fewer_drops(model, rows, effort, ends_at, tell, point)
            bounds = {"drops": max(0, bound)}
    for name in wanted:
        cost = model.cost[name]
        if name not in bounds:
            left = SHARE[name] * max(0.0, effort.left - ends_at)
            ground = _ground(model, rows, effort, partial(tell, name))
            stage = minimise(ground, cost, left, point)
            if stage.point is None:
                return Chosen(None, {}, {}, infeasible=stage.infeasible)
            point = stage.point
            bounds[name] = max(0, stage.bound)
        assert point is not None
        rows = _no_worse(rows, cost, int(cost @ point))
    assert point is not None
    values = {name: int(model.cost[name] @ point) for name in PARTS}
    return Chosen(model.starts(point), values, bounds)


def no_better(
    model: DaysModel, values: dict[str, int], chosen: Chosen, order: Sequence[str]
) -> dict[str, int]:
    """What no plan can beat in each goal on days, without being worse in an earlier one than `values`.

    The bounds of the days stage hold when the plan reached what that stage reached; else each is the LP
    bound over all days that are no worse in the earlier goals.
    """
    rows, bounds, same = model.rows, {}, bool(chosen.values)
    for name in [*(n for n in order if n in PARTS), *(n for n in PARTS if n not in order)]:
        cost = model.cost[name]
        if same and name in chosen.bounds:
            bounds[name] = min(values[name], chosen.bounds[name])
        else:
            relaxed = relax(rows, cost.astype(float), model.choice)
            known = chosen.bounds.get(name, 0) if same else 0
            bounds[name] = max(0, known, int(np.ceil(relaxed.bound - 1e-4)) if relaxed else 0)
        same = same and values[name] <= chosen.values[name]
        rows = _no_worse(rows, cost, values[name])
    return bounds


def _together(model: DaysModel, rows: Sparse, effort: Effort, seconds: float, tell: Tell) -> Stage:
    weight = drop_weight(model.plan)
    cost = weight * model.cost["drops"] + model.cost["timing"]
    ground = _ground(model, rows, effort, partial(tell, "drops and timing"))
    return minimise(ground, cost, seconds)


def _fewer_drops(
    model: DaysModel, rows: Sparse, effort: Effort, ends_at: float, tell: Tell, point: Values
) -> tuple[Values, int]:
    """Less dropped work without losing sight of timing, and a bound on dropped work alone."""
    left = effort.left - ends_at
    heavy = DEARER * drop_weight(model.plan) * model.cost["drops"] + model.cost["timing"]
    ground = _ground(model, rows, effort, partial(tell, "fewer drops"))
    fewer = minimise(ground, heavy, 0.45 * left, point)
    point = point if fewer.point is None else fewer.point
    ground = _ground(model, rows, effort, partial(tell, "drops"))
    alone = minimise(ground, model.cost["drops"], max(0.1, 0.2 * left), point)
    return point, alone.bound


def _no_worse(rows: Sparse, cost: Ints, value: int) -> Sparse:
    """The rows and one more: this cost stays at most `value`."""
    which = np.flatnonzero(cost)
    if len(which) == 0:
        return rows
    return replace(
        rows,
        lower=np.append(rows.lower, -(1 << 40)),
        upper=np.append(rows.upper, value),
        row=np.concatenate([rows.row, np.full(len(which), rows.n_rows)]),
        var=np.concatenate([rows.var, which]),
        coef=np.concatenate([rows.coef, cost[which]]),
    )


def _ground(
    model: DaysModel, rows: Sparse, effort: Effort, tell: Callable[[int, int], None]
) -> Ground:
    columns = np.zeros(rows.n_vars, bool)
    columns[: model.plan.days.n_columns] = True
    return Ground(rows, model.choice, columns, effort, tell)


def _silent(value: int, bound: int) -> None:
    """Says nothing."""
