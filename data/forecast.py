"""A forecast of rotation dues as records: by unit, field and quarter, in both readings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

BEFORE, LATER = "before", "later"  # the periods on either side of the quarters
CITY_FIELD = "R2"  # stands where a field should, for posts that only the city's own limit names


@dataclass(frozen=True)
class Carrier:
    """What carries most of a peak: an id or a field, and how many people of it."""

    name: str
    due: int


@dataclass(frozen=True)
class Wave:
    """The fullest quarter and the fullest year of one reading."""

    quarter: str  # as in `Forecast.quarters`
    due: int
    share: float  # of everybody due inside the quarters
    unit: Carrier  # a section counts for the body above it
    field: Carrier
    year: int
    year_due: int
    year_share: float


@dataclass(frozen=True)
class ReadingForecast:
    """Dues of one reading; tuples run along `Forecast.quarters`.

    `due` are people to be moved; `deferred` and `exempt` stand apart, at their own dates. `flat` is a
    schedule in which each of `due` moves once inside the own window; its peak `least_peak` is the
    lowest there is, for `forced` people can move only from `tight[0]` to `tight[1]`.
    """

    name: str  # continuous or restarted
    before: tuple[int, int, int]  # due, deferred, exempt people whose date lies before the quarters
    later: tuple[int, int, int]
    due: tuple[int, ...]
    deferred: tuple[int, ...]
    exempt: tuple[int, ...]
    flat: tuple[int, ...]
    moved_early: int  # people whom the flat schedule moves before the quarter of their date
    least_peak: int
    tight: tuple[str, str]
    forced: int
    no_dates: int  # rows of staff without dates: not subject, or data missing
    wave: Wave | None  # None when nobody is due


@dataclass(frozen=True, eq=False)
class Forecast:
    """Five years (or more, or fewer) of dues.

    `table` is the long form: unit_id, field, period, year, quarter, reading, due, deferred, exempt,
    flattened; rows with people only. period is "2027-Q1", "before" or "later"; year and quarter are 0
    for the last two. People before and after the quarters stay where they are in `flattened`.
    """

    on: date
    quarters: tuple[str, ...]  # "2027-Q1", ...
    readings: tuple[ReadingForecast, ...]
    table: pd.DataFrame
