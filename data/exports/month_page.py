"""A rehearsed month of surprise visits as one HTML page: who went where, and what could be guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.exports.environment import environment
from data.words import Message


@dataclass(frozen=True)
class DrawnVisit:
    """One drawn visit, told after the day was opened."""

    day: date
    team: str
    unit_id: str
    name: str
    chance: float  # of this unit on this day, out of the opened table
    expected: float  # visits of this unit in a year, by the published rates


def month_page(
    year: int, month: int, days: int, visits: Sequence[DrawnVisit], guessed: Mapping[str, float],
    good: bool,
    lang: str = "vi",
) -> str:  # fmt: skip
    """The page as HTML text, in Vietnamese and English; `lang` is the one shown first.

    `guessed`: what an insider would have guessed over a year: leak_day, hits, hits_by_rate, hits_even (shares),
    day_after, day_after_even (over the published rate).
    """
    page = environment().get_template("month.html").render(
        lang=lang, days=days, visits=visits, guessed=guessed, good=good,
        title=Message("Diễn tập kiểm tra đột xuất tháng {month}/{year}", {"month": month, "year": year}),
        units=len({visit.unit_id for visit in visits}),
    )  # fmt: skip
    return re.sub(r"\n\s*\n+", "\n", page)
