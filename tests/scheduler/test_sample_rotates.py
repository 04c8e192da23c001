"""A made-up dataset has rotation years that look real: who is due, who cannot, what wave is coming."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from data.catalogue import read_catalogue
from data.rulefiles import read_rules
from data.sample import sample_tables, write_dataset
from data.tables import read_dataset
from scheduler.flags import flag_table
from scheduler.forecast import forecast
from scheduler.rulebook import in_force

if TYPE_CHECKING:
    import pandas as pd

    from data.dataset import Dataset

ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    tables = sample_tables(143, 50, 15_000, seed=1)
    return read_dataset(write_dataset(tables, tmp_path_factory.mktemp("sample")))


@pytest.fixture(scope="module")
def flags(dataset: Dataset) -> pd.DataFrame:
    return flag_table(dataset.tables, read_catalogue(ON), in_force(read_rules(), ON), ON).frame


@pytest.fixture(scope="module")
def due(flags: pd.DataFrame) -> pd.DataFrame:
    """People to be moved by the end of 2027, papers read as continuous."""
    mine = flags[(flags["reading"] == "continuous") & (flags["overlay"] == "")]
    return mine[mine["latest_date"] < "2028-01-01"]


def test_about_one_in_nine_is_due_by_the_end_of_the_year(due: pd.DataFrame):
    assert 0.08 <= len(due) / 15_000 <= 0.15


def test_every_status_regime_and_overlay_occurs(flags: pd.DataFrame):
    assert set(flags["status"]) == {
        "not_subject", "not_yet", "may_move", "due_soon", "due", "overdue", "missing_data",
    }  # fmt: skip
    assert set(flags["regime"]) == {"", "R1", "R2", "both"}
    assert set(flags["overlay"]) == {"", "exempt", "deferred", "single_post"}


def test_nearly_everybody_due_has_an_equal_desk_in_another_unit(
    dataset: Dataset, due: pd.DataFrame
):
    posts = dataset["positions"].set_index("position_id")
    units: dict[tuple[str, str], set[str]] = {}
    for post in posts.itertuples():
        units.setdefault((post.profession, post.rank_group), set()).add(post.unit_id)
    mine = posts.loc[due["position_id"]]
    placed = [
        len(units[profession, rank]) > 1
        for profession, rank in zip(mine["profession"], mine["rank_group"], strict=True)
    ]
    assert sum(placed) / len(placed) >= 0.97


def test_some_desks_stand_empty_and_sections_stand_under_their_bodies(dataset: Dataset):
    held = set(dataset["postings"].loc[dataset["postings"]["end"].isna(), "position_id"])
    assert 0.03 <= 1 - len(held) / len(dataset["positions"]) <= 0.08
    units = dataset["units"].set_index("unit_id")
    sections = units[units["kind"] == "section"]
    above = units.loc[sections["parent_id"]]
    assert set(above["kind"]) == {"department", "agency"}
    assert not sections["in_scope"].any()
    assert set(sections.index) <= set(dataset["positions"]["unit_id"])


def test_the_wave_of_2030_stands_out_when_the_clock_starts_anew(
    dataset: Dataset, flags: pd.DataFrame
):
    found = forecast(flags, dataset.tables, read_catalogue(ON), 2027, 2031, ON)
    waves: list[Any] = [reading.wave for reading in found.readings]
    assert waves[1].quarter == "2030-Q3"
    assert waves[1].share > 2 * waves[0].share
    assert found.readings[1].least_peak < waves[1].due / 2
