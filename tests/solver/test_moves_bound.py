"""No lawful plan of moves beats a bound: held against every plan there is, in years small enough."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import assume, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from solver.effort import Effort
from solver.moves.bound import mixed, proven, total_bound
from solver.moves.bound_goals import goal_bounds
from solver.moves.goals import goal_values, left_by_caps
from solver.moves.problem import (
    BarredUnit,
    ChainLength,
    Closed,
    CycleLength,
    Desk,
    Elsewhere,
    LeaderCap,
    MovesProblem,
    MovesSolution,
    Person,
    Tail,
    UnitCap,
)
from solver.moves.relaxed import pricing
from solver.moves.relaxed.master import rounded
from solver.moves.relaxed.pool import known
from solver.moves.relaxed.pricing import owing, parts
from solver.moves.relaxed.safe import capped, cheapest_moves
from solver.moves.relaxed.year import compile_year
from solver.moves.result import unproven_goals
from solver.result import Goal
from solver.settings import Settings
from tests.solver.moves_problems import tiny, year
from tests.solver.small_plans import plans as every_plan
from tests.tries import tries


def bound_of(problem, solution=None, seconds=60.0):
    settings = Settings(time_limit_s=seconds)
    return total_bound(problem, settings, Effort(settings), solution, lambda _: None)


def least_points(problem):
    return min(
        (sum(goal_values(problem, plan).values()) for plan in every_plan(problem)), default=None
    )


@settings(max_examples=tries(60), deadline=None)
@for_all(st.integers(0, 10**6))
def test_no_plan_costs_less_than_the_bound(seed):
    problem = tiny(Random(seed), most=5)
    least = least_points(problem)
    assume(least is not None)
    assert bound_of(problem) <= least


@settings(max_examples=tries(40), deadline=None)
@for_all(st.integers(0, 10**6))
def test_with_exchanges_of_any_length_no_plan_costs_less_either(seed):
    problem = tiny(Random(seed), most=5)
    lengths = (CycleLength, ChainLength)
    problem = replace(
        problem, limits=tuple(x for x in problem.limits if not isinstance(x, lengths))
    )
    least = least_points(problem)
    assume(least is not None)
    assert bound_of(problem) <= least


@settings(max_examples=tries(40), deadline=None)
@for_all(st.integers(0, 10**6))
def test_a_published_plan_counts_in_the_bound_and_none_beats_it(seed):
    dice = Random(seed)
    problem = tiny(dice, most=4)
    plans = list(every_plan(problem))
    assume(plans)
    problem = replace(problem, published=dice.choice(plans).exchanges)
    assert bound_of(problem) <= min(sum(goal_values(problem, plan).values()) for plan in plans)


@settings(max_examples=tries(60), deadline=None)
@for_all(st.integers(0, 10**6), st.floats(1, 3000))
def test_any_prices_at_all_give_a_bound_that_no_plan_beats(seed, width):
    dice = Random(seed)
    problem = tiny(dice, most=5)
    least = least_points(problem)
    assume(least is not None)
    compiled = compile_year(problem)
    units = compiled.unit_left.shape
    paid = rounded(
        compiled,
        [dice.uniform(-width, width) for _ in problem.people],
        [dice.uniform(-width, 0) for _ in problem.desks],
        *(
            [[dice.uniform(0, width) for _ in range(units[1])] for _ in range(units[0])]
            for _ in "ab"
        ),
    )
    assert proven(compiled, parts(compiled), paid) <= least


@settings(max_examples=tries(40), deadline=None)
@for_all(st.integers(0, 10**6))
def test_one_swap_that_must_be_is_bounded_to_the_point(seed):
    problem = tiny(Random(seed), most=2)
    least = least_points(problem)
    assume(least is not None)
    simple = not any(type(x).__name__ in ("Apart", "MustMove") for x in problem.limits)
    assume(simple and any(isinstance(x, CycleLength) for x in problem.limits))
    assume(any(isinstance(x, ChainLength) for x in problem.limits))
    assert bound_of(problem) >= least - abs(least) // 2 - 1 or least <= 0


def test_less_effort_gives_a_lower_bound_but_a_bound():
    problem = year(60, seed=4)
    best = bound_of(problem, seconds=60)
    bounds = [bound_of(problem, seconds=s) for s in (0.0, 0.001, 0.01)]
    assert max(bounds) <= best
    assert bounds[0] < best


def test_the_bound_is_the_same_again():
    problem = year(60, seed=5)
    assert bound_of(problem) == bound_of(problem)


@pytest.mark.parametrize("seed", [1, 2])
def test_an_empty_plan_is_no_better_than_the_bound(seed):
    problem = year(40, seed=seed)
    empty = MovesSolution(())
    assert bound_of(problem, empty) <= sum(goal_values(problem, empty).values())


def test_two_of_a_unit_that_lets_one_go_cannot_swap_and_the_bound_knows_it():
    desks = (Desk("V0", 0, 0, field=0), Desk("V1", 0, 0, field=1))
    people = tuple(Person(f"C{n}", n, 0, due=True) for n in range(2))
    problem = MovesProblem(
        people,
        desks,
        (None,),
        (5, 40),
        (UnitCap((1,), "cap"), CycleLength(3, "c"), ChainLength(0, "c")),
    )
    assert bound_of(problem) == 2 * problem.goals.unplaced
    wider = replace(problem, limits=(UnitCap((2,), "cap"), *problem.limits[1:]))
    assert bound_of(wider) == 2 * problem.goals.touched


def test_somebody_with_no_desk_elsewhere_to_go_to_counts_as_unplaced_without_any_search():
    # the first two share a unit and its only area; the last two could change places
    desks = tuple(Desk(f"V{n}", max(0, n - 1), n // 2, area=0) for n in range(4))
    people = tuple(Person(f"C{n}", n, n // 2, due=True) for n in range(4))
    problem = MovesProblem(people, desks, (None,) * 3, (5, 40), (Elsewhere("else"),))
    stay = 2 * problem.goals.unplaced
    assert bound_of(problem, seconds=0.0) >= stay
    elsewhere = replace(problem, desks=(replace(desks[0], area=1), *desks[1:]))
    assert bound_of(elsewhere, seconds=0.0) < stay


def test_somebody_whose_desk_nobody_can_take_counts_as_unplaced_without_any_search():
    desks = (Desk("V0", 0, 0), Desk("V1", 1, 0), Desk("V2", 2, 0))  # the last one is empty
    people = (Person("C0", 0, 0, due=True), Person("C1", 1, 0, due=False))
    limits = (BarredUnit(1, 0, (), "return"), Tail("tail"))
    problem = MovesProblem(people, desks, (None,) * 3, (5, 40), limits)
    stay = problem.goals.unplaced
    assert bound_of(problem, seconds=0.0) == stay
    for easier in ((limits[0],), (limits[1],), (BarredUnit(1, 0, (0,), "return"), limits[1])):
        assert bound_of(replace(problem, limits=easier), seconds=0.0) < stay


@settings(max_examples=tries(30), deadline=None)
@for_all(st.integers(0, 10**6))
def test_where_the_cycles_are_too_many_to_see_the_bound_is_lower_but_holds(seed):
    problem = tiny(Random(seed), most=5)
    least = least_points(problem)
    assume(least is not None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pricing, "TOO_MANY", 0)
        assert bound_of(problem) <= least


@settings(max_examples=tries(30), deadline=None)
@for_all(st.integers(0, 10**6))
def test_columns_known_before_change_nothing_about_what_is_proven(seed):
    problem = tiny(Random(seed), most=5)
    least = least_points(problem)
    some = [x for plan in every_plan(problem) for x in plan.exchanges][:20]
    assume(least is not None and some)
    people = np.array([(*x.people, *(-1,) * (5 - len(x.people))) for x in some])
    desk = np.array([x.desks[0] if x.kind == "chain" else -1 for x in some])
    columns = (people, desk, np.array([x.wave for x in some]))
    year = compile_year(problem)
    moves = MovesSolution((some[0],))
    costs = sum(v for k, v in goal_values(problem, moves).items() if k != "unplaced")
    assert known(year, *(part[:1] for part in columns)).cost[0] == costs
    effort = Effort(Settings())
    assert total_bound(problem, Settings(), effort, None, lambda _: None, columns) <= least


@settings(max_examples=tries(60), deadline=None)
@for_all(st.integers(0, 10**6), st.sampled_from([0.0, 0.05, 60.0]))
def test_each_goal_s_bound_holds_for_every_plan_with_no_more_unplaced(seed, seconds):
    problem = tiny(Random(seed), most=5)
    values = [goal_values(problem, plan) for plan in every_plan(problem)]
    assume(values)
    mine = Random(seed).choice(values)
    for goal in goal_bounds(problem, mine, Effort(Settings(time_limit_s=seconds))):
        if goal.name == "total":
            assert goal.bound <= min(sum(other.values()) for other in values)
            continue
        same = [
            v for v in values if goal.condition == "any plan" or v["unplaced"] <= mine["unplaced"]
        ]
        assert goal.bound <= min(other[goal.name] for other in same)


@settings(max_examples=tries(60), deadline=None)
@for_all(st.integers(0, 10**6), st.booleans())
def test_safe_prices_need_no_search(seed, published):
    problem = tiny(Random(seed), most=5)
    if published:
        plans = list(every_plan(problem))
        assume(plans)
        problem = replace(problem, published=plans[-1].exchanges)
    compiled = compile_year(problem)
    whole = parts(compiled)
    paid = capped(compiled, cheapest_moves(compiled, whole))
    assert sum(owing(compiled, part, paid) for part in whole) == 0


def test_late_days_that_a_unit_s_cap_forces_are_in_its_goal_s_bound():
    desks = tuple(Desk(f"V{n}", n // 2, 0) for n in range(4))
    people = tuple(Person(f"C{n}", n, 0, due=True, limit=5) for n in range(4))
    limits = (UnitCap((1, 1), "cap"), CycleLength(3, "c"), ChainLength(0, "c"))
    problem = MovesProblem(people, desks, (None, None), (5, 15), limits)
    least = min(
        (goal_values(problem, p) for p in every_plan(problem)), key=lambda v: sum(v.values())
    )
    goals = goal_bounds(problem, least, Effort(Settings()))
    late = next(goal for goal in goals if goal.name == "late")
    assert late.value == late.bound == 2 * 10 * problem.goals.late_day


def test_prices_between_two_others_lie_between_them():
    compiled = compile_year(year(40, seed=1))
    safe = capped(compiled, cheapest_moves(compiled, parts(compiled)))
    none = np.zeros_like
    zero = type(safe)(none(safe.pay), none(safe.desk), none(safe.unit), none(safe.leader))
    assert (mixed(zero, safe, 256).pay == safe.pay).all()
    assert (mixed(zero, safe, 0).pay == 0).all()
    assert (mixed(zero, safe, 128).pay == safe.pay // 2).all()


@settings(max_examples=tries(100), deadline=None)
@for_all(st.integers(0, 10**6))
def test_plain_counting_gives_bounds_that_no_plan_beats(seed):
    problem = tiny(Random(seed), most=5)
    for plan in every_plan(problem):
        values = goal_values(problem, plan)
        assert all(goal.bound <= goal.value for goal in unproven_goals(problem, values))


def test_a_second_leader_of_one_unit_stays_when_one_may_leave_in_the_only_wave():
    people = tuple(Person(str(n), n, 0, due=True) for n in range(4))
    desks = tuple(Desk(str(n), n // 2, 0, leads=True) for n in range(4))
    problem = MovesProblem(
        people, desks, (None, None), (31, 59), (LeaderCap(1, "lead"), Closed((0,), "shut"))
    )
    assert left_by_caps(problem) == 2
    assert left_by_caps(replace(problem, limits=problem.limits[:1])) == 0


def test_a_gap_of_a_negative_value_is_not_negative():
    assert Goal("wishes", -20, -60, "any plan").gap == 2.0
    assert Goal("wishes", -60, -60, "any plan").gap == 0.0
