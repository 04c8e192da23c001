"""Checked tables as CSV and back: the way a dataset is kept, plain enough to be read without a check."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from data.whole_folder import csv_bytes

if TYPE_CHECKING:
    from data.columns import Column, Table


def csv_table(table: Table, rows: Iterable[tuple[Any, ...]]) -> bytes:
    r"""CSV of rows of plain values in the order of the table's columns.

    >>> from data.columns import tables
    >>> csv_table(tables()["absences"], [("TV1", date(2027, 3, 1), date(2027, 3, 2), "")]).decode()
    'inspector_id,start,end,reason\nTV1,2027-03-01,2027-03-02,\n'
    """
    lines: list[list[object]] = [[column.name for column in table.columns]]
    lines += [[_text(value) for value in row] for row in rows]
    return csv_bytes(lines)


def csv_rows(table: Table, content: bytes) -> Iterator[dict[str, Any]]:
    r"""Rows of a table kept by `csv_table` or `csv_frame`: dates and flags as such, the rest as text.

    >>> from data.columns import tables
    >>> [row["must"] for row in csv_rows(tables()["pins"], b"must,reason\ntrue,x\n")]
    [True]
    """
    types = {column.name: column for column in table.columns}
    for row in csv.DictReader(io.StringIO(content.decode(), newline="")):
        yield {name: _value(types[name], text) for name, text in row.items()}


def csv_frame(table: Table, frame: pd.DataFrame) -> bytes:
    """CSV of a typed frame (`data.typed`): read again, it has the same digest."""
    texts = {column.name: _column(column, frame) for column in table.columns}
    plain = pd.DataFrame(texts, columns=[column.name for column in table.columns])
    return plain.to_csv(index=False, lineterminator="\n").encode()


def _column(column: Column, frame: pd.DataFrame) -> list[str]:
    values = frame[column.name]
    if column.type == "birth":
        days = values.dt.strftime("%Y-%m-%d").fillna("").tolist()
        short = frame["birth_year_only"].tolist()
        return [day[:4] if year else day for day, year in zip(days, short, strict=True)]
    if values.dtype.kind == "M":
        days_only: list[str] = values.dt.strftime("%Y-%m-%d").fillna("").tolist()
        return days_only
    if column.type in ("number", "whole"):
        return ["" if pd.isna(value) else _number(value) for value in values.tolist()]
    return [_text(value) for value in values.tolist()]


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value).replace("\0", "")


def _value(column: Column, text: str) -> Any:
    if column.type in ("date", "week"):
        return date.fromisoformat(text) if text else None
    return text == "true" if column.type == "flag" else text
