"""The plan as a workbook to work in; its first sheet can be edited and read back."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from data.collation import person_key
from data.exports.book import Book, Head
from data.exports.labels import CONDITIONS, KINDS, RISK_CLASSES, STATUSES, UNIT_KINDS
from data.exports.page import load_rows, risk_rows
from data.exports.year_grid import year_grid
from data.plan_columns import ABOUT, RESERVE, SCENARIO_SHEET, SHEETS, VISITS
from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from data.records import Office, Plan

ORDER = (
    "visit_id",
    "unit_id",
    "unit_name",
    "kind",
    "campaign_id",
    "start",
    "end",
    "days",
    "lead",
    "lead_name",
    "members",
    "member_names",
    "status",
    "reason",
    "follows",
    "owner",
)
NAMES = {  # columns that only show what an id stands for; the reader passes over them
    "unit_name": Message("Tên đơn vị (chỉ xem)"),
    "lead_name": Message("Tên trưởng đoàn (chỉ xem)"),
    "member_names": Message("Tên thành viên (chỉ xem)"),
}
WIDTHS = {
    "unit_name": 30,
    "lead_name": 22,
    "member_names": 44,
    "reason": 50,
    "members": 20,
    "visit_id": 17,
}


def workbook_bytes(plan: Plan, office: Office, lang: str = "vi") -> bytes:
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
    with xlsxwriter.Workbook(target, options) as file:
        file.set_properties(
            {
                "title": str(plan.facts.get("title", "")),
                "company": str(plan.facts.get("owner", "")),
                "created": datetime(plan.year, 1, 1),
            }
        )
        book = Book(file, lang)
        if plan.facts.get("scenario"):
            book.banner = str(plan.facts.get("title", ""))
        for add in (_visits, _weeks, _load, _reserve, _dropped, _risk, _goals, _about):
            add(book, plan, office)
    return target.getvalue()


def _visits(book: Book, plan: Plan, office: Office) -> None:
    units = {u.unit_id: u.name for u in office.units}
    people = {i.inspector_id: i.name for i in office.inspectors}
    heads = [
        Head(book.say(NAMES[name]), WIDTHS[name], soft=True)
        if name in NAMES
        else Head(VISITS[name].title(book.lang), WIDTHS.get(name, 13))
        for name in ORDER
    ]
    rows = []
    for v in plan.visits:
        shown: dict[str, Any] = {name: getattr(v, name) for name in ORDER if name not in NAMES}
        shown |= {
            "unit_name": units.get(v.unit_id, ""),
            "lead_name": people.get(v.lead, ""),
            "member_names": ", ".join(people.get(m, m) for m in v.members),
            "members": ";".join(v.members),
            "kind": book.say(KINDS[v.kind].name),
            "status": book.say(STATUSES[v.status]),
        }
        rows.append([shown[name] for name in ORDER])
    names = SCENARIO_SHEET if plan.facts.get("scenario") else SHEETS["visits"]
    sheet = book.table(names, heads, rows, frozen=3)
    last = max(1, len(rows))
    kinds = [book.say(label.name) for label in KINDS.values()]
    _choices(sheet, ORDER.index("kind"), last, kinds)
    _choices(sheet, ORDER.index("status"), last, [book.say(m) for m in STATUSES.values()])
    for label, word in zip(KINDS.values(), kinds, strict=True):
        book.colour(sheet, ORDER.index("kind"), last, word, label.colour)
    book.colour(sheet, ORDER.index("status"), last, book.say(STATUSES["dropped"]), "#b3261e")


def _choices(sheet: Any, column: int, last: int, words: Sequence[str]) -> None:
    sheet.data_validation(
        1, column, last + 200, column, {"validate": "list", "source": list(words)}
    )


def _weeks(book: Book, plan: Plan, office: Office) -> None:
    grid = year_grid(plan, {u.unit_id: u for u in office.units})
    heads = [Head(book.say(Message("Nhóm")), 16), Head(book.say(Message("Đơn vị")), 32)]
    heads += [Head(f"{monday:%d/%m}", 3.2, upright=True) for monday in grid.mondays]
    rows = []
    for kind, group in grid.groups:
        for row in group:
            cells = [""] * len(grid.mondays)
            for mark in row.marks:
                week = round(mark.left * len(grid.mondays) / 100)
                cells[week] = (cells[week] + mark.letter)[:3]
            rows.append(
                [book.say(UNIT_KINDS[kind]) if kind in UNIT_KINDS else kind, row.unit.name, *cells]
            )
    sheet = book.table(("Tuần", "Weeks"), heads, rows, frozen=2)
    for label in KINDS.values():
        book.colour(sheet, (2, len(heads) - 1), max(1, len(rows)), label.letter, label.colour)


def _load(book: Book, plan: Plan, office: Office) -> None:
    names = {i.inspector_id: i.name for i in office.inspectors}
    heads = book.heads(
        (Message("Mã"), 10),
        (Message("Họ và tên"), 26),
        (Message("Số cuộc"), 10),
        (Message("Ngày đi"), 10),
        (Message("Mức chia đều"), 12),
        (Message("Ngày có thể đi"), 12),
        (Message("Tỷ lệ"), 10),
    )
    loads = sorted(
        load_rows(plan.facts.get("load", {}), names),
        key=lambda r: (person_key(r.name), r.inspector_id),
    )
    rows = [
        [r.inspector_id, r.name, r.visits, r.days, r.target, r.available, r.share] for r in loads
    ]
    sheet = book.table(("Tải", "Load"), heads, rows, frozen=2)
    sheet.set_column(6, 6, 10, book.percent)
    for low, high, colour in (
        (0, 0.61, "#cfe8da"),
        (0.61, 0.81, "#f7e2b0"),
        (0.81, 1.0, "#f3c79f"),
    ):
        book.between(sheet, 6, max(1, len(rows)), low, high, colour)
    book.between(sheet, 6, max(1, len(rows)), 1.0001, 99, "#f0b4ae")


def _reserve(book: Book, plan: Plan, office: Office) -> None:
    heads = [Head(column.title(book.lang), 22) for column in RESERVE.columns]
    heads += [
        Head(book.say(Message("Giữ được tổ cho đột xuất (chỉ xem)")), 22, soft=True),
        Head(book.say(Message("Ghi chú (chỉ xem)")), 90, soft=True),
    ]
    told = {week["week_start"]: week for week in plan.facts.get("reserve", {}).get("weeks", ())}
    rows = []
    for week in plan.reserve:
        fact = told.get(week.week_start.isoformat(), {})
        note = " ".join(m[book.lang] for m in fact.get("note", ()))
        rows.append(
            [week.week_start, week.team_days, week.follow_up_days, fact.get("kept", ""), note]
        )
    book.table(SHEETS["reserve"], heads, rows)


def _dropped(book: Book, plan: Plan, office: Office) -> None:
    units = {u.unit_id: u.name for u in office.units}
    heads = book.heads(
        (Message("Mã cuộc kiểm tra"), 17),
        (Message("Đơn vị"), 32),
        (Message("Loại kiểm tra"), 14),
        (Message("Lý do và quy tắc"), 90),
    )
    rows = [
        [v.visit_id, units.get(v.unit_id, v.unit_id), book.say(KINDS[v.kind].name), v.reason]
        for v in plan.visits
        if v.status == "dropped"
    ]
    book.table(("Không xếp được", "Dropped"), heads, rows)


def _risk(book: Book, plan: Plan, office: Office) -> None:
    risks = risk_rows(
        plan.facts.get("risk", {}), {u.unit_id: u.name for u in office.units}, list(plan.visits)
    )
    heads = book.heads(
        (Message("Mã đơn vị"), 12),
        (Message("Đơn vị"), 32),
        (Message("Điểm"), 8),
        (Message("Mức"), 12),
    )
    detail = Message("chi tiết")
    for part in risks[0].parts if risks else ():
        title = part[f"title_{book.lang}"]
        heads += [
            Head(f"{title} (0–{part['value']:g})", 14),
            Head(f"{title}: {book.say(detail)}", 34),
        ]
    rows = []
    for r in risks:
        klass = book.say(RISK_CLASSES[r.klass]) if r.klass in RISK_CLASSES else r.klass
        parts = [cell for p in r.parts for cell in (p["points"], p[f"note_{book.lang}"])]
        rows.append([r.unit_id, r.name, r.score, klass, *parts])
    book.table(("Giải thích rủi ro", "Risk"), heads, rows, frozen=2)


def _goals(book: Book, plan: Plan, office: Office) -> None:
    heads = book.heads(
        (Message("Mục tiêu"), 52),
        (Message("Đơn vị tính"), 28),
        (Message("Giá trị"), 12),
        (Message("Cận"), 12),
        (Message("Khoảng cách tối đa"), 12),
        (Message("Điều kiện của chứng minh"), 38),
    )
    rows = []
    for goal in plan.facts.get("goals", ()):
        condition = goal["condition"]
        words = book.say(CONDITIONS[condition]) if condition in CONDITIONS else condition
        title, unit = goal[f"title_{book.lang}"], goal[f"unit_{book.lang}"]
        rows.append([title, unit, goal["value"], goal["bound"], goal["gap"], words])
    sheet = book.table(("Mục tiêu", "Goals"), heads, rows)
    sheet.set_column(4, 4, 12, book.percent)


def _about(book: Book, plan: Plan, office: Office) -> None:
    facts = plan.facts
    rows = [
        ["year", plan.year],
        *([key, facts[key]] for key in ("plan_id", "title", "owner", "status") if key in facts),
    ]
    if facts.get("scenario"):
        rows.append(["scenario", facts["scenario"]["name"]])
    rows += [[f"birth.{key}", _plain(value)] for key, value in facts.get("birth", {}).items()]
    rows += [[book.say(Message("cần lưu ý")), mark[book.lang]] for mark in _marks(facts)]
    heads = [Head(ABOUT["key"].title(book.lang), 22), Head(ABOUT["value"].title(book.lang), 100)]
    book.table(SHEETS["about"], heads, rows)


def _marks(facts: dict[str, Any]) -> Iterable[dict[str, str]]:
    return [*facts.get("provisional", ()), *facts.get("warnings", ())]


def _plain(value: Any) -> str | int | float | date:
    if isinstance(value, dict):
        return ", ".join(f"{key} = {part}" for key, part in value.items())
    return value if isinstance(value, (int, float, date)) else str(value)
