"""What a cell may hold: just read and just refused, side by side."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.cells import parse_flag, parse_number, parse_whole, parser
from data.columns import tables
from data.date_cells import CellError, parse_birth, parse_date, parse_week


def refusal(parse, text: str) -> str:
    with pytest.raises(CellError) as refused:
        parse(text)
    return refused.value.message.say("vi")


@pytest.mark.parametrize(
    "text",
    ["2024-02-29", "29/02/2024", "29-2-2024", "29.02.2024", "2024/2/29", "2024-02-29 00:00:00",
     "2024-02-29T00:00"],
)  # fmt: skip
def test_a_day_is_read_in_every_usual_writing(text):
    assert parse_date(text) == dt.date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31/02/2025", "Tháng 2/2025 có 28 ngày; ghi lại, như 2025-02-28"),
        ("29/02/2025", "Tháng 2/2025 có 28 ngày"),
        ("2025-04-31", "Tháng 4/2025 có 30 ngày"),
        ("0/03/2025", "là ngày không có"),
        ("02/28/2025", "có tháng 28. Ghi ngày trước tháng"),
        ("28/02/25", "chỉ có hai chữ số của năm"),
        ("1.2.25", "chỉ có hai chữ số của năm"),
        ("28/02/0025", "có năm 25, ngoài khoảng"),
        ("01/01/2200", "có năm 2200, ngoài khoảng"),
        ("45678", "là số, không phải ngày"),
        ("tháng 2", "không phải là ngày"),
        ("01/01/2025-05/01/2025", "không phải là ngày"),
    ],
)
def test_what_is_no_day_is_refused_with_what_to_write_instead(text, why):
    assert why in refusal(parse_date, text)
    assert f"«{text}»" in refusal(parse_date, text)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_every_day_is_read_back_from_both_writings(day):
    assert parse_date(day.isoformat()) == parse_date(f"{day.day}/{day.month}/{day.year}") == day


def test_a_birth_year_alone_counts_as_1_january_but_is_no_date_elsewhere():
    assert parse_birth("1975") == dt.date(1975, 1, 1)
    assert parse_birth("17/08/1975") == dt.date(1975, 8, 17)
    assert "là số" in refusal(parse_date, "1975")
    assert "ngoài khoảng" in refusal(parse_birth, "1875")


def test_a_week_is_its_monday_and_week_53_exists_only_in_long_years():
    assert parse_week("2026-W53") == dt.date(2026, 12, 28)
    assert "Năm 2027 có 52 tuần" in refusal(parse_week, "2027-W53")
    assert parse_week("03/01/2027") == dt.date(2026, 12, 28)
    assert parse_week("2027-W01") == parse_week("2027W1") == dt.date(2027, 1, 4)
    assert "tuần không có" in refusal(parse_week, "2027-W00")


@pytest.mark.parametrize(
    ("text", "value"),
    [("21,03", 21.03), ("21.03", 21.03), ("-0,5", -0.5), (".5", 0.5), ("1.234,5", 1234.5),
     ("1,234.5", 1234.5), ("1e3", 1000.0), ("95", 95.0)],
)  # fmt: skip
def test_decimals_may_follow_a_comma_or_a_point(text, value):
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text", ["95%", "nan", "inf", "1_000", "1 000", "1,2,3", "12a", "", "--1", "1e99"]
)
def test_what_is_no_number_is_refused(text):
    assert f"«{text}»" in refusal(parse_number, text)


def test_a_whole_number_may_end_in_zero_decimals_but_not_in_others():
    assert parse_whole("12") == parse_whole("12.0") == parse_whole("12,00") == 12
    assert "không phải số nguyên" in refusal(parse_whole, "12.5")


@pytest.mark.parametrize("text", ["1.200", "1,200", "1 200", "12.345.678"])
def test_a_mark_between_thousands_is_refused_for_it_may_be_a_decimal_mark(text):
    assert "hàng nghìn" in refusal(parse_whole, text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("TRUE", True), ("1", True), ("có", True), ("Có", True), ("phải", True),
     ("must", True), ("false", False), ("0", False), ("không", False), ("KHÔNG", False),
     ("must_not", False)],
)  # fmt: skip
def test_yes_and_no_are_read_in_both_languages(text, value):
    assert parse_flag(text) is value


@pytest.mark.parametrize("text", ["2", "yes?", "có lẽ", "-", "-1"])
def test_what_is_neither_yes_nor_no_is_refused(text):
    assert f"«{text}»" in refusal(parse_flag, text)


def test_bounds_include_their_ends():
    weight = parser(tables()["wishes"]["weight"])
    assert (weight("-3"), weight("3")) == (-3.0, 3.0)
    assert "từ -3 đến 3" in refusal(weight, "3,01")
    days = parser(tables()["inspectors"]["max_days_per_month"])
    assert days("31") == 31
    assert "từ 0 đến 31" in refusal(days, "32")


def test_a_latitude_that_looks_like_a_longitude_is_said_to_be_swapped():
    latitude = parser(tables()["units"]["lat"])
    assert latitude("90") == 90
    assert "đổi chỗ" in refusal(latitude, "105,8")
    assert "đổi chỗ" not in refusal(latitude, "-91")


def test_a_choice_knows_its_vietnamese_word_and_suggests_the_nearest():
    kind = parser(tables()["units"]["kind"])
    assert kind("Service Point") == kind("điểm phục vụ hành chính công") == "service_point"
    said = refusal(kind, "comune")
    assert said.endswith("Có phải «commune»?")
    assert "ward (phường)" in said


def test_no_two_headers_of_a_table_can_be_taken_for_each_other():
    for table in tables().values():
        written = [h for c in table.columns for h in (c.name, c.header, *c.also)]
        assert len(table.headers) == len(written), table.name


def test_every_reference_and_key_of_the_contract_exists():
    for table in tables().values():
        assert set(table.key) | set(table.span) <= set(table.named)
        for column in table.columns:
            assert not column.to or len(tables()[column.to].key) == 1
            assert column.vi
            assert column.en
