"""Raw table -> typed frame: headers are matched, each distinct text is read once."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from data.cells import parser
from data.columns import Column, Table
from data.date_cells import CellError
from data.faults import Fault, Reading
from data.header_row import match_headers
from data.raw import CodedColumn, Codes, Numbers, RawTable
from data.words import Message

_SCIENTIFIC = re.compile(r"\d([.,]\d+)?[eE]\+\d+")
DTYPES = {
    "date": "datetime64[us]",
    "birth": "datetime64[us]",
    "week": "datetime64[us]",
    "number": "float64",
    "whole": "Int64",
    "flag": "bool",
}


def empty_frame(table: Table) -> pd.DataFrame:
    """A frame of no rows with every column in its type."""
    raw = RawTable(table.name, (), (), np.empty(0, np.int64))
    return typed_frame(table, raw, Reading())


def typed_frame(table: Table, raw: RawTable, reading: Reading) -> pd.DataFrame:
    """Every column of the table in its type, indexed by row number in the file.

    Missing text is "", missing numbers and dates are NA/NaT, a blank flag is false (`in_scope`:
    true except for sections). Cells that cannot be read become missing values and a fault each.

    Returns
    -------
    DataFrame with the columns of the contract in its order: str, datetime64[us], float64, Int64,
    bool. `staff` has one more, `birth_year_only`: bool, the cell held a year without a day.
    """
    found = match_headers(table, raw, reading) if raw.headers else {}
    frame = {}
    for column in table.columns:
        if column.name not in found:
            coded = CodedColumn([""], np.zeros(len(raw.rows), np.int32))
        else:
            coded = raw.columns[found[column.name]]
            _require(table, column, coded, raw, found[column.name], reading)
        frame[column.name] = _values(table, column, coded, raw.rows, reading)
        if column.type == "birth":
            frame["birth_year_only"] = _years_only(coded)
        if column.name == "in_scope":
            blank = coded.blank()
            frame["in_scope"] = np.where(blank, frame["kind"] != "section", frame["in_scope"])
    return pd.DataFrame(frame, index=pd.Index(raw.rows, name="row", dtype="int64"))


def _require(
    table: Table, column: Column, coded: CodedColumn, raw: RawTable, place: int, reading: Reading
) -> None:
    """A fault for every blank cell of a needed column, but for those of which more is told already."""
    if column.needed and not column.blank_ok:
        header = raw.headers[place]
        told = {f.row for f in reading.faults if f.table == table.name and f.column == header}
        reading.faults.extend(
            Fault(
                table.name, int(row), column.name, "", Message("Ô bắt buộc đang trống. Điền vào.")
            )
            for row in raw.rows[coded.blank()]
            if row not in told
        )


def _values(
    table: Table, column: Column, coded: CodedColumn, rows: Numbers, reading: Reading
) -> Any:
    """The column's values, one for each row, as an array of the column's type."""
    parse = parser(column)
    if parse is None:
        if column.type == "id":
            _tell_bad(table, column, coded, rows, _mangled(coded), reading)
        return _taken(coded.texts, coded.codes, "str")
    text_like = column.type in ("choice", "ids", "list")
    values: list[Any] = []
    bad: dict[int, Message] = {}
    for number, text in enumerate(coded.texts):
        value: Any = "" if text_like else column.default
        if text:
            try:
                value = parse(text)
            except CellError as error:
                bad[number] = error.message
        values.append(value)
    _tell_bad(table, column, coded, rows, bad, reading)
    if column.type == "flag":
        values = [bool(value) for value in values]
    return _taken(values, coded.codes, "str" if text_like else DTYPES[column.type])


def _mangled(coded: CodedColumn) -> dict[int, Message]:
    """Ids that a spreadsheet took for numbers and wrote in scientific notation."""
    return {
        number: Message(
            "«{found}» là mã bị Excel đổi thành số. Định dạng cột là Văn bản rồi ghi lại mã.",
            {"found": text},
        )
        for number, text in enumerate(coded.texts)
        if "+" in text and _SCIENTIFIC.fullmatch(text)
    }


def _tell_bad(
    table: Table, column: Column, coded: CodedColumn, rows: Numbers, bad: dict[int, Message],
    reading: Reading,
) -> None:  # fmt: skip
    """A fault for every row that holds one of the bad texts."""
    for place in coded.rows_of(list(bad)) if bad else ():
        number = int(coded.codes[place])
        fault = Fault(table.name, int(rows[place]), column.name, coded.texts[number], bad[number])
        reading.faults.append(fault)


def _taken(values: list[Any], codes: Codes, dtype: str) -> Any:
    if dtype == "str":
        words = np.empty(len(values), object)
        words[:] = values
        return pd.array(words[codes] if len(values) else words[:0], dtype="str")
    if dtype == "datetime64[us]":
        days = np.array(values, dtype=dtype)
        return days[codes] if len(values) else days
    distinct = pd.Series(values, dtype=dtype).array
    return distinct.take(codes) if len(values) else distinct


def _years_only(coded: CodedColumn) -> Any:
    short = np.fromiter((len(text) == 4 for text in coded.texts), bool, len(coded.texts))
    return short[coded.codes] if len(coded.texts) else np.empty(0, bool)
