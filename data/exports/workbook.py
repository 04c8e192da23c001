"""The plan as a workbook to work in; its first sheet can be edited and read back."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from data.collation import person_key, vietnamese_key
from data.drop_reasons import reason_text, said_reason
from data.exports.book import Formula, Head, dated_book
from data.exports.labels import CONDITIONS, KINDS, RISK_CLASSES, STATUSES, UNIT_KINDS
from data.exports.page import load_rows, risk_rows
from data.exports.work_sheet import SPARE_ROWS, WorkSheet, about_sheet
from data.exports.year_grid import year_grid
from data.plan_columns import RESERVE, SCENARIO_SHEET, SHEETS, VISITS
from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.exports.book import Book
    from data.records import Office, Plan, PlannedVisit

WORK = WorkSheet(
    VISITS,
    order=(
        "visit_id", "unit_id", "unit_name", "kind", "campaign_id", "start", "end", "days", "lead",
        "lead_name", "members", "member_names", "status", "reason", "follows", "owner",
    ),
    shown={
        "unit_name": Message("Tên đơn vị (chỉ xem)"),
        "lead_name": Message("Tên trưởng đoàn (chỉ xem)"),
        "member_names": Message("Tên thành viên (chỉ xem)"),
    },
    widths={
        "unit_name": 30, "lead_name": 22, "member_names": 44, "reason": 50, "members": 20,
        "visit_id": 17,
    },
    editable=frozenset(
        {"unit_id", "kind", "start", "end", "lead", "members", "status", "reason"}
    ),
)  # fmt: skip
UNITS = ("Đơn vị", "Units")
PEOPLE = ("Thành viên", "Inspectors")
TOLD = ("plan_id", "title", "owner", "status")


def workbook_bytes(plan: Plan, office: Office, lang: str = "vi") -> bytes:
    """The XLSX file; its own date is the first day of the plan's year."""
    target = io.BytesIO()
    title, owner = str(plan.facts.get("title", "")), str(plan.facts.get("owner", ""))
    with dated_book(target, lang, datetime(plan.year, 1, 1), title, owner) as book:
        if plan.facts.get("scenario"):
            book.banner = title
        for add in (_visits, _weeks, _load, _reserve, _dropped, _risk, _goals, _lists):
            add(book, plan, office)
        WORK.guide(book)
        marks = [[book.say(Message("cần lưu ý")), mark[lang]] for mark in _marks(plan.facts)]
        about_sheet(book, {"year": plan.year, **plan.facts}, TOLD, marks)
    return target.getvalue()


def _sheet(plan: Plan) -> tuple[str, str]:
    """Name of the sheet of visits; a trial's is not that of a plan."""
    return SCENARIO_SHEET if plan.facts.get("scenario") else SHEETS["visits"]


def _visits(book: Book, plan: Plan, office: Office) -> None:
    units = {u.unit_id: u.name for u in office.units}
    people = {i.inspector_id: i.name for i in office.inspectors}
    unit_list, people_list = _range(book, UNITS, len(units)), _range(book, PEOPLE, len(people))
    rows: list[dict[str, Any]] = []
    for row, v in enumerate(plan.visits, start=2):
        rows.append({name: getattr(v, name) for name in WORK.order if name not in WORK.shown} | {
            "unit_name": _looked_up(f"B{row}", unit_list, units.get(v.unit_id, "")),
            "lead_name": _looked_up(f"I{row}", people_list, people.get(v.lead, "")),
            "member_names": ", ".join(people.get(m, m) for m in v.members),
            "members": ";".join(v.members),
            "kind": book.say(KINDS[v.kind].name),
            "status": book.say(STATUSES[v.status]),
            "reason": _reason(book, v),
        })  # fmt: skip
    sheet = WORK.put(book, _sheet(plan), rows, frozen=3)
    kinds = [book.say(label.name) for label in KINDS.values()]
    WORK.choices(sheet, "kind", len(rows), kinds)
    WORK.choices(sheet, "status", len(rows), [book.say(m) for m in STATUSES.values()])
    WORK.choices(sheet, "unit_id", len(rows), f"={unit_list.replace('$B', '$A')}")
    WORK.choices(sheet, "lead", len(rows), f"={people_list.replace('$B', '$A')}")
    last = max(1, len(rows))
    for label, word in zip(KINDS.values(), kinds, strict=True):
        book.colour(sheet, WORK.place("kind"), last, word, label.colour)
    dropped = book.say(STATUSES["dropped"])
    book.colour(sheet, WORK.place("status"), last, dropped, "#b3261e")


def _range(book: Book, names: tuple[str, str], rows: int) -> str:
    """The cells of a list's ids and names."""
    return f"'{book.named(names)}'!$A$2:$B${max(2, rows + 1)}"


def _looked_up(cell: str, listed: str, shown: str) -> Formula:
    """The name behind the id in a cell, which follows the cell when it is edited."""
    return Formula(f'=IFERROR(VLOOKUP({cell},{listed},2,FALSE),"")', shown)


def _lists(book: Book, plan: Plan, office: Office) -> None:
    """Units by name, and people by given name: the sources of the drop-downs."""
    heads = book.heads((Message("Mã đơn vị"), 14), (Message("Đơn vị"), 50))
    units = sorted(office.units, key=lambda u: (vietnamese_key(u.name), u.unit_id))
    book.table(UNITS, heads, [[u.unit_id, u.name] for u in units], frozen=1)
    heads = book.heads(
        (Message("Mã"), 14), (Message("Họ và tên"), 30), (Message("Làm trưởng đoàn"), 12)
    )
    people = sorted(office.inspectors, key=lambda i: (person_key(i.name), i.inspector_id))
    leads = book.say(Message("có"))
    rows = [[i.inspector_id, i.name, leads if i.can_lead else ""] for i in people]
    book.table(PEOPLE, heads, rows, frozen=1)


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
        [
            r.inspector_id, r.name, _reckoned(book, plan, n, r.visits),
            _reckoned(book, plan, n, r.days, of_days=True), r.target, r.available,
            Formula(f'=IF(F{n}=0,"",D{n}/F{n})', r.share),
        ]
        for n, r in enumerate(loads, start=2)
    ]  # fmt: skip
    sheet = book.table(("Tải", "Load"), heads, rows, frozen=2)
    sheet.set_column(6, 6, 10, book.percent)
    for low, high, colour in (
        (0, 0.61, "#cfe8da"),
        (0.61, 0.81, "#f7e2b0"),
        (0.81, 1.0, "#f3c79f"),
    ):
        book.between(sheet, 6, max(1, len(rows)), low, high, colour)
    book.between(sheet, 6, max(1, len(rows)), 1.0001, 99, "#f0b4ae")


def _reckoned(book: Book, plan: Plan, row: int, shown: int, of_days: bool = False) -> Formula:
    """Visits, or days, of the person of a row, counted again by the spreadsheet at every edit."""
    last = len(plan.visits) + SPARE_ROWS
    cells = {
        name: f"'{book.named(_sheet(plan))}'!${letter}$2:${letter}${last}"
        for name in ("days", "lead", "members", "status")
        if (letter := chr(ord("A") + WORK.place(name)))
    }
    out = f'({cells["status"]}<>"{book.say(STATUSES["dropped"])}")'
    team = (
        f'(({cells["lead"]}=$A{row})+ISNUMBER(FIND(";"&$A{row}&";",";"&{cells["members"]}&";"))>0)'
    )
    weighed = f"*{cells['days']}" if of_days else ""
    return Formula(f"=SUMPRODUCT({out}*{team}{weighed})", shown)


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
        [
            v.visit_id,
            units.get(v.unit_id, v.unit_id),
            book.say(KINDS[v.kind].name),
            said_reason(v.reason, book.lang),
        ]
        for v in plan.visits
        if v.status == "dropped"
    ]
    book.table(("Không xếp được", "Dropped"), heads, rows)


def _reason(book: Book, visit: PlannedVisit) -> str:
    told = reason_text(visit.reason)
    return told if isinstance(told, str) else book.say(told)


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


def _marks(facts: dict[str, Any]) -> Iterable[dict[str, str]]:
    return [*facts.get("provisional", ()), *facts.get("warnings", ())]
