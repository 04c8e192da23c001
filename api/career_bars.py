"""A career as bars on one scale of days: where each begins and how long it is, in thousandths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

WHOLE = 1000.0
LEAST = 6.0  # a day is still to be seen


@dataclass(frozen=True)
class Scale:
    """Days from `first` to `last`, as thousandths of a line.

    >>> Scale(date(2020, 1, 1), date(2029, 12, 31)).bar(date(2020, 1, 1), None)
    (0.0, 1000.0)
    >>> Scale(date(2020, 1, 1), date(2022, 12, 31)).years
    [(334.2, 2021), (667.6, 2022)]
    """

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day stands; the nearest end for days outside."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(WHOLE * min(1.0, max(0.0, share)), 1)

    def bar(self, start: date, end: date | None) -> tuple[float, float]:
        """Left edge and width of a span; without an end it goes on to the last day."""
        left = self.at(start)
        return left, round(max(LEAST, self.at(end or self.last) - left), 1)

    @property
    def years(self) -> list[tuple[float, int]]:
        """Where each year begins."""
        whole = range(self.first.year + 1, self.last.year + 1)
        return [(self.at(date(year, 1, 1)), year) for year in whole]


def scale_of(postings: Sequence[Any], deadlines: Iterable[date | None], on: date) -> Scale:
    """From the first posting to the last deadline, today always inside; at most twelve years ahead."""
    starts = [row["start"] for row in postings if row["start"]]
    ends = [day for day in deadlines if day]
    last = min(max([on, *ends]), date(on.year + 12, 12, 31))
    return Scale(date(min([on, *starts]).year, 1, 1), date(last.year, 12, 31))
