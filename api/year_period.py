"""The stretch of a year that a grid shows: its columns, month heads, days off, and the way to others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

DAY = timedelta(days=1)
ZOOMS = ("year", "quarter", "month", "week")


@dataclass(frozen=True)
class Column:
    """A week or a day: `off` names the days off in it, `closed`: no working day at all."""

    first: date
    last: date
    off: tuple[tuple[date, str], ...] = ()
    closed: bool = False
    today: bool = False


@dataclass(frozen=True)
class Head:
    """A heading over neighbouring columns: the month, where it begins (from 1), how many it spans."""

    month: date
    at: int
    span: int


@dataclass(frozen=True)
class Period:
    """What the grid shows."""

    zoom: str
    year: int
    first: date
    last: date
    columns: tuple[Column, ...]
    before: date | None
    after: date | None

    @property
    def daily(self) -> bool:
        """Whether a column is a day."""
        return self.zoom in ("month", "week")

    @property
    def heads(self) -> tuple[Head, ...]:
        """The months over the columns; a week belongs to the month of its Thursday, inside the year."""
        found = []
        for month, group in groupby(enumerate(self.columns, 1), lambda pair: self._month(pair[1])):
            places = [place for place, _ in group]
            found.append(Head(month, places[0], len(places)))
        return tuple(found)

    def _month(self, column: Column) -> date:
        day = column.first + (timedelta(days=3) if not self.daily else timedelta(0))
        inside = min(max(day, date(self.year, 1, 1)), date(self.year, 12, 31))
        return inside.replace(day=1)

    def place(self, start: date, end: date) -> tuple[int, int] | None:
        """Column (from 1) and number of columns of a visit; None when it lies outside."""
        if end < self.columns[0].first or start > self.columns[-1].last:
            return None
        step = 1 if self.daily else 7
        origin = self.columns[0].first
        first = max(0, (start - origin).days // step)
        last = min(len(self.columns) - 1, (end - origin).days // step)
        return first + 1, last - first + 1


def period(
    year: int, zoom: str, at: date, today: date, holidays: Iterable[Mapping[str, str]], lang: str
) -> Period:
    """The year, or the quarter, month or week of a day in it; days off by their names in one language."""
    off = {date.fromisoformat(row["date"]): row[f"name_{lang}"] for row in holidays}
    at = min(max(at, date(year, 1, 1)), date(year, 12, 31))
    first, last = _span(year, zoom, at)
    before = first - DAY if first > date(year, 1, 1) and zoom != "year" else None
    after = last + DAY if last < date(year, 12, 31) and zoom != "year" else None
    step = 1 if zoom in ("month", "week") else 7
    begin = first if step == 1 else first - timedelta(days=first.weekday())
    columns = tuple(
        _column(begin + timedelta(days=n), step, off, today)
        for n in range(0, (last - begin).days + 1, step)
    )
    return Period(zoom, year, first, last, columns, before, after)


def _span(year: int, zoom: str, at: date) -> tuple[date, date]:
    if zoom == "week":
        monday = at - timedelta(days=at.weekday())
        return monday, monday + 6 * DAY
    if zoom == "month":
        return at.replace(day=1), _month_end(at)
    if zoom == "quarter":
        first = date(year, 3 * ((at.month - 1) // 3) + 1, 1)
        return first, _month_end(first.replace(month=first.month + 2))
    return date(year, 1, 1), date(year, 12, 31)


def _month_end(day: date) -> date:
    return (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY


def _column(first: date, step: int, off: Mapping[date, str], today: date) -> Column:
    days = [first + timedelta(days=n) for n in range(step)]
    named = tuple((day, off[day]) for day in days if day in off)
    closed = all(day in off or day.weekday() > 4 for day in days)
    return Column(first, days[-1], named, closed, first <= today <= days[-1])
