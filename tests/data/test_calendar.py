"""The working calendar against the law, an outside package, and its own arithmetic."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calendar import WorkCalendar
from data.holidays import computed_days_off, days_off, hung_kings_day, lunar_new_year
from data.records import CalendarDay

CALENDAR = WorkCalendar()
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
PACKAGE = holidays.country_holidays("VN", years=range(2025, 2031))
PACKAGE_MISSES = {date(2026, 1, 2)}  # swapped by 12729/VPCP-KGVX; worked on Saturday 10 January
ONLY_POSSIBLE = {date(2027, 2, 11), date(2030, 2, 7)}  # off only if Tết leave starts a day later


def weekdays(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5]


def test_every_weekday_off_is_off_in_the_holidays_package_too_but_for_its_known_gap():
    ours = {d for d in weekdays(date(2025, 1, 1), date(2030, 12, 31)) if not CALENDAR.is_working(d)}
    assert {d for d in ours if d not in PACKAGE} == PACKAGE_MISSES | ONLY_POSSIBLE


def test_every_weekday_off_in_the_holidays_package_is_off_here():
    theirs = [d for d in PACKAGE if d.weekday() < 5]
    assert len(theirs) > 60
    assert [d for d in theirs if CALENDAR.is_working(d)] == []


def test_makeup_saturdays_are_worked_and_the_saturday_before_is_not():
    worked = [d for y in range(2025, 2031) for d in CALENDAR.year(y) if d.weekday() >= 5]
    assert worked == [date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)]
    assert not CALENDAR.is_working(date(2026, 8, 15))


@pytest.mark.parametrize(
    ("year", "tet", "kings"),
    [
        (2025, date(2025, 1, 29), date(2025, 4, 7)),
        (2026, date(2026, 2, 17), date(2026, 4, 26)),
        (2027, date(2027, 2, 6), date(2027, 4, 16)),
        (2028, date(2028, 1, 26), date(2028, 4, 4)),
        (2029, date(2029, 2, 13), date(2029, 4, 23)),
        (2030, date(2030, 2, 2), date(2030, 4, 12)),
        (2007, date(2007, 2, 17), date(2007, 4, 26)),
    ],
)
def test_lunar_days_follow_the_vietnamese_reckoning(year: int, tet: date, kings: date):
    assert (lunar_new_year(year), hung_kings_day(year)) == (tet, kings)


@pytest.mark.parametrize(
    ("year", "swapped_or_possible"),
    [
        (2025, {date(2025, 5, 2)}),
        (2026, {date(2026, 1, 2), date(2026, 8, 31)}),
        (2027, {date(2027, 2, 11)}),
        (2028, set()),
        (2029, set()),
        (2030, {date(2030, 2, 7)}),
    ],
)
def test_the_computed_year_equals_the_table_but_for_days_nobody_can_compute(
    year: int, swapped_or_possible: set[date]
):
    assert set(days_off(year)) - set(computed_days_off(year)) == swapped_or_possible
    assert set(computed_days_off(year)) - set(days_off(year)) == set()


def test_culture_day_is_off_from_2026_on_and_was_worked_in_2025():
    assert CALENDAR.day_off(date(2026, 11, 24)) is not None
    assert CALENDAR.is_working(date(2025, 11, 24))
    assert CALENDAR.day_off(date(2035, 11, 24)) is not None


def test_a_holiday_on_a_saturday_moves_to_the_next_day_that_is_worked():
    assert date(2033, 1, 1).weekday() == 5
    assert not CALENDAR.is_working(date(2033, 1, 3))
    assert CALENDAR.is_working(date(2033, 1, 4))


def test_a_day_that_is_only_possibly_off_is_not_planned_on():
    off = CALENDAR.day_off(date(2027, 2, 11))
    assert off is not None
    assert off.kind == "possible"
    assert not CALENDAR.is_working(date(2027, 2, 11))
    assert CALENDAR.is_working(date(2027, 2, 12))


def test_a_plain_weekend_is_off_without_being_a_holiday():
    assert CALENDAR.day_off(date(2027, 3, 6)) is None
    assert not CALENDAR.is_working(date(2027, 3, 6))


def test_a_user_holiday_beats_a_user_makeup_on_the_same_day():
    day = date(2027, 3, 6)
    both = WorkCalendar([CalendarDay(day, "makeup", "a"), CalendarDay(day, "holiday", "b")])
    assert not both.is_working(day)
    assert both.day_off(day).name("vi") == "b"  # type: ignore[union-attr]


def test_a_user_makeup_makes_a_holiday_and_a_saturday_worked():
    days = [date(2027, 2, 11), date(2027, 3, 6)]
    own = WorkCalendar([CalendarDay(day, "makeup", "làm bù") for day in days])
    assert all(own.is_working(day) and own.day_off(day) is None for day in days)
    assert not any(CALENDAR.is_working(day) for day in days)


def test_a_user_holiday_takes_a_makeup_saturday_away():
    own = WorkCalendar([CalendarDay(date(2026, 8, 22), "holiday", "bão")])
    assert not own.is_working(date(2026, 8, 22))


def test_a_year_beyond_the_table_says_that_it_is_computed():
    assert CALENDAR.provisional(2026) == ()
    assert "âm lịch" in CALENDAR.provisional(2031)[0].say("vi")
    assert "11/02/2027" in " ".join(m.say("vi") for m in CALENDAR.provisional(2027))


def test_a_day_that_the_user_settles_is_no_longer_provisional():
    own = WorkCalendar([CalendarDay(date(2027, 2, 11), "makeup", "đã có thông báo")])
    assert "11/02/2027" not in " ".join(m.say("vi") for m in own.provisional(2027))


@given(DAYS, st.integers(-300, 300).filter(bool))
def test_adding_days_lands_on_a_working_day_that_far_away(day: date, n: int):
    there = CALENDAR.add(day, n)
    assert CALENDAR.is_working(there)
    counted = CALENDAR.between(day, there)
    assert counted == abs(n) - 1
    assert (there > day) == (n > 0)


@given(DAYS, DAYS)
def test_working_days_are_those_that_are_working_one_by_one(a: date, b: date):
    first, last = min(a, b), min(max(a, b), min(a, b) + timedelta(days=400))
    plain = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert list(CALENDAR.working_days(first, last)) == [d for d in plain if CALENDAR.is_working(d)]
    assert CALENDAR.working_days(last, first - timedelta(days=1)) == ()


def test_nothing_lies_between_a_friday_and_the_monday_after_it():
    assert CALENDAR.between(date(2027, 3, 5), date(2027, 3, 8)) == 0
    assert CALENDAR.between(date(2027, 3, 5), date(2027, 3, 9)) == 1
    assert CALENDAR.between(date(2027, 3, 5), date(2027, 3, 5)) == 0


def test_the_weeks_of_a_year_hold_all_its_working_days_and_none_is_empty():
    mondays = CALENDAR.weeks(2027)
    assert all(monday.weekday() == 0 for monday in mondays)
    assert {d - timedelta(days=d.weekday()) for d in CALENDAR.year(2027)} == set(mondays)
    assert date(2027, 2, 8) in mondays  # Tết week: only Friday 12 February is worked


def test_working_days_of_the_coming_years_are_counted_as_the_planner_expects():
    assert [len(CALENDAR.year(y)) for y in (2026, 2027, 2028, 2029)] == [249, 248, 248, 249]


def test_days_beyond_every_reckoning_still_have_an_answer():
    assert CALENDAR.is_working(date(2150, 1, 5))
    assert not CALENDAR.is_working(date(2150, 1, 1))
    assert "âm lịch" in CALENDAR.provisional(2150)[0].say("vi")
    with pytest.raises(OverflowError):
        CALENDAR.add(date(9999, 12, 1), 400)
