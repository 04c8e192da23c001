"""What comes due in the coming years, as sentences, rows and a picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from data.exports.forecast_picture import forecast_svg
from data.exports.forecast_words import about, flat_text, quarter_text, wave_text
from data.forecast import BEFORE, LATER
from data.words import Message
from scheduler.forecast import forecast
from scheduler.journeys.online.people import officials

if TYPE_CHECKING:
    from data.forecast import Forecast, ReadingForecast
    from data.records.actors import Actor
    from data.store.store import Store


@dataclass(frozen=True)
class ComingDues:
    """A forecast for a page.

    Attributes
    ----------
    readings : each with its name, a sentence on the wave and one on flattening, and rows for the periods
    picture : SVG text
    about : how the numbers are counted
    units : id and name of each unit to ask for
    """

    readings: list[dict[str, Any]]
    picture: str
    about: tuple[Message, ...]
    units: list[tuple[str, str]]


def forecast_page(
    store: Store, by: Actor, years: tuple[int, int], on: date, lang: str, unit: str = ""
) -> ComingDues:
    """The forecast in words, rows and as a picture.

    Raises
    ------
    Refused
        The years are the wrong way round, or over.
    """
    found = _found(store, by, years, on, unit)
    units = officials(store, by, on).bodies
    return ComingDues(
        _readings(store, by, found, on, lang), forecast_svg(found, lang), about(found), units
    )


def coming_dues(
    store: Store, by: Actor, years: tuple[int, int], on: date, lang: str, unit: str = ""
) -> list[dict[str, Any]]:
    """Dues of the coming years in both readings, of everybody or of one unit and its sections.

    Each reading with its name, a sentence on the wave and one on flattening, and rows for the periods.

    Raises
    ------
    Refused
        The years are the wrong way round, or over.
    """
    return _readings(store, by, _found(store, by, years, on, unit), on, lang)


def _found(store: Store, by: Actor, years: tuple[int, int], on: date, unit: str) -> Forecast:
    flags = officials(store, by, on).flags
    frame, units = flags.frame, flags.tables["units"]
    if unit:
        below = units["unit_id"][(units["unit_id"] == unit) | (units["parent_id"] == unit)]
        frame = frame[frame["unit_id"].isin(below)].reset_index(drop=True)
    return forecast(frame, flags.tables, flags.catalogue, *years, on)


def _readings(
    store: Store, by: Actor, found: Forecast, on: date, lang: str
) -> list[dict[str, Any]]:
    units = officials(store, by, on).flags.tables["units"]
    names = dict(zip(units["unit_id"], units["name"], strict=True))
    return [
        {
            "reading": each.name, "wave": wave_text(each, names, lang),
            "flattening": flat_text(each, lang), "periods": _periods(found, each, lang),
        }
        for each in found.readings
    ]  # fmt: skip


def _periods(found: Forecast, each: ReadingForecast, lang: str) -> list[dict[str, Any]]:
    columns = ("due", "deferred", "exempt", "flat")
    inside = zip(each.due, each.deferred, each.exempt, each.flat, strict=True)
    rows = [(*each.before, None), *inside, (*each.later, None)]
    return [
        {"period": name, "words": quarter_text(name, lang), **dict(zip(columns, row, strict=True))}
        for name, row in zip((BEFORE, *found.quarters, LATER), rows, strict=True)
    ]
