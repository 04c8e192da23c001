"""The last lawful day in a post: months, chains, probation, the earlier of two regimes."""

from datetime import date

import pytest

from data.catalogue import CatalogueRow
from data.records import Position, Posting
from scheduler.clock import add_months, last_lawful_day

ON = date(2027, 1, 1)
ACCOUNTS = CatalogueRow("K1", "Tài chính", 24, 60, True, "TT 27/2024", "high")


def post(position_id="P1", **changes):
    given = {
        "unit_id": "U1",
        "title": "Kế toán",
        "rank_group": "specialist",
        "profession": "ke_toan",
        "category": "K1",
    }
    return Position(position_id, **{**given, **changes})


def served(start, end=None, position_id="P1", **changes):
    return Posting("S1", position_id, start, end, **changes)


def last_day(rows, *posts):
    return last_lawful_day(rows, {p.position_id: p for p in posts}, {"K1": ACCOUNTS}, 60, ON)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2021, 8, 31), 6, date(2022, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 12, 15), 1, date(2023, 1, 15)),
        (date(2020, 2, 29), 60, date(2025, 2, 28)),
    ],
)
def test_months_keep_the_day_and_clamp_to_the_end_of_a_shorter_month(start, months, end):
    assert add_months(start, months) == end


def test_five_years_after_the_written_assignment_is_the_last_day():
    assert last_day([served(date(2022, 3, 1))], post()) == date(2027, 3, 1)


def test_a_new_paper_for_the_same_post_does_not_restart_the_clock():
    rows = [served(date(2020, 1, 1), date(2025, 6, 30)), served(date(2025, 7, 1))]
    assert last_day(rows, post()) == date(2025, 1, 1)


@pytest.mark.parametrize(
    ("answer", "last"),
    [
        ("yes", date(2026, 1, 1)),
        ("unknown", date(2026, 1, 1)),
        ("no", date(2030, 7, 1)),
        ("", date(2030, 7, 1)),
    ],
)
def test_another_post_continues_the_work_only_when_papers_say_so_or_leave_it_open(answer, last):
    rows = [
        served(date(2021, 1, 1), date(2025, 6, 30), "P0"),
        served(date(2025, 7, 1), continues_previous=answer),
    ]
    assert last_day(rows, post("P0"), post()) == last


@pytest.mark.parametrize(
    ("end", "continued"), [(date(2025, 6, 1), True), (date(2025, 5, 31), False)]
)
def test_a_hole_of_thirty_days_still_continues_and_one_day_more_does_not(end, continued):
    rows = [served(date(2021, 1, 1), end, "P0"), served(date(2025, 7, 1), continues_previous="yes")]
    assert (last_day(rows, post("P0"), post()) == date(2026, 1, 1)) == continued


def test_probation_does_not_count_where_the_circular_leaves_it_out():
    rows = [
        served(date(2022, 1, 1), date(2022, 12, 31), is_probation=True),
        served(date(2023, 1, 1)),
    ]
    assert last_day(rows, post()) == date(2028, 1, 1)


def test_a_head_facing_the_public_is_bound_by_the_city_limit_alone():
    head = post(is_lead=True, faces_public=True, rank_group="division_head", category="K1")
    assert last_day([served(date(2022, 3, 1))], head) == date(2027, 3, 1)


def test_a_post_outside_both_regimes_has_no_last_day():
    assert last_day([served(date(2010, 1, 1))], post(category="")) is None


def test_a_term_fixed_by_the_head_comes_first():
    assert last_day([served(date(2024, 1, 1))], post(term_months=36)) == date(2027, 1, 1)


def test_two_current_posts_contradict_each_other_and_give_no_date():
    rows = [served(date(2020, 1, 1)), served(date(2021, 1, 1), position_id="P2")]
    assert last_day(rows, post(), post("P2")) is None
