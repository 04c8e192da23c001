"""The plan's reserve: how many visits a day, who lies in the plan's shadow, and what plan.json says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.records import Absence, Conflict, Plan
from scheduler.journeys.draws.on_call import day_slots
from scheduler.journeys.reserve import kept_season, with_reserve
from scheduler.rulebook import with_trial
from scheduler.surprise.hall import day_spans, shadows, week_spans
from scheduler.surprise.office_service import keeps_roster, office_service, standing_teams
from scheduler.surprise.quota import day_quota
from scheduler.surprise.reserve import fair_shares, kept_teams, reserve_problem
from scheduler.surprise.reserve_report import reserve_facts, shadowed
from scheduler.surprise.roster import Rest
from scheduler.surprise.service import Service
from scheduler.surprise.way_out import with_ways_out
from solver.reserve.engine import at_once
from solver.reserve.verify import verify
from solver.settings import Settings
from tests.offices import RULEBOOK, case_of, inspector, owed, reserve, row, tiny_office

NEVER = lambda plan: False  # noqa: E731
QUICK = Settings(time_limit_s=4, seed=1)
DAY = date(2027, 3, 10)  # a Wednesday


@pytest.fixture(autouse=True)
def at_once_and_not_in_a_process(monkeypatch):
    """The reports are tried on a greedy reserve; tests/journeys has the solved one."""
    monkeypatch.setattr(
        "scheduler.journeys.reserve.solve_reserve",
        lambda problem, effort, tell: replace(at_once(problem, effort.seed), note=""),
    )


def service(n_teams=3, n_units=4, n_days=5, **more):
    """A season in which everything goes; `more` replaces arrays."""
    monday = date(2027, 3, 1)
    usual = {
        "units": tuple(f"U{n}" for n in range(n_units)),
        "teams": tuple(f"T{n}" for n in range(n_teams)),
        "days": tuple((monday + timedelta(days=n)).isoformat() for n in range(n_days)),
        "week": np.arange(n_days) // 5,
        "stratum": np.zeros(n_units, np.int64),
        "risk": np.ones(n_units),
        "rate": np.full(n_units, 1 / n_units),
        "slots": np.ones(n_days, np.int64),
        "eligible": np.ones((n_teams, n_units), np.bool_),
        "free": np.ones((n_teams, n_days), np.bool_),
        "open": np.ones((n_units, n_days), np.bool_),
        "planned": np.zeros((n_units, n_days), np.bool_),
    }
    return Service(**{**usual, **more})


# --- how many visits a day ---------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6))
def test_a_weeks_quota_is_spread_flat_over_days_that_can_and_lost_only_where_none_can(seed):
    chance = np.random.default_rng(seed)
    days = [date(2027, 3, 1) + timedelta(days=n) for n in (0, 1, 2, 3, 4, 7, 8, 9)]
    free = chance.random((4, 8)) < 0.6
    whole = chance.random(8) < 0.8
    quota = chance.integers(0, 12, 2).tolist()
    slots = day_quota(quota, days, free, whole)
    able = np.where(whole, free.sum(axis=0), 0)
    assert (slots <= able).all()
    for week, own in enumerate((slice(0, 5), slice(5, 8))):
        assert slots[own].sum() == min(quota[week], able[own].sum())
        spare = slots[own] < np.maximum(0, able[own] - 1)
        if (
            spare.any()
        ):  # whoever still has a team beside the one at hand has at most one visit less
            assert slots[own].max() <= slots[own][spare].min() + 1


def test_one_free_team_stays_at_hand_unless_the_week_needs_it():
    days, whole = [date(2027, 3, 1), date(2027, 3, 2)], np.ones(2, np.bool_)
    free = np.array([[True, True], [True, False]])
    assert day_quota([1], days, free, whole).tolist() == [1, 0]
    assert day_quota([2], days, free, whole).sum() == 2
    assert day_quota([9], days, free, whole).tolist() == [2, 1]


# --- Hall's condition --------------------------------------------------------------------------------


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**6))
def test_the_shadow_is_empty_just_when_no_set_of_units_asks_too_much(seed):
    chance = np.random.default_rng(seed)
    n_units, theta = int(chance.integers(1, 6)), 0.25
    made = service(
        3, n_units, 5, rate=chance.random(n_units) + 0.05,
        eligible=chance.random((3, n_units)) < 0.5, open=chance.random((n_units, 5)) < 0.9,
        slots=chance.integers(0, 3, 5),
    )  # fmt: skip
    room = (chance.random((3, 5)) < 0.5).astype(float)
    share = fair_shares(made)
    reached = made.eligible.any(axis=0)
    for spans in (day_spans(made), week_spans(made)):
        found = {shadow.days: shadow for shadow in shadows(made, room, spans, theta)}
        for span in spans:
            over = {
                some: (1 - theta) * share[np.ix_(some, span)].sum()
                - room[:, span].sum(axis=1)[made.eligible[:, list(some)].any(axis=1)].sum()
                for size in range(1, n_units + 1)
                for some in combinations(np.flatnonzero(reached).tolist(), size)
            }
            violated = {some: by for some, by in over.items() if by > 1e-4}
            shadow = found.get(tuple(span))
            if shadow is None:
                assert violated == {}
                continue
            named = set(shadow.units.tolist())
            assert all(named & set(some) for some in violated)
            assert shadow.asked > shadow.room
            worst = max(over.values())
            assert shadow.asked - shadow.room == pytest.approx(worst, abs=1e-4)


def test_a_share_that_just_fits_throws_no_shadow_and_a_little_more_does():
    made = service(2, 2, 1, slots=np.array([2]), eligible=np.array([[True, False], [False, True]]))
    room = np.array([[1.0], [0.75]])
    assert list(shadows(made, room, [[0]], 0.25)) == []
    (shadow,) = shadows(made, room, [[0]], 0.24)
    assert shadow.units.tolist() == [1]


# --- an office and its plan --------------------------------------------------------------------------


def office_with(**more):
    """Two teams of four; the second has a conflict with «Xã Hai», so only the first may go there."""
    conflicts = (Conflict("Em", "Xã Hai", "người nhà", None),)
    people = tuple(inspector(n, can_lead=n in ("An", "Em")) for n in ("An", "Bình", "Chi", "Dũng"))
    others = tuple(inspector(n, can_lead=n == "Em") for n in ("Em", "Giang", "Hà", "Khoa"))
    return tiny_office(inspectors=(*people, *others), conflicts=conflicts, **more)


def the_plan(office, *rows, team_days=5, owes=()):
    """A case in which every day has a surprise visit, and a plan of these rows."""
    many = {"surprise.rates": {"floor": 0.0, "cap": 1000.0}}
    case = case_of(owes, office, with_trial(RULEBOOK, many))
    return case, Plan(2027, rows, reserve(case.calendar, team_days=team_days))


def the_team_of(case, name):
    return next(t for t in standing_teams(case) if name in t.members)


def visit_of_the_only_team(case, day=DAY):
    """A visit at «Sở Ba» by the whole team that alone may go to «Xã Hai»."""
    members = the_team_of(case, "An").members
    return row("2027-DK-1", "Sở Ba", day, lead="An", members=tuple(m for m in members if m != "An"))


def season_of(case, plan):
    return kept_season(case, {}, plan, QUICK)


def test_a_planned_visit_that_holds_every_team_that_may_go_to_a_unit_is_named():
    case, _ = the_plan(office_with())
    case, plan = the_plan(office_with(), visit_of_the_only_team(case))
    named = [(r.unit_id, r.visits, r.away) for r in dark_on(case, plan, DAY)]
    assert named == [("Xã Hai", ("2027-DK-1",), 0)]


def test_without_the_visit_nobody_is_in_the_shadow_on_that_day():
    case, plan = the_plan(office_with())
    assert [
        r for r in shadowed(case, plan, season_of(case, plan)) if r.first <= DAY <= r.last
    ] == []


def test_a_visit_that_may_lawfully_be_moved_out_of_the_way_is_said_with_its_day():
    case, _ = the_plan(office_with())
    visit = visit_of_the_only_team(case)
    due = owed("2027-DK-1", "Sở Ba", due_from=date(2027, 3, 1), due_to=date(2027, 3, 31))
    case, plan = the_plan(office_with(), visit, owes=(due,))
    asked = []

    def lawful(moved):
        asked.append(moved.visits[0].start)
        return moved.visits[0].start == date(2027, 3, 12)

    (row,) = with_ways_out(case, plan, season_of(case, plan), dark_on(case, plan, DAY), lawful)
    assert row.way == ("2027-DK-1", date(2027, 3, 12))
    assert asked == [date(2027, 3, n) for n in (9, 11, 8, 12)]
    (row,) = with_ways_out(case, plan, season_of(case, plan), dark_on(case, plan, DAY), NEVER)
    assert row.way is None


def test_a_visit_whose_move_would_not_free_the_unit_is_not_proposed():
    case, _ = the_plan(office_with())
    leave = Absence("An", DAY, DAY, "phép")
    due = owed("2027-DK-1", "Sở Ba", due_from=date(2027, 3, 1), due_to=date(2027, 3, 31))
    office = office_with(absences=(leave,))
    case, plan = the_plan(office, visit_of_the_only_team(case), owes=(due,))
    rows = dark_on(case, plan, DAY)
    assert [row.visits for row in rows] == [("2027-DK-1",)]
    found = with_ways_out(case, plan, season_of(case, plan), rows, lambda moved: True)
    assert [row.way for row in found] == [None]


def dark_on(case, plan, day):
    rows = shadowed(case, plan, season_of(case, plan))
    return [row for row in rows if row.first <= day <= row.last]


def test_leave_of_the_leader_is_counted_as_what_stands_in_the_way():
    leave = Absence("An", DAY, DAY + timedelta(days=1), "phép")
    case, plan = the_plan(office_with(absences=(leave,)))
    assert [(r.unit_id, r.visits, r.away) for r in dark_on(case, plan, DAY)] == [("Xã Hai", (), 1)]


def test_the_facts_name_no_team_and_add_up():
    case, plan = the_plan(office_with())
    told = with_reserve(case, {}, plan, QUICK, NEVER).facts["reserve"]
    assert not any(team in str(told) for team in ("T01", "T02", "An'", "Em'"))
    assert told["kept"] == sum(day["kept"] for day in told["days"])
    assert told["kept"] == sum(week["kept"] for week in told["weeks"])
    assert all(day["kept"] <= day["wanted"] for day in told["days"])


def test_a_reserve_larger_than_the_teams_says_what_it_lacks():
    case, plan = the_plan(office_with(), team_days=12)
    told = with_reserve(case, {}, plan, QUICK, NEVER)
    facts = told.facts["reserve"]
    assert facts["kept"] < facts["wanted"]
    assert any("thiếu" in warning["vi"] for warning in told.facts["warnings"])
    short = [week for week in facts["weeks"] if week["kept"] < week["wanted"]]
    assert all("Thiếu" in week["note"][0]["vi"] for week in short)


def test_an_office_with_one_team_gets_a_word_instead_of_a_reserve():
    office = office_with()
    case, plan = the_plan(replace(office, inspectors=office.inspectors[:4]))
    told = with_reserve(case, {}, plan, QUICK, NEVER).facts
    assert told["reserve"] == {}
    assert "inspectors" in told["warnings"][-1]["vi"]


def test_a_plan_without_reserve_weeks_has_no_surprise_visits_and_no_fault():
    case, plan = the_plan(office_with())
    told = with_reserve(case, {}, replace(plan, reserve=()), QUICK, NEVER).facts["reserve"]
    assert (told["wanted"], told["kept"], told["shadow"]) == (0, 0, [])


# --- pool or roster ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "teams", "visits", "roster"),
    [
        ("auto", 12, 3, True), ("auto", 11, 3, False), ("auto", 12, 2, False),
        ("pool", 20, 8, False), ("roster", 2, 1, True),
    ],
)  # fmt: skip
def test_teams_are_named_beforehand_only_where_they_are_many_and_go_often(
    mode, teams, visits, roster
):
    book = with_trial(RULEBOOK, {"surprise.on-call": {"mode": mode}})
    made = service(teams, slots=np.array([visits, visits, 0, visits, visits]))
    assert keeps_roster(SimpleNamespace(rulebook=book), made) is roster


NOTHING_OWED = np.zeros(4)


def test_a_missing_team_of_the_roster_gives_its_place_to_one_that_is_free():
    on_call = np.zeros((3, 5), np.bool_)
    on_call[0] = True
    made = service(on_call=on_call)
    chance = np.random.default_rng(1)
    assert day_slots(made, 0, NOTHING_OWED, np.array([True, True, True]), chance) == [0]
    assert day_slots(made, 0, NOTHING_OWED, np.array([False, True, False]), chance) == [1]
    assert day_slots(made, 0, NOTHING_OWED, np.array([False, False, False]), chance) == []


def test_where_all_are_on_call_every_free_team_goes_some_day():
    chance = np.random.default_rng(2)
    gone = {
        tuple(day_slots(service(), 0, NOTHING_OWED, np.array([True, True, False]), chance))
        for _ in range(40)
    }
    assert gone == {(0,), (1,)}


def test_the_numbers_of_a_season_and_its_reserve_fit_each_other():
    made = service(
        4, 6, 10, slots=np.full(10, 2), week=np.arange(10) // 5,
        free=np.random.default_rng(5).random((4, 10)) < 0.8,
    )  # fmt: skip
    problem = reserve_problem(made, Rest(3, 2), [np.array([True, False, True, False])])
    assert sum(group.share[0] for group in problem.groups) == pytest.approx(2000, abs=2)
    assert problem.groups[-1].teams == (0, 2)
    kept = kept_teams(at_once(problem, 1).solution, 4)
    assert not (kept & ~made.free).any()
    assert verify(problem, at_once(problem, 1).solution) == []


def test_the_season_of_an_office_is_that_of_its_reserve():
    case, plan = the_plan(office_with())
    season = season_of(case, plan)
    again = season_of(case, plan)
    assert (season.kept == again.kept).all()
    made = office_service(case, plan, {}, standing_teams(case))
    assert (season.kept.sum(axis=0) <= made.slots).all()
    assert reserve_facts(case, season, []) == reserve_facts(case, again, [])
