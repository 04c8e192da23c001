"""The column model and the plain model against every plan there is, on years small enough to list them."""

from __future__ import annotations

from random import Random

import pytest

from solver.moves.goals import ORDER, goal_values
from solver.moves.plain import solve_plainly
from solver.moves.plan import make_plan
from solver.moves.verify import verify
from solver.result import Status
from solver.settings import Settings
from tests.solver.moves_problems import tiny
from tests.solver.small_plans import best, cost

SEEDS = range(60)


def quiet(*_):
    return None


@pytest.mark.parametrize("solve", [make_plan, solve_plainly])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_plan_costs_as_little_as_the_best_of_all(seed, solve):
    problem = tiny(Random(seed), most=5)
    wanted = best(problem)
    result = solve(problem, Settings(time_limit_s=5, workers=1), quiet)
    if wanted is None:
        assert result.status in (Status.INFEASIBLE, Status.UNKNOWN)
        assert result.solution is None
        return
    assert verify(problem, result.solution) == []
    assert cost(problem, result.solution) == cost(problem, wanted)
    total = next(goal for goal in result.goals if goal.name == "total")
    assert total.value == cost(problem, wanted)
    assert total.bound <= total.value


@pytest.mark.parametrize("seed", SEEDS)
def test_the_goals_of_a_plan_are_those_of_plain_arithmetic_and_no_bound_passes_the_best(seed):
    problem = tiny(Random(seed), most=5)
    wanted = best(problem)
    result = make_plan(problem, Settings(time_limit_s=5, workers=1), quiet)
    if wanted is None:
        return
    values = goal_values(problem, result.solution)
    assert {goal.name: goal.value for goal in result.goals if goal.name in ORDER} == values
    least = goal_values(problem, wanted)["unplaced"]
    bound = next(goal.bound for goal in result.goals if goal.name == "unplaced")
    assert bound <= least
