"""One person or one exchange of a plan of moves elsewhere: exactly what listing every exchange finds."""

from random import Random

import pytest

from solver.moves.goals import goal_values
from solver.moves.problem import MovesSolution, MustMove
from solver.moves.single import exchange_of, other_places, other_waves, posts, without
from solver.moves.verify import verify
from tests.solver.moves_problems import tiny
from tests.solver.small_plans import best, exchanges

SEEDS = range(60)


def small_year(seed):
    problem = tiny(Random(seed), most=5)
    return problem, best(problem)


def orders(problem):
    return [x for x in problem.limits if isinstance(x, MustMove)]


def by_listing(problem, plan, person):
    """Desk -> least points of any lawful plan in which only the person's exchange is another."""
    now = exchange_of(plan, person)
    rest = without(plan, now) if now else plan
    found = {}
    for e in exchanges(problem):
        short = len(e.people) <= (3 if e.kind == "cycle" else 2)
        if e == now or person not in e.people or not short:
            continue
        trial = MovesSolution((*rest.exchanges, e))
        if set(verify(problem, trial)) <= set(verify(problem, rest)):
            desk = e.desks[e.people.index(person)]
            points = sum(goal_values(problem, trial).values())
            found[desk] = min(points, found.get(desk, points))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_every_post_in_reach_is_found_at_its_least_price(seed):
    problem, plan = small_year(seed)
    if plan is None or orders(problem):
        return
    now = sum(goal_values(problem, plan).values())
    for person in range(len(problem.people)):
        found = posts(problem, plan, person)
        prices = {post.desk: now + sum(post.change.values()) for post in found}
        assert prices == by_listing(problem, plan, person)
        assert list(prices.values()) == sorted(prices.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_another_wave_is_open_exactly_when_the_plan_stays_lawful(seed):
    problem, plan = small_year(seed)
    for exchange in plan.exchanges if plan else ():
        for other in other_waves(problem, plan, exchange):
            rest = without(plan, exchange)
            moved = type(exchange)(exchange.kind, exchange.people, exchange.desks, other.wave)
            trial = MovesSolution((*rest.exchanges, moved))
            assert bool(other.labels) == bool(verify(problem, trial))
            if not other.labels:
                change = {k: v - goal_values(problem, plan)[k]
                          for k, v in goal_values(problem, trial).items()}  # fmt: skip
                assert other.change == change


@pytest.mark.parametrize("seed", SEEDS)
def test_a_desk_that_labels_close_is_in_no_exchange_with_the_person(seed):
    problem, plan = small_year(seed)
    if plan is None:
        return
    taken = {(p, d) for e in exchanges(problem) for p, d in zip(e.people, e.desks, strict=True)}
    for person in range(len(problem.people)):
        closed = {o.desk for o in other_places(problem, plan, person) if o.labels}
        assert not {(person, desk) for desk in closed} & taken
