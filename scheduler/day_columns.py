"""Months and days of the rotation clock, on whole columns: days as numbers since 1 January 1970."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

Days = NDArray[np.signedinteger[Any]]
NO_DAY = np.iinfo(np.int64).min  # an empty cell
FIRST_DAY = date.min.toordinal() - date(1970, 1, 1).toordinal()
FIRST_MONTH = -1969 * 12


def day_numbers(column: pd.Series[Any]) -> NDArray[np.int64]:
    """A date column as day numbers; NO_DAY where the cell is empty."""
    return column.to_numpy("datetime64[D]").astype(np.int64)


def as_dates(days: Days, known: NDArray[np.bool_]) -> NDArray[np.datetime64]:
    """Day numbers as datetime64[s]; NaT where not known."""
    seconds = np.where(known, days.astype(np.int64) * 86_400, NO_DAY)
    return seconds.view("datetime64[s]")


def months_later(days: Days, months: Days | int) -> Days:
    """Each day some calendar months later, clamped as `add_months` does."""
    month = month_numbers(days)
    within = days - first_days(month)
    later = month + months
    first = first_days(later)
    return np.minimum(first + within, first_days(later + 1) - 1)


def full_months(start: Days, on: date) -> Days:
    """For each start the largest n with start + n months not after `on`."""
    month = month_numbers(start)
    within = start - first_days(month)
    this_month, today = on.year * 12 + on.month - 1 - 1970 * 12, on.day - 1
    last = monthrange(on.year, on.month)[1] - 1
    served: Days = this_month - month - (np.minimum(within, last) > today)
    return served


def month_numbers(days: Days) -> Days:
    """The month of each day, as months since January 1970."""
    months, _ = _calendar()
    return months.take(days - FIRST_DAY, mode="clip")


def first_days(months: Days) -> Days:
    """The first day of each month, given as months since January 1970."""
    _, firsts = _calendar()
    return firsts.take(months - FIRST_MONTH, mode="clip")


@cache
def _calendar() -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Month of every day of the years 1 to 9999, and first day of every month of them and one more.

    Looking up is several times faster than numpy's own change of units.
    """
    every = np.arange(FIRST_MONTH, 8030 * 12 + 1).astype("datetime64[M]")
    firsts = every.astype("datetime64[D]").astype(np.int32)
    months = np.repeat(np.arange(FIRST_MONTH, 8030 * 12, dtype=np.int32), np.diff(firsts))
    return months, firsts
