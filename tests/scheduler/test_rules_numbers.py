"""What the rules tell the solver where no law case can show it: shares, weeks, the visit a pin means."""

from dataclasses import replace
from datetime import date

import pytest

from data.records import Blackout, CalendarDay, Pin
from data.rulefiles import read_rules
from scheduler.rulebook import in_force
from scheduler.rules import RULES
from scheduler.rules.capacity import surprise_days
from solver.visits.problem import Barred, CoverAtLeast, ForbidStarts, KeepFree, Must, WeekCapacity
from tests.offices import RULEBOOK, YEAR, case_of, inspector, owed, tiny_office, unit

BY_ID = {rule.id: rule for rule in RULES}
MARCH_2 = date(YEAR, 3, 2)


def told(rule_id, case):
    return list(BY_ID[rule_id].enforce(case.rulebook[rule_id], case))


def pinned(visits, **pin):
    usual = {
        "unit_id": "Xã Một",
        "kind": "",
        "date": None,
        "week": None,
        "inspector_id": "",
        "must": True,
    }
    return case_of(visits, tiny_office(pins=(Pin(7, **{**usual, **pin}, reason=""),)))


@pytest.mark.parametrize(
    ("share", "units", "needed"), [(0.3, 143, 43), (0.07, 100, 7), (0.3, 10, 3), (0.3, 11, 4)]
)
def test_a_share_of_units_is_rounded_up_and_never_by_a_floating_point_hair(share, units, needed):
    office = replace(tiny_office(), units=tuple(unit(f"Xã {n}") for n in range(units)))
    rulebook = in_force(read_rules(), RULEBOOK.on, {"coverage.target": share})
    (limit,) = told("coverage.target", case_of((), office, rulebook))
    assert limit.at_least == needed


@pytest.mark.parametrize(("share", "kept"), [(0.2, 2), (0.21, 3), (0.3, 3), (0.0, 0)])
def test_a_week_of_five_days_and_two_teams_keeps_its_share_rounded_up(share, kept):
    rulebook = in_force(read_rules(), RULEBOOK.on, {"capacity.reserve": share})
    case = case_of((), rulebook=rulebook)
    assert surprise_days(case)[case.weeks.index(date(YEAR, 3, 1))] == kept


def test_a_week_of_two_days_keeps_less_than_a_whole_one():
    closed = tuple(CalendarDay(date(YEAR, 3, day), "holiday") for day in (1, 2, 3))
    case = case_of((), tiny_office(calendar=closed))
    week = case.weeks.index(date(YEAR, 3, 1))
    assert (surprise_days(case)[week], surprise_days(case)[week + 1]) == (1, 2)


def test_days_closed_for_every_unit_keep_nothing_and_let_no_team_out():
    shut = Blackout("", date(YEAR, 3, 1), date(YEAR, 3, 5), "tổng kết")
    case = case_of((), tiny_office(blackouts=(shut,)))
    week = case.weeks.index(date(YEAR, 3, 1))
    (teams,) = told("blackout.unit", case)
    assert surprise_days(case)[week : week + 2] == (0, 2)
    assert {teams.capacity[d] for d, w in enumerate(case.week_of) if w == week} == {0}


def test_expected_follow_ups_are_kept_free_beside_the_surprise_visits():
    bare = case_of(())
    week = bare.weeks.index(date(YEAR, 3, 1))
    more = tuple(int(w == week) for w in range(len(bare.weeks)))
    work, free = told("capacity.reserve", replace(bare, follow_up_days=more))
    assert isinstance(work, WeekCapacity)
    assert isinstance(free, KeepFree)
    assert (work.capacity[week], work.capacity[week + 1]) == (7, 8)
    assert (free.teams[week], free.teams[week + 1]) == (3, 2)


@pytest.mark.parametrize(
    ("people", "teams"), [(3, 1), (4, 1), (7, 1), (8, 2), (31, 7), (32, 8), (400, 8)]
)
def test_every_four_people_are_a_team_up_to_eight(people, teams):
    office = replace(
        tiny_office(), inspectors=tuple(inspector(f"Người {n}") for n in range(people))
    )
    (limit,) = told("capacity.teams-per-day", case_of((), office))
    assert set(limit.capacity) == {teams}


def test_a_pin_that_no_owed_visit_matches_cannot_be_kept():
    assert told("pins", pinned((owed("V1", "Xã Hai"),))) == [CoverAtLeast((), 1, "pin:7")]


def test_a_pin_of_somebody_who_is_no_inspector_cannot_be_kept():
    assert told("pins", pinned((owed("V1", "Xã Một"),), inspector_id="Ma")) == [
        CoverAtLeast((), 1, "pin:7")
    ]


def test_a_pin_with_a_day_means_the_visit_that_is_due_then():
    spring = owed("V1", "Xã Một", due_to=date(YEAR, 2, 28))
    again = owed("V2", "Xã Một", kind="follow_up", due_from=date(YEAR, 3, 1))
    musts = [
        limit
        for limit in told("pins", pinned((spring, again), date=MARCH_2))
        if isinstance(limit, Must)
    ]
    assert musts == [Must(1, "pin:7")]


def test_a_pin_without_a_kind_means_the_periodic_visit_before_the_follow_up():
    visits = (owed("V1", "Xã Một", kind="follow_up"), owed("V2", "Xã Một"))
    assert told("pins", pinned(visits)) == [Must(1, "pin:7")]


def test_a_pin_to_a_day_leaves_that_start_only():
    case = pinned((owed("V1", "Xã Một"),), date=MARCH_2)
    (closed,) = (limit for limit in told("pins", case) if isinstance(limit, ForbidStarts))
    assert set(range(len(case.days))) - set(closed.starts) == {case.day_number[MARCH_2]}


def test_a_pin_whose_day_is_not_in_its_week_leaves_no_start():
    case = pinned((owed("V1", "Xã Một"),), date=MARCH_2, week=date(YEAR, 3, 8))
    closed = {
        s for limit in told("pins", case) if isinstance(limit, ForbidStarts) for s in limit.starts
    }
    assert closed == set(range(len(case.days)))


def test_a_ban_of_a_person_from_a_unit_on_a_day_bars_the_person_there_all_year():
    case = pinned(
        (owed("V1", "Xã Một"), owed("V2", "Xã Hai")), inspector_id="Chi", date=MARCH_2, must=False
    )
    assert told("pins", case) == [Barred(0, (2,), "pin:7")]


def test_a_leader_who_leaves_before_the_first_report_is_due_leads_nothing():
    case = case_of((), leads_until={"An": date(YEAR, 1, 5), "Em": date(YEAR + 1, 6, 1)})
    (limit,) = told("leader.rotation", case)
    assert (limit.inspector, limit.last_end) == (0, -1)
