"""No legal plan beats a bound: checked against every plan there is, on problems small enough to list them."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations, product
from random import Random

import numpy as np
from hypothesis import assume, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from solver.settings import Settings
from solver.visits import problem as given
from solver.visits.goals import PARTS, goal_values
from solver.visits.teams import cheapest
from solver.visits.teams.bounds import team_bounds
from solver.visits.teams.loads import cheapest_loads, least_largest, least_spread
from solver.visits.teams.problem import compile_teams
from solver.visits.teams.seating import whole
from solver.visits.teams.state import empty_state
from tests.solver.crews import crew, every_plan, random_limits
from tests.tries import tries

BY_TEAMS = ("load", "pairs", "travel")


@settings(max_examples=tries(40), deadline=None)
@for_all(st.integers(0, 10**6))
def test_no_plan_as_good_in_earlier_goals_beats_a_bound(seed):
    rng = Random(seed)
    visits = [(rng.randrange(9), 1, rng.choice([1, 2, 2, 3])) for _ in range(3)]
    order = ("drops", "timing", *rng.choice(list(permutations(BY_TEAMS))), "spread")
    problem, starts = crew(
        5, visits, random_limits(rng, 5, 3)[:4], rng, order=order, cluster_limit=rng.randint(0, 1),
        past_days=tuple(rng.randrange(4) for _ in range(5)),
        available=tuple(rng.choice([0, 5, 8, 10]) for _ in range(5)),
        pair_limit=rng.randint(0, 1),
    )  # fmt: skip
    plans = [plan for plan in every_plan(problem, starts) if min(plan.starts) >= 0]
    assume(plans)
    plan = rng.choice(plans)
    own = goal_values(problem, plan)
    values = [goal_values(problem, other) for other in plans]
    parts = [part for name in order if name in BY_TEAMS for part in PARTS[name]]
    bounds = {goal.name: goal.bound for goal in team_bounds(problem, plan, Settings(), 0.01)}
    for place, part in enumerate(parts):
        as_good = [x for x in values if all(x[p] <= own[p] for p in parts[:place])]
        assert bounds[part] <= min(x[part] for x in as_good)


@settings(max_examples=tries(60), deadline=None)
@for_all(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 4)), min_size=1, max_size=4),
    st.integers(0, 8),
    st.lists(st.integers(-30, 30), min_size=4, max_size=4),
    st.integers(0, 3),
)
def test_the_cheapest_loads_are_cheapest_of_all(people, work, prices, off):
    fair, most = (np.array(x) for x in zip(*people, strict=True))
    assume(most.sum() >= work)
    price = np.array(prices[: len(people)])
    every = [np.array(x) for x in product(*[range(m + 1) for m in most.tolist()]) if sum(x) == work]
    found = cheapest_loads(fair, most, price, off, work)
    assert found.sum() == work
    assert (found <= most).all()

    def cost(loads):
        return int((price * loads).sum() + off * np.abs(10 * loads - fair).sum())

    assert cost(found) == min(cost(x) for x in every)
    assert least_spread(fair.tolist(), work, most) == min(
        int(np.abs(10 * x - fair).sum()) for x in every
    )


def test_the_least_largest_share_is_just_enough():
    problem, _ = crew(3, [(0, 1, 1)], available=(10, 10, 5))
    shares = [least_largest(problem, work) for work in (5, 6, 25, 26)]
    # two each and one of five; then one of ten has a third day; then all is full but the days of
    # the third person, who can work the whole year of ten days
    assert shares == [200, 300, 1000, 1200]


def test_a_share_that_month_limits_forbid_is_not_counted_on():
    limits = [given.MonthDays(0, (1, 1), "m"), given.Absent(1, tuple(range(8)), "a")]
    problem, _ = crew(2, [(0, 1, 1)], limits)
    assert least_largest(problem, 4) == 200
    assert least_largest(problem, 5) == -1


@settings(max_examples=tries(60), deadline=None)
@for_all(st.integers(0, 10**6))
def test_the_cheapest_team_is_cheapest_of_all(seed):
    rng = Random(seed)
    visits = [(0, 1, rng.randint(1, 4))]
    problem, starts = crew(6, visits, random_limits(rng, 6, 1), rng)
    teams = compile_teams(problem, starts)
    legal = [team for team in combinations(range(6), int(teams.size[0])) if whole(teams, 0, team)]
    assume(legal)
    state = empty_state(teams, np.zeros(6, np.int64), [0], [0], 1)
    state.team[0] = rng.choice(legal)
    price = np.array([[rng.randint(-50, 50) for _ in range(6)]])
    pairs = np.triu(np.array([[rng.choice([0, 0, 20, 60]) for _ in range(6)] for _ in range(6)]), 1)
    pairs = pairs + pairs.T

    def cost(team):
        return sum(price[0, i] for i in team) + sum(pairs[i, j] for i, j in combinations(team, 2))

    team, trial, steps = np.array(state.team), np.array(state.team), np.zeros(1, np.int64)
    found = cheapest.price_all(
        state.visit, state.bits, state.more, price, pairs, team, trial, steps, np.array([0])
    )
    assert found == min(cost(each) for each in legal)
    assert tuple(sorted(team[0].tolist())) in legal
    assert cost(team[0].tolist()) == found


def test_more_pairs_than_there_are_must_repeat():
    visits = [(day, 1, 3) for day in range(3)]
    problem, starts = crew(3, visits)
    plan = next(plan for plan in every_plan(problem, starts) if min(plan.starts) >= 0)
    goals = {goal.name: goal for goal in team_bounds(problem, plan, Settings(), 0.01)}
    assert goals["pairs"].value == goals["pairs"].bound == 9 - 3
    free = replace(problem, goals=replace(problem.goals, pair_limit=3))
    assert {g.name: g.bound for g in team_bounds(free, plan, Settings(), 0.01)}["pairs"] == 0
