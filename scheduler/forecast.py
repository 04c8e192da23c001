"""Rotation dues of the coming years by unit, field and quarter, in both readings, and the wave in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.forecast import BEFORE, CITY_FIELD, LATER, Carrier, Forecast, ReadingForecast, Wave
from data.words import Message
from scheduler.clock import day_number
from scheduler.day_columns import day_numbers, month_numbers
from scheduler.errors import Refused
from scheduler.flattening import flatten

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from data.catalogue import CatalogueRow

Ints = NDArray[np.int64]
READINGS = ("continuous", "restarted")
DUE, DEFERRED, EXEMPT = range(3)
COUNTED = ("due", "deferred", "exempt")


@dataclass(frozen=True)
class _People:
    """One row for each row of the flags that has dates; all arrays run along them."""

    unit: Ints
    field: Ints
    kind: Ints  # DUE, DEFERRED or EXEMPT
    period: Ints  # 0: before the quarters; n + 1: after them
    opens: Ints  # first period in which the person may move
    unit_names: NDArray[np.object_]
    field_names: NDArray[np.object_]

    def take(self, rows: NDArray[np.bool_]) -> _People:
        return replace(
            self, unit=self.unit[rows], field=self.field[rows], kind=self.kind[rows],
            period=self.period[rows], opens=self.opens[rows],
        )  # fmt: skip


def forecast(
    frame: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    catalogue: Mapping[str, CatalogueRow],
    from_year: int,
    to_year: int,
    on: date,
) -> Forecast:
    """Who is due when, from the flags of a day.

    A person counts once in each reading, in the quarter of the latest lawful date: somebody without a
    doubtful paper is the same in both. Deferred people keep their dates (the clock runs, NĐ 59/2019
    art. 38) and stand apart, as do the exempt (art. 39.2). Whoever is overdue on `on`, or will be when
    the first quarter begins, is "before". The flat schedule moves each due person once, in a quarter
    that touches the time from the earliest to the latest date and does not lie before `on`; only
    present posts count, not the ones that people move to.

    Parameters
    ----------
    frame : flags as `scheduler.flags.flag_table` gives them (`.frame`)
    tables : units, for the bodies above sections
    catalogue : category -> its row in force, for the fields
    from_year, to_year : first and last year, both included

    Raises
    ------
    Refused
        When the years are the wrong way round, or the last one is over before `on`.
    """
    if to_year < max(from_year, on.year):
        raise Refused(
            Message(
                "Không có quý nào để dự báo: từ năm {first} đến năm {last}, xét ngày {on}. Chọn năm cuối "
                "không trước năm đầu và không trước ngày xét.",
                {"first": from_year, "last": to_year, "on": on.strftime("%d/%m/%Y")},
            )
        )
    names = tuple(f"{y}-Q{q}" for y in range(from_year, to_year + 1) for q in (1, 2, 3, 4))
    dated = frame["latest_date"].notna().to_numpy()
    people = _people(frame[dated], catalogue, from_year, len(names), on)
    above = _bodies(tables["units"])
    readings, parts = [], []
    for reading, of_staff in zip(READINGS, _readings(frame), strict=True):
        mine = people.take(of_staff[dated])
        found, table = _reading(reading, mine, names, above, int((of_staff & ~dated).sum()))
        readings.append(found)
        parts.append(table)
    return Forecast(on, names, tuple(readings), pd.concat(parts, ignore_index=True))


def _readings(frame: pd.DataFrame) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which rows of the flags speak in each reading: one for each person."""
    restarted = (frame["reading"] == READINGS[1]).to_numpy()
    second = np.zeros(len(frame), dtype=bool)  # the row above one that is restarted: same person
    second[:-1] = restarted[1:]
    return ~restarted, ~second


def _people(
    frame: pd.DataFrame, catalogue: Mapping[str, CatalogueRow], from_year: int, n: int, on: date
) -> _People:
    """People with dates, their periods counted from 1 for the first quarter."""
    unit, unit_names = pd.factorize(frame["unit_id"].to_numpy(object))
    category, categories = pd.factorize(frame["category"].to_numpy(object))
    words = [catalogue[c].field if c in catalogue else CITY_FIELD for c in categories]
    of_category, field_names = pd.factorize(np.array(words, dtype=object))
    overlay = frame["overlay"].to_numpy(object)
    latest, earliest = day_numbers(frame["latest_date"]), day_numbers(frame["earliest_date"])
    period = np.clip(_quarter(latest, from_year), 0, n + 1)
    period[latest < day_number(on)] = 0
    opens = np.clip(_quarter(np.maximum(earliest, day_number(on)), from_year), 1, n + 1)
    return _People(
        unit.astype(np.int64),
        of_category[category].astype(np.int64),
        np.select([overlay == "exempt", overlay == "deferred"], [EXEMPT, DEFERRED], DUE),
        period,
        opens,
        np.asarray(unit_names, dtype=object),
        np.asarray(field_names, dtype=object),
    )


def _quarter(days: Ints, from_year: int) -> Ints:
    return (month_numbers(days) - 12 * (from_year - 1970)) // 3 + 1


def _bodies(units: pd.DataFrame) -> dict[str, str]:
    """Section -> the body above it; empty when there is only one body to speak of."""
    sections = units[units["kind"] == "section"]
    above = dict(zip(sections["unit_id"], sections["parent_id"], strict=True))
    return above if len(units) - len(sections) > 1 else {}


def _reading(
    name: str, people: _People, names: tuple[str, ...], above: Mapping[str, str], no_dates: int
) -> tuple[ReadingForecast, pd.DataFrame]:
    n = len(names)
    counts = np.zeros((3, n + 2), dtype=np.int64)
    np.add.at(counts, (people.kind, people.period), 1)
    inside = (people.kind == DUE) & (people.period >= 1) & (people.period <= n)
    plan = flatten(people.opens[inside] - 1, people.period[inside] - 1, n)
    moved = np.where(people.kind == DUE, people.period, -1)
    moved[inside] = plan.quarter + 1
    found = ReadingForecast(
        name=name,
        before=_three(counts[:, 0]),
        later=_three(counts[:, n + 1]),
        due=tuple(counts[DUE, 1:-1].tolist()),
        deferred=tuple(counts[DEFERRED, 1:-1].tolist()),
        exempt=tuple(counts[EXEMPT, 1:-1].tolist()),
        flat=tuple(np.bincount(plan.quarter, minlength=n).tolist()),
        moved_early=int((moved[inside] < people.period[inside]).sum()),
        least_peak=plan.peak,
        tight=(names[plan.first], names[plan.last]),
        forced=plan.forced,
        no_dates=no_dates,
        wave=_wave(people.take(inside), names, above),
    )
    return found, _table(name, people, moved, names)


def _three(column: Ints) -> tuple[int, int, int]:
    due, deferred, exempt = column.tolist()
    return due, deferred, exempt


def _wave(people: _People, names: tuple[str, ...], above: Mapping[str, str]) -> Wave | None:
    """The fullest quarter and year (the first on a tie), and who carries the quarter."""
    total = len(people.period)
    if not total:
        return None
    by_quarter = np.bincount(people.period - 1, minlength=len(names))
    by_year = by_quarter.reshape(-1, 4).sum(axis=1)
    quarter, year = int(by_quarter.argmax()), int(by_year.argmax())
    then = people.period == quarter + 1
    units = [str(people.unit_names[u]) for u in people.unit[then]]
    return Wave(
        quarter=names[quarter],
        due=int(by_quarter[quarter]),
        share=float(by_quarter[quarter]) / total,
        unit=_most([above.get(u) or u for u in units]),
        field=_most([str(people.field_names[f]) for f in people.field[then]]),
        year=int(names[0][:4]) + year,
        year_due=int(by_year[year]),
        year_share=float(by_year[year]) / total,
    )


def _most(words: list[str]) -> Carrier:
    """The most frequent word; the first in the alphabet on a tie."""
    found, counts = np.unique(np.array(words, dtype=object).astype(str), return_counts=True)
    return Carrier(str(found[counts.argmax()]), int(counts.max()))


def _table(name: str, people: _People, moved: Ints, names: tuple[str, ...]) -> pd.DataFrame:
    """Long form: one row for each unit, field and period with anybody in it."""
    n_fields, n_periods = max(1, len(people.field_names)), len(names) + 2
    place = people.unit * n_fields + people.field
    keys = place * n_periods + people.period
    keys_moved = place * n_periods + moved
    flat = people.kind == DUE
    cells = np.unique(np.concatenate([keys, keys_moved[flat]]))
    row = np.searchsorted(cells, keys)
    counts = {
        word: np.bincount(row[people.kind == kind], minlength=len(cells))
        for kind, word in enumerate(COUNTED)
    }
    flattened = np.bincount(np.searchsorted(cells, keys_moved[flat]), minlength=len(cells))
    period, place = cells % n_periods, cells // n_periods
    words = np.array([BEFORE, *names, LATER], dtype=object)
    year = np.array([0, *(int(q[:4]) for q in names), 0])
    quarter = np.array([0, *(int(q[-1]) for q in names), 0])
    table = pd.DataFrame({
        "unit_id": people.unit_names[place // n_fields],
        "field": people.field_names[place % n_fields],
        "period": words[period], "year": year[period], "quarter": quarter[period],
        "reading": name, **counts, "flattened": flattened,
    })  # fmt: skip
    order = np.lexsort((period, table["field"].astype(str), table["unit_id"].astype(str)))
    return table.iloc[order].reset_index(drop=True)
