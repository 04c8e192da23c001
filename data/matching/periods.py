"""When another body's paper says that it comes: "quý II", "tháng 5/2027", "từ 03/5 đến 14/5" as days."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.columns import unaccented
from data.date_cells import CellError
from data.raw import clean
from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.calendar import WorkCalendar

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_DAY = r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?"
_YEAR = r"(?:/(\d{4}))?"
_QUARTER = r"(iv|i{1,3}|[1-4])"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included; `exact` when the paper names days, not a month or so."""

    start: date
    end: date
    exact: bool


def parse_period(found: str, year: int, working: WorkCalendar | None = None) -> Period:
    """The days that a phrase means; `year` where it names none, `working` to count working days.

    >>> parse_period("từ 03/5 đến 14/5", 2027)
    Period(start=datetime.date(2027, 5, 3), end=datetime.date(2027, 5, 14), exact=True)
    >>> parse_period("Quý II", 2027).end
    datetime.date(2027, 6, 30)

    Raises
    ------
    CellError
        For a phrase that cannot be read, a day that is not there, an end before the start.
    """
    text = _plain(found)
    for pattern, read in _PHRASES:
        if match := re.fullmatch(pattern, text):
            try:
                period = read(match, year, working)
            except ValueError:
                break
            if period.end < period.start:
                raise CellError(Message(
                    "«{found}»: ngày cuối trước ngày đầu. Sửa lại thời gian.", {"found": found}
                ))  # fmt: skip
            return period
    raise CellError(Message(
        "Không hiểu thời gian «{found}». Ghi như: {like}.",
        {"found": found, "like": "03/5/2027 - 14/5/2027, tháng 5/2027, quý II/2027"},
    ))  # fmt: skip


def _plain(found: str) -> str:
    """The phrase without accents, fillers and spaces that tell nothing; days as d/m, spans with "-"."""
    text = unaccented(clean(found)).replace("–", "-").replace("—", "-").replace(".", "/")
    text = re.sub(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]\d.*?(?= |$))?", r"\3/\2/\1", text)
    text = re.sub(r"\b(?:du kien|trong|khoang|vao|thoi gian|bat dau|tien hanh|ke)\b", " ", text)
    text = re.sub(r"\b(?:den het|den|toi)\b(?:\s+(?:het|ngay))*", "-", text)
    text = re.sub(r"(?<!\d )\bngay\s+(?=\d)", " ", text)
    if "-" in text:  # a beginning without an end is no period
        text = re.sub(r"\btu\s+(?=\d|thang|quy)", " ", text)
    text = re.sub(r"(?<!tuan )(?<!thu )\b(\d{1,2})\s*thang\s*(\d{1,2})", r"\1/\2", text)
    text = re.sub(r"\s*(?:,\s*)?\bnam\s+(\d{4})", r"/\1", text)
    text = re.sub(r"\s*([/\-,])\s*", r"\1", text)
    return re.sub(r"\s+", " ", text).strip(" ,;:/-")


def _days(match: re.Match[str], year: int, _: WorkCalendar | None) -> Period:
    day, month, own, day2, month2, own2 = match.groups()
    last = int(own2 or own or year)
    first = int(own or (last if int(month) <= int(month2) else last - 1))
    return Period(date(first, int(month), int(day)), date(last, int(month2), int(day2)), True)


def _days_of_month(match: re.Match[str], year: int, _: WorkCalendar | None) -> Period:
    first, last, month, own = match.groups()
    when = int(own or year), int(month)
    return Period(date(*when, int(first)), date(*when, int(last)), True)


def _one_day(match: re.Match[str], year: int, _: WorkCalendar | None) -> Period:
    day, month, own = match.groups()
    there = date(int(own or year), int(month), int(day))
    return Period(there, there, True)


def _counted(match: re.Match[str], year: int, working: WorkCalendar | None) -> Period:
    n, work, day, month, own = match.groups()
    start = date(int(own or year), int(month), int(day))
    end = start + timedelta(days=int(n) - 1)
    if work and working is not None:
        days = working.working_days(start, start + timedelta(days=3 * int(n) + 30))
        end = days[min(int(n), len(days)) - 1]
    return Period(start, end, True)


def _months(match: re.Match[str], year: int, _: WorkCalendar | None) -> Period:
    month, own, last, own2 = match.groups()
    end_year = int(own2 or own or year)
    return Period(
        date(int(own or end_year), int(month), 1), _month_end(end_year, int(last or month)), False
    )


def _quarters(match: re.Match[str], year: int, _: WorkCalendar | None) -> Period:
    first, last, own = match.groups()
    one = ROMAN.get(first) or int(first)
    other = ROMAN.get(last) or int(last) if last else one
    when = int(own or year)
    return Period(date(when, 3 * one - 2, 1), _month_end(when, 3 * other), False)


def _part_of_month(match: re.Match[str], year: int, _: WorkCalendar | None) -> Period:
    part, month, own = match.groups()
    when = int(own or year), int(month)
    ends = {"dau": (1, 10), "giua": (11, 20), "cuoi": (21, _month_end(*when).day)}
    first, last = ends[part]
    return Period(date(*when, first), date(*when, last), False)


def _week_of_month(match: re.Match[str], year: int, _: WorkCalendar | None) -> Period:
    week, month, own = match.groups()
    when = int(own or year), int(month)
    first = 7 * int(week) - 6
    return Period(
        date(*when, first), min(date(*when, first) + timedelta(6), _month_end(*when)), False
    )


def _half(match: re.Match[str], year: int, _: WorkCalendar | None) -> Period:
    part, own = match.groups()
    when = int(own or year)
    start, end = (1, 6) if part == "dau" else (7, 12)
    return Period(date(when, start, 1), _month_end(when, end), False)


def _year(match: re.Match[str], year: int, _: WorkCalendar | None) -> Period:
    when = int(match[1] or year)
    return Period(date(when, 1, 1), date(when, 12, 31), False)


def _month_end(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, calendar.monthrange(year, month)[1])


_PHRASES: tuple[tuple[str, Callable[[re.Match[str], int, WorkCalendar | None], Period]], ...] = (
    (rf"{_DAY}-{_DAY}", _days),
    (rf"(\d{{1,2}})-(\d{{1,2}})/(\d{{1,2}}){_YEAR}", _days_of_month),
    (_DAY, _one_day),
    (rf"(\d{{1,3}}) ngay( lam viec)?,? ?(?:tu +|- ?)?{_DAY}", _counted),
    (rf"(?:thang|t) ?(\d{{1,2}}){_YEAR}(?:(?:-|,| va )(?:thang |t)?(\d{{1,2}}){_YEAR})?", _months),
    (r"(\d{1,2})/(\d{4})()()", _months),
    (rf"(?:quy|q) ?{_QUARTER}(?:(?:-|,| va )(?:quy |q)?{_QUARTER})?{_YEAR}", _quarters),
    (rf"(dau|giua|cuoi) thang (\d{{1,2}}){_YEAR}", _part_of_month),
    (rf"tuan (?:thu )?([1-5]) ?,?/?thang ?(\d{{1,2}}){_YEAR}", _week_of_month),
    (rf"(?:6 thang|nua) (dau|cuoi)(?: nam)?{_YEAR}", _half),
    (r"(?:ca nam|nam)?(?:/| )?(\d{4})?", _year),
)
