"""The files about a change: changes.csv for spreadsheets, changes.json for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from data.whole_folder import csv_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIRST = ("id", "what", "about", "stands")
LAST = ("out", "joined", "reasons_vi", "reasons_en")


def change_files(about: Mapping[str, Any]) -> dict[str, bytes]:
    """File name -> content, from the facts of a change; its `changes` are the rows."""
    rows = about["changes"]
    plain = json.dumps(about, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    return {"changes.csv": _csv(rows), "changes.json": plain.encode()}


def _csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """One row for each visit or move; lists are separated by ;"""
    names = dict.fromkeys(name for row in rows for name in row)
    values = [name for name in names if name not in (*FIRST, *LAST)]
    before = [name for name in values if name.endswith("_before")]
    after = [name for name in values if name.endswith("_after")]
    columns = [*FIRST, *before, *after, *LAST]
    cells: list[list[object]] = [[_cell(row.get(c, "")) for c in columns] for row in rows]
    return csv_bytes([list(columns), *cells])


def _cell(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value)
