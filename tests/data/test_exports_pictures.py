from datetime import date, timedelta
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.exports.city_map import city_map
from data.exports.page import load_rows
from data.exports.week_chart import week_chart, weeks_of
from data.exports.year_grid import days_off, mondays_of, place, year_grid
from data.records import Plan, PlannedVisit, ReserveWeek, Unit
from tests.plans import fake_office, fake_plan


def visit_on(day, unit="U1", kind="periodic", number=1):
    return PlannedVisit(f"V{number}", unit, kind, start=day, end=day, days=1, lead="A")


def units(*places):
    return {
        f"U{n}": Unit(f"U{n}", f"Xã {n}", "commune", lat=a, lon=b)
        for n, (a, b) in enumerate(places, 1)
    }


@given(st.integers(2020, 2100))
def test_every_day_of_a_year_lies_in_exactly_one_of_its_weeks(year):
    mondays = mondays_of(year)
    assert mondays[0] <= date(year, 1, 1) < mondays[0] + timedelta(7)
    assert mondays[-1] <= date(year, 12, 31) < mondays[-1] + timedelta(7)
    assert {m.weekday() for m in mondays} == {0}


@given(st.dates(date(2027, 1, 1), date(2027, 12, 31)))
def test_a_visit_stands_in_the_column_of_its_week(day):
    grid = year_grid(Plan(2027, (visit_on(day),), ()), {})
    (mark,) = grid.groups[0][1][0].marks
    week = (day - grid.mondays[0]).days // 7
    assert mark.left == pytest.approx(100 * week / len(grid.mondays), abs=1e-3)


def test_neighbouring_days_off_are_one_stripe_and_others_are_not():
    rows = [{"date": f"2027-02-{d:02}", "name_vi": "Tết", "name_en": "Tet"} for d in (5, 6, 7, 9)]
    stripes = days_off(rows, mondays_of(2027))
    assert [s.label for s in stripes] == ["Tết 05–07/02/2027", "Tết 09/02/2027"]
    assert stripes[0].width == pytest.approx(3 * stripes[1].width, abs=2e-3)


def test_days_outside_the_year_stay_on_the_grid():
    mondays = mondays_of(2027)
    assert place(date(2025, 1, 1), mondays) == 0
    assert place(date(2030, 1, 1), mondays) == 100


def test_units_of_the_grid_stand_in_vietnamese_order():
    names = {"a": "Xã Đông Anh", "b": "Xã Dương Hòa", "c": "Xã An Khánh"}
    found = {k: Unit(k, name, "commune") for k, name in names.items()}
    plan = Plan(2027, tuple(visit_on(date(2027, 3, 1), k, number=k) for k in names), ())
    ((_, rows),) = year_grid(plan, found).groups
    assert [row.unit.unit_id for row in rows] == ["c", "b", "a"]


def test_north_is_up_east_is_right_and_ten_kilometres_are_ten_kilometres():
    city = city_map(
        Plan(2027, (), ()), units((21.0, 105.8), (21.0 + 10 / 111.19, 105.8), (21.0, 105.9))
    )
    home, north, east = sorted(city.points, key=lambda p: p.unit.unit_id)
    assert north.y < home.y == east.y
    assert home.x == north.x < east.x
    assert home.y - north.y == pytest.approx(city.ten_km, abs=0.2)


def test_units_at_one_address_do_not_cover_each_other():
    city = city_map(Plan(2027, (), ()), units(*[(21.0, 105.8)] * 12, (21.3, 105.9)))
    for one in city.points:
        for other in city.points:
            apart = dist((one.x, one.y), (other.x, other.y))
            assert one is other or apart > max(one.radius, other.radius)


def test_a_unit_without_a_place_is_named_and_not_drawn():
    city = city_map(Plan(2027, (), ()), {**units((21.0, 105.8)), "X": Unit("X", "Xã X", "commune")})
    assert [u.unit_id for u in city.unplaced] == ["X"]
    assert [p.unit.unit_id for p in city.points] == ["U1"]
    assert city_map(Plan(2027, (), ()), {"X": Unit("X", "Xã X", "commune")}) is None


def test_a_riskier_unit_is_drawn_larger_and_a_unit_of_two_kinds_in_two_colours():
    rows = (visit_on(date(2027, 3, 1)), visit_on(date(2027, 9, 1), kind="follow_up", number=2))
    plan = Plan(2027, rows, (), {"risk": {"U1": {"score": 80}, "U2": {"score": 10}}})
    one, two = sorted(
        city_map(plan, units((21.0, 105.8), (21.3, 105.9))).points, key=lambda p: p.unit.unit_id
    )
    assert one.radius > two.radius
    assert [kind for _, kind in one.slices] == ["periodic", "follow_up"]
    assert two.kinds == ()


@pytest.mark.parametrize("n", [143, 600])
def test_every_point_of_the_city_lies_inside_the_picture(n):
    office = fake_office(n)
    city = city_map(fake_plan(office), {u.unit_id: u for u in office.units})
    assert len(city.points) + len(city.unplaced) == n
    assert all(0 < p.x < city.width and 0 < p.y < city.height for p in city.points)


def test_the_enlarged_centre_hides_no_point():
    office = fake_office()
    city = city_map(fake_plan(office), {u.unit_id: u for u in office.units})
    box = city.inset
    assert len(box.points) >= 25
    assert not [
        p for p in city.points if box.x < p.x < box.x + box.side and box.y < p.y < box.y + box.side
    ]


def test_the_chart_adds_up_to_the_plan():
    plan = fake_plan(fake_office())
    weeks = weeks_of(plan)
    assert sum(w.planned for w in weeks) == sum(
        v.days for v in plan.visits if v.status == "scheduled"
    )
    assert sum(w.surprise for w in weeks) == sum(w.team_days for w in plan.reserve)
    assert sum(w.follow_up for w in weeks) == sum(w.follow_up_days for w in plan.reserve)


def test_columns_of_the_chart_are_as_high_as_their_values():
    plan = Plan(2027, (), (ReserveWeek(date(2027, 1, 4), 4), ReserveWeek(date(2027, 1, 11), 2, 2)))
    chart = week_chart(plan)
    tall, *halves = (bar.height for bar in chart.bars)
    assert halves == [pytest.approx(tall / 2, abs=0.1)] * 2
    assert all(bar.y >= 0 for bar in chart.bars)
    assert chart.bars[2].y + chart.bars[2].height == pytest.approx(chart.bars[1].y, abs=0.1)


@pytest.mark.parametrize(
    ("days", "level"),
    [(60, "light"), (61, "good"), (80, "good"), (81, "full"), (100, "full"), (101, "over")],
)
def test_the_colour_of_a_load_changes_where_the_legend_says(days, level):
    (row,) = load_rows({"A": {"days": days, "available": 100, "target": 50, "visits": 9}}, {})
    assert row.level == level


def test_days_where_none_are_usable_are_a_load_above_the_limit():
    load = {"A": {"days": 1, "available": 0, "target": 0, "visits": 1}}
    assert load_rows(load, {})[0].level == "over"
    assert load_rows({"A": {**load["A"], "days": 0}}, {})[0].level == "light"


def test_the_fullest_person_comes_first():
    plan = fake_plan(fake_office())
    shares = [row.share for row in load_rows(plan.facts["load"], {})]
    assert shares == sorted(shares, reverse=True)
