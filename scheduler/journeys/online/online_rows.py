"""Rows of the ledgers that were written online, put beside the rows of a dataset's CSV files."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from data.columns import fold, tables
from data.store.tables import ledgers
from data.whole_folder import csv_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Table

OF_PEOPLE = (ledgers.deferrals, ledgers.measures, ledgers.successions)


def mark(db: Connection) -> tuple[int, ...]:
    """Numbers that change with every row that is written, changed or withdrawn."""
    return tuple(
        int(value or 0)
        for table in OF_PEOPLE
        for value in db.execute(select(func.count(), func.sum(table.c.revision)).select_from(table)).one()
    )  # fmt: skip


def add_online_rows(db: Connection, folder: Path) -> None:
    """Append to the CSV files what was written online and not withdrawn."""
    for table in OF_PEOPLE:
        rows = db.execute(
            select(table)
            .where(table.c.dataset_id.is_(None), table.c.withdrawn_at.is_(None))
            .order_by(table.c.id)
        ).all()
        if rows:
            _append(folder / f"{table.name}.csv", table, [dict(row._mapping) for row in rows])


def _append(path: Path, table: Table, rows: list[dict[str, Any]]) -> None:
    wanted = tables()[table.name]
    content: list[list[object]] = [list(wanted.named)]
    if path.exists():
        text = path.read_text(encoding="utf-8-sig")
        content = [list(row) for row in csv.reader(io.StringIO(text, newline=""))]
    head = [wanted.headers[fold(str(cell))].name for cell in content[0]]
    more = [name for name in wanted.named if name not in head]
    content = [[*content[0], *more], *([*row, *[""] * len(more)] for row in content[1:])]
    content += [[_cell(row[name]) for name in (*head, *more)] for row in rows]
    path.write_bytes(csv_bytes(content))


def _cell(value: Any) -> object:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else value
