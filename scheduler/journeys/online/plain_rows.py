"""Rows of a frame as plain Python values, for answers that become JSON."""

from __future__ import annotations

from typing import Any

import pandas as pd


def rows_of(table: pd.DataFrame, staff_id: str) -> list[dict[str, Any]]:
    """The rows of one person."""
    return plain(table[table["staff_id"] == staff_id])


def plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dicts: None for what is missing, dates for days, numbers and words as they are."""
    columns = {name: _values(frame[name]) for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _values(column: pd.Series[Any]) -> list[Any]:
    if column.dtype.kind == "M":
        return list(column.to_numpy("datetime64[D]").tolist())
    return [None if value is pd.NA or value != value else value for value in column.tolist()]
