"""CSV bytes -> raw table. Comma, semicolon and tab separate; row numbers are lines of the file."""

from __future__ import annotations

import csv
import io
import warnings
from typing import Any

import numpy as np
import pandas as pd

from data.columns import Table, fold
from data.faults import Fault
from data.opening import Limits, too_wide
from data.raw import Cells, Numbers, RawTable, raw_table
from data.words import Message

SEPARATORS = (",", ";", "\t")
HEADER_BYTES = 1_000_000  # how far the header is looked for


def read_csv_table(table: Table, content: bytes, faults: list[Fault]) -> RawTable | None:
    """The cells of a CSV file, or None when it has faults (added to `faults`) or nothing in it."""
    if (wrong := _not_utf8(table, content)) is not None:
        faults.append(wrong)
        return None
    content = content.removeprefix(b"\xef\xbb\xbf")
    content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    start = content[:HEADER_BYTES].decode("utf-8", "ignore")
    separator, skipped = _separator(table, start)
    try:
        header, consumed = _header(start, separator, skipped)
    except csv.Error as error:
        faults.append(_broken(table, skipped + 1, error))
        return None
    if not header:
        faults.append(
            Fault(
                table.name,
                0,
                "",
                "",
                Message("Tệp trống. Ghi dòng tiêu đề và các dòng dữ liệu, hoặc bỏ tệp đi."),
            )
        )
        return None
    if len(header) > Limits.columns:
        faults.append(Fault(table.name, consumed, "", "", too_wide(len(header), Limits.columns)))
        return None
    parsed = _quick(content, separator, len(header), consumed)
    if parsed is None:
        text = content.decode()
        parsed = _careful(table, text, separator, len(header), consumed, faults)
    if parsed is None:
        return None
    return raw_table(table.name, header, *parsed, header_row=consumed)


def csv_header(table: Table, content: bytes) -> list[str]:
    """The header cells of a CSV file; empty when they cannot be read."""
    content = content.removeprefix(b"\xef\xbb\xbf")[:HEADER_BYTES]
    start = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").decode("utf-8", "ignore")
    separator, skipped = _separator(table, start)
    try:
        return _header(start, separator, skipped)[0]
    except csv.Error:
        return []


def _not_utf8(table: Table, content: bytes) -> Fault | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = Message("Tệp ghi bằng UTF-16 («Unicode Text»). Lưu lại dạng «CSV UTF-8».")
        return Fault(table.name, 0, "", "", message)
    if b"\0" in content:
        message = Message("Tệp không phải văn bản (có byte 0). Lưu lại dạng «CSV UTF-8».")
        return Fault(table.name, 0, "", "", message)
    try:
        content.decode()
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        found = content[error.start : error.end].hex(" ")
        message = Message(
            "Tệp không phải UTF-8 (byte {found}), có lẽ là Windows-1258 hoặc TCVN3. "
            "Lưu lại dạng «CSV UTF-8».",
            {"found": found},
        )
        return Fault(table.name, row, "", found, message)
    return None


def _separator(table: Table, text: str) -> tuple[str, int]:
    """The separator that makes most headers known, and the lines to skip (Excel's `sep=` line)."""
    if text[:4].lower() == "sep=" and text[4:5] and text[5:6] in ("\n", ""):
        return text[4], 1
    start = text.lstrip("\n,;\t ")
    line = start[: start.find("\n")] if "\n" in start else start
    known = {
        separator: sum(
            fold(cell) in table.headers for cell in line.replace('"', "").split(separator)
        )
        for separator in SEPARATORS
    }
    return max(known, key=lambda separator: (known[separator], line.count(separator))), 0


def _header(text: str, separator: str, skipped: int) -> tuple[list[str], int]:
    """The first record with something in it, and the number of lines up to its end."""
    lines = io.StringIO(text, newline="\n")
    for _ in range(skipped):
        next(lines, "")
    reader = csv.reader(lines, delimiter=separator, strict=True)
    for record in reader:
        if any(cell.strip(" ,;\t") for cell in record):
            return record, skipped + reader.line_num
    return [], skipped


def _quick(
    content: bytes, separator: str, width: int, consumed: int
) -> tuple[list[Cells], Numbers] | None:
    """All records by the compiled parser; None when rows and lines would not agree."""
    lines = content.count(b"\n") + (not content.endswith(b"\n")) - consumed
    if lines <= 0:
        return [np.empty(0, object) for _ in range(width)], np.empty(0, np.int64)
    options: dict[str, Any] = {"dtype": "str", "header": None, "index_col": False, "engine": "c"}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)  # it would drop cells
            frame = pd.read_csv(
                io.BytesIO(content),
                sep=separator,
                names=list(range(width)),
                skiprows=consumed,
                skip_blank_lines=False,
                keep_default_na=False,
                na_filter=False,
                **options,
            )
    except (pd.errors.ParserError, pd.errors.ParserWarning, pd.errors.EmptyDataError):
        return None
    if len(frame) != lines:
        return None
    rows = np.arange(consumed + 1, consumed + 1 + len(frame), dtype=np.int64)
    return [frame.pop(n).to_numpy(dtype=object, na_value="") for n in range(width)], rows


def _careful(
    table: Table, text: str, separator: str, width: int, consumed: int, faults: list[Fault]
) -> tuple[list[Cells], Numbers] | None:
    """All records one by one: line breaks inside quotes, rows that are too long."""
    lines = io.StringIO(text, newline="\n")
    for _ in range(consumed):
        next(lines)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    records: list[list[str]] = []
    rows: list[int] = []
    before = len(faults)
    row = consumed + 1
    try:
        for record in reader:
            if any(cell.strip() for cell in record[width:]):
                faults.append(_too_long(table, row, len(record), width))
            records.append(record[:width] + [""] * (width - len(record)))
            rows.append(row)
            row = consumed + reader.line_num + 1
    except csv.Error as error:
        faults.append(_broken(table, row, error))
    if len(faults) > before:
        return None
    cells = np.array(records, dtype=object).reshape(len(records), width)
    return [cells[:, n] for n in range(width)], np.array(rows, dtype=np.int64)


def _too_long(table: Table, row: int, cells: int, width: int) -> Fault:
    return Fault(
        table.name,
        row,
        "",
        str(cells),
        Message(
            "Dòng có {cells} ô, tiêu đề có {width} cột. "
            "Đặt trong ngoặc kép ô nào có dấu phân cách.",
            {"cells": cells, "width": width},
        ),
    )


def _broken(table: Table, row: int, error: csv.Error) -> Fault:
    return Fault(
        table.name,
        row,
        "",
        str(error),
        Message(
            "Không đọc được từ dòng này ({error}). Kiểm tra ngoặc kép mở mà không đóng.",
            {"error": str(error)},
        ),
    )
