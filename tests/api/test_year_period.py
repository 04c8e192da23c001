"""The columns of a year grid: weeks and days, months over them, days off, and where a visit stands."""

from datetime import date, timedelta

import pytest

from api.year_period import ZOOMS, period

TET = [{"date": f"2027-02-{day:02}", "name_vi": "Tết"} for day in range(4, 13)]
TODAY = date(2027, 3, 3)


def of(zoom, at=TODAY, year=2027):
    return period(year, zoom, at, TODAY, TET, "vi")


@pytest.mark.parametrize("zoom", ZOOMS)
@pytest.mark.parametrize("year", [2024, 2026, 2027, 2028])
def test_every_day_of_the_year_has_exactly_one_column_in_its_period(zoom, year):
    day = date(year, 1, 1)
    while day.year == year:
        shown = of(zoom, day, year)
        place, span = shown.place(day, day)
        assert span == 1
        assert shown.columns[place - 1].first <= day <= shown.columns[place - 1].last
        day += timedelta(days=11)


@pytest.mark.parametrize("zoom", ZOOMS)
def test_the_columns_follow_each_other_without_a_gap_and_months_cover_them(zoom):
    shown = of(zoom)
    for one, other in zip(shown.columns, shown.columns[1:], strict=False):
        assert other.first - one.last == timedelta(days=1)
    assert sum(head.span for head in shown.heads) == len(shown.columns)
    assert shown.heads[0].at == 1


def test_the_year_has_no_other_period_and_its_quarters_end_with_it():
    assert (of("year").before, of("year").after) == (None, None)
    assert of("quarter", date(2027, 12, 1)).after is None
    assert of("quarter", date(2027, 9, 30)).after == date(2027, 10, 1)


def test_a_week_of_holidays_is_closed_and_one_with_a_working_day_is_not():
    weeks = {c.first: c for c in of("year").columns}
    assert weeks[date(2027, 2, 8)].closed
    assert not weeks[date(2027, 2, 1)].closed  # Monday to Wednesday are working days
    assert [day for day, _ in weeks[date(2027, 2, 1)].off] == [
        date(2027, 2, d) for d in range(4, 8)
    ]


def test_weekends_are_closed_where_a_column_is_a_day():
    closed = [c.first.weekday() for c in of("week").columns if c.closed]
    assert closed == [5, 6]


def test_a_visit_that_lies_outside_has_no_place_and_one_across_the_edge_is_cut():
    march = of("month")
    assert march.place(date(2027, 4, 1), date(2027, 4, 2)) is None
    assert march.place(date(2027, 2, 26), date(2027, 3, 2)) == (1, 2)
    assert march.place(date(2027, 3, 30), date(2027, 4, 2)) == (30, 2)


def test_today_is_marked_once_and_only_where_it_is():
    assert [c.first for c in of("year").columns if c.today] == [date(2027, 3, 1)]
    assert not any(c.today for c in of("month", date(2027, 5, 1)).columns)
