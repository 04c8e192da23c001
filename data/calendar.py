"""The working calendar: which days are worked, counted forwards, backwards and in between."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import TYPE_CHECKING

from data.holidays import (
    FIRST_LUNAR_YEAR,
    LAST_LUNAR_YEAR,
    DayOff,
    days_off,
    makeup_workdays,
    table_years,
)
from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.records import CalendarDay

__all__ = ["DayOff", "WorkCalendar"]

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Year:
    days: tuple[date, ...]
    worked: frozenset[date]


class WorkCalendar:
    """Working days of public offices in Vietnam, Monday to Friday, with a user's own days on top.

    A day that is only possibly off counts as off. Make-up Saturdays are worked.

    Parameters
    ----------
    overrides : the user's days; `holiday` makes a day off, `makeup` makes a holiday or a weekend
        day worked, and `holiday` wins where both are given for one day.
    """

    def __init__(self, overrides: Iterable[CalendarDay] = ()) -> None:
        overrides = tuple(overrides)
        self._holidays = {day.date: day for day in overrides if day.kind == "holiday"}
        makeup = {day.date for day in overrides if day.kind == "makeup"}
        self._makeup = frozenset(makeup - self._holidays.keys())
        self._years: dict[int, _Year] = {}

    def is_working(self, day: date) -> bool:
        """Whether offices work on the day."""
        return day in self._of(day.year).worked

    def day_off(self, day: date) -> DayOff | None:
        """The holiday that a day is; None for a working day and for a plain weekend."""
        if day in self._holidays:
            name = self._holidays[day].name
            return DayOff(day, name, name, "high", "user")
        if day in self._makeup:
            return None
        return days_off(day.year).get(day)

    def days_off(self, year: int) -> tuple[DayOff, ...]:
        """Every holiday of a year, the user's included, in order of date."""
        days = {*days_off(year), *(d for d in self._holidays if d.year == year)}
        return tuple(off for day in sorted(days) if (off := self.day_off(day)))

    def working_days(self, first: date, last: date) -> tuple[date, ...]:
        """Working days from `first` to `last`, both included; empty when `last` comes first."""
        found: list[date] = []
        for year in range(first.year, last.year + 1):
            days = self._of(year).days
            found += days[bisect_left(days, first) : bisect_right(days, last)]
        return tuple(found)

    def year(self, year: int) -> tuple[date, ...]:
        """The working days of a year, in order."""
        return self._of(year).days

    def weeks(self, year: int) -> tuple[date, ...]:
        """Mondays of the weeks that hold working days of the year; the first may be in December."""
        return tuple(dict.fromkeys(day - timedelta(days=day.weekday()) for day in self.year(year)))

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day`; before it when n is negative; `day` itself for n = 0.

        >>> WorkCalendar().add(date(2026, 12, 31), 1)  # 1 January is a holiday, then a weekend
        datetime.date(2027, 1, 4)

        Raises
        ------
        OverflowError
            When the answer lies beyond the years that a date can hold.
        """
        if n == 0:
            return day
        year, step = day.year, 1 if n > 0 else -1
        left = abs(n)
        while MINYEAR < year < MAXYEAR:
            days = self._of(year).days
            after = days[bisect_right(days, day) :]
            ahead = after if n > 0 else days[: bisect_left(days, day)][::-1]
            if left <= len(ahead):
                return ahead[left - 1]
            left -= len(ahead)
            year += step
        msg = f"{n} working days from {day} is beyond the calendar"
        raise OverflowError(msg)

    def between(self, a: date, b: date) -> int:
        """Whole working days strictly between two days, whichever comes first.

        >>> WorkCalendar().between(date(2027, 3, 5), date(2027, 3, 8))  # Friday, next Monday
        0
        """
        first, last = min(a, b), max(a, b)
        return len(self.working_days(first + _DAY, last - _DAY)) if last > first else 0

    def provisional(self, year: int) -> tuple[Message, ...]:
        """What is not official in a year's calendar, for everything that shows its dates.

        Days that the user's own calendar names are taken as settled.
        """
        if year not in table_years():
            return (_computed_note(year),)
        settled = self._holidays.keys() | self._makeup
        open_days = [
            off for off in days_off(year).values()
            if off.confidence != "high" and off.day not in settled
        ]  # fmt: skip
        notes = [
            Message("Ngày {day} ({name}) chưa có thông báo chính thức; tạm tính là ngày nghỉ.",
                    {"day": _dmy(off.day), "name": off.title})
            for off in open_days if off.confidence == "low"
        ]  # fmt: skip
        derived = [off.day for off in open_days if off.confidence != "low"]
        if derived:
            notes.append(Message(
                "Các ngày nghỉ {days} được suy ra từ Bộ luật Lao động, chờ thông báo hằng năm.",
                {"days": ", ".join(_dmy(day) for day in derived)}))  # fmt: skip
        return tuple(notes)

    def _of(self, year: int) -> _Year:
        known = self._years.get(year)
        if known is None:
            known = self._years[year] = self._build(year)
        return known

    def _build(self, year: int) -> _Year:
        off, extra = days_off(year), self._makeup | makeup_workdays()
        first = date(year, 1, 1).toordinal()
        everyday = map(date.fromordinal, range(first, date(year, 12, 31).toordinal() + 1))
        days = tuple(
            day for day in everyday
            if day not in self._holidays
            and (day in extra or (day.weekday() < 5 and day not in off))
        )  # fmt: skip
        return _Year(days, frozenset(days))


def _computed_note(year: int) -> Message:
    if FIRST_LUNAR_YEAR <= year <= LAST_LUNAR_YEAR:
        return Message(
            "Lịch nghỉ năm {year} được tính từ luật và âm lịch, chưa có thông báo chính thức; "
            "ngày nghỉ hoán đổi chưa có trong lịch.", {"year": year})  # fmt: skip
    return Message(
        "Lịch nghỉ năm {year} chỉ gồm các ngày lễ dương lịch: không tính được âm lịch.",
        {"year": year})  # fmt: skip


def _dmy(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"
