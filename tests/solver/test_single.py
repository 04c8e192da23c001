"""One visit or one person elsewhere: the ranked places are those that trying everything finds."""

from itertools import combinations

import pytest

from solver.visits.goals import goal_values, in_order
from solver.visits.problem import Solution
from solver.visits.single.options import Standing
from solver.visits.verify import verify
from tests.solver.planted import all_teams, planted

SEEDS = range(40)


def put(plan, visit, start, team):
    starts, teams = list(plan.starts), list(plan.teams)
    starts[visit], teams[visit] = start, team
    return Solution(tuple(starts), tuple(teams))


def best_by_trying(problem, plan, visit):
    """Start -> rank of the best lawful team there, every team and every order of it tried."""
    found = {}
    for start in range(problem.n_days - problem.visits[visit].days + 1):
        ranks = [
            in_order(problem, goal_values(problem, now))
            for team in all_teams(problem, visit)
            for now in [put(plan, visit, start, team)]
            if not verify(problem, now)
        ]
        if ranks:
            found[start] = min(ranks)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_every_lawful_day_is_found_with_its_best_team_and_its_true_price(seed):
    problem, plan = planted(seed, 9, 5, 3)
    standing = Standing(problem, plan)
    for visit in range(len(problem.visits)):
        places = standing.places(visit)
        for place in places:
            now = put(plan, visit, place.start, place.team)
            assert verify(problem, now) == []
            assert place.values == goal_values(problem, now)
        ranks = {p.start: in_order(problem, p.values) for p in places}
        assert ranks == best_by_trying(problem, plan, visit)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_comes_first_and_the_first_few_are_the_first_of_all(seed):
    problem, plan = planted(seed, 9, 5, 3)
    standing = Standing(problem, plan)
    for visit in range(len(problem.visits)):
        places = standing.places(visit, teams=2)
        ranks = [(in_order(problem, p.values), p.start, sorted(p.team)) for p in places]
        assert ranks == sorted(ranks)
        assert standing.places(visit, most=3, teams=2) == places[:3]


def test_asking_leaves_the_plan_as_it_was():
    problem, plan = planted(3)
    standing = Standing(problem, plan)
    for visit in range(len(problem.visits)):
        standing.places(visit)
    for person in range(problem.n_inspectors):
        standing.joins(person)
    assert standing.roster.solution() == plan


@pytest.mark.parametrize("seed", SEEDS)
def test_every_lawful_exchange_of_one_member_is_found_at_its_true_price(seed):
    problem, plan = planted(seed, 9, 6, 4)
    standing = Standing(problem, plan)
    for person in range(problem.n_inspectors):
        found = {}
        for join in standing.joins(person):
            now = put(plan, join.visit, join.start, join.team)
            assert verify(problem, now) == []
            assert join.values == goal_values(problem, now)
            found[join.visit, frozenset(join.team)] = in_order(problem, join.values)
        assert found == exchanges_by_trying(problem, plan, person)


def exchanges_by_trying(problem, plan, person):
    found = {}
    for visit, start in enumerate(plan.starts):
        old = plan.teams[visit]
        if start < 0 or person in old:
            continue
        for stay in combinations(old, len(old) - 1):
            wanted = {*stay, person}
            lawful = [
                now
                for team in all_teams(problem, visit)
                if set(team) == wanted
                for now in [put(plan, visit, start, team)]
                if not verify(problem, now)
            ]
            if lawful:
                values = goal_values(problem, lawful[0])
                found[visit, frozenset(wanted)] = in_order(problem, values)
    return found
