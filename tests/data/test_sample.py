"""Made-up datasets: the same for the same seed, consistent, readable, and fit to be planned."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.calendar import WorkCalendar
from data.columns import tables as contract
from data.sample import sample_tables, write_dataset, write_workbook
from data.sample.city import city_tables
from data.tables import read_dataset

if TYPE_CHECKING:
    import pandas as pd

SIZES = [(20, 4, 100), (60, 16, 400), (143, 50, 3_000), (600, 100, 2_000)]


@pytest.fixture(scope="module", params=SIZES, ids=lambda size: f"{size[0]} units")
def sample(request: pytest.FixtureRequest) -> dict[str, pd.DataFrame]:
    units, inspectors, staff = request.param
    return sample_tables(units, inspectors, staff, seed=5)


@pytest.fixture(scope="module")
def city() -> dict[str, pd.DataFrame]:
    return city_tables()


def written(tables: dict[str, pd.DataFrame], folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(write_dataset(tables, folder).glob("*.csv"))}


def days(texts: pd.Series) -> list[date | None]:
    return [date.fromisoformat(text) if text else None for text in texts]


def test_same_seed_gives_the_same_bytes_and_another_seed_does_not(tmp_path: Path):
    first = written(sample_tables(40, 12, 300, seed=3), tmp_path / "a")
    again = written(sample_tables(40, 12, 300, seed=3), tmp_path / "b")
    other = written(sample_tables(40, 12, 300, seed=4), tmp_path / "c")
    assert first == again
    changed = {name for name in first if first[name] != other[name]}
    assert {"staff.csv", "visits.csv", "indicators.csv", "absences.csv"} <= changed


def test_every_column_is_one_of_the_contract(sample: dict[str, pd.DataFrame]):
    for name, table in sample.items():
        known = [column.name for column in contract()[name].columns]
        assert [column for column in table.columns if column not in known] == []
    assert set(contract()) - set(sample) == {"pins"}


def test_sizes_are_those_asked_for(sample: dict[str, pd.DataFrame]):
    in_scope = (sample["units"]["in_scope"] == "true").sum()
    assert (in_scope, len(sample["inspectors"]), len(sample["staff"])) in SIZES


@settings(max_examples=8, deadline=None)
@given(
    units=st.integers(20, 220), inspectors=st.integers(4, 60), staff=st.integers(100, 900),
    seed=st.integers(0, 10**6), year=st.integers(2024, 2033),
)  # fmt: skip
def test_every_sample_reads_without_a_fault(
    tmp_path_factory: pytest.TempPathFactory,
    units: int, inspectors: int, staff: int, seed: int, year: int,
):  # fmt: skip
    tables = sample_tables(units, inspectors, staff, seed=seed, year=year)
    dataset = read_dataset(write_dataset(tables, tmp_path_factory.mktemp("sample")))
    assert dataset.warnings == ()
    for name, table in tables.items():
        assert len(dataset.tables[name]) == len(table)


def test_the_workbook_of_a_sample_reads_as_its_folder(tmp_path: Path):
    tables = sample_tables(30, 8, 150, seed=2)
    folder = read_dataset(write_dataset(tables, tmp_path / "csv"))
    book = read_dataset(write_workbook(tables, tmp_path / "sample.xlsx"))
    assert book.digest == folder.digest


def test_the_city_in_the_project_is_what_its_generator_writes(
    tmp_path: Path, city: dict[str, pd.DataFrame]
):
    kept = {p.name: p.read_bytes() for p in Path(str(files("data") / "city")).glob("*.csv")}
    assert kept == written(city, tmp_path)


def test_the_city_holds_the_real_bodies_and_a_point_beside_every_commune(
    city: dict[str, pd.DataFrame],
):
    text = (files("data") / "reference" / "units.csv").read_text(encoding="utf-8")
    real = {row["code"]: row["name_vi"] for row in csv.DictReader(text.splitlines())}
    units = city["units"]
    named = dict(zip(units["unit_id"], units["name"], strict=True))
    assert real.items() <= named.items()
    points = units[units["kind"] == "service_point"].set_index("unit_id")
    assert len(points) == 126
    assert set(points["in_scope"]) == {"false"}
    places = units.set_index("unit_id")[["lat", "lon"]]
    assert (points[["lat", "lon"]].to_numpy() == places.loc[points["parent_id"]].to_numpy()).all()


def test_every_inspector_is_staff_with_a_present_post_at_home(sample: dict[str, pd.DataFrame]):
    unit_of = sample["positions"].set_index("position_id")["unit_id"]
    now = sample["postings"][sample["postings"]["end"] == ""]
    home = dict(zip(now["staff_id"], unit_of.loc[now["position_id"]], strict=True))
    people = sample["inspectors"]
    assert [home[staff] for staff in people["staff_id"]] == list(people["home_unit_id"])
    named = sample["staff"].set_index("staff_id")["name"]
    assert list(named.loc[people["staff_id"]]) == list(people["name"])


def test_nobody_holds_two_posts_at_once_nor_is_hired_before_eighteen(
    sample: dict[str, pd.DataFrame],
):
    postings = sample["postings"]
    postings = postings[postings["start"] != ""]
    end = postings["end"].where(postings["end"] != "", "9999-12-31")
    previous = end.groupby(postings["staff_id"]).shift()
    assert (previous.isna() | (postings["start"] > previous)).all()
    birth = sample["staff"].set_index("staff_id")["birth_date"]
    born = birth.loc[postings["staff_id"]].str[:4].astype(int).to_numpy()
    assert (postings["start"].str[:4].astype(int).to_numpy() - born >= 18).all()


def test_absences_of_one_person_never_overlap(sample: dict[str, pd.DataFrame]):
    absences = sample["absences"].sort_values(["inspector_id", "start"])
    previous = absences.groupby("inspector_id")["end"].shift()
    assert (previous.isna() | (absences["start"] > previous)).all()
    assert (absences["start"] <= absences["end"]).all()


def test_past_teams_kept_the_rules_of_independence(city: dict[str, pd.DataFrame]):
    home = city["inspectors"].set_index("inspector_id")["home_unit_id"]
    leads = set(city["inspectors"].loc[city["inspectors"]["can_lead"] == "true", "inspector_id"])
    last: dict[str, set[str]] = {}
    for visit in city["visits"].sort_values("start").itertuples():
        team = {visit.lead, *visit.members.split(";")}
        assert len(team) == 4
        assert visit.lead in leads
        assert visit.unit_id not in {home[who] for who in team}
        assert not team & last.get(visit.unit_id, set())
        last[visit.unit_id] = team


def test_past_visits_lie_on_working_days_of_the_two_years_before(city: dict[str, pd.DataFrame]):
    calendar = WorkCalendar()
    starts, ends = days(city["visits"]["start"]), days(city["visits"]["end"])
    assert all(day and calendar.is_working(day) for day in starts + ends)
    counted = Counter(day.year for day in starts if day)
    assert set(counted) == {2025, 2026}
    assert all(55 <= n <= 85 for n in counted.values())


def test_nobody_was_out_with_two_teams_on_one_day(city: dict[str, pd.DataFrame]):
    seen: Counter[tuple[str, str]] = Counter()
    for visit in city["visits"].itertuples():
        for day in {visit.start, visit.end}:
            seen.update((who, day) for who in (visit.lead, *visit.members.split(";")))
    assert max(seen.values()) == 1


def test_findings_are_closed_after_the_visit_and_about_three_in_five_are(
    city: dict[str, pd.DataFrame],
):
    visit_end = city["visits"].set_index("visit_id")["end"]
    findings = city["findings"]
    closed = findings[findings["closed_on"] != ""]
    assert (closed["closed_on"] > visit_end.loc[closed["visit_id"]].to_numpy()).all()
    assert (closed["closed_on"] < "2026-12-31").all()
    assert 0.5 <= len(closed) / len(findings) <= 0.75


def test_no_unit_is_in_two_campaigns_and_every_window_is_six_weeks_or_longer(
    sample: dict[str, pd.DataFrame],
):
    campaigns = sample["campaigns"]
    listed = [unit for units in campaigns["units"] for unit in units.split(";")]
    assert len(listed) == len(set(listed))
    for first, last in zip(days(campaigns["start"]), days(campaigns["end"]), strict=True):
        assert first is not None
        assert last is not None
        assert (last - first).days >= 42


def test_blackouts_leave_days_in_every_window_of_a_campaign(sample: dict[str, pd.DataFrame]):
    calendar = WorkCalendar()
    off = [
        (row.unit_id, date.fromisoformat(row.start), date.fromisoformat(row.end))
        for row in sample["blackouts"].itertuples()
    ]
    for campaign in sample["campaigns"].itertuples():
        window = calendar.working_days(
            date.fromisoformat(campaign.start), date.fromisoformat(campaign.end)
        )
        for unit in campaign.units.split(";"):
            mine = [(a, b) for where, a, b in off if where in ("", unit)]
            assert sum(not any(a <= day <= b for a, b in mine) for day in window) >= 15


def test_campaign_skills_are_held_by_many(city: dict[str, pd.DataFrame]):
    held = Counter(skill for skills in city["inspectors"]["skills"] for skill in skills.split(";"))
    asked = {skill for skills in city["campaigns"]["skills"] for skill in skills.split(";")}
    assert asked
    assert all(held[skill] >= 10 for skill in asked | {"secretary"})


def test_weak_bodies_have_worse_indicators_and_more_complaints(city: dict[str, pd.DataFrame]):
    indicators = city["indicators"].assign(value=lambda t: t["value"].astype(float))
    wide = indicators.pivot_table(index="unit_id", columns="name", values="value")
    assert wide["sipas"].corr(wide["par_index"]) > 0.4
    assert wide["sipas"].corr(wide["n_complaints"]) < -0.2


def test_a_leader_of_a_larger_crew_is_never_from_the_house_of_half_of_them():
    crew = sample_tables(60, 24, 300, seed=9)["inspectors"]
    leads = crew[crew["can_lead"] == "true"]
    assert leads["home_unit_id"].value_counts().max() <= len(leads) / 2


def test_sizes_out_of_range_are_refused_all_at_once():
    with pytest.raises(ValueError, match=r"units = 19 .*; inspectors = 3 .*; staff = 99 "):
        sample_tables(19, 3, 99)
    assert len(sample_tables(20, 4, 100)["units"]) > 20
