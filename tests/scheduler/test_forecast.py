"""The forecast of dues: everybody once in each reading, and a peak that nobody can lower."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.catalogue import CatalogueRow
from data.forecast import BEFORE, CITY_FIELD, LATER
from scheduler.errors import Refused
from scheduler.flattening import flatten
from scheduler.forecast import forecast

ON = date(2026, 11, 22)
CATALOGUE = {"K1": CatalogueRow("K1", "Tài chính", 24, 60, True, "", "high")}
UNITS = pd.DataFrame(
    [("Sở", "department", ""), ("Sở-P1", "section", "Sở"), ("Xã", "commune", "")],
    columns=["unit_id", "kind", "parent_id"],
)


def flags(*rows: dict[str, Any]) -> pd.DataFrame:
    """Flags as the clock gives them; a row says only what differs."""
    usual = {
        "staff_id": "A", "unit_id": "Xã", "category": "K1", "overlay": "", "reading": "continuous",
        "earliest_date": None, "latest_date": None,
    }  # fmt: skip
    frame = pd.DataFrame([{**usual, **row} for row in rows], columns=list(usual))
    for name in ("earliest_date", "latest_date"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    return frame


def due(latest: date, earliest: date = date(2020, 1, 1), **more: Any) -> dict[str, Any]:
    return {"earliest_date": earliest, "latest_date": latest, **more}


def made(*rows: dict[str, Any], years: tuple[int, int] = (2027, 2031)) -> Any:
    return forecast(flags(*rows), {"units": UNITS}, CATALOGUE, *years, ON)


@pytest.mark.parametrize(
    ("latest", "period"),
    [
        (date(2026, 11, 21), BEFORE), (date(2026, 12, 31), BEFORE), (date(2027, 1, 1), "2027-Q1"),
        (date(2027, 3, 31), "2027-Q1"), (date(2027, 4, 1), "2027-Q2"),
        (date(2031, 12, 31), "2031-Q4"), (date(2032, 1, 1), LATER),
    ],
)  # fmt: skip
def test_somebody_is_due_in_the_quarter_of_the_latest_date(latest: date, period: str):
    table = made(due(latest)).table
    assert set(table["period"][table["due"] > 0]) == {period}


def test_whoever_is_overdue_on_the_day_is_before_even_when_the_quarter_is_forecast():
    rows = [due(ON - timedelta(days=1)), due(ON, staff_id="B")]
    table = made(*rows, years=(2026, 2027)).table
    assert dict(zip(table["period"], table["due"], strict=True)) == {BEFORE: 1, "2026-Q4": 1}


def test_a_doubtful_paper_counts_once_in_each_reading_at_its_own_date():
    rows = [
        due(date(2027, 2, 1)), due(date(2030, 7, 1), reading="restarted"),
        due(date(2028, 2, 1), staff_id="B"),
    ]  # fmt: skip
    one, two = made(*rows).readings
    assert (one.due[0], one.due[4], sum(one.due)) == (1, 1, 2)
    assert (two.due[14], two.due[4], sum(two.due)) == (1, 1, 2)


def test_somebody_with_dates_in_one_reading_only_is_counted_as_without_dates_in_the_other():
    one, two = made({}, due(date(2030, 7, 1), reading="restarted")).readings
    assert (sum(one.due), one.no_dates) == (0, 1)
    assert (sum(two.due), two.no_dates) == (1, 0)


def test_deferred_and_exempt_people_stand_apart_at_their_own_dates():
    day = date(2028, 5, 5)
    rows = [due(day, overlay=o) for o in ("", "deferred", "exempt", "single_post", "deferred")]
    reading = made(*rows).readings[0]
    assert (reading.due[5], reading.deferred[5], reading.exempt[5]) == (2, 2, 1)


def test_a_post_of_the_city_limit_alone_has_a_field_of_its_own():
    table = made(due(date(2028, 1, 1), category="")).table
    assert set(table["field"]) == {CITY_FIELD}


def test_the_wave_is_the_fullest_quarter_and_sections_count_for_the_body_above():
    rows = [due(date(2030, 7, 1), unit_id=u) for u in ("Sở-P1", "Sở", "Xã")]
    rows += [due(date(2029, 1, 1)), due(date(2029, 4, 1), unit_id="Xã", category="")]
    wave = made(*rows).readings[0].wave
    assert (wave.quarter, wave.due, wave.share) == ("2030-Q3", 3, 0.6)
    assert (wave.unit.name, wave.unit.due) == ("Sở", 2)
    assert (wave.field.name, wave.field.due) == ("Tài chính", 3)
    assert (wave.year, wave.year_due) == (2030, 3)


def test_nobody_due_is_no_wave():
    reading = made(due(date(2035, 1, 1))).readings[0]
    assert reading.wave is None
    assert reading.least_peak == 0
    assert reading.later == (1, 0, 0)


def test_a_person_moves_early_from_the_earliest_date_on_and_not_before_today():
    wave = [due(date(2027, 3, 31), earliest=date(2026, 1, 1)) for _ in range(2)]
    early = [due(date(2027, 6, 30), earliest=date(2027, 3, 31)) for _ in range(2)]
    late = [due(date(2027, 6, 30), earliest=date(2027, 4, 1)) for _ in range(2)]
    assert made(*early, *late, years=(2027, 2027)).readings[0].flat == (2, 2, 0, 0)
    assert made(*late, *late, years=(2027, 2027)).readings[0].flat == (0, 4, 0, 0)
    assert made(*wave, *wave, years=(2026, 2027)).readings[0].flat == (0, 0, 0, 2, 2, 0, 0, 0)


def test_years_that_are_over_are_refused():
    for years in ((2028, 2027), (2020, 2025)):
        with pytest.raises(Refused):
            made(due(date(2027, 1, 1)), years=years)


days = st.dates(date(2025, 1, 1), date(2034, 12, 31))
people = st.lists(
    st.builds(
        lambda a, b, overlay, unit, category: due(
            max(a, b), earliest=min(a, b), overlay=overlay, unit_id=unit, category=category
        ),
        days, days, st.sampled_from(["", "deferred", "exempt"]), st.sampled_from(["Xã", "Sở-P1"]),
        st.sampled_from(["K1", "", "K9"]),
    ),
    max_size=30,
)  # fmt: skip


@given(people, st.integers(0, 5))
def test_everybody_with_dates_is_in_the_table_once_and_so_is_every_move(
    rows: list[dict[str, Any]], undated: int
):
    found = made(*rows, *[{} for _ in range(undated)])
    for reading in found.readings:
        mine = found.table[found.table["reading"] == reading.name]
        counted = mine[["due", "deferred", "exempt"]].to_numpy().sum()
        assert counted == len(rows)
        assert reading.no_dates == undated
        assert mine["flattened"].sum() == mine["due"].sum()
        assert sum(reading.flat) == sum(reading.due)
        assert max(reading.flat) == reading.least_peak <= max(reading.due)
        by_unit = mine.groupby("unit_id")[["due", "flattened"]].sum()
        assert (by_unit["due"] == by_unit["flattened"]).all()


windows = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3)).map(lambda w: (min(w), max(w))),
    min_size=1, max_size=6,
)  # fmt: skip


@given(windows)
def test_no_schedule_of_all_has_a_lower_peak_and_the_proof_counts_right(
    wanted: list[tuple[int, int]],
):
    opens, closes = np.array(wanted).T
    plan = flatten(opens, closes, 4)
    assert ((opens <= plan.quarter) & (plan.quarter <= closes)).all()
    best = min(
        max(Counter(choice).values())
        for choice in product(*(range(a, b + 1) for a, b in wanted))
    )  # fmt: skip
    assert np.bincount(plan.quarter).max() == plan.peak == best
    inside = ((opens >= plan.first) & (closes <= plan.last)).sum()
    assert inside == plan.forced
    assert -(-plan.forced // (plan.last - plan.first + 1)) == best


def test_nobody_moves_early_where_the_wave_is_level_already():
    quarters = np.repeat(np.arange(8), 5)
    plan = flatten(np.zeros(40, dtype=np.int64), quarters, 8)
    assert (plan.quarter == quarters).all()
