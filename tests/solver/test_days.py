"""The days model: its rows cut off no legal plan, its bounds stay below, its pieces mean what they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.effort import Effort
from solver.search import search
from solver.settings import Settings
from solver.visits.days.cut import to_cp_sat
from solver.visits.days.lp import priced, relax
from solver.visits.days.model import build, choose_days
from solver.visits.days.patterns import patterns
from solver.visits.goals import goal_values
from solver.visits.problem import Absent, ForbidStarts, KeepApart, MonthDays, Must
from tests.solver.planted import planted, tiny
from tests.solver.problems import TIGHT_WINDOWS, Size, make
from tests.tries import tries

SMALL_OFFICE = Size(units=30, visits=24, inspectors=10, teams_per_day=2, month_cap=4, used=0.9)


def effort(seconds: float = 2.0) -> Effort:
    """Fresh effort of so many seconds."""
    return Effort(Settings(time_limit_s=seconds))


@settings(max_examples=tries(60), deadline=None)
@given(seed=st.integers(0, 100_000))
def test_no_row_cuts_off_a_legal_plan(seed: int) -> None:
    problem, plan = planted(seed)
    model = build(problem)
    point = model.point(plan.starts)
    assert point is not None
    days = model.plan.days
    fixed = np.arange(model.rows.n_vars) < days.n_columns + days.n_visits
    kept = np.flatnonzero((point > 0) | ~fixed)
    rows = model.rows.only(kept)
    rows.var_lower[np.isin(kept, np.flatnonzero(point))] = 1
    cp, x = to_cp_sat(rows, np.zeros(len(kept), np.int64), None)
    assert not search(cp, x, effort(), 1.0).infeasible


@settings(max_examples=tries(60), deadline=None)
@given(seed=st.integers(0, 100_000))
def test_any_row_prices_give_a_bound_that_no_plan_beats(seed: int) -> None:
    problem, plan = planted(seed)
    model = build(problem)
    rng = np.random.default_rng(seed)
    cost = (20 * model.cost["drops"] + model.cost["timing"]).astype(float)
    bound, extra = priced(model.rows, cost, model.choice, rng.normal(0, 3, model.rows.n_rows))
    values = goal_values(problem, plan)
    price = 20 * values["drops"] + values["timing"]
    point = model.point(plan.starts)
    assert point is not None
    assert bound <= price + 1e-6
    used = extra[(point > 0) & (model.choice >= 0)]
    assert bound + used.max(initial=0.0) <= price + 1e-6


@pytest.mark.parametrize("solver", ["GLOP", "HIGHS"])
def test_both_lp_solvers_give_the_same_bound(solver: str) -> None:
    model = build(make(SMALL_OFFICE, 5))
    cost = (1000 * model.cost["drops"] + model.cost["timing"]).astype(float)
    relaxed = relax(model.rows, cost, model.choice, solver)
    other = relax(model.rows, cost, model.choice)
    assert relaxed is not None
    assert other is not None
    assert relaxed.bound == pytest.approx(other.bound, rel=1e-6)


def test_days_are_chosen_with_values_no_better_than_their_bounds() -> None:
    problem = make(SMALL_OFFICE, 5)
    model = build(problem)
    chosen = choose_days(model, problem.goals.order, effort(), 2.0, lambda name, value, bound: None)
    assert chosen.starts is not None
    assert chosen.bounds["drops"] <= chosen.values["drops"]
    assert chosen.bounds["timing"] <= chosen.values["timing"]
    assert chosen.bounds["spread"] <= chosen.values["spread"]


def test_a_year_with_too_few_people_must_drop_something_and_that_is_proven() -> None:
    model = build(make(TIGHT_WINDOWS, 0))
    relaxed = relax(model.rows, model.cost["drops"].astype(float), model.choice)
    assert relaxed is not None
    assert relaxed.bound > 100


@pytest.mark.parametrize(("cap", "dropped"), [(4, 0), (3, 10)])
def test_whole_visits_are_packed_into_a_month_not_days(cap: int, dropped: int) -> None:
    """Two people and three visits of two days: 4 + 4 days hold them, 3 + 3 days hold only two."""
    caps = tuple(MonthDays(i, (cap,), "m") for i in range(2))
    problem = tiny((2, 1), (2, 1), (2, 1), n_days=5, n_inspectors=2, limits=caps)
    model = build(problem)
    chosen = choose_days(model, problem.goals.order, effort(), 1.0, lambda name, value, bound: None)
    assert chosen.bounds["drops"] == chosen.values["drops"] == dropped


def test_a_start_that_nobody_could_staff_is_no_column() -> None:
    away = (Absent(0, (2,), "a"), Absent(1, (4,), "a"))
    days = build(tiny((2, 2), n_days=6, n_inspectors=2, limits=away)).plan.days
    assert days.start.tolist() == [0]


def test_visits_to_one_unit_keep_their_gap_in_either_order() -> None:
    early = ForbidStarts(0, tuple(range(6)), "f")
    limits = (early, KeepApart((0, 1), 3, "k"), Must(0, "m"), Must(1, "m"))
    problem = tiny((1, 1), (1, 1), n_days=7, limits=limits)
    chosen = choose_days(
        build(problem), problem.goals.order, effort(), 1.0, lambda name, value, bound: None
    )
    assert chosen.starts is not None
    assert chosen.starts[0] == 6
    assert chosen.starts[1] <= 2


@given(days=st.integers(0, 9), longest=st.integers(1, 4), lengths=st.lists(st.integers(1, 4)))
def test_every_way_to_fill_a_month_fits_some_pattern(
    days: int, longest: int, lengths: list[int]
) -> None:
    fits = [length for length in lengths if length <= longest]
    while sum(fits) > days:
        fits.pop()
    slots = [sum(length >= t for length in fits) for t in range(1, longest + 1)]
    assert any((np.array(slots) <= pattern).all() for pattern in patterns(days, longest))
