"""Months and days, one by one and by the column; the last lawful day that the yearly plan asks for."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.catalogue import CatalogueRow
from data.records import Office, Position, Posting, Succession
from data.rulefiles import RuleFilesError, read_rules
from scheduler.clock import add_months, day_number
from scheduler.day_columns import full_months, months_later
from scheduler.lawful_days import last_lawful_days
from scheduler.rotation_law import rotation_law
from scheduler.rulebook import in_force

ON = date(2027, 1, 1)
BOOK = in_force(read_rules(), ON)
ACCOUNTS = CatalogueRow("K1", "Tài chính", 24, 60, True, "", "high", "Thông tư 27/2024/TT-BTC")
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


def post(position_id="P1", **changes):
    usual = {
        "unit_id": "U1", "title": "Kế toán", "rank_group": "specialist", "profession": "ke_toan",
        "category": "K1",
    }  # fmt: skip
    return Position(position_id, **{**usual, **changes})


def served(start, end=None, position_id="P1", **changes):
    return Posting("S1", position_id, start, end, **changes)


def last_day(rows, *posts, **tables):
    office = Office(positions=posts, postings=tuple(rows), **tables)
    return last_lawful_days(office, {"K1": ACCOUNTS}, BOOK, ON).get("S1")


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


@given(day=DAYS, months=st.integers(0, 800))
def test_a_column_of_months_is_the_same_as_one_after_the_other(day, months):
    later = months_later(np.array([day_number(day)]), months)
    assert later.tolist() == [day_number(add_months(day, months))]


@given(start=DAYS, more=st.integers(0, 4000))
def test_full_months_are_the_most_that_have_passed(start, more):
    on = date.fromordinal(start.toordinal() + more)
    n = int(full_months(np.array([day_number(start)]), on)[0])
    assert add_months(start, n) <= on < add_months(start, n + 1)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9989, 12, 31)])
def test_the_first_and_the_last_days_of_the_calendar_can_be_reckoned_with(day):
    later = months_later(np.array([day_number(day)]), 60)
    assert later.tolist() == [day_number(add_months(day, 60))]


def test_five_years_after_the_written_assignment_is_the_last_day():
    assert last_day([served(date(2022, 3, 1))], post()) == date(2027, 3, 1)


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


def test_the_succession_table_counts_for_the_yearly_plan_too():
    rows = [served(date(2021, 1, 1), date(2025, 6, 30), "P0"), served(date(2025, 7, 1))]
    merged = (Succession(date(2025, 7, 1), True, unit_id="U1"),)
    assert last_day(rows, post("P0"), post(), successions=merged) == date(2026, 1, 1)


def test_of_two_regimes_the_earlier_day_is_the_last_one():
    rows = [served(date(2024, 1, 1))]
    assert last_day(rows, post(faces_public=True, term_months=36)) == date(2027, 1, 1)


def test_a_post_outside_both_regimes_has_no_last_day():
    assert last_day([served(date(2010, 1, 1))], post(category="")) is None


def test_two_current_posts_contradict_each_other_and_give_no_date():
    rows = [served(date(2020, 1, 1)), served(date(2021, 1, 1), position_id="P2")]
    assert last_day(rows, post(), post("P2")) is None


def test_nobody_in_post_gives_no_days():
    assert last_day([]) is None


# --- rules that cannot stand ---------------------------------------------------------------------------


def refused(catalogue=(), on=ON, **trial):
    named = {f"rotation.{name.replace('_', '-')}": value for name, value in trial.items()}
    with pytest.raises(RuleFilesError) as error:
        rotation_law(in_force(read_rules(), on, named), {row.category: row for row in catalogue})
    assert ":0" not in str(error.value)  # no line of a file is to blame
    return [fault.message.say("vi") for fault in error.value.faults]


def test_no_limit_may_exceed_that_of_the_law_and_every_one_that_does_is_named():
    long = CatalogueRow("K7", "", 24, 61, False, "", "high")
    assert len(refused([long, ACCOUNTS])) == 1
    assert len(refused([long], limit=61)) == 2
    rotation_law(BOOK, {"K1": ACCOUNTS})


def test_a_ground_that_would_stop_the_clock_is_refused_not_guessed_at():
    assert "illness" in refused(stops_clock=["illness"])[0]


@pytest.mark.parametrize("ages", [[720, 723, 3], [720, 719, 3, 744], [720, 723, 0, 744], ["a"] * 4])
def test_a_retirement_table_of_a_wrong_shape_is_refused(ages):
    table = {"male": ages}
    assert len(refused(retirement=table)) == 1


def test_before_the_law_there_are_no_flags():
    assert "30/06/2019" in refused(on=date(2019, 6, 30))[0]
