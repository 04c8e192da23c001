"""Which column of the contract each header stands for; what is missing, doubled, not known."""

from __future__ import annotations

from data.columns import Column, Table, fold
from data.faults import Fault, Reading, Spelling, meant
from data.raw import RawTable
from data.words import Message

LOOK_DOWN = 50  # rows in which a header under a title is looked for


def match_headers(table: Table, raw: RawTable, reading: Reading) -> dict[str, int]:
    """Column name -> its place in the raw table.

    A needed column that is missing and a header given twice are faults; a header that is not of the
    contract is told and its column left out.
    """
    known = [table.headers.get(fold(header)) for header in raw.headers]
    if not any(known):
        reading.faults.append(_no_header(table, raw))
        return {}
    found: dict[str, int] = {}
    for place, column in enumerate(known):
        if column is None:
            continue
        if column.name in found:
            first, header = raw.headers[found[column.name]], raw.headers[place]
            message = Message(
                "Tiêu đề «{header}» trùng với «{first}». Bỏ một cột.",
                {"header": header, "first": first},
            )
            reading.faults.append(Fault(table.name, raw.header_row, column.name, header, message))
        found.setdefault(column.name, place)
    spare = [place for place, column in enumerate(known) if column is None]
    _tell_spare(table, raw, spare, reading)
    reading.faults.extend(
        _missing(table, column, raw, [raw.headers[place] for place in spare])
        for column in table.columns
        if column.needed and column.name not in found
    )
    return found


def _tell_spare(table: Table, raw: RawTable, spare: list[int], reading: Reading) -> None:
    spelling = Spelling([name for c in table.columns for name in (c.name, c.header)])
    unnamed = [place for place in spare if not raw.headers[place]]
    for place in spare:
        if header := raw.headers[place]:
            message = Message(
                "{table}: cột «{header}» không dùng đến.{hint}",
                {"table": table.name, "header": header, "hint": spelling.hint(header)},
            )
            reading.warn(message)
    if filled := sum(not raw.columns[place].blank().all() for place in unnamed):
        message = Message(
            "{table}: {n} cột có dữ liệu mà không có tiêu đề; không dùng đến.",
            {"table": table.name, "n": filled},
        )
        reading.warn(message)


def _missing(table: Table, column: Column, raw: RawTable, spare: list[str]) -> Fault:
    spelling = Spelling(filter(None, spare))
    near = spelling.nearest(column.name) or spelling.nearest(column.header)
    message = Message(
        "Thiếu cột {name} (hoặc «{header}»). Thêm cột này vào dòng tiêu đề.{hint}",
        {
            "name": column.name,
            "header": column.header,
            "hint": meant(near),
        },
    )
    return Fault(table.name, raw.header_row, column.name, "", message)


def _no_header(table: Table, raw: RawTable) -> Fault:
    found = " | ".join(filter(None, raw.headers))[:80]
    if below := _header_below(table, raw):
        message = Message(
            "Tiêu đề nằm ở dòng {row}. Xóa các dòng phía trên nó.",
            {"row": below},
        )
        return Fault(table.name, raw.header_row, "", found, message)
    message = Message(
        "Dòng này phải là dòng tiêu đề ({names} ...), nhưng không có tên cột nào của bảng {table}. "
        "Xóa các dòng phía trên tiêu đề, hoặc thêm dòng tiêu đề.",
        {"names": ", ".join(c.name for c in table.columns if c.needed), "table": table.name},
    )
    return Fault(table.name, raw.header_row, "", found, message)


def _header_below(table: Table, raw: RawTable) -> int:
    """Row number of a later row that looks like the header; 0 when none does."""
    for place, row in enumerate(raw.rows[:LOOK_DOWN].tolist()):
        cells = (column.texts[column.codes[place]] for column in raw.columns)
        if sum(fold(cell) in table.headers for cell in cells if cell) > 1:
            return int(row)
    return 0
