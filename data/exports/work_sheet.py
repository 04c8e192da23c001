"""A sheet that people edit and the program reads back: columns of a table, names shown beside ids."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from data.columns import GUIDE_SHEETS
from data.exports.book import Head
from data.plan_columns import ABOUT, SHEETS
from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.columns import Table
    from data.exports.book import Book

SPARE_ROWS = 200  # below the last row, where drop-downs work too


@dataclass(frozen=True)
class WorkSheet:
    """How a table of a plan is laid out to be worked in.

    Attributes
    ----------
    order : columns from left to right, of the table or of `shown`
    shown : columns that only say what an id stands for; the reader passes over them
    editable : columns that a planner may change; the others follow from them or name the row
    """

    table: Table
    order: tuple[str, ...]
    shown: Mapping[str, Message]
    widths: Mapping[str, float]
    editable: frozenset[str]

    def place(self, column: str) -> int:
        """Number of a column, from 0."""
        return self.order.index(column)

    def put(
        self, book: Book, names: tuple[str, str], rows: Sequence[Mapping[str, Any]], frozen: int
    ) -> Any:
        """The sheet with its rows (column -> cell); gives the xlsxwriter sheet."""
        heads = [
            Head(self._title(book, name), self.widths.get(name, 13), soft=name in self.shown)
            for name in self.order
        ]
        return book.table(names, heads, [[row[n] for n in self.order] for row in rows], frozen)

    def _title(self, book: Book, name: str) -> str:
        if name in self.shown:
            return book.say(self.shown[name])
        return self.table[name].title(book.lang)

    def choices(self, sheet: Any, column: str, rows: int, source: Sequence[str] | str) -> None:
        """A drop-down of words, or of a range of cells ("='Đơn vị'!$A$2:$A$9"), for a column."""
        listed = {"validate": "list", "source": source if isinstance(source, str) else [*source]}
        place = self.place(column)
        sheet.data_validation(1, place, max(1, rows) + SPARE_ROWS, place, listed)

    def guide(self, book: Book) -> None:
        """The sheet that says of every column what it means and whether it may be changed."""
        heads = book.heads(
            (Message("Cột"), 26), (Message("Được sửa"), 12), (Message("Ý nghĩa"), 90)
        )
        only_shown = book.say(Message("Chỉ để xem; chương trình không đọc lại cột này."))
        yes, no = book.say(Message("có")), book.say(Message("không"))
        rows = []
        for name in self.order:
            meaning = only_shown if name in self.shown else self.table[name].meaning(book.lang)
            editable = yes if name in self.editable else no
            rows.append([self._title(book, name), editable, meaning])
        rows += [["", "", book.say(text)] for text in AFTERWARDS]
        book.table((GUIDE_SHEETS["vi"], GUIDE_SHEETS["en"]), heads, rows)


AFTERWARDS = (
    Message("Bỏ một dòng: xóa dòng đó. Thêm một dòng: ghi mã mới ở cuối bảng."),
    Message("Sắp xếp, lọc, ẩn dòng, thêm cột riêng đều không ảnh hưởng đến việc đọc lại."),
    Message("Xem các thay đổi và điều chúng vi phạm: congvu import-edits TỆP KẾ_HOẠCH"),
    Message("Sửa xong, kiểm tra lại bằng: congvu audit TỆP DỮ_LIỆU"),
)


def about_sheet(book: Book, facts: Mapping[str, Any], told: Sequence[str], more: Any = ()) -> None:
    """The sheet about a plan: its year, `told` facts, birth certificate, counts, then `more` rows.

    It is read back: whoever audits an edited workbook needs the trial values, day and reading.
    """
    rows: list[list[Any]] = [[key, _plain(facts[key])] for key in ("year", *told) if key in facts]
    for part in ("birth", "counts"):
        rows += [[f"{part}.{key}", _plain(value)] for key, value in facts.get(part, {}).items()]
    if facts.get("scenario"):
        rows.append(["scenario", facts["scenario"]["name"]])
    rows += more
    heads = [Head(ABOUT["key"].title(book.lang), 22), Head(ABOUT["value"].title(book.lang), 100)]
    book.table(SHEETS["about"], heads, rows)


def _plain(value: Any) -> str | int | float | date:
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    return value if isinstance(value, (int, float, date)) else str(value)
