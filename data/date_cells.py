"""Text of a cell -> day. Day before month, four digits of the year, never a guess."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from data.words import Message

YEARS = range(1900, 2200)
_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})" + _TIME)
_SHORT_YEAR = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2}")
_WEEK = re.compile(r"(\d{4})-?[Ww](\d{1,2})")
_BARE_NUMBER = re.compile(r"\d+([.,]\d+)?")


class CellError(Exception):
    """The text is not a value of the column; `message` says why and how to mend it."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.text)


def parse_date(found: str) -> date:
    """A day from 2025-02-28 or 28/02/2025 (also with . or -); day before month.

    Raises
    ------
    CellError
        For anything else: a day that is not there, a year of two digits, a bare number.
    """
    if match := _ISO.fullmatch(found):
        return _day(found, int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(found):
        return _day(found, int(match[3]), int(match[2]), int(match[1]))
    if _SHORT_YEAR.fullmatch(found):
        raise CellError(
            Message(
                "«{found}» chỉ có hai chữ số của năm. Ghi đủ bốn chữ số, như 28/02/2025.",
                {"found": found},
            )
        )
    if _BARE_NUMBER.fullmatch(found):
        raise CellError(
            Message(
                "«{found}» là số, không phải ngày. Định dạng ô là ngày, hoặc ghi như 2025-02-28.",
                {"found": found},
            )
        )
    raise CellError(
        Message(
            "«{found}» không phải là ngày. Ghi như 2025-02-28 hoặc 28/02/2025.", {"found": found}
        )
    )


def _day(found: str, year: int, month: int, day: int) -> date:
    if year not in YEARS:
        raise CellError(
            Message(
                "«{found}» có năm {year}, ngoài khoảng 1900-2199. Ghi lại năm.",
                {"found": found, "year": year},
            )
        )
    if not 1 <= month <= 12:
        raise CellError(
            Message(
                "«{found}» có tháng {month}. Ghi ngày trước tháng (28/02/2025), hoặc 2025-02-28.",
                {"found": found, "month": month},
            )
        )
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise CellError(
            Message(
                "«{found}» là ngày không có. Tháng {month}/{year} có {last} ngày; "
                "ghi lại, như {near}.",
                {
                    "found": found,
                    "month": month,
                    "year": year,
                    "last": last,
                    "near": date(year, month, last).isoformat(),
                },
            )
        )
    return date(year, month, day)


def parse_birth(found: str) -> date:
    """A birth date; 1 January where only the year is known."""
    if re.fullmatch(r"\d{4}", found):
        return _day(found, int(found), 1, 1)
    return parse_date(found)


def parse_week(found: str) -> date:
    """The Monday of a week, from 2027-W12 or from any day in it."""
    match = _WEEK.fullmatch(found)
    if not match:
        day = parse_date(found)
        return day - timedelta(days=day.weekday())
    year, week = int(match[1]), int(match[2])
    if year not in YEARS:
        raise CellError(
            Message(
                "«{found}» có năm {year}, ngoài khoảng 1900-2199. Ghi lại năm.",
                {"found": found, "year": year},
            )
        )
    last = date(year, 12, 28).isocalendar().week
    if not 1 <= week <= last:
        raise CellError(
            Message(
                "«{found}» là tuần không có. Năm {year} có {last} tuần.",
                {"found": found, "year": year, "last": last},
            )
        )
    return date.fromisocalendar(year, week, 1)
