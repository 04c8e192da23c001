"""An office as it would be after a change: more people or days, a campaign that ends later, a blackout gone.

Used to try ways out of a clash and what-if scenarios; the office that was read stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.records import Inspector

if TYPE_CHECKING:
    from datetime import date

    from data.records import Blackout, Campaign, Office

NEWCOMER = "THÊM"  # begins the id of an inspector who does not exist


def with_month_days(office: Office, more: int) -> Office:
    """Everybody's own number of days a month raised; blanks follow the rule."""
    return replace(
        office,
        inspectors=tuple(
            who
            if who.max_days_per_month is None
            else replace(who, max_days_per_month=who.max_days_per_month + more)
            for who in office.inspectors
        ),
    )


def hired(office: Office, n: int) -> Office:
    """`n` more inspectors with every skill of the office, who may lead and whom nothing bars."""
    skills = tuple(sorted({skill for who in office.inspectors for skill in who.skills}))
    new = tuple(
        Inspector(f"{NEWCOMER}-{k}", f"{NEWCOMER} {k}", "", skills, can_lead=True)
        for k in range(1, n + 1)
    )
    return replace(office, inspectors=(*office.inspectors, *new))


def extended(office: Office, campaign: Campaign, end: date) -> Office:
    """The campaign ends on another day."""
    return replace(
        office,
        campaigns=tuple(replace(c, end=end) if c == campaign else c for c in office.campaigns),
    )


def lifted(office: Office, blackout: Blackout) -> Office:
    """Without one blackout."""
    return replace(office, blackouts=tuple(b for b in office.blackouts if b != blackout))
