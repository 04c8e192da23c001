"""A dataset on disk: a folder of CSV files, or one workbook."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import xlsxwriter

from data.columns import tables as contract

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

SHEET_ROWS = 1_048_576


def write_dataset(tables: Mapping[str, pd.DataFrame], folder: Path) -> Path:
    """Write one CSV file for each table, UTF-8 with line feeds; give the folder back."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n")
    return folder


def write_workbook(tables: Mapping[str, pd.DataFrame], path: Path) -> Path:
    """Write one workbook with a sheet for each table; dates and numbers are real ones.

    Raises
    ------
    ValueError
        When a table has more rows than a sheet can hold.
    """
    large = [name for name, table in tables.items() if len(table) >= SHEET_ROWS]
    if large:
        msg = f"{', '.join(large)}: more than {SHEET_ROWS - 1:,} rows do not fit into a sheet"
        raise ValueError(msg)
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        book.set_properties({"created": date(2026, 1, 1)})
        as_date = book.add_format({"num_format": "dd/mm/yyyy"})
        bold = book.add_format({"bold": True})
        for name, table in tables.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            types = {c.name: c.type for c in contract()[name].columns}
            sheet.write_row(0, 0, list(table.columns), bold)
            for r, row in enumerate(table.itertuples(index=False), 1):
                for c, (column, text) in enumerate(zip(table.columns, row, strict=True)):
                    _write_cell(sheet, r, c, types[column], text, as_date)
    return path


def _write_cell(sheet: Any, r: int, c: int, kind: str, text: str, as_date: Any) -> None:
    if text == "":
        return
    if kind in ("number", "whole"):
        sheet.write_number(r, c, float(text))
    elif kind in ("date", "birth"):
        sheet.write_datetime(r, c, date.fromisoformat(text), as_date)
    else:
        sheet.write_string(r, c, text)
