"""How large a sample is, and what follows from it: random streams, dates, how much work fits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from data.calendar import WorkCalendar

RANGES = {"units": (20, 4_000), "inspectors": (4, 1_000), "staff": (100, 2_000_000)}
TEAM = 4  # people in a made-up team
_EPOCH = date(1970, 1, 1)

Ints = NDArray[np.int64]
Objects = NDArray[np.object_]


@dataclass(frozen=True)
class Shape:
    """Sizes, seed and year of a sample; `year` is the one to be planned, the data end before."""

    units: int = 143
    inspectors: int = 50
    staff: int = 3_000
    seed: int = 1
    year: int = 2027
    month_days: int = 6

    def __post_init__(self) -> None:
        """Refuse sizes outside the ranges, naming them all."""
        wrong = [
            f"{name} = {getattr(self, name)} (from {low:,} to {high:,})"
            for name, (low, high) in RANGES.items()
            if not low <= getattr(self, name) <= high
        ]
        if wrong:
            msg = "sizes out of range: " + "; ".join(wrong)
            raise ValueError(msg)

    def rng(self, of: str) -> np.random.Generator:
        """A random stream of its own for each table, so that a change in one leaves the others."""
        return np.random.default_rng([self.seed, crc32(of.encode())])

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The working calendar without a user's days."""
        return WorkCalendar()

    @property
    def today(self) -> date:
        """The day on which the data were drawn up: mid-November before the year."""
        return date(self.year - 1, 11, 16)

    @property
    def year_start(self) -> date:
        """First of January of the year to be planned."""
        return date(self.year, 1, 1)

    @cached_property
    def tet_break(self) -> tuple[date, date]:
        """Three working days before Tết leave to three after it, both included."""
        return tet_break(self.calendar, self.year)

    @property
    def team_days(self) -> float:
        """Team-days of visits that a year can hold, by teams a day and by people's months."""
        by_day = min(8, max(1, self.inspectors // TEAM)) * 0.8 * 220
        by_month = self.inspectors * min(self.month_days, 18) * 11 * 0.85 / TEAM
        return min(by_day, by_month)

    @property
    def room(self) -> float:
        """Team-days left for follow-ups and campaigns after the riskiest fifth of the units."""
        return max(0.0, 0.85 * self.team_days - 0.2 * self.units * 1.4)

    @property
    def open_visits(self) -> int:
        """Most visits of the past whose findings may still be open, so that a follow-up is owed.

        None for a crew that cannot form two teams without a common member for one unit.
        """
        if self.inspectors < 3 * TEAM:
            return 0
        share = 0.25 if self.remembers_teams else 0.1
        return max(1, round(min(share * self.units, 0.5 * self.room / 1.4)))

    @property
    def remembers_teams(self) -> bool:
        """Whether past visits name their teams; in a tiny office that would bar everybody."""
        return self.inspectors >= 16


def tet_break(calendar: WorkCalendar, year: int) -> tuple[date, date]:
    """Three working days before Tết leave to three after it, both included."""
    off = [d.day for d in calendar.days_off(year) if d.day.month < 3 and "Tết Nguyên" in d.name_vi]
    off += [d.day for d in calendar.days_off(year) if d.kind == "possible"]
    if not off:
        return date(year, 2, 1), date(year, 2, 1)
    return calendar.add(min(off), -3), calendar.add(max(off), 3)


def number(day: date) -> int:
    """Days since 1 January 1970."""
    return (day - _EPOCH).days


def iso(days: Ints, blank: NDArray[np.bool_] | None = None) -> Objects:
    """Dates as text from day numbers; "" where `blank` is true. Equal days share one string."""
    if not len(days):
        return np.empty(0, dtype=object)
    low, high = int(days.min()), int(days.max())
    pool = [str(_EPOCH + timedelta(days=n)) for n in range(low, high + 1)]
    text = np.array([*pool, ""], dtype=object)
    index = days - low if blank is None else np.where(blank, len(pool), days - low)
    return text[index]


def decimals(values: NDArray[np.float64], places: int = 4) -> Objects:
    """Numbers as text with a fixed count of decimals; equal numbers share one string."""
    scaled, index = np.unique(np.round(values * 10**places).astype(np.int64), return_inverse=True)
    pool = np.array([f"{n / 10**places:.{places}f}" for n in scaled.tolist()], dtype=object)
    return pool[index]


def ids(prefix: str, n: int, total: int | None = None) -> Objects:
    """Ids from 1 to n, wide enough for `total`."""
    width = max(4, len(str(total or n)))
    return np.array([f"{prefix}{i:0{width}d}" for i in range(1, n + 1)], dtype=object)
