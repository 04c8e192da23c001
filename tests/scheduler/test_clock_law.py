"""The cases of tests/law/clock.toml: read by the program and by the plain oracle, as a lawyer would."""

import tomllib
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from data.catalogue import CatalogueRow
from scheduler.clock import day_number
from scheduler.derivation import derivations
from scheduler.flags import flag_table
from scheduler.retirement import retirement_dates
from scheduler.rotation_law import rotation_law
from tests.flags_oracle import read_flags
from tests.rotation_tables import plain, rules, tables

FILE = Path(__file__).parents[1] / "law" / "clock.toml"
BOOK = tomllib.loads(FILE.read_text(encoding="utf-8"))
ON = date(2027, 1, 1)
CATALOGUE = {
    "KT": CatalogueRow("KT", "Tài chính", 24, 60, True, "", "high", "Thông tư 27/2024/TT-BTC"),
    "DT": CatalogueRow("DT", "Đầu tư", 36, 60, False, "", "high", "Thông tư 18/2022/TT-BKHĐT"),
    "TP": CatalogueRow("TP", "Tư pháp", 60, 60, False, "", "high", "Thông tư 05/2023/TT-BTP"),
}
SAYS = {
    "clock": "clock_start", "earliest": "earliest_date", "latest": "latest_date", "unit": "unit_id",
    "months": "months_served", "until": "overlay_until", "post": "position_id",
}  # fmt: skip


def tables_of_case(case):
    postings = [
        {
            "position_id": row.get("post", "P1"), "start": row.get("from"), "end": row.get("to"),
            "continues_previous": row.get("continues", ""), "is_probation": row.get("probation", False),
        }
        for row in case["postings"]
    ]  # fmt: skip
    deferrals = [
        {"ground": row["ground"], "start": row["from"], "end": row.get("to")}
        for row in case.get("deferred", ())
    ]
    events = [
        {
            "date": row["date"], "unit_id": row.get("unit", ""), "position_id": row.get("post", ""),
            "continues": row["continues"],
        }
        for row in case.get("merged", ())
    ]  # fmt: skip
    return tables(
        postings,
        positions=[
            {"category": "KT", **case.get("desk", {})}, {"position_id": "P0", "category": ""},
            {"position_id": "P9", "unit_id": "U2", "category": ""},
        ],
        staff=[{"birth_date": case.get("birth", date(1990, 1, 1)), "sex": case.get("sex", "male")}],
        units=[{"parent_id": "U0"}, {"unit_id": "U2", "parent_id": "U0"}, {"unit_id": "U0"}],
        deferrals=deferrals, successions=events,
    )  # fmt: skip


def named(case):
    return case["name"]


@pytest.mark.parametrize("case", BOOK["case"], ids=named)
def test_the_flag_says_what_the_lawyer_says(case):
    on, given = case.get("on", ON), tables_of_case(case)
    book = rules(on, **case.get("values", {}))
    flags = flag_table(given, CATALOGUE, book, on)
    found = plain(flags.frame)
    expected = [case["is"], *([case["twice"]] if "twice" in case else [])]
    assert len(found) == len(expected)
    for row, said in zip(found, expected, strict=True):
        assert {name: row[SAYS.get(name, name)] for name in said} == said
    assert found == read_flags(given, CATALOGUE, book, on)
    assert all(derivations(flags, np.arange(len(flags)), "vi"))


@pytest.mark.parametrize("case", BOOK["retirement"], ids=named)
def test_people_retire_by_the_decrees_table(case):
    law = rotation_law(rules(ON), {}).retirement
    born = np.array([day_number(day) for day in case["born"]])
    female = np.full(len(born), case["sex"] == "female")
    found = retirement_dates(born, female, law)
    assert found.astype("datetime64[D]").tolist() == case["on"]


def test_every_month_of_birth_has_the_age_of_the_year_in_which_it_is_reached():
    law = rotation_law(rules(ON), {}).retirement
    months = np.arange("1955-01", "1990-01", dtype="datetime64[M]")
    born = months.astype("datetime64[D]").astype(np.int64)
    for female, (first, step, last) in {False: (723, 3, 744), True: (664, 4, 720)}.items():
        found = retirement_dates(born, np.full(len(born), female), law).astype("datetime64[D]")
        assert (np.diff(found.astype(np.int64)) > 0).all()
        age = (found.astype("datetime64[M]") - months).astype(int)
        year = found.astype("datetime64[Y]").astype(int) + 1970
        by_year = np.where(
            year < 2021, first - step, np.minimum(first + step * (year - 2021), last)
        )
        assert (age == by_year).all()
