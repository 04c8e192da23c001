"""Teams at fixed days keep every limit on people, each at its edge, and leave nobody out needlessly."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from solver.settings import Settings
from solver.visits import problem as given
from solver.visits.problem import Solution
from solver.visits.teams.model import staff
from solver.visits.verify import verify
from tests.solver.crews import (
    crew,
    every_plan,
    plan_of,
    random_limits,
    silent,
    staffed,
    without_must,
)
from tests.solver.planted import planted
from tests.solver.problems import TIGHT, make

ONE = given.OnePlace("one")
TWO_APART = [(0, 2, 1), (5, 2, 1)]
SAME_DAY = [(0, 2, 1), (1, 2, 1)]
NEXT_DAY = [(0, 2, 1), (2, 2, 1)]
PAIR = [(0, 1, 2)]
BOTH_LEADERS_GO = [ONE, given.NotLead(-1, (2,), "l"), given.Secretary(-1, (0, 1), "s")]


@pytest.mark.parametrize(
    ("n_inspectors", "visits", "limits", "possible"),
    [
        pytest.param(1, NEXT_DAY, [ONE], True, id="one visit ends the day before the other"),
        pytest.param(1, SAME_DAY, [ONE], False, id="both visits are out on day 1"),
        pytest.param(1, SAME_DAY, [], True, id="nothing forbids two places"),
        pytest.param(1, [(3, 2, 1)], [given.Absent(0, (2, 5), "a")], True, id="absent around it"),
        pytest.param(1, [(3, 2, 1)], [given.Absent(0, (4,), "a")], False, id="absent on its last day"),
        pytest.param(1, [(4, 2, 1)], [given.MonthDays(0, (1, 1), "m")], True, id="a day in each month"),
        pytest.param(1, [(4, 2, 1)], [given.MonthDays(0, (1, 0), "m")], False, id="no day in the second"),
        pytest.param(1, [(3, 2, 1)], [given.MonthDays(0, (1, 9), "m")], False, id="two days of one"),
        pytest.param(2, [*PAIR, (5, 1, 1)], [given.Barred(1, (0,), "b")], True, id="barred elsewhere"),
        pytest.param(2, PAIR, [given.Barred(0, (0,), "b")], False, id="barred from a team of all"),
        pytest.param(2, PAIR, [given.NotLead(-1, (0,), "l")], True, id="one of two may lead"),
        pytest.param(2, PAIR, [given.NotLead(0, (0, 1), "l")], False, id="nobody may lead"),
        pytest.param(1, [(3, 2, 1)], [given.NotLeadAfter(0, 4, "l")], True, id="leads until its end"),
        pytest.param(1, [(3, 2, 1)], [given.NotLeadAfter(0, 3, "l")], False, id="leaves before its end"),
        pytest.param(2, PAIR, [given.Secretary(-1, (0,), "s")], True, id="the other one leads"),
        pytest.param(
            2, PAIR, [given.Secretary(-1, (0,), "s"), given.NotLead(-1, (1,), "l")], False,
            id="the only secretary is the only leader",
        ),
        pytest.param(
            3, [(0, 1, 3)], [given.Secretary(-1, (0,), "s"), given.Secretary(0, (1,), "t")], True,
            id="two secretary rows and a third who leads",
        ),
        pytest.param(
            2, PAIR, [given.Secretary(-1, (0,), "s"), given.Secretary(0, (1,), "t")], False,
            id="whoever leads leaves one secretary row empty",
        ),
        pytest.param(3, PAIR, [given.Cover(0, (1, 2), 2, "c")], True, id="two holders for two"),
        pytest.param(3, PAIR, [given.Cover(0, (1,), 2, "c")], False, id="one holder where two are wanted"),
        pytest.param(2, PAIR, [given.PinLead(0, 1, "p")], True, id="the pinned leader may go"),
        pytest.param(
            2, PAIR, [given.PinLead(0, 1, "p"), given.NotLead(0, (1,), "l")], False,
            id="the pinned leader may not lead",
        ),
        pytest.param(3, PAIR, [given.NotTogether(0, (0, 1), "n")], True, id="a third person goes"),
        pytest.param(2, PAIR, [given.NotTogether(0, (0, 1), "n")], False, id="only the old pair is there"),
        pytest.param(2, TWO_APART, [given.NotBoth((0, 1), "n")], True, id="another person for the second"),
        pytest.param(1, TWO_APART, [given.NotBoth((0, 1), "n")], False, id="nobody else for the second"),
        pytest.param(
            4, [(0, 1, 2)], [ONE, given.KeepFree((9, 0), 2, (0, 1, 2, 3), (), "k")], True,
            id="two teams could go on four days and one on the first",
        ),
        pytest.param(
            4, [(0, 1, 2)], [ONE, given.KeepFree((10, 0), 2, (0, 1, 2, 3), (), "k")], False,
            id="ten team-days would need the people of the visit",
        ),
        pytest.param(
            4, [(0, 1, 2)], [ONE, given.KeepFree((5, 0), 2, (0,), (), "k")], True,
            id="the only leader of the reserve stays at home",
        ),
        pytest.param(
            3, [(0, 1, 2)], [*BOTH_LEADERS_GO, given.KeepFree((8, 0), 1, (0, 1), (), "k")], True,
            id="two leaders are there on the four other days",
        ),
        pytest.param(
            3, [(0, 1, 2)], [*BOTH_LEADERS_GO, given.KeepFree((9, 0), 1, (0, 1), (), "k")], False,
            id="leader and secretary take both leaders of the reserve",
        ),
    ],
)  # fmt: skip
def test_a_limit_allows_just_what_it_says(n_inspectors, visits, limits, possible):
    problem, starts = crew(n_inspectors, visits, limits)
    found = staffed(problem, starts)
    assert (found.unstaffed == ()) == possible


def test_the_leader_stands_first_and_the_secretary_second():
    limits = [given.NotLead(-1, (0, 1, 2), "l"), given.Secretary(-1, (2,), "s")]
    problem, starts = crew(4, [(0, 1, 4)], limits)
    assert staffed(problem, starts).teams == ((3, 2, 0, 1),)


def test_a_visit_without_a_start_gets_no_team_and_is_not_called_unstaffed():
    problem, _ = crew(2, TWO_APART)
    found = staff(problem, (-1, 5), Settings(), silent, 1.0)
    assert found.teams[0] == ()
    assert len(found.teams[1]) == 1
    assert found.unstaffed == ()


@pytest.mark.parametrize(("limits", "left_out"), [([], 0), ([given.Must(0, "must")], 1)])
def test_what_must_be_goes_before_what_costs_more_to_drop(limits, left_out):
    problem, starts = crew(1, SAME_DAY, [ONE, *limits])
    assert staffed(problem, starts).unstaffed == (left_out,)


@settings(max_examples=40, deadline=None)
@for_all(st.integers(0, 10**6))
def test_no_way_of_staffing_leaves_less_undone(seed):
    rng = Random(seed)
    visits = [(rng.randrange(8), rng.randint(1, 2), rng.randint(1, 2)) for _ in range(3)]
    problem, starts = crew(4, visits, random_limits(rng, 4, 3), rng)
    assume(verify(without_must(problem), Solution((-1,) * 3, ((),) * 3)) == [])
    found = staffed(problem, starts)
    undone = sum(problem.visits[v].drop_cost for v in found.unstaffed)
    least = min(
        sum(x.drop_cost for x, start in zip(problem.visits, plan.starts, strict=True) if start < 0)
        for plan in every_plan(problem, starts)
    )
    assert undone == least
    assert found.proven


@settings(max_examples=40, deadline=None)
@for_all(st.integers(0, 10**6))
def test_teams_that_exist_are_found(seed):
    problem, plan = planted(seed)
    found = staff(problem, plan.starts, Settings(), silent, 1.0)
    assert found.unstaffed == ()
    assert verify(problem, plan_of(found, plan.starts)) == []


def test_the_same_seed_gives_the_same_teams_and_another_worker_changes_nothing():
    problem = make(replace(TIGHT, units=40, visits=30, inspectors=14, teams_per_day=2), 3)
    starts = tuple(min(range(250), key=v.start_cost.__getitem__) for v in problem.visits)
    first = staff(problem, starts, Settings(seed=5, workers=1), silent, 1.0)
    again = staff(problem, starts, Settings(seed=5, workers=4), silent, 1.0)
    assert first.teams == again.teams
    assert 0 < len(first.unstaffed) < 30
    people = replace(problem, limits=tuple(
        x for x in problem.limits
        if not isinstance(x, given.Must | given.ForbidStarts | given.DayCapacity | given.WeekCapacity
                          | given.KeepApart | given.CoverAtLeast)
    ))  # fmt: skip
    assert verify(people, plan_of(first, starts)) == []
