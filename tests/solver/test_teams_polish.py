"""Polishing keeps every limit, never gives up an earlier goal, and can be done again."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import assume, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from solver.settings import Settings
from solver.visits import problem as given
from solver.visits.goals import goal_values
from solver.visits.problem import Problem, Solution
from solver.visits.teams import chain
from solver.visits.teams.anneal import LOGS, polish, start_chain, team_goals
from solver.visits.teams.bounds import team_bounds
from solver.visits.teams.model import staff
from solver.visits.teams.prices import prices_of
from solver.visits.teams.problem import compile_teams
from solver.visits.teams.state import CLUSTERS, PAIRS
from solver.visits.verify import verify
from tests.solver.crews import crew, plan_of, random_limits, silent, without_must
from tests.solver.problems import CITY, make
from tests.tries import tries

A_MOMENT = 0.02
ON_DAYS = (given.Must, given.ForbidStarts, given.WeekCapacity, given.KeepApart, given.CoverAtLeast)


def small_city(seed: int, **goals: object) -> tuple[Problem, Solution]:
    """Forty visits in season order, staffed, without the limits that only speak of days."""
    size = replace(CITY, units=45, visits=40, inspectors=16)
    problem = make(size, seed)
    people = tuple(x for x in problem.limits if not isinstance(x, ON_DAYS))
    goals = {"pair_limit": 2, "cluster_limit": 2, **goals}
    problem = replace(problem, limits=people, goals=replace(problem.goals, **goals))
    starts = tuple(6 * v % 240 for v in range(40))
    return problem, plan_of(staff(problem, starts, Settings(), silent, 1.0), starts)


@settings(max_examples=tries(60), deadline=None)
@for_all(st.integers(0, 10**6))
def test_polishing_keeps_every_limit_and_never_makes_a_plan_worse(seed):
    rng = Random(seed)
    visits = [(rng.randrange(8), rng.randint(1, 2), rng.randint(1, 3)) for _ in range(6)]
    problem, starts = crew(6, visits, random_limits(rng, 6, 6), rng)
    free = without_must(problem)
    plan = plan_of(staff(problem, starts, Settings(), silent, 1.0), starts)
    assume(verify(free, Solution((-1,) * 6, ((),) * 6)) == [])
    better = polish(problem, plan, Settings(seed=seed), silent, A_MOMENT)
    assert verify(free, better) == []
    assert better.starts == plan.starts
    assert team_goals(problem, better) <= team_goals(problem, plan)


def test_a_year_reaches_the_proven_bounds_of_load_and_repeats_nobody():
    problem, plan = small_city(1, pair_limit=4)
    better = polish(problem, plan, Settings(), silent, 0.5)
    assert verify(problem, better) == []
    reached = {goal.name: goal for goal in team_bounds(problem, better, Settings(), 0.2)}
    before = goal_values(problem, plan)
    for name in ("load_max", "load_spread", "pairs"):
        assert reached[name].value == reached[name].bound < before[name]
    assert reached["travel"].bound <= reached["travel"].value < before["travel"]


def test_one_worker_and_two_workers_give_the_same_teams():
    problem, plan = small_city(2)
    made = [polish(problem, plan, Settings(seed=7, workers=n), silent, 0.05) for n in (1, 2)]
    assert made[0] == made[1]
    assert made[0] != plan


def test_only_the_freed_visits_change_their_teams():
    problem, plan = small_city(3)
    better = polish(problem, plan, Settings(), silent, A_MOMENT, free={4, 5, 6, 7})
    changed = {v for v in range(40) if better.teams[v] != plan.teams[v]}
    assert changed
    assert changed <= {4, 5, 6, 7}


def test_a_stop_still_gives_a_legal_plan_no_worse():
    problem, plan = small_city(4)
    better = polish(problem, plan, Settings(), silent, 0.2, stop=lambda: True)
    assert verify(problem, better) == []
    assert team_goals(problem, better) <= team_goals(problem, plan)


def test_the_planners_order_decides_what_is_given_up():
    near = ("drops", "timing", "travel", "load", "pairs", "spread")
    problem, plan = small_city(5)
    fair_first = goal_values(problem, polish(problem, plan, Settings(), silent, 0.3))
    problem = replace(problem, goals=replace(problem.goals, order=near))
    near_first = goal_values(problem, polish(problem, plan, Settings(), silent, 0.3))
    assert near_first["travel"] < fair_first["travel"]
    assert near_first["load_max"] > fair_first["load_max"]


@pytest.mark.parametrize("heat", [0, 200, 5000])
def test_a_chain_counts_pairs_and_clusters_as_the_goals_do(heat):
    problem, plan = small_city(6, pair_limit=1, cluster_limit=1)
    teams = compile_teams(problem, plan.starts)
    prices = prices_of(teams)
    each = start_chain(teams, plan, prices, 3, None)
    weights, least = prices.soft(0.5), np.array([1 << 62, -1], np.int64)
    chain.run(
        *each.state.fixed, *each.state.moving, weights, np.array([heat]), 20_000, LOGS, each.best, least
    )  # fmt: skip
    moved = list(plan.teams)
    for r, v in enumerate(teams.visits):
        moved[v] = tuple(i for i in each.state.team[r].tolist() if i >= 0)
    values = goal_values(problem, Solution(plan.starts, tuple(moved)))
    assert tuple(moved) != plan.teams
    assert each.state.totals[PAIRS] == values["pairs"]
    assert each.state.totals[CLUSTERS] == values["clusters"]
