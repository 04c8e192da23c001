"""The rotation plan as a workbook to work in; its first sheet can be edited and read back."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from data.columns import GUIDE_SHEETS
from data.exports.book import Book, Head
from data.exports.rotation_annexes import annex_sheets
from data.exports.rotation_labels import CYCLE_KINDS, INSTRUMENTS, MARKS, NEAR_DAYS
from data.exports.rotation_rows import Register, day_of, move_rows, unit_rows
from data.rotation_columns import ABOUT, MOVES, SHEETS, UNPLACED
from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.exports.rotation_rows import MoveRow
    from data.records import Office, RotationPlan

ORDER = (
    "move_id", "staff_id", "person", "from_position", "from_post", "from_unit", "to_position",
    "to_post", "to_unit", "wave", "effective_date", "limit", "days_before_limit", "mark",
    "instrument", "cycle_kind", "cycle_id", "distance_km", "reason",
)  # fmt: skip
NAMES = {  # columns that only show what an id stands for; the reader passes over them
    "person": Message("Họ và tên (chỉ xem)"),
    "from_post": Message("Vị trí đi (chỉ xem)"),
    "from_unit": Message("Đơn vị đi (chỉ xem)"),
    "to_post": Message("Vị trí đến (chỉ xem)"),
    "to_unit": Message("Đơn vị đến (chỉ xem)"),
    "limit": Message("Hạn cuối (chỉ xem)"),
    "mark": Message("So với hạn (chỉ xem)"),
}
WIDTHS = {
    "person": 24, "from_post": 30, "from_unit": 30, "to_post": 30, "to_unit": 30, "reason": 50,
    "wave": 6, "from_position": 15, "to_position": 15, "instrument": 20,
}  # fmt: skip
EDITABLE = (
    "to_position",
    "wave",
    "effective_date",
    "instrument",
    "cycle_id",
    "cycle_kind",
    "reason",
)
SPARE_ROWS = 200  # below the last row, where drop-downs work too


def rotation_workbook(plan: RotationPlan, office: Office, lang: str = "vi") -> bytes:
    """The XLSX file. Cells that a person may have written are text, never formulas.

    The file's own date is the first day of the plan's year: the same plan gives the same bytes.
    """
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    register = Register(office, day_of(plan))
    with xlsxwriter.Workbook(target, options) as file:
        file.set_properties(
            {
                "title": str(plan.facts.get("title", "")),
                "company": str(plan.facts.get("owner", "")),
                "created": datetime(plan.year, 1, 1),
            }
        )
        book = Book(file, lang)
        _moves(book, plan, register)
        _unplaced(book, plan, register)
        for annex in annex_sheets(plan, register, lang):
            book.table(annex.names, annex.heads, annex.rows, frozen=2)
        _units(book, plan, register)
        _guide(book)
        _about(book, plan)
    return target.getvalue()


def _moves(book: Book, plan: RotationPlan, register: Register) -> None:
    heads = [
        Head(book.say(NAMES[name]), WIDTHS.get(name, 13), soft=True)
        if name in NAMES
        else Head(MOVES[name].title(book.lang), WIDTHS.get(name, 13))
        for name in ORDER
    ]
    rows = [_cells(book, row) for row in move_rows(plan.moves, register)]
    sheet = book.table(SHEETS["moves"], heads, rows, frozen=3)
    last = max(1, len(rows))
    kinds = [book.say(label.name) for label in CYCLE_KINDS.values()]
    _choices(sheet, "cycle_kind", last, kinds)
    _choices(sheet, "instrument", last, [book.say(name) for name in INSTRUMENTS.values()])
    for label, word in zip(CYCLE_KINDS.values(), kinds, strict=True):
        book.colour(sheet, ORDER.index("cycle_kind"), last, word, label.colour)
    days = ORDER.index("days_before_limit")
    book.between(sheet, days, last, -99_999, -1, "#f0b4ae")
    book.between(sheet, days, last, 0, NEAR_DAYS - 1, "#f7e2b0")
    book.colour(
        sheet, ORDER.index("mark"), last, book.say(MARKS["late"].name), MARKS["late"].colour
    )


def _cells(book: Book, row: MoveRow) -> list[Any]:
    move = row.move
    shown: dict[str, Any] = {name: getattr(move, name) for name in ORDER if name not in NAMES}
    shown |= {
        "person": row.person,
        "from_post": row.left.title,
        "from_unit": row.left.unit,
        "to_post": row.taken.title,
        "to_unit": row.taken.unit,
        "limit": row.limit,
        "mark": book.say(MARKS[row.mark].name),
    }
    if move.instrument in INSTRUMENTS:
        shown["instrument"] = book.say(INSTRUMENTS[move.instrument])
    if move.cycle_kind in CYCLE_KINDS:
        shown["cycle_kind"] = book.say(CYCLE_KINDS[move.cycle_kind].name)
    return [shown[name] for name in ORDER]


def _choices(sheet: Any, column: str, last: int, words: Sequence[str]) -> None:
    place = ORDER.index(column)
    listed = {"validate": "list", "source": list(words)}
    sheet.data_validation(1, place, last + SPARE_ROWS, place, listed)


def _unplaced(book: Book, plan: RotationPlan, register: Register) -> None:
    heads = [
        Head(UNPLACED["staff_id"].title(book.lang), 13),
        Head(book.say(NAMES["person"]), 24, soft=True),
        Head(book.say(NAMES["from_post"]), 30, soft=True),
        Head(book.say(NAMES["from_unit"]), 30, soft=True),
        Head(UNPLACED["reason"].title(book.lang), 60),
        Head(UNPLACED["rules"].title(book.lang), 26),
        Head(UNPLACED["relaxation"].title(book.lang), 50),
    ]
    rows = []
    for row in plan.unplaced:
        post = register.post_of(row.staff_id)
        person = register.person(row.staff_id)
        rules = ";".join(row.rules)
        rows.append(
            [row.staff_id, person, post.title, post.unit, row.reason, rules, row.relaxation]
        )
    book.table(SHEETS["unplaced"], heads, rows, frozen=2)


def _units(book: Book, plan: RotationPlan, register: Register) -> None:
    heads = book.heads(
        (Message("Mã đơn vị"), 14),
        (Message("Đơn vị"), 40),
        (Message("Đến hạn"), 10),
        (Message("Chuyển đi"), 10),
        (Message("Chuyển đến"), 10),
        (Message("Quá hạn trước"), 10),
        (Message("Quá hạn sau"), 10),
    )
    rows = [
        [u.unit_id, u.name, u.due, u.out, u.into, u.before, u.after]
        for u in unit_rows(plan.facts, register)
    ]
    sheet = book.table(("Theo đơn vị", "By unit"), heads, rows, frozen=2)
    book.between(sheet, 5, max(1, len(rows)), 1, 99_999, "#f0b4ae")
    book.between(sheet, 6, max(1, len(rows)), 1, 99_999, "#f7e2b0")


def _guide(book: Book) -> None:
    heads = book.heads((Message("Cột"), 26), (Message("Được sửa"), 12), (Message("Ý nghĩa"), 90))
    shown = Message("Chỉ để xem; chương trình không đọc lại cột này.")
    yes, no = book.say(Message("có")), book.say(Message("không"))
    rows = [
        [book.say(NAMES[name]), no, book.say(shown)]
        if name in NAMES
        else [
            MOVES[name].title(book.lang),
            yes if name in EDITABLE else no,
            MOVES[name].meaning(book.lang),
        ]
        for name in ORDER
    ]
    again = Message("Sửa xong, kiểm tra lại bằng: congvu audit TỆP DỮ_LIỆU")
    rows.append(["", "", book.say(again)])
    book.table((GUIDE_SHEETS["vi"], GUIDE_SHEETS["en"]), heads, rows)


def _about(book: Book, plan: RotationPlan) -> None:
    facts = plan.facts
    told = ("plan_id", "title", "owner", "on", "reading", "status")
    rows: list[list[Any]] = [["year", plan.year]]
    rows += [[key, _plain(facts[key])] for key in told if key in facts]
    rows += [[f"birth.{key}", _plain(value)] for key, value in facts.get("birth", {}).items()]
    rows += [[f"counts.{key}", _plain(value)] for key, value in facts.get("counts", {}).items()]
    heads = [Head(ABOUT["key"].title(book.lang), 22), Head(ABOUT["value"].title(book.lang), 100)]
    book.table(SHEETS["about"], heads, rows)


def _plain(value: Any) -> str | int | float | date:
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)  # read back: trial values bind the checker
    return value if isinstance(value, (int, float, date)) else str(value)
