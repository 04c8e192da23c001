"""Text of a cell -> value: numbers, flags, choices, lists; dates are in `date_cells`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from data.columns import Column, fold, unaccented
from data.date_cells import CellError, parse_birth, parse_date, parse_week
from data.faults import Spelling
from data.words import Message

TRUE = frozenset(
    map(unaccented, ("true", "1", "có", "yes", "đúng", "x", "must", "phải", "bắt buộc"))
)
FALSE = frozenset(
    map(unaccented, ("false", "0", "không", "no", "sai", "must not", "cấm", "không được"))
)

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")
_GROUPED_POINT = re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d+")
_GROUPED_COMMA = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d+")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}([., \u00a0]\d{3})+")


def parse_number(found: str) -> float:
    """A decimal number; point or comma before the decimals."""
    plain = found
    if _GROUPED_POINT.fullmatch(found):
        plain = found.replace(".", "")
    elif _GROUPED_COMMA.fullmatch(found):
        plain = found.replace(",", "")
    if not _NUMBER.fullmatch(plain):
        raise CellError(
            Message(
                "«{found}» không phải là số. Chỉ ghi chữ số, như 21,03 hoặc 95.", {"found": found}
            )
        )
    value = float(plain.replace(",", "."))
    if abs(value) > 1e15:
        raise CellError(Message("«{found}» quá lớn. Kiểm tra lại số.", {"found": found}))
    return float(f"{value:.15g}")  # what a spreadsheet keeps of a number


def parse_whole(found: str) -> int:
    """A whole number; 1.200 is refused, for it may mean 1.2 or 1200."""
    if _THOUSANDS.fullmatch(found):
        raise CellError(
            Message("«{found}» có dấu phân cách hàng nghìn. Ghi liền, như 1200.", {"found": found})
        )
    value = parse_number(found)
    if value != int(value):
        raise CellError(
            Message("«{found}» không phải số nguyên. Ghi số nguyên, như 3.", {"found": found})
        )
    return int(value)


def parse_flag(found: str) -> bool:
    """Yes or no."""
    word = unaccented(found).replace("_", " ")
    if word in TRUE or word in FALSE:
        return word in TRUE
    raise CellError(
        Message(
            "«{found}» không phải có/không. Ghi có hoặc không (true/false, 1/0).", {"found": found}
        )
    )


def choice_parser(column: Column) -> Callable[[str], str]:
    """A parser that knows the allowed values and their Vietnamese words."""
    by_fold = {fold(word): value for value, word in column.choices.items()}
    by_fold |= {fold(value): value for value in column.choices}
    spelling = Spelling([*column.choices, *column.choices.values()])
    allowed = "; ".join(f"{value} ({word})" for value, word in column.choices.items())

    def parse(found: str) -> str:
        value = by_fold.get(fold(found))
        if value is None:
            raise CellError(
                Message(
                    "«{found}» không dùng được; chỉ nhận: {allowed}.{hint}",
                    {"found": found, "allowed": allowed, "hint": spelling.hint(found)},
                )
            )
        return value

    return parse


def list_parser(column: Column) -> Callable[[str], str]:
    """A parser that tidies a list: parts trimmed, joined by `;`, no empty ones; repeats stay."""

    def parse(found: str) -> str:
        parts = [part for raw in found.split(";") if (part := raw.strip())]
        return ";".join(parts)

    return parse


def within(column: Column, parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """The same parser, refusing numbers outside the column's bounds."""
    if column.within is None:
        return parse
    low, high = column.within

    def bounded(found: str) -> Any:
        value = parse(found)
        if low <= value <= high:
            return value
        limits = {"found": found, "low": f"{low:g}", "high": f"{high:g}"}
        if column.name == "lat" and 90 < value <= 180:
            raise CellError(
                Message(
                    "«{found}» ngoài khoảng từ {low} đến {high}; "
                    "có thể vĩ độ và kinh độ bị đổi chỗ.",
                    limits,
                )
            )
        raise CellError(Message("«{found}» ngoài khoảng từ {low} đến {high}. Sửa lại số.", limits))

    return bounded


def parser(column: Column) -> Callable[[str], Any] | None:
    """How to read the cells of a column; None where the text is the value."""
    if column.type == "choice":
        return choice_parser(column)
    if column.type in ("ids", "list"):
        return list_parser(column)
    plain: dict[str, Callable[[str], Any]] = {
        "date": parse_date,
        "birth": parse_birth,
        "week": parse_week,
        "number": parse_number,
        "whole": parse_whole,
        "flag": parse_flag,
    }
    return within(column, plain[column.type]) if column.type in plain else None
