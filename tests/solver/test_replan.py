"""Replanning: as few changes as possible, proven, against all plans of tiny problems by trying them."""

from dataclasses import replace

import pytest

from solver import engine
from solver.result import Status
from solver.settings import Settings
from solver.visits import problem as given
from solver.visits.around import search
from solver.visits.around.broken import broken_rules
from solver.visits.around.budget import curve
from solver.visits.around.problem import Around, changed_visits
from solver.visits.around.replan import replan
from solver.visits.around.verify import faults_of
from solver.visits.around.wire import around_in, around_out, replanned_in, replanned_out
from solver.visits.problem import Solution
from tests.solver.nearby import changed, distance, every_plan, goals
from tests.solver.planted import planted, tiny

EFFORT = Settings(time_limit_s=30)
SEEDS = [seed for seed in range(22) if seed != 12]  # 12 has more plans than one cares to try


def quiet(progress):
    """Nobody is told."""


def nearest(problem, around, settings=EFFORT):
    """The answer, sound by plain arithmetic."""
    found = replan(problem, around, settings, quiet)
    assert faults_of(problem, around, found) == []
    return found


@pytest.mark.parametrize("seed", range(24))
def test_a_plan_that_is_still_lawful_is_not_touched(seed):
    problem, plan = planted(seed)
    found = nearest(problem, Around(plan))
    assert found.solution == plan
    assert found.changed == ()
    assert found.proven


@pytest.mark.parametrize("seed", SEEDS)
def test_no_plan_of_a_tiny_problem_is_nearer_or_as_near_and_cheaper(seed):
    problem, around = changed(seed)
    found = nearest(problem, around)
    plans = list(every_plan(problem, around))
    if not plans:
        assert found.status is Status.INFEASIBLE
        return
    best = min(plans, key=lambda p: (distance(problem, around, p), goals(problem, p)))
    assert distance(problem, around, found.solution) == distance(problem, around, best)
    assert goals(problem, found.solution) == goals(problem, best)
    assert tuple(g.bound for g in found.counts) == distance(problem, around, best)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_proven_in_a_large_year_is_true(seed, monkeypatch):
    monkeypatch.setattr(
        search, "SMALL", -1
    )  # the way of large years, on a problem that can be tried out
    problem, around = changed(seed)
    found = nearest(problem, around)
    plans = list(every_plan(problem, around))
    least = min((len(changed_visits(around, p)) for p in plans), default=0)
    assert found.least <= least or not plans
    if found.status is Status.INFEASIBLE:
        assert plans == []
    elif found.solution is not None:
        best = min(distance(problem, around, p) for p in plans)
        mine = distance(problem, around, found.solution)
        bounds = tuple(g.bound for g in found.counts)
        assert mine >= best >= bounds[: len(best)]
        if mine[0] == 0:
            assert bounds[1] <= best[1]


def test_one_ill_person_costs_one_visit_and_one_person():
    problem = tiny((1, 2), (1, 2), n_inspectors=4, n_days=2)
    plan = Solution((0, 1), ((0, 1), (0, 1)))
    ill = replace(problem, limits=(*problem.limits, given.Absent(0, (0, 1), "ill")))
    found = nearest(ill, Around(plan, frozen=(1,)))
    assert found.changed == (0,)
    assert found.solution.teams[1] == (0, 1)
    assert [g.value for g in found.counts] == [0, 1, 1, 0]


@pytest.mark.parametrize(("free_day", "moved"), [(1, True), (0, False)])
def test_a_shut_day_moves_a_visit_with_its_team_and_an_open_day_does_not(free_day, moved):
    problem = tiny((1, 2), n_inspectors=3, n_days=2)
    plan = Solution((0,), ((2, 1),))
    shut = given.ForbidStarts(0, (1 - free_day,), "shut")
    found = nearest(replace(problem, limits=(*problem.limits, shut)), Around(plan))
    assert found.solution == Solution((free_day,), ((2, 1),))
    assert (found.changed != ()) == moved


def test_what_is_frozen_stays_even_where_it_breaks_a_limit_and_takes_room_from_others():
    problem = tiny((1, 2), (1, 2), n_inspectors=3, n_days=1)
    day = given.DayCapacity((1,), "teams")
    plan = Solution((0, 0), ((0, 1), (1, 2)))
    found = nearest(
        replace(problem, limits=(*problem.limits, day, given.Barred(0, (0,), "barred"))),
        Around(plan, frozen=(0,)),
    )
    assert found.solution == Solution((0, -1), ((0, 1), ()))
    assert found.count("drops").value == found.count("drops").bound == 10


def test_a_new_visit_is_added_without_a_change_where_there_is_room():
    problem = tiny((1, 2), (1, 2), n_inspectors=4, n_days=1)
    found = nearest(problem, Around(Solution((0, -1), ((0, 1), ())), new=(1,)))
    assert found.changed == ()
    assert found.solution.teams == ((0, 1), (2, 3))


def test_a_visit_left_out_before_stays_out_unless_it_must_come_in():
    problem = tiny((1, 2), (1, 2), n_inspectors=4, n_days=1)
    around = Around(Solution((0, -1), ((0, 1), ())))
    assert nearest(problem, around).changed == ()
    must = replace(problem, limits=(*problem.limits, given.Must(1, "must")))
    assert nearest(must, around).changed == (1,)


@pytest.mark.parametrize("seed", range(8))
def test_more_changes_never_give_a_worse_plan_and_each_is_the_best_of_its_budget(seed):
    problem, around = changed(seed)
    plans = list(every_plan(problem, around))
    found = list(curve(problem, around, [0, 1, 2, 3], EFFORT, quiet))
    if not plans:
        assert [each.solution for each in found] == [None]
        return
    least = min(distance(problem, around, p)[:2] for p in plans)[1]
    values = [goals(problem, each.solution) for each in found]
    assert values == sorted(values, reverse=True)
    for each in found:
        assert faults_of(problem, around, each) == []
        assert len(each.changed) <= each.within
        within = [p for p in plans if len(changed_visits(around, p)) <= max(each.within, least)]
        assert goals(problem, each.solution) == min(goals(problem, p) for p in within)


def test_a_spoiled_answer_does_not_pass():
    problem = tiny((1, 2), (1, 2), n_inspectors=4, n_days=2)
    around = Around(Solution((0, 1), ((0, 1), (2, 3))), frozen=(0,))
    good = nearest(problem, around)
    moved = replace(good, solution=Solution((1, 1), ((0, 1), (2, 3))))
    assert any(fault.startswith("frozen") for fault in faults_of(problem, around, moved))
    false = replace(good, counts=tuple(replace(g, value=g.value + 1) for g in good.counts))
    assert any(fault.startswith("counts") for fault in faults_of(problem, around, false))
    double = replace(good, solution=Solution((0, 0), ((0, 1), (1, 2))))
    assert any("one-place" in fault for fault in faults_of(problem, around, double))


def test_the_rules_that_a_visit_breaks_are_named_and_of_one_that_stands_none():
    problem = tiny((1, 2), (1, 2), n_inspectors=4, n_days=3)
    limits = (given.Absent(0, (0,), "absence"), given.ForbidStarts(0, (0,), "blackout"))
    plan = Solution((0, 1), ((0, 1), (0, 1)))
    found = broken_rules(replace(problem, limits=problem.limits + limits), plan, ())
    assert {v: set(rules) for v, rules in found.items()} == {0: {"absence", "blackout"}}


def test_question_and_answer_survive_the_line_between_processes():
    problem = tiny((1, 2), n_inspectors=3, n_days=2)
    around = Around(Solution((0,), ((0, 1),)), most_changes=3)
    assert around_in(around_out(around)) == around
    shut = replace(problem, limits=(*problem.limits, given.ForbidStarts(0, (0,), "shut")))
    here = replan(shut, around, EFFORT, quiet)
    assert replanned_in(replanned_out(here)) == here
    there = engine.replan(shut, around, EFFORT)
    assert (there.solution, there.counts, there.goals) == (here.solution, here.counts, here.goals)


def test_the_same_question_gives_the_same_answer_in_a_large_year(monkeypatch):
    monkeypatch.setattr(search, "SMALL", -1)
    problem, around = changed(5)
    first, second = (nearest(problem, replace(around, most_changes=2)) for _ in range(2))
    assert first.solution == second.solution


@pytest.mark.parametrize("seed", SEEDS[:10])
def test_in_a_large_year_no_visit_alone_could_better_the_plan_within_its_budget(seed, monkeypatch):
    monkeypatch.setattr(search, "SMALL", -1)
    problem, around = changed(seed)
    found = nearest(problem, replace(around, most_changes=2))
    if found.solution is None:
        return
    mine, most = found.solution, max(2, len(found.changed))
    places = list(zip(mine.starts, mine.teams, strict=True))
    for plan in every_plan(problem, around):
        others = zip(plan.starts, plan.teams, strict=True)
        one = sum(a != b for a, b in zip(places, others, strict=True)) == 1
        stays = all((a < 0) == (b < 0) for a, b in zip(mine.starts, plan.starts, strict=True))
        if one and stays and len(changed_visits(around, plan)) <= most:
            assert goals(problem, plan) >= goals(problem, mine)
