"""The waves of a rotation year: one day a month on which moves take place, and which are closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from data.calendar import WorkCalendar
    from scheduler.rulebook import Rulebook

MONTHS = range(1, 13)


def wave_dates(calendar: WorkCalendar, year: int) -> tuple[date, ...]:
    """The first working day of each month; wave w (from 0) is that of month w + 1."""
    return tuple(calendar.add(date(year, month, 1) - timedelta(days=1), 1) for month in MONTHS)


def closed_waves(
    rulebook: Rulebook, calendar: WorkCalendar, waves: Sequence[date], on: date
) -> dict[str, tuple[int, ...]]:
    """Rule id -> numbers of the waves that it closes, for each binding rule that closes any."""
    found = {}
    for rule_id, shut in (
        ("move.closed", lambda value, day: day.month in value),
        ("move.tet", lambda value, day: _near_tet(value, day, calendar)),
        ("move.notice", lambda value, day: day < on + timedelta(days=value)),
    ):
        policy = rulebook.policies.get(rule_id)
        if policy is not None and policy.binding == "must":
            closed = tuple(w for w, day in enumerate(waves) if shut(policy.value, day))
            if closed:
                found[rule_id] = closed
    return found


def first_day_of_tet(calendar: WorkCalendar, year: int) -> date | None:
    """The first day of the Lunar New Year leave; None in years that the calendar cannot reckon."""
    return next((off.day for off in calendar.days_off(year) if off.kind == "tet"), None)


def _near_tet(value: Any, day: date, calendar: WorkCalendar) -> bool:
    """Whether Tết begins close to the day: this year's, or next year's seen from December."""
    begins = (first_day_of_tet(calendar, year) for year in (day.year, day.year + 1))
    return any(
        tet is not None and -value["before"] <= (tet - day).days <= value["after"] for tet in begins
    )
