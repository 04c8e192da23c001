"""The year of rotation: everybody in one part, the right people and desks in the problem."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.calendar import WorkCalendar
from data.records import CalendarDay, Deferral, Pin, Posting, Wish
from data.rulefiles import read_rules
from scheduler.rotation_case import PARTS
from scheduler.rotation_plan import to_moves_problem
from scheduler.rotation_waves import closed_waves, first_day_of_tet, wave_dates
from scheduler.rulebook import in_force
from solver.moves.problem import Goals
from tests.made_up_rotation import made_up_rotation
from tests.rotation_offices import (
    ON,
    RULEBOOK,
    YEAR,
    case_of,
    person,
    post,
    rotation_office,
    unit,
)
from tests.tries import tries


def part_of(case, who):
    (part,) = [part for part in PARTS if who in case.part(part)]
    return part


@settings(max_examples=tries(30), deadline=None)
@given(st.integers(0, 10**9))
def test_everybody_in_the_staff_table_is_in_exactly_one_part(seed):
    case = case_of(made_up_rotation(Random(seed)))
    listed = [who for part in PARTS for who in case.part(part)]
    assert sorted(listed) == sorted(who.staff_id for who in case.office.staff)
    assert sum(case.counts.values()) == len(listed)
    assert case.counts == {part: len(case.part(part)) for part in PARTS}


@settings(max_examples=tries(30), deadline=None)
@given(st.integers(0, 10**9))
def test_everybody_due_is_a_person_of_the_problem_with_the_own_desk(seed):
    case = case_of(made_up_rotation(Random(seed)))
    problem = to_moves_problem(case)
    assert [who.label for who in problem.people if who.due] == list(case.part("due"))
    for who in problem.people:
        held = case.people.loc[who.label, "position_id"]
        assert (problem.desks[who.desk].label if who.desk >= 0 else "") == held


def test_the_small_office_has_the_parts_that_its_first_lines_say():
    case = case_of(rotation_office())
    assert case.part("due") == ("An", "Bình")
    assert case.part("helper") == ("Chi", "Lý", "Tân")
    assert case.part("not_due") == ("Đào",)
    assert case.counts["outside"] == 40
    assert case.vacancies == ("Trống",)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"deferrals": [Deferral("An", "illness", date(2026, 1, 1))]}, "deferred"),
        ({"deferrals": [Deferral("An", "illness", date(2026, 1, 1), date(2027, 10, 31))]}, "due"),
        ({"deferrals": [Deferral("An", "illness", date(2026, 1, 1), date(2027, 11, 1))]}, "deferred"),
        ({"deferrals": [Deferral("Lý", "illness", date(2026, 1, 1))]}, "due"),
    ],
)  # fmt: skip
def test_a_deferral_takes_somebody_off_the_list_only_if_it_covers_every_open_wave(change, part):
    assert part_of(case_of(rotation_office(**change)), "An") == part


def test_somebody_close_to_retirement_is_exempt_and_no_helper():
    office = rotation_office()
    old = {"An": date(1969, 1, 1), "Chi": date(1966, 3, 1)}
    staff = tuple(replace(s, birth_date=old.get(s.staff_id, s.birth_date)) for s in office.staff)
    case = case_of(replace(office, staff=staff))
    assert part_of(case, "An") == "exempt"
    assert part_of(case, "Chi") == "not_due"


def test_a_single_post_is_left_to_the_joint_plan():
    case = case_of(rotation_office(units=[unit("Xã Một", parent_id="")]))
    assert part_of(case, "An") == "single"
    assert "An" not in case.mover_number


def test_two_current_posts_are_missing_data():
    case = case_of(rotation_office(postings=[Posting("An", "Trống", date(2025, 1, 1))]))
    assert part_of(case, "An") == "missing"


def test_without_anybody_due_nobody_helps():
    case = case_of(rotation_office(without=["An", "Bình"]))
    assert (case.counts["due"], case.counts["helper"], len(case.movers)) == (0, 0, 0)
    assert to_moves_problem(case).desks == ()


def test_groups_without_anybody_due_are_left_out_and_a_pin_brings_one_in():
    clerk = "Văn thư 0 Xã Ba"
    assert clerk not in case_of(rotation_office()).mover_number
    pin = Pin(5, "", "", None, None, "", True, "", clerk)
    case = case_of(rotation_office(move_pins=[pin]))
    assert clerk in case.mover_number
    assert "Văn thư 1 Xã Ba" in case.mover_number  # who could change desks with the first


def test_a_post_for_which_somebody_is_named_is_neither_vacant_nor_taken():
    named = [Posting("Tân", "Trống", date(2027, 7, 1)), Posting("Tân", "Hai", date(2027, 9, 1))]
    case = case_of(rotation_office(postings=named))
    problem = to_moves_problem(case)
    assert case.vacancies == ()
    (number,) = case.desk_numbers["Hai"]
    assert problem.desks[number].group == -1


def test_somebody_outside_the_own_profession_has_no_desk_to_go_to():
    office = rotation_office()
    staff = tuple(
        replace(s, profession="địa chính") if s.staff_id == "An" else s for s in office.staff
    )
    problem = to_moves_problem(case_of(replace(office, staff=staff)))
    an = problem.people[0]
    assert an.due
    assert an.group not in {desk.group for desk in problem.desks}
    assert problem.desks[an.desk].group == problem.people[1].group  # others may come


def test_the_reading_decides_who_is_due():
    early = Posting("Kim", "Kim", date(2022, 2, 1), date(2025, 6, 30))
    again = Posting("Kim", "Lại", date(2025, 7, 1), continues_previous="unknown")
    office = rotation_office(
        staff=[person("Kim")],
        positions=[post("Kim", "Xã Một"), post("Lại", "Xã Ba")],
        postings=[early, again],
    )
    restarted = in_force(read_rules(), ON, {"move.reading": "restarted"})
    assert part_of(case_of(office), "Kim") == "due"
    assert part_of(case_of(office, restarted), "Kim") == "helper"


def test_the_problem_carries_limits_prices_wishes_and_places():
    office = rotation_office(
        units=[unit("Xã Hai", lat=21.0, lon=105.8)],
        wishes=[Wish("An", "Xã Hai", 3), Wish("Bình", "Xã Ba", 0.2), Wish("Đào", "Xã Ba", 2)],
    )
    problem = to_moves_problem(case_of(office))
    assert problem.goals == Goals(**RULEBOOK.value("move.weights"))
    assert [problem.people[n].limit for n in (0, 1)] == [129, 151]  # 10 May, 1 June
    assert {who.label: who.helper_cost for who in problem.people} == {
        "An": 0, "Bình": 0, "Chi": 150, "Lý": 50, "Tân": 50,
    }  # fmt: skip
    xa_hai = [unit_.unit_id for unit_ in office.units].index("Xã Hai")
    assert problem.unit_places[xa_hai] == (21.0, 105.8)
    assert problem.wishes == ((0, xa_hai, 3),)
    assert {desk.label for desk in problem.desks if not desk.must_fill} == {"Ngoài"}


def test_waves_are_first_working_days_and_the_users_calendar_counts():
    moved = WorkCalendar((CalendarDay(date(YEAR, 4, 1), "holiday", "nghỉ"),))
    assert wave_dates(WorkCalendar(), YEAR)[3:5] == (date(YEAR, 4, 1), date(YEAR, 5, 4))
    assert wave_dates(moved, YEAR)[3] == date(YEAR, 4, 2)


@pytest.mark.parametrize("year", range(2026, 2036))
def test_every_year_loses_a_wave_to_tet_and_keeps_at_least_eight(year):
    calendar = WorkCalendar()
    tet = first_day_of_tet(calendar, year)
    assert tet is not None
    assert (1, 15) <= (tet.month, tet.day) <= (2, 25)
    waves = wave_dates(calendar, year)
    closed = closed_waves(RULEBOOK, calendar, waves, date(year, 1, 1))
    assert closed["move.tet"]
    assert 12 - len({w for shut in closed.values() for w in shut}) >= 8
