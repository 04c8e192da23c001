"""The choices of the days model: one start per visit, or dropped; and where each choice lies in the year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.visits.days.people import Ints
from solver.visits.days.problem import Days
from solver.visits.days.rows import Rows


@dataclass(frozen=True)
class Spells:
    """Periods that columns touch: column `column[k]` works `days[k]` days in period `period[k]`."""

    column: Ints
    period: Ints
    days: Ints


@dataclass(frozen=True)
class Choices:
    """Variables: columns 0..n_columns-1 (visit starts there), then one per visit (visit is dropped)."""

    days: Days
    rows: Rows
    dropped: Ints  # variable of each visit
    by_day: Spells
    by_week: Spells
    by_month: Spells
    week_length: Ints  # working days of each week

    def demand(self, spells: Spells, per_visit: Ints) -> Ints:
        """A visit quantity (size, needed holders) for each spell."""
        return per_visit[self.days.visit[spells.column]]


def choose(days: Days) -> Choices:
    """Fresh rows with one choice for each visit: exactly one start, or dropped if it may be."""
    rows = Rows()
    rows.add_vars(np.zeros(days.n_columns, np.int64), np.ones(days.n_columns, np.int64))
    dropped = rows.add_vars(np.zeros(days.n_visits, np.int64), (~days.must).astype(np.int64))
    ones = np.ones(days.n_visits, np.int64)
    columns = np.arange(days.n_columns)
    each = np.arange(days.n_visits)
    rows.add(ones, (days.visit, columns, 1), (each, dropped, 1), lower=ones)
    by_day = _day_by_day(days)
    weeks = np.array(days.problem.week_of, np.int64)
    months = np.array(days.problem.month_of, np.int64)
    return Choices(
        days=days,
        rows=rows,
        dropped=dropped,
        by_day=by_day,
        by_week=_gathered(by_day, weeks),
        by_month=_gathered(by_day, months),
        week_length=np.bincount(weeks) if len(weeks) else weeks,
    )


def _day_by_day(days: Days) -> Spells:
    length = days.length[days.visit]
    column = np.repeat(np.arange(days.n_columns), length)
    offset = np.arange(len(column)) - np.repeat(np.cumsum(length) - length, length)
    return Spells(column, days.start[column] + offset, np.ones(len(column), np.int64))


def _gathered(by_day: Spells, period_of: Ints) -> Spells:
    n_periods = int(period_of.max(initial=-1)) + 1
    key = by_day.column * max(1, n_periods) + period_of[by_day.period]
    both, days = np.unique(key, return_counts=True)
    return Spells(both // max(1, n_periods), both % max(1, n_periods), days.astype(np.int64))
