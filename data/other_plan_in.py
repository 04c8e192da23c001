"""Another body's plan, in whatever table it comes: which body is visited when, row by row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from data.columns import fold
from data.date_cells import CellError
from data.faults import DatasetError, Fault
from data.matching.periods import Period, parse_period
from data.matching.words import readings
from data.opening import CannotOpen, Limits, read_bytes
from data.raw import clean
from data.words import Message
from data.workbook_in import HEADER_ROWS, plain_sheets

if TYPE_CHECKING:
    from data.calendar import WorkCalendar

UNIT = ("doituong", "donviduoc", "tendonvi", "donvi", "tencoquan", "coquanduoc", "unit")
NOT_UNIT = ("chutri", "phoihop", "thuchien", "giamsat", "soluong", "madonvi")
START, END = ("tungay", "batdau", "start"), ("denngay", "ketthuc", "end")
AT_AN_EDGE = ("start", "end")  # inside a title they may be letters of other words: "tendonvi"
TIME = ("thoigian", "thoidiem", "lichkiemtra", "quy", "thang", "time")
NOT_TIME = ("thoiky", "thoihan", "songay")
CONTENT = ("noidung", "chuyende", "content")


@dataclass(frozen=True)
class OtherRow:
    """One body named in a row; `period` is None, and `note` says why, when its days are not known."""

    sheet: str
    row: int
    name: str
    period: Period | None
    content: str
    time: str
    note: Message | None = None


@dataclass(frozen=True)
class OtherPlan:
    """The rows of another body's plan, and the rows of its table that name nothing."""

    rows: tuple[OtherRow, ...]
    skipped: tuple[tuple[str, int], ...]  # sheet and row of headings inside the table


def read_other_plan(path: Path, year: int, working: WorkCalendar) -> OtherPlan:
    """The rows of an XLSX or CSV table whose header names a body and a time, below any titles.

    A cell that names several bodies gives several rows. Times may be days, months, quarters; `year`
    is the one of times without a year.

    Raises
    ------
    DatasetError
        When the file cannot be read or no sheet has such a header.
    """
    path = Path(path)
    try:
        content = read_bytes(path, Limits(), follow=True)
        sheets = (
            {"": _csv(content)}
            if path.suffix.lower() == ".csv"
            else plain_sheets(content, Limits())
        )
    except CannotOpen as refusal:
        raise DatasetError([Fault("", 0, "", "", refusal.message)], path.name) from None
    rows: list[OtherRow] = []
    skipped: list[tuple[str, int]] = []
    headed = False
    for name, cells in sheets.items():
        top = next((n for n, row in enumerate(cells[:HEADER_ROWS]) if _columns(row)), None)
        if top is None:
            continue
        headed = True
        columns = _columns(cells[top])
        for number, row in enumerate(cells[top + 1 :], start=top + 2):
            found = list(_rows(name, number, row, columns, year, working))
            rows += found
            if not found and any(cell.strip() for cell in row):
                skipped.append((name, number))
    if not headed:
        raise DatasetError([Fault("", 0, "", "", NO_HEADER)], path.name)
    return OtherPlan(tuple(rows), tuple(skipped))


NO_HEADER = Message(
    "Không thấy dòng tiêu đề nào có cả tên đơn vị (như {units}) và thời gian ({times}). Đặt lại tiêu đề các "
    "cột rồi nhập lại.",
    {
        "units": "«Đối tượng», «Đơn vị được kiểm tra»",
        "times": "«Thời gian», «Từ ngày», «Đến ngày»",
    },
)


def _csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CannotOpen(Message("Tệp không phải UTF-8. Lưu lại dạng «CSV UTF-8».")) from None
    start = text[:10_000]
    separator = max(",;\t", key=start.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def _says(title: str, words: Sequence[str]) -> bool:
    return any(
        title.startswith(w) or title.endswith(w) if w in AT_AN_EDGE else w in title for w in words
    )


def _columns(header: Sequence[str]) -> dict[str, int]:
    """What each column is -> its place; {} when the row is no header."""
    found: dict[str, int] = {}
    for place, cell in enumerate(header):
        title = fold(cell)
        for what, words, but in (
            ("start", START, ()), ("end", END, ()), ("time", TIME, NOT_TIME),
            ("content", CONTENT, ()), ("unit", UNIT, NOT_UNIT),
        ):  # fmt: skip
            if title and _says(title, words) and not any(w in title for w in but):
                found.setdefault(what, place)
                break
    timed = "time" in found or {"start", "end"} <= found.keys()
    return found if timed and "unit" in found else {}


def _rows(
    sheet: str, number: int, row: Sequence[str], columns: dict[str, int], year: int,
    working: WorkCalendar,
) -> Iterator[OtherRow]:  # fmt: skip
    def cell(what: str) -> str:
        place = columns.get(what, len(row))
        return clean(row[place]) if place < len(row) else ""

    names, content = (
        _names(row[columns["unit"]] if columns["unit"] < len(row) else ""),
        cell("content"),
    )
    time = f"{cell('start')} - {cell('end')}" if "start" in columns else cell("time")
    if not time.strip(" -"):
        if content or sum(bool(c.strip()) for c in row) > 2:
            missing = Message("Không có thời gian; điền từ ngày, đến ngày.")
            yield from (OtherRow(sheet, number, n, None, content, "", missing) for n in names)
        return  # a heading inside the table
    try:
        period, note = parse_period(time, year, working), None
    except CellError as error:
        period, note = None, error.message
    for name in names:
        yield OtherRow(sheet, number, name, period, content, time, note)


def _names(text: str) -> list[str]:
    """The bodies named in one cell: by lines and semicolons, by commas where each part is a name."""
    found = []
    for line in re.split(r"[;\n]", text):
        parts = [part for part in line.split(",") if part.strip()]
        heads = [readings(part) for part in parts]
        several = len(parts) > 1 and all(h and h[0].kind not in ("", "district") for h in heads)
        found += [clean(part) for part in (parts if several else [line])]
    return [name for name in found if name]
