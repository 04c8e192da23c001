"""The reserve: each limit at its edge, the model against every roster there is, planted rosters, fall-backs."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver import child
from solver.child import Heard
from solver.reserve import engine, flow
from solver.reserve.greedy import greedy_reserve
from solver.reserve.model import solve_season
from solver.reserve.past import weeks_of
from solver.reserve.problem import (
    SLOT,
    Away,
    InRow,
    Reach,
    ReserveProblem,
    ReserveSolution,
    WeekDays,
)
from solver.reserve.result import ReserveResult
from solver.reserve.values import goal_values
from solver.reserve.verify import verify
from solver.reserve.wire import problem_in, problem_out, result_in, result_out
from solver.settings import Settings

EFFORT = Settings(time_limit_s=20, seed=3)


def season(n_teams, wanted, groups=(), limits=(), weeks=None):
    """A season of one week, or of weeks with so many days; groups are (teams, share) or (teams,)."""
    n_days = len(wanted)
    week_of = [w for w, n in enumerate(weeks or (n_days,)) for _ in range(n)]
    reaches = tuple(
        Reach(f"g{n}", tuple(g[0]), (tuple(g[1]) if len(g) > 1 else (0,) * n_days))
        for n, g in enumerate(groups)
    )
    return ReserveProblem(n_teams, tuple(week_of), tuple(wanted), reaches, tuple(limits))


def solved(problem, effort=EFFORT):
    result = solve_season(problem, effort, lambda progress: None)
    assert verify(problem, result.solution) == []
    assert result.goals == goal_values(problem, result.solution)
    return result


# --- each limit alone, at its edge -------------------------------------------------------------------

EDGES = {
    "a team that is away on another day can be kept": (
        season(1, [1], limits=[Away(0, (), "a")]), season(1, [1], limits=[Away(0, (0,), "a")]),
    ),
    "a team is kept on three days of a week": (
        season(1, [1, 1, 1], limits=[WeekDays(3, "w")]), season(1, [1, 1, 1], limits=[WeekDays(2, "w")]),
    ),
    "days that are gone count in the first week": (
        season(1, [1, 1], limits=[WeekDays(3, "w", (1,))]), season(1, [1, 1], limits=[WeekDays(3, "w", (2,))]),
    ),
    "the count begins anew with the week": (
        season(1, [1, 1, 1], limits=[WeekDays(2, "w", (1,))], weeks=(1, 2)),
        season(1, [1, 1, 1], limits=[WeekDays(2, "w", (1,))], weeks=(2, 1)),
    ),
    "a team is kept on two days in a row": (
        season(1, [1, 1], limits=[InRow(2, "r")]), season(1, [1, 1, 1], limits=[InRow(2, "r")]),
    ),
    "a day without visits breaks the row": (
        season(1, [1, 1, 0, 1, 1], limits=[InRow(2, "r")]), season(1, [1, 1, 1, 0, 1], limits=[InRow(2, "r")]),
    ),
    "a row goes on over the end of a week": (
        season(1, [1, 0, 1, 1], limits=[InRow(2, "r")], weeks=(2, 2)),
        season(1, [0, 1, 1, 1], limits=[InRow(2, "r")], weeks=(2, 2)),
    ),
    "a row that began before the season counts": (
        season(1, [1], limits=[InRow(2, "r", (1,))]), season(1, [1], limits=[InRow(2, "r", (2,))]),
    ),
}  # fmt: skip


@pytest.mark.parametrize("edge", EDGES)
def test_a_limit_allows_just_this_and_not_a_little_more(edge):
    allowed, forbidden = EDGES[edge]
    assert solved(allowed).goals["short"] == 0
    assert solved(forbidden).goals["short"] == 1
    assert verify(allowed, greedy_reserve(allowed, 1)) == []
    everybody = ReserveSolution(tuple((0,) * n for n in forbidden.wanted))
    assert {fault[0] for fault in verify(forbidden, everybody)} == {forbidden.limits[0].label}


@pytest.mark.parametrize(
    "kept", [((0,),), ((0,), (2,)), ((0, 0), ()), ((1, 0), ()), ((0, 1), ())], ids=str
)
def test_a_reserve_of_another_shape_is_no_reserve(kept):
    problem = season(2, [1, 1])
    assert verify(problem, ReserveSolution(kept))[0].startswith("form")


# --- the model against every roster ------------------------------------------------------------------


@st.composite
def tiny_weeks(draw):
    teams, days = draw(st.integers(2, 4)), draw(st.integers(1, 3))
    some = st.frozensets(st.integers(0, teams - 1), max_size=teams)
    shares = st.lists(st.integers(0, 700), min_size=days, max_size=days)
    groups = [(sorted(draw(some)), draw(shares)) for _ in range(draw(st.integers(0, 3)))]
    groups += [(sorted(draw(some)),) for _ in range(draw(st.integers(0, 1)))]
    away = [
        Away(team, tuple(sorted(draw(st.frozensets(st.integers(0, days - 1))))), "away")
        for team in range(teams)
        if draw(st.booleans())
    ]
    ints = st.lists(st.integers(0, 2), min_size=teams, max_size=teams)
    limits = [
        *away,
        WeekDays(draw(st.integers(1, 3)), "week", tuple(draw(ints))),
        InRow(draw(st.integers(1, 2)), "row", tuple(draw(ints))),
    ]
    wanted = [draw(st.integers(0, 3)) for _ in range(days)]
    return replace(season(teams, wanted, groups, limits), often=tuple(draw(ints)))


def every_reserve(problem):
    days = [
        [kept for n in range(wanted + 1) for kept in combinations(range(problem.n_teams), n)]
        for wanted in problem.wanted
    ]
    for kept in product(*days):
        if not verify(problem, ReserveSolution(kept)):
            yield ReserveSolution(kept)


@settings(max_examples=60, deadline=None)
@given(tiny_weeks())
def test_no_reserve_of_a_tiny_week_is_better_than_the_models(problem):
    best = min(goal_values(problem, reserve)["total"] for reserve in every_reserve(problem))
    result = solved(problem)
    assert result.proven == 1
    assert result.goals["total"] == best


@settings(max_examples=60, deadline=None)
@given(tiny_weeks(), st.integers(0, 9))
def test_the_greedy_reserve_keeps_every_limit(problem, seed):
    assert verify(problem, greedy_reserve(problem, seed)) == []


# --- planted rosters ---------------------------------------------------------------------------------


def planted(seed, n_teams=9, n_weeks=3, slots=3):
    """A season made around a hidden roster: classes ask for just what its teams can give."""
    chance = random.Random(seed)
    kept, groups = [], []
    for week in range(n_weeks):
        thirds = [list(range(n_teams))[k::3] for k in range(3)]
        for third in thirds:
            chance.shuffle(third)
        kept += [tuple(sorted(third[(day + week) % 3] for third in thirds)) for day in range(5)]
    for k in range(3):
        groups.append((list(range(n_teams))[k::3], (SLOT,) * len(kept)))
    limits = [WeekDays(2, "w"), InRow(2, "r")]
    limits += [
        Away(team, tuple(d for d in range(len(kept)) if team not in kept[d] and chance.random() < 0.5), "away")
        for team in range(n_teams)
    ]  # fmt: skip
    problem = season(n_teams, [slots] * len(kept), groups, limits, weeks=(5,) * n_weeks)
    return problem, ReserveSolution(tuple(kept))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_planted_roster_that_serves_every_share_is_matched(seed):
    problem, hidden = planted(seed)
    assert verify(problem, hidden) == []
    assert goal_values(problem, hidden)["uneven"] == 0
    found = solved(problem).goals
    assert (found["short"], found["missing"], found["uneven"]) == (0, 0, 0)
    assert goal_values(problem, greedy_reserve(problem, seed))["uneven"] > 0


def test_a_week_that_cannot_keep_its_days_says_how_many_it_lacks():
    problem = season(2, [2, 2, 2], limits=[WeekDays(2, "w"), Away(0, (1,), "a")])
    assert solved(problem).goals["short"] == 2


def test_a_class_is_reached_on_two_days_of_the_week_even_at_the_price_of_evenness():
    small = [((0,), (10,) * 4), ((1, 2, 3), (990,) * 4)]
    result = solved(season(4, [1] * 4, small))
    assert sum(0 in kept for kept in result.solution.kept) == 2
    assert result.goals["missing"] == 0


def test_a_class_whose_teams_are_there_on_one_day_only_lacks_nothing_that_could_be():
    problem = season(2, [1] * 3, [((0,), (300,) * 3)], [Away(0, (0, 2), "a")])
    result = solved(problem)
    assert (result.solution.kept[1], result.goals["missing"]) == ((0,), 0)


# --- seeds, processes, fall-backs --------------------------------------------------------------------


def test_the_same_seed_gives_the_same_reserve_and_another_breaks_ties_otherwise():
    problem = season(6, [2] * 5, limits=[WeekDays(3, "w"), InRow(2, "r")])
    one, again, workers, other = (
        solved(problem, Settings(time_limit_s=20, seed=seed, workers=n)).solution
        for seed, n in ((1, 1), (1, 1), (1, 2), (2, 1))
    )
    assert one == again == workers
    assert one != other
    assert goal_values(problem, one)["total"] == goal_values(problem, other)["total"]


def test_a_reserve_that_the_clock_cut_short_is_legal_and_says_that_it_cannot_be_repeated(
    monkeypatch,
):
    problem, _ = planted(6)
    monkeypatch.setattr("solver.effort.Effort.wall_left", property(lambda self: 0.0))
    assert not solved(problem).repeatable
    monkeypatch.undo()
    assert solved(problem).repeatable


def test_a_child_process_gives_the_reserve_of_the_model():
    problem, _ = planted(4)
    result = engine.solve_reserve(problem, EFFORT)
    assert result.note == ""
    assert result.solution == solved(problem).solution


@pytest.mark.parametrize(
    ("heard", "note"),
    [
        (Heard(crashed=True), "crashed greedy"),
        (Heard(interrupted=True), "interrupted greedy"),
        (
            Heard(result=ReserveResult(ReserveSolution(((0, 1, 2),) * 15), {}, 1, 0, 0.0)),
            "unsound greedy",
        ),
    ],
)
def test_a_lost_or_wrong_child_leaves_a_greedy_reserve_with_a_note(monkeypatch, heard, note):
    problem, _ = planted(5)
    monkeypatch.setattr(child, "hear_all", lambda *given: heard)
    result = engine.solve_reserve(problem, EFFORT)
    assert (result.note, result.repeatable) == (note, False)
    assert verify(problem, result.solution) == []
    assert result.goals == goal_values(problem, result.solution)


@settings(max_examples=20, deadline=None)
@given(tiny_weeks())
def test_problems_and_results_come_back_from_the_line_as_they_went(problem):
    assert problem_in(problem_out(problem)) == problem
    result = engine.at_once(problem, 1)
    assert result_in(result_out(result)) == result


# --- the set that asks too much ----------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6))
def test_the_tightest_set_is_the_largest_of_all_sets_that_lack_most(seed):
    chance = np.random.default_rng(seed)
    n, m = int(chance.integers(1, 6)), int(chance.integers(1, 5))
    asked, room = chance.integers(0, 9, n), chance.integers(0, 7, m)
    may = chance.random((n, m)) < 0.5
    lack = {
        some: int(asked[list(some)].sum() - room[may[list(some)].any(axis=0)].sum())
        for size in range(1, n + 1)
        for some in combinations(range(n), size)
    }
    most = max(0, *lack.values())
    widest = {c for some, by in lack.items() if by == most > 0 for c in some if asked[c]}
    able = np.flatnonzero(room)
    whole = int(asked.sum())
    found = [flow.tightest(asked, room, may)]
    if whole:
        found += [
            flow._by_sets(asked, room[able], may[:, able]),
            flow._by_flow(asked, room, may, whole),
        ]
    for each in found:
        assert each.lack == most
        assert set(np.flatnonzero(each.classes)) == widest


def test_weeks_are_runs_of_days_with_one_number():
    problem = season(1, [0] * 6, weeks=(1, 5))
    assert list(weeks_of(problem)) == [range(0, 1), range(1, 6)]
