"""Tables and picture of a forecast: they add up, name the wave, and need nothing outside."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from xml.etree import ElementTree

import pandas as pd
import pytest
from openpyxl import load_workbook

from data.exports.forecast_page import forecast_page
from data.exports.forecast_picture import forecast_svg
from data.exports.forecast_table import forecast_book, forecast_csv
from data.forecast import CITY_FIELD, Carrier, Forecast, ReadingForecast, Wave

QUARTERS = ("2030-Q1", "2030-Q2", "2030-Q3", "2030-Q4")
NAMES = {"X": "Xã <Một>", "=Y": "=1+1"}


def reading(name: str, due: tuple[int, ...]) -> ReadingForecast:
    most = max(due)
    at = due.index(most)
    return ReadingForecast(
        name, (3, 1, 0), (0, 0, 2), due, (0, 1, 0, 0), (0, 0, 1, 0), (300, 300, 300, 300), 7, 300,
        ("2030-Q1", "2030-Q3"), 900, 5,
        Wave(QUARTERS[at], most, most / sum(due), Carrier("X", 40), Carrier(CITY_FIELD, 20), 2030,
             sum(due), 1.0),
    )  # fmt: skip


def table(name: str, due: tuple[int, ...]) -> pd.DataFrame:
    rows = [("X", CITY_FIELD, "before", 0, 0, name, 3, 1, 0, 3)]
    rows += [
        ("=Y" if n else "X", "Tài chính", q, 2030, n + 1, name, count, 0, 0, 300)
        for n, (q, count) in enumerate(zip(QUARTERS, due, strict=True))
    ]
    columns = ["unit_id", "field", "period", "year", "quarter", "reading", "due", "deferred"]
    return pd.DataFrame(rows, columns=[*columns, "exempt", "flattened"])


@pytest.fixture
def wave() -> Forecast:
    one, two = (100, 200, 1_000, 100), (50, 50, 1_234, 66)
    tables = [table("continuous", one), table("restarted", two)]
    return Forecast(
        date(2026, 11, 22), QUARTERS, (reading("continuous", one), reading("restarted", two)),
        pd.concat(tables, ignore_index=True),
    )  # fmt: skip


def test_the_csv_is_the_long_table_with_names_and_harmless_cells(wave: Forecast):
    content = forecast_csv(wave, NAMES)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert sum(int(row["due"]) for row in rows) == wave.table["due"].sum()
    assert [(r["period"], r["year"], r["quarter"]) for r in rows[:2]] == [
        ("before", "", ""), ("2030-Q1", "2030", "1"),
    ]  # fmt: skip
    assert {row["unit_name"] for row in rows} == {"Xã <Một>", "'=1+1"}
    assert not [cell for row in rows for cell in row.values() if cell.startswith("=")]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_workbook_adds_up_in_every_sheet(wave: Forecast, lang: str):
    sheets = load_workbook(io.BytesIO(forecast_book(wave, NAMES, lang))).worksheets
    summary, quarters, units, fields = (list(s.iter_rows(values_only=True)) for s in sheets)
    assert any("2030" in str(row[1]) for row in summary)
    assert sum(row[1] for row in quarters[1:]) == 1_403
    assert sum(row[5] for row in quarters[1:]) == 1_403
    for rows in (units, fields):
        assert sum(row[-1] for row in rows[1:]) == wave.table["due"].sum()
        assert all(sum(cells[-7:-1]) == cells[-1] for cells in rows[1:])


def test_the_same_forecast_gives_the_same_workbook(wave: Forecast):
    assert forecast_book(wave, NAMES) == forecast_book(wave, NAMES)


def test_the_picture_is_sound_and_names_the_wave_and_the_level(wave: Forecast):
    svg = forecast_svg(wave)
    root = ElementTree.fromstring(svg)
    words = " ".join(root.itertext())
    assert "Đợt cao điểm Quý III/2030: 1.234 người" in words
    assert "San phẳng: nhiều nhất 300 người/quý" in words
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_bars_of_the_picture_are_as_high_as_their_numbers(wave: Forecast):
    bars = re.findall(
        r'height="([\d.]+)" fill="[^"]+" stroke="[^"]+"><title>(.*?)<', forecast_svg(wave)
    )
    due = {
        words: float(height)
        for height, words in bars
        if "đến hạn 1.000" in words or "1.234" in words
    }
    low, high = sorted(due.values())
    assert low / high == pytest.approx(1_000 / 1_234, rel=0.01)


def test_readings_that_agree_are_drawn_once(wave: Forecast):
    same = reading("restarted", wave.readings[0].due)
    one = Forecast(wave.on, wave.quarters, (wave.readings[0], same), wave.table)
    assert forecast_svg(one).count("Đợt cao điểm") == 1
    assert forecast_svg(wave).count("Đợt cao điểm") == 2


def test_the_page_escapes_what_people_wrote_and_loads_nothing(wave: Forecast):
    page = forecast_page(wave, NAMES)
    assert "Xã &lt;Một&gt;" in page
    assert "<Một>" not in page
    assert not re.search(r"""(src|href)=["']|url\((?!#)|@import""", page)
    assert page.count("<svg") == 2
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(ids)
