"""Until when each person may stay in a post: the last lawful day, by the cautious reading.

The yearly plan needs two things of the rotation clock: whether a leader is still in post when the
report is due, and how many people of a unit are past their limit. Where papers leave open whether a
2025 reorganisation continued the work, the work counts as continued (the earlier deadline).
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from data.catalogue import CatalogueRow
    from data.records import Position, Posting

GAP_DAYS = 30  # rotation.md, The clock 3: the longest hole between two postings of one chain
R2_RANKS = ("specialist", "deputy_division_head", "division_head", "deputy_director")


def add_months(day: date, months: int) -> date:
    """The day `months` calendar months later, clamped to the end of a shorter month.

    >>> add_months(date(2021, 8, 31), 6)
    datetime.date(2022, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def current_posting(rows: Iterable[Posting], on: date) -> Posting | None:
    """The posting in force on a day; None when there is none or when papers disagree."""
    now = [r for r in rows if r.start and r.start <= on and (r.end is None or r.end >= on)]
    if len({r.position_id for r in now}) != 1:
        return None
    return max(now, key=lambda r: r.start or date.min)


def chain(current: Posting, rows: Iterable[Posting]) -> list[Posting]:
    """The current posting and those that it continues, latest first."""
    links = [current]
    rows = [r for r in rows if r.start is not None]
    while True:
        reached = links[-1]
        assert reached.start is not None
        earliest_end = reached.start - timedelta(days=GAP_DAYS)
        before = [
            r for r in rows
            if r.start is not None and r.start < reached.start and (r.end is None or r.end >= earliest_end)
        ]  # fmt: skip
        if not before:
            return links
        last = max(before, key=lambda r: (r.end or date.max, r.start or date.min))
        same_post = reached.continues_previous == "" and last.position_id == reached.position_id
        if reached.continues_previous not in ("yes", "unknown") and not same_post:
            return links
        links.append(last)


def last_lawful_day(
    rows: Iterable[Posting],
    positions: Mapping[str, Position],
    catalogue: Mapping[str, CatalogueRow],
    limit_months: int,
    on: date,
) -> date | None:
    """The last day on which a person may be in the present post; None when no limit applies.

    Parameters
    ----------
    rows : the person's postings
    positions : position id -> position
    catalogue : category -> term by the statute (R1; PCTN art. 25, circulars)
    limit_months : the city's own limit for leaders and public-facing posts (R2)
    on : the day of the check
    """
    rows = list(rows)
    now = current_posting(rows, on)
    post = positions.get(now.position_id) if now else None
    if now is None or post is None:
        return None
    links = chain(now, rows)
    dates = []
    term = catalogue.get(post.category)
    if term and not post.is_lead:
        served = links if not term.excludes_probation else _without_probation(links)
        if served and served[-1].start:
            dates.append(add_months(served[-1].start, post.term_months or term.term_max))
    if post.faces_public and post.rank_group in R2_RANKS:
        served = _without_probation(links)
        if served and served[-1].start:
            dates.append(add_months(served[-1].start, limit_months))
    return min(dates, default=None)


def _without_probation(links: list[Posting]) -> list[Posting]:
    served = list(links)
    while served and served[-1].is_probation:
        served.pop()
    return served


def last_lawful_days(
    postings: Iterable[Posting],
    positions: Iterable[Position],
    catalogue: Mapping[str, CatalogueRow],
    limit_months: int,
    on: date,
) -> dict[str, date]:
    """Staff id -> last lawful day in the present post, for everyone who has one."""
    by_person: dict[str, list[Posting]] = defaultdict(list)
    for row in postings:
        by_person[row.staff_id].append(row)
    posts = {p.position_id: p for p in positions}
    found = {
        staff_id: last_lawful_day(rows, posts, catalogue, limit_months, on)
        for staff_id, rows in by_person.items()
    }
    return {staff_id: day for staff_id, day in found.items() if day is not None}
