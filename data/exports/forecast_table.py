"""The forecast as tables: one long CSV, or a workbook by quarter, unit and field."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.collation import vietnamese_key
from data.exports.book import LIKE_FORMULA, Book, Head, dated_book
from data.exports.forecast_words import (
    COLUMNS,
    READINGS,
    about,
    field_name,
    flat_text,
    quarter_text,
    wave_text,
)
from data.forecast import BEFORE, LATER
from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from data.forecast import Forecast

COUNTS = ("due", "deferred", "exempt", "flattened")


def forecast_csv(forecast: Forecast, unit_names: Mapping[str, str], lang: str = "vi") -> bytes:
    """The long table as UTF-8 CSV with a BOM, so that office programs show its letters.

    Columns: unit_id, unit_name, field, period, year, quarter, reading, due, deferred, exempt,
    flattened. Rows with people only; period is "2027-Q1", "before" or "later", the last two without
    year and quarter. Field names are said in `lang`; the columns keep their English names.
    """
    table = forecast.table
    inside = table["year"] > 0
    out = pd.DataFrame({
        "unit_id": table["unit_id"].map(_harmless),
        "unit_name": table["unit_id"].map(lambda u: _harmless(unit_names.get(u, ""))),
        "field": _fields(table, lang).map(_harmless),
        "period": table["period"],
        "year": table["year"].astype(object).where(inside, ""),
        "quarter": table["quarter"].astype(object).where(inside, ""),
        "reading": table["reading"], **{name: table[name] for name in COUNTS},
    })  # fmt: skip
    return out.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def forecast_book(forecast: Forecast, unit_names: Mapping[str, str], lang: str = "vi") -> bytes:
    """The XLSX file: the wave in words, sums by quarter, then by unit and by field, both readings."""
    target = io.BytesIO()
    with dated_book(target, lang, datetime(*forecast.on.timetuple()[:3])) as book:
        _summary(book, forecast, unit_names)
        _quarters(book, forecast)
        _units(book, forecast, unit_names)
        _by_field(book, forecast)
    return target.getvalue()


def crosstab(forecast: Forecast, by: str, reading: str) -> tuple[list[str], list[list[int]]]:
    """Names of column `by`, most people first, and for each its people due in every period.

    Periods: before, the quarters, later; then the sum. Deferred and exempt people are not counted.
    """
    table = forecast.table
    mine = table[(table["reading"] == reading) & (table["due"] > 0)]
    periods = {name: n for n, name in enumerate((BEFORE, *forecast.quarters, LATER))}
    code, names = pd.factorize(mine[by])
    counts = np.zeros((len(names), len(periods)), dtype=np.int64)
    np.add.at(counts, (code, mine["period"].map(periods).to_numpy()), mine["due"].to_numpy())
    total = counts.sum(axis=1)
    order = sorted(range(len(names)), key=lambda n: (-total[n], vietnamese_key(str(names[n]))))
    return [str(names[n]) for n in order], [[*counts[n].tolist(), int(total[n])] for n in order]


def quarter_rows(forecast: Forecast, lang: str) -> list[list[object]]:
    """One row for each period: its name, then due, deferred, exempt, flattened of each reading."""
    rows: list[list[object]] = []
    for n, period in enumerate((BEFORE, *forecast.quarters, LATER)):
        row: list[object] = [quarter_text(period, lang)]
        for reading in forecast.readings:
            if period in (BEFORE, LATER):
                three = reading.before if period == BEFORE else reading.later
                row += [*three, three[0]]
            else:
                row += [
                    column[n - 1]
                    for column in (reading.due, reading.deferred, reading.exempt, reading.flat)
                ]
        rows.append(row)
    return rows


def _summary(book: Book, forecast: Forecast, unit_names: Mapping[str, str]) -> None:
    rows: list[list[object]] = []
    for reading in forecast.readings:
        name = READINGS[reading.name].say(book.lang)
        for text in (wave_text(reading, unit_names, book.lang), flat_text(reading, book.lang)):
            rows.append([name, text])
    rows += [["", book.say(text)] for text in about(forecast)]
    heads = book.heads((Message("Cách tính thời gian"), 30), (Message("Nội dung"), 120))
    book.table(("Tóm tắt", "Summary"), heads, rows)


def _quarters(book: Book, forecast: Forecast) -> None:
    heads = [Head(book.say(Message("Quý")), 16)]
    for reading in forecast.readings:
        heads += [
            Head(f"{book.say(words)} – {book.say(READINGS[reading.name]).lower()}", 17)
            for words in COLUMNS.values()
        ]
    sheet = book.table(
        ("Theo quý", "By quarter"), heads, quarter_rows(forecast, book.lang), frozen=1
    )
    sheet.set_row(0, 62)


def _units(book: Book, forecast: Forecast, unit_names: Mapping[str, str]) -> None:
    heads = [Head(book.say(Message("Mã đơn vị")), 14), Head(book.say(Message("Đơn vị")), 40)]
    names = ("Theo đơn vị", "By unit")
    _crossed(
        book, forecast, "unit_id", names, heads, lambda unit: [unit, unit_names.get(unit, unit)]
    )


def _by_field(book: Book, forecast: Forecast) -> None:
    heads = [Head(book.say(Message("Lĩnh vực")), 56)]
    _crossed(
        book, forecast, "field", ("Theo lĩnh vực", "By field"), heads,
        lambda field: [field_name(field, book.lang)],
    )  # fmt: skip


def _crossed(
    book: Book, forecast: Forecast, by: str, names: tuple[str, str], first: Sequence[Head],
    shown: Callable[[str], list[object]],
) -> None:  # fmt: skip
    """One sheet with the rows of both readings, the reading in a column of its own."""
    periods = (BEFORE, *forecast.quarters, LATER)
    heads = [*first, Head(book.say(Message("Cách tính thời gian")), 30)]
    heads += [Head(quarter_text(period, book.lang), 9) for period in periods]
    heads += [Head(book.say(Message("Cộng")), 9)]
    rows: list[list[object]] = []
    for reading in forecast.readings:
        word = book.say(READINGS[reading.name])
        for name, counts in zip(*crosstab(forecast, by, reading.name), strict=True):
            rows.append([*shown(name), word, *counts])
    book.table(names, heads, rows, frozen=len(first)).set_row(0, 34)


def _fields(table: pd.DataFrame, lang: str) -> pd.Series[str]:
    return table["field"].map({f: field_name(f, lang) for f in table["field"].unique()})


def _harmless(text: str) -> str:
    """Text that a spreadsheet takes for a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(LIKE_FORMULA) else text
