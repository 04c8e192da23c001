"""What to say of merged, uncomputed and erroneous cells and of hidden rows of a sheet."""

from __future__ import annotations

from collections.abc import Sequence

from data.columns import Table, fold
from data.faults import Fault, Reading
from data.sheet_scan import SheetFacts, place
from data.words import Message

SHOWN = 10  # how many rows a sentence names


def tell_odd_cells(
    table: Table, headers: Sequence[str], rows: range, facts: SheetFacts, reading: Reading
) -> None:
    """Faults for merged, uncomputed and erroneous cells, a warning for hidden rows.

    Parameters
    ----------
    headers : texts of the header row, from column A
    rows : rows in use, the header row first, numbered from 1 as the user sees them
    """

    def tell(cell: str, value: str, message: Message) -> None:
        row, column = place(cell)
        header = headers[column - 1] if column <= len(headers) else ""
        if row in rows and (row == rows.start or fold(header) in table.headers):
            reading.faults.append(Fault(table.name, row, header, value, message))

    for cells in facts.merged:
        merged = Message(
            "Các ô {cells} bị gộp. Bỏ gộp ô và điền giá trị vào từng ô.", {"cells": cells}
        )
        tell(cells.split(":")[0], cells, merged)
    for cell in facts.uncomputed:
        tell(cell, "", _uncomputed(cell))
    for cell, found in facts.errors:
        wrong = Message(
            "Ô {cell} báo lỗi {found}. Sửa công thức hoặc ghi giá trị.",
            {"cell": cell, "found": found},
        )
        tell(cell, found, wrong)
    hidden = [row for row in facts.hidden_rows if row in rows]
    if hidden:
        reading.warn(_hidden(table, hidden))


def _uncomputed(cell: str) -> Message:
    return Message(
        "Ô {cell} có công thức chưa tính. Mở bằng Excel và lưu lại, "
        "hoặc dán giá trị thay công thức.",
        {"cell": cell},
    )


def _hidden(table: Table, rows: list[int]) -> Message:
    shown = ", ".join(map(str, rows[:SHOWN])) + (" ..." if len(rows) > SHOWN else "")
    return Message(
        "{table}: {n} dòng đang ẩn vẫn được đọc (dòng {rows}).",
        {"table": table.name, "n": len(rows), "rows": shown},
    )
