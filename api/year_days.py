"""Days of the year of a plan, for forms."""

from __future__ import annotations

from datetime import date


def first_day(year: int, today: date) -> date:
    """Today when it is in the year, else the nearest day that is.

    >>> first_day(2027, date(2026, 11, 2)).isoformat()
    '2027-01-01'
    """
    return min(max(today, date(year, 1, 1)), date(year, 12, 31))
