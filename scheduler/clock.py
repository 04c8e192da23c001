"""Months and days of the rotation clock, on single dates; `scheduler.day_columns` has whole columns."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

_EPOCH = date(1970, 1, 1)


def add_months(day: date, months: int) -> date:
    """The day `months` calendar months later, clamped to the end of a shorter month.

    >>> add_months(date(2021, 8, 31), 6)
    datetime.date(2022, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def day_number(day: date) -> int:
    """Days since 1 January 1970."""
    return (day - _EPOCH).days
