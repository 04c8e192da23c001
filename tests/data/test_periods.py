"""Phrases for days as other bodies write them, each with the days that it means."""

from __future__ import annotations

from datetime import date

import pytest

from data.calendar import WorkCalendar
from data.date_cells import CellError
from data.matching.periods import parse_period


def d(text):
    day, month, *year = map(int, text.split("/"))
    return date(*year or [2027], month, day)


@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [
        ("từ 03/5 đến 14/5", "3/5", "14/5"),
        ("Từ ngày 03/5/2027 đến ngày 14/5/2027", "3/5", "14/5"),
        ("Từ ngày 03 tháng 5 năm 2027 đến hết ngày 14 tháng 5 năm 2027", "3/5", "14/5"),
        ("03/5 – 14/5/2027", "3/5", "14/5"),
        ("03-14/5/2027", "3/5", "14/5"),
        ("từ 3 đến 14/5", "3/5", "14/5"),
        ("Dự kiến từ 03.5.2027 đến 14.5.2027", "3/5", "14/5"),
        ("2027-05-03", "3/5", "3/5"),
        ("2027-05-03 00:00:00", "3/5", "3/5"),
        ("ngày 15 tháng 3", "15/3", "15/3"),
        ("15/12/2027 đến 14/01/2028", "15/12/2027", "14/1/2028"),
        ("từ 15/12 đến 14/01/2028", "15/12/2027", "14/1/2028"),
        ("10 ngày, từ 03/5/2027", "3/5", "12/5"),
        ("10 ngày làm việc kể từ ngày 03/5/2027", "3/5", "17/5"),
        ("tháng 5/2027", "1/5", "31/5"),
        ("Tháng 02 năm 2028", "1/2/2028", "29/2/2028"),
        ("T5/2027", "1/5", "31/5"),
        ("05/2027", "1/5", "31/5"),
        ("tháng 3-5/2027", "1/3", "31/5"),
        ("từ tháng 3 đến tháng 5/2027", "1/3", "31/5"),
        ("trong tháng 9", "1/9", "30/9"),
        ("quý II", "1/4", "30/6"),
        ("Quý 2/2027", "1/4", "30/6"),
        ("QUÝ III năm 2027", "1/7", "30/9"),
        ("Quý I, II", "1/1", "30/6"),
        ("quý III và quý IV/2027", "1/7", "31/12"),
        ("Q4/2027", "1/10", "31/12"),
        ("quy iii", "1/7", "30/9"),
        ("đầu tháng 5", "1/5", "10/5"),
        ("Cuối tháng 02/2027", "21/2", "28/2"),
        ("tuần 2 tháng 5", "8/5", "14/5"),
        ("tuần thứ 5, tháng 5/2027", "29/5", "31/5"),
        ("6 tháng đầu năm", "1/1", "30/6"),
        ("nửa cuối năm 2027", "1/7", "31/12"),
        ("cả năm", "1/1", "31/12"),
        ("năm 2027", "1/1", "31/12"),
    ],
)
def test_a_phrase_means_these_days(phrase, start, end):
    period = parse_period(phrase, 2027, WorkCalendar())
    assert (period.start, period.end) == (d(start), d(end))


@pytest.mark.parametrize(
    "phrase",
    ["31/02/2027", "tháng 13", "quý V", "theo chỉ đạo", "14/5 đến 03/5", "từ 03/5", "5", "32-33/5"],
)
def test_a_phrase_that_means_no_days_is_refused_with_what_was_found(phrase):
    with pytest.raises(CellError) as refused:
        parse_period(phrase, 2027)
    assert phrase in refused.value.message.say("vi")


def test_days_are_exact_and_months_and_quarters_are_not():
    assert parse_period("03-14/5", 2027).exact
    assert not parse_period("tháng 5", 2027).exact
    assert not parse_period("quý II", 2027).exact


def test_working_days_leave_out_holidays_and_calendar_days_do_not():
    assert parse_period("3 ngày làm việc từ 29/4/2027", 2027, WorkCalendar()).end == d("5/5")
    assert parse_period("3 ngày từ 29/4/2027", 2027, WorkCalendar()).end == d("1/5")
