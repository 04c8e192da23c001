"""The rotation plan as a workbook to work in; its first sheet can be edited and read back."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from data.collation import person_key
from data.exports.book import Head, dated_book
from data.exports.rotation_annexes import annex_sheets
from data.exports.rotation_labels import CYCLE_KINDS, INSTRUMENTS, MARKS, NEAR_DAYS
from data.exports.rotation_rows import Register, day_of, move_rows, unit_rows
from data.exports.work_sheet import WorkSheet, about_sheet
from data.rotation_columns import MOVES, SHEETS, UNPLACED
from data.words import Message

if TYPE_CHECKING:
    from data.exports.book import Book
    from data.exports.rotation_rows import MoveRow
    from data.records import Office, RotationPlan

WORK = WorkSheet(
    MOVES,
    order=(
        "move_id", "staff_id", "person", "from_position", "from_post", "from_unit", "to_position",
        "to_post", "to_unit", "wave", "effective_date", "limit", "days_before_limit", "mark",
        "instrument", "cycle_kind", "cycle_id", "distance_km", "reason", "by_name",
    ),
    shown={
        "person": Message("Họ và tên (chỉ xem)"),
        "from_post": Message("Vị trí đi (chỉ xem)"),
        "from_unit": Message("Đơn vị đi (chỉ xem)"),
        "to_post": Message("Vị trí đến (chỉ xem)"),
        "to_unit": Message("Đơn vị đến (chỉ xem)"),
        "limit": Message("Hạn cuối (chỉ xem)"),
        "mark": Message("So với hạn (chỉ xem)"),
        "by_name": Message("Thứ tự theo tên (chỉ xem)"),
    },
    widths={
        "person": 24, "from_post": 30, "from_unit": 30, "to_post": 30, "to_unit": 30, "reason": 50,
        "wave": 6, "from_position": 15, "to_position": 15, "instrument": 20, "by_name": 8,
    },
    editable=frozenset({
        "to_position", "wave", "effective_date", "instrument", "cycle_id", "cycle_kind", "reason",
    }),
)  # fmt: skip
TOLD = ("plan_id", "title", "owner", "on", "reading", "status")


def rotation_workbook(plan: RotationPlan, office: Office, lang: str = "vi") -> bytes:
    """The XLSX file; its own date is the first day of the plan's year."""
    target = io.BytesIO()
    register = Register(office, day_of(plan))
    title, owner = str(plan.facts.get("title", "")), str(plan.facts.get("owner", ""))
    with dated_book(target, lang, datetime(plan.year, 1, 1), title, owner) as book:
        _moves(book, plan, register)
        _unplaced(book, plan, register)
        for annex in annex_sheets(plan, register, lang):
            book.table(annex.names, annex.heads, annex.rows, frozen=2)
        _units(book, plan, register)
        WORK.guide(book)
        about_sheet(book, {"year": plan.year, **plan.facts}, TOLD)
    return target.getvalue()


def _moves(book: Book, plan: RotationPlan, register: Register) -> None:
    found = move_rows(plan.moves, register)
    ranks = _ranks([row.person for row in found])
    rows = [_cells(book, row) | {"by_name": ranks[row.person]} for row in found]
    sheet = WORK.put(book, SHEETS["moves"], rows, frozen=3)
    last = max(1, len(rows))
    kinds = [book.say(label.name) for label in CYCLE_KINDS.values()]
    WORK.choices(sheet, "cycle_kind", last, kinds)
    WORK.choices(sheet, "instrument", last, [book.say(name) for name in INSTRUMENTS.values()])
    for label, word in zip(CYCLE_KINDS.values(), kinds, strict=True):
        book.colour(sheet, WORK.place("cycle_kind"), last, word, label.colour)
    days = WORK.place("days_before_limit")
    book.between(sheet, days, last, -99_999, -1, "#f0b4ae")
    book.between(sheet, days, last, 0, NEAR_DAYS - 1, "#f7e2b0")
    late = MARKS["late"]
    book.colour(sheet, WORK.place("mark"), last, book.say(late.name), late.colour)


def _ranks(names: list[str]) -> dict[str, int]:
    """Name -> its place by given name: what a spreadsheet cannot sort by itself."""
    return {name: n for n, name in enumerate(sorted(set(names), key=person_key), start=1)}


def _cells(book: Book, row: MoveRow) -> dict[str, Any]:
    move = row.move
    shown: dict[str, Any] = {n: getattr(move, n) for n in WORK.order if n not in WORK.shown}
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
    return shown


def _unplaced(book: Book, plan: RotationPlan, register: Register) -> None:
    heads = [
        Head(UNPLACED["staff_id"].title(book.lang), 13),
        Head(book.say(WORK.shown["person"]), 24, soft=True),
        Head(book.say(WORK.shown["from_post"]), 30, soft=True),
        Head(book.say(WORK.shown["from_unit"]), 30, soft=True),
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
