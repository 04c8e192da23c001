"""XLSX bytes -> raw tables, one for each sheet that bears a table's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import numpy as np
import python_calamine as calamine

from data.columns import GUIDE_SHEETS, Table, fold, tables
from data.faults import NOTHING, Fault, Reading, Spelling
from data.odd_cells import tell_odd_cells
from data.opening import CannotOpen, Limits, too_wide
from data.package_in import damaged, unpack
from data.raw import Cells, RawTable, raw_table
from data.sheet_scan import OddSheet, SheetFacts, place, scan
from data.words import Message

HEADER_ROWS = 50  # how far down a header is looked for


def read_workbook(
    content: bytes, limits: Limits, reading: Reading, known: Mapping[str, Table] | None = None
) -> dict[str, RawTable]:
    """Table name -> its cells; faults and warnings go to `reading`.

    `known` maps sheet names to tables; without it, the tables of a dataset under their own names.

    Raises
    ------
    CannotOpen
        When the file as a whole is not read.
    """
    package = unpack(content, limits)
    known = tables() if known is None else known
    chosen = _chosen(package.sheets(), known, reading)
    if not chosen:
        raise CannotOpen(
            Message(
                "Sổ tính không có trang tính nào mang tên bảng (units, inspectors ...). {told}",
                {"told": reading.warnings[0] if reading.warnings else NOTHING},
            )
        )
    try:
        facts = {name: scan(xml) for name, (_, xml) in chosen.items()}
    except OddSheet:
        raise damaged() from None
    for name, fact in facts.items():
        _refuse_vast(name, fact, limits)
    found = {}
    with _opened(package.plain_zip()) as book:
        _tell_hidden(book, {sheet_name for sheet_name, _ in chosen.values()}, reading)
        for name, (sheet_name, _) in chosen.items():
            raw = _sheet(known[name], _cells_of(book, sheet_name), facts[name], reading)
            if raw is not None:
                found[name] = raw
    return found


def sheet_headers(content: bytes, limits: Limits) -> dict[str, list[str]]:
    """Sheet name -> the cells of its first row that holds anything; sheets too odd to read left out.

    Raises
    ------
    CannotOpen
        When the file as a whole is not read.
    """
    found = {}
    for name, facts, cells in _sheets(content, limits):
        if facts and facts.last_row * facts.last_column <= limits.cells:
            filled = (row for row in cells(HEADER_ROWS) if any(str(cell).strip() for cell in row))
            found[name] = [_text(cell) for cell in next(filled, [])]
    return found


def plain_sheets(content: bytes, limits: Limits) -> dict[str, list[list[str]]]:
    """Sheet name -> its cells as text from row 1, column A; merged cells all hold their text.

    Raises
    ------
    CannotOpen
        When the file as a whole is not read.
    """
    found = {}
    for name, facts, cells in _sheets(content, limits):
        if facts is None:
            raise damaged()
        _refuse_vast(name, facts, limits)
        rows = [[_text(cell) for cell in row] for row in cells(None)]
        for merged in facts.merged:
            (top, left), (bottom, right) = map(place, merged.split(":"))
            for row in rows[top - 1 : bottom]:
                row[left - 1 : right] = [rows[top - 1][left - 1]] * len(row[left - 1 : right])
        found[name] = rows
    return found


def _sheets(
    content: bytes, limits: Limits
) -> Iterator[tuple[str, SheetFacts | None, Callable[[int | None], list[list[Any]]]]]:
    """Name, facts (None: too odd to read) and reader of the first rows, or all, of every sheet."""
    package = unpack(content, limits)
    with _opened(package.plain_zip()) as book:
        for name, xml in package.sheets().items():
            try:
                facts = scan(xml)
            except OddSheet:
                yield name, None, lambda most: []
                continue
            yield name, facts, partial(_cells_of, book, name)


def _refuse_vast(name: str, facts: SheetFacts, limits: Limits) -> None:
    """One cell far away makes a sheet of billions of empty cells."""
    if facts.last_row * facts.last_column > limits.cells:
        raise CannotOpen(
            Message(
                "Trang tính {name} trải đến dòng {row}, cột thứ {column}; quá lớn để đọc. "
                "Xóa các dòng và cột thừa ở cuối.",
                {"name": name, "row": facts.last_row, "column": facts.last_column},
            )
        )


def _tell_hidden(book: calamine.CalamineWorkbook, names: set[str], reading: Reading) -> None:
    for sheet in book.sheets_metadata:
        if sheet.name in names and sheet.visible != calamine.SheetVisibleEnum.Visible:
            reading.warn(Message("Trang tính {name} đang ẩn; vẫn được đọc.", {"name": sheet.name}))


def _chosen(
    sheets: dict[str, bytes], known: Mapping[str, Table], reading: Reading
) -> dict[str, tuple[str, bytes]]:
    """Table name -> sheet name and XML; other sheets are told, doubled ones are faults."""
    by_fold = {fold(name): name for name in known}
    guides = {fold(name) for name in GUIDE_SHEETS.values()}
    spelling = Spelling(known)
    chosen: dict[str, tuple[str, bytes]] = {}
    for sheet_name, xml in sheets.items():
        name = by_fold.get(fold(sheet_name))
        if name is None:
            if fold(sheet_name) not in guides:
                reading.warn(
                    Message(
                        "Trang tính «{name}» không dùng đến.{hint}",
                        {"name": sheet_name, "hint": spelling.hint(sheet_name)},
                    )
                )
        elif name in chosen:
            reading.faults.append(
                Fault(
                    name,
                    0,
                    "",
                    sheet_name,
                    Message(
                        "Có hai trang tính cho cùng một bảng: «{first}» và «{second}». "
                        "Bỏ hoặc gộp một trang.",
                        {"first": chosen[name][0], "second": sheet_name},
                    ),
                )
            )
        else:
            chosen[name] = (sheet_name, xml)
    return chosen


def _guarded(read: Callable[[], Any]) -> Any:
    """The result of calamine, or a plain refusal whatever it stumbled on."""
    try:
        return read()
    except BaseException as error:
        panic = type(error).__name__ == "PanicException"  # Rust's, below BaseException only
        if not panic and not isinstance(error, (calamine.CalamineError, OSError, ValueError)):
            raise
        raise damaged() from None


def _opened(package: Any) -> calamine.CalamineWorkbook:
    book: calamine.CalamineWorkbook = _guarded(
        lambda: calamine.CalamineWorkbook.from_filelike(package)
    )
    return book


def _cells_of(
    book: calamine.CalamineWorkbook, sheet_name: str, most: int | None = None
) -> list[list[Any]]:
    cells: list[list[Any]] = _guarded(
        lambda: book.get_sheet_by_name(sheet_name).to_python(skip_empty_area=False, nrows=most)
    )
    return cells


def _sheet(
    table: Table, cells: list[list[Any]], facts: SheetFacts, reading: Reading
) -> RawTable | None:
    top = next((n for n, row in enumerate(cells) if any(str(cell).strip() for cell in row)), None)
    if top is None:
        return None
    headers = [_text(cell) for cell in cells[top]]
    named = sum(1 for header in headers if header.strip())
    if named > Limits.columns:
        reading.faults.append(Fault(table.name, top + 1, "", "", too_wide(named, Limits.columns)))
        return None
    tell_odd_cells(table, headers, range(top + 1, len(cells) + 1), facts, reading)
    body = cells[top + 1 :]
    rows = np.arange(top + 2, top + 2 + len(body), dtype=np.int64)  # the first row of a sheet is 1
    columns = (
        [_texts(column) for column in zip(*body, strict=True)]
        if body
        else [_texts(())] * len(headers)
    )
    return raw_table(table.name, headers, columns, rows, header_row=top + 1)


def _texts(column: Iterable[Any]) -> Cells:
    texts = [cell if type(cell) is str else _text(cell) for cell in column]
    cells = np.empty(len(texts), object)
    cells[:] = texts
    return cells


def _text(cell: Any) -> str:
    """A cell as it would stand in a CSV file: 12 rather than 12.0, dates in ISO form."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)
