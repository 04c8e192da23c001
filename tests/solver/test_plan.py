"""The whole way from a problem to a plan: found when there is one, never worse than known, honest when weak."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.result import Progress, Result, Status
from solver.settings import Settings
from solver.visits.goals import goal_values, in_order
from solver.visits.plan import make_plan
from solver.visits.problem import ForbidStarts, Must, Problem, Solution
from solver.visits.verify import verify
from tests.solver.planted import best_by_trying, planted, tiny, unplanted
from tests.solver.problems import Size, make
from tests.tries import tries

QUICK = Settings(time_limit_s=0.2)
SMALL_OFFICE = Size(units=30, visits=24, inspectors=10, teams_per_day=2, month_cap=6, used=0.3)


def plan(problem: Problem, how: Settings = QUICK) -> Result:
    """The plan without anybody watching."""
    return make_plan(problem, how, lambda progress, solution: None)


def first_goals(problem: Problem, solution: Solution) -> tuple[int, int]:
    """Dropped work and timing."""
    values = goal_values(problem, solution)
    return values["drops"], values["timing"]


@settings(max_examples=tries(25), deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_plan_that_exists_is_found_and_the_best_costs_no_more(seed: int) -> None:
    problem, known = planted(seed)
    result = plan(problem)
    assert result.solution is not None
    assert verify(problem, result.solution) == []
    assert first_goals(problem, result.solution) <= first_goals(problem, known)


@settings(max_examples=tries(25), deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_plan_is_as_good_as_the_best_of_all_plans(seed: int) -> None:
    problem, _ = planted(seed, most_days=6, most_people=4, most_visits=3)
    result = plan(problem)
    assert result.solution is not None
    bounds = {goal.name: goal.bound for goal in result.goals}
    best = best_by_trying(problem)
    assert first_goals(problem, result.solution) == best
    assert (bounds["drops"], bounds["timing"]) == best


@settings(max_examples=tries(25), deadline=None)
@given(seed=st.integers(0, 10_000))
def test_no_plan_is_said_only_when_there_is_none(seed: int) -> None:
    problem = unplanted(seed)
    result = plan(problem)
    best = best_by_trying(problem)
    if best is None:
        assert result.solution is None
    else:
        assert result.solution is not None
        assert first_goals(problem, result.solution) == best


def test_the_same_settings_give_the_same_plan_on_any_number_of_workers() -> None:
    problem = make(SMALL_OFFICE, 3)
    first = plan(problem, replace(QUICK, time_limit_s=1.0, workers=1))
    second = plan(problem, replace(QUICK, time_limit_s=1.0, workers=2))
    assert first.repeatable
    assert first.solution == second.solution
    assert first.goals == second.goals


@pytest.mark.parametrize("seconds", [0.0, 0.05, 1.0])
def test_a_weak_solve_still_gives_a_legal_plan_or_an_honest_word(seconds: float) -> None:
    problem = make(SMALL_OFFICE, 1)
    result = plan(problem, replace(QUICK, time_limit_s=seconds))
    if result.solution is None:
        assert result.status == Status.UNKNOWN
    else:
        assert verify(problem, result.solution) == []


def test_what_is_said_to_be_reached_is_what_the_plan_costs_and_no_bound_is_above_it() -> None:
    problem = make(SMALL_OFFICE, 2)
    result = plan(problem, replace(QUICK, time_limit_s=1.0))
    assert result.solution is not None
    assert {goal.name: goal.value for goal in result.goals} == goal_values(problem, result.solution)
    assert all(goal.bound <= goal.value for goal in result.goals)


def test_every_plan_offered_on_the_way_is_legal_and_better_than_the_one_before() -> None:
    problem = make(SMALL_OFFICE, 4)
    offered: list[Solution] = []

    def watch(progress: Progress, solution: Solution | None) -> None:
        if solution is not None:
            offered.append(solution)

    make_plan(problem, replace(QUICK, time_limit_s=1.0), watch)
    ranks = [in_order(problem, goal_values(problem, solution)) for solution in offered]
    assert offered
    assert all(verify(problem, solution) == [] for solution in offered)
    assert ranks == sorted(set(ranks), reverse=True)


def test_a_visit_that_must_be_and_cannot_is_a_proof_that_there_is_no_plan() -> None:
    closed = ForbidStarts(0, tuple(range(10)), "window")
    assert plan(tiny((1, 1), limits=(closed, Must(0, "must")))).status == Status.INFEASIBLE
    assert plan(tiny((1, 1), limits=(closed,))).solution == Solution((-1,), ((),))


def test_the_planner_s_order_decides_between_early_visits_and_even_weeks() -> None:
    costs = ((0, 1, 1, 1, 1, 9, 9, 9, 9, 9),) * 4
    problem = tiny((1, 1), (1, 1), (1, 1), (1, 1), costs=costs)
    even_first = replace(
        problem.goals, order=("drops", "spread", "timing", "load", "pairs", "travel")
    )
    usual = goal_values(problem, plan(problem).solution or Solution((), ()))
    other = goal_values(
        problem, plan(replace(problem, goals=even_first)).solution or Solution((), ())
    )
    assert usual["timing"] < other["timing"]
    assert usual["spread"] > other["spread"]
