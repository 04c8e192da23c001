"""Ids in one table that must exist in another."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from data.columns import Column, Table, tables
from data.faults import NOTHING, Fault, Reading, Spelling
from data.words import Message

Frames = Mapping[str, pd.DataFrame]
HINTS = 20  # distinct unknown ids of a column for which a near one is looked for


def check_references(table: Table, column: Column, frames: Frames, reading: Reading) -> None:
    """Faults for ids that the other table does not have.

    Where that table is not given at all, an optional column is only told about: a command needs no
    more tables than it reads. A needed column is one fault.
    """
    frame, target = frames[table.name], frames[column.to]
    codes, found = pd.factorize(frame[column.name].to_numpy(object))
    texts = [str(text) for text in found]
    if not any(texts):
        return
    known = set(target[tables()[column.to].key[0]].tolist()) - {""}
    if not known:
        if all(fault.table != column.to for fault in reading.faults):
            _no_target(table, column, reading)
        return
    kinds = set(frames["units"]["kind"].tolist()) if column.type == "ids" else set()
    spelling: Spelling | None = None
    wrong: dict[int, list[Fault]] = {}
    for number, text in enumerate(texts):
        strays = _strays(column, text, known, kinds)
        if strays:
            spelling = spelling or Spelling(known)
            hints = spelling if len(wrong) < HINTS else None
            wrong[number] = [_fault(table, column, stray, hints) for stray in strays]
    if wrong:
        for place in np.flatnonzero(np.isin(codes, list(wrong))).tolist():
            row = int(frame.index[place])
            reading.faults.extend(
                Fault(told.table, row, told.column, told.value, told.message)
                for told in wrong[int(codes[place])]
            )


def _strays(column: Column, text: str, known: set[str], kinds: set[str]) -> list[str]:
    """The parts of a cell that name nothing."""
    if column.type != "ids":
        return [text] if text and text not in known else []
    return [
        part
        for part in text.split(";")
        if part and part not in known and not (_whole_kind(column, part) and part[5:] in kinds)
    ]


def _whole_kind(column: Column, part: str) -> bool:
    return column.to == "units" and part.startswith("kind=")


def _fault(table: Table, column: Column, stray: str, spelling: Spelling | None) -> Fault:
    named = {"found": stray, "to": column.to, "hint": spelling.hint(stray) if spelling else NOTHING}
    if _whole_kind(column, stray):
        kinds = tables()["units"]["kind"].choices
        message = Message(
            "Không có đơn vị nào thuộc loại {found}. Ghi loại khác ({kinds}) hoặc mã đơn vị.{hint}",
            {"found": stray, "kinds": ", ".join(kinds), "hint": Spelling(kinds).hint(stray[5:])},
        )
    elif column.to == "inspectors" and table.name == "visits":
        message = Message(
            "«{found}» không có trong bảng {to}. Sửa mã, hoặc thêm vào bảng {to}; "
            "người đã thôi đi đoàn thì ghi max_days_per_month là 0.{hint}",
            named,
        )
    else:
        message = Message(
            "«{found}» không có trong bảng {to}. Sửa mã, hoặc thêm vào bảng {to}.{hint}", named
        )
    return Fault(table.name, 0, column.name, stray, message)


def _no_target(table: Table, column: Column, reading: Reading) -> None:
    if column.needed:
        reading.faults.append(
            Fault(
                table.name,
                0,
                column.name,
                "",
                Message(
                    "Cột này ghi mã của bảng {to}, nhưng không có bảng {to}. "
                    "Thêm bảng {to}, hoặc bỏ bảng {table}.",
                    {"to": column.to, "table": table.name},
                ),
            )
        )
    else:
        reading.warn(
            Message(
                "{table}, {column}: chưa đối chiếu được vì không có bảng {to}.",
                {"table": table.name, "column": column.name, "to": column.to},
            )
        )
