"""The forecast as one HTML page with picture and tables, which needs nothing outside itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from data.exports.environment import environment
from data.exports.forecast_picture import forecast_svg
from data.exports.forecast_table import crosstab, quarter_rows
from data.exports.forecast_words import (
    COLUMNS,
    PERIODS,
    READINGS,
    about,
    field_name,
    flat_text,
    shown_readings,
    title_text,
    wave_text,
)
from data.forecast import BEFORE, LATER
from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from data.forecast import Forecast

Rows = list[tuple[tuple[str, str], list[int]]]


def forecast_page(forecast: Forecast, unit_names: Mapping[str, str], lang: str = "vi") -> str:
    """The page as HTML text, in Vietnamese and English; `lang` is the one shown first.

    Units and fields stand by year; the workbook has them by quarter.
    """
    on = forecast.on.strftime("%d/%m/%Y")
    page = environment().get_template("forecast.html").render(
        lang=lang, forecast=forecast, on=on, title=title_text(forecast),
        shown=shown_readings(forecast), readings=READINGS, columns=COLUMNS,
        wave=lambda reading, to: wave_text(reading, unit_names, to), flat=flat_text,
        picture_vi=Markup(forecast_svg(forecast, "vi")),
        picture_en=Markup(_once(forecast_svg(forecast, "en"))),
        quarters=list(
            zip(quarter_rows(forecast, "vi"), quarter_rows(forecast, "en"), strict=True)
        ),
        years=_years(forecast),
        crossed=[
            (Message("Theo lĩnh vực"), Message("Lĩnh vực"), _tables(forecast, "field", _field)),
            (Message("Theo đơn vị"), Message("Đơn vị"),
             _tables(forecast, "unit_id", lambda unit: (unit_names.get(unit, unit),) * 2)),
        ],
        about=about(forecast),
    )  # fmt: skip
    return re.sub(r"\n\s*\n+", "\n", page)


def _once(svg: str) -> str:
    """The second drawing of a page takes its patterns under names of its own."""
    return re.sub(r'(id="|url\(#)(apart|before)', r"\1\2-en", svg)


def _field(field: str) -> tuple[str, str]:
    return field_name(field, "vi"), field_name(field, "en")


def _years(forecast: Forecast) -> list[object]:
    """Heads of the columns: before, the years, later."""
    years = dict.fromkeys(quarter[:4] for quarter in forecast.quarters)
    ends = [tuple(PERIODS[p].say(lang) for lang in ("vi", "en")) for p in (BEFORE, LATER)]
    return [ends[0], *years, ends[1]]


def _tables(
    forecast: Forecast, by: str, shown: Callable[[str], tuple[str, str]]
) -> list[tuple[str, Rows]]:
    """For each reading the rows of a table: words, then people before, by year, later, in all."""
    found = []
    for reading in forecast.readings:
        names, counts = crosstab(forecast, by, reading.name)
        rows: Rows = []
        for name, (before, *inside) in zip(names, counts, strict=True):
            *quarters, later, total = inside
            by_year = [sum(quarters[n : n + 4]) for n in range(0, len(quarters), 4)]
            rows.append((shown(name), [before, *by_year, later, total]))
        found.append((reading.name, rows))
    return found
