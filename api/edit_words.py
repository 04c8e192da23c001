"""Cells of a changed plan as people read them: titles of columns, days, names, words instead of codes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from data.drop_reasons import reason_text
from data.exports.labels import KINDS, STATUSES, day_text
from data.exports.rotation_labels import CYCLE_KINDS, INSTRUMENTS
from data.plan_columns import RESERVE, VISITS
from data.rotation_columns import MOVES, UNPLACED
from data.words import Figure, Message

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLES = {"visits": VISITS, "reserve": RESERVE, "moves": MOVES, "unplaced": UNPLACED}
WHATS = {
    "changed": Message("sửa"),
    "added": Message("thêm"),
    "removed": Message("bỏ"),
}
WORDS: dict[str, Any] = {
    "kind": {key: label.name for key, label in KINDS.items()},
    "status": STATUSES,
    "instrument": INSTRUMENTS,
    "cycle_kind": {key: label.name for key, label in CYCLE_KINDS.items()},
}
CELLS = {  # columns as pages call them, where names stand for codes
    "unit_id": Message("Đơn vị"),
    "kind": Message("Loại kiểm tra"),
    "campaign_id": Message("Chuyên đề"),
    "follows": Message("Tái kiểm tra của"),
    "start": Message("Từ ngày"),
    "end": Message("Đến ngày"),
    "days": Message("Số ngày làm việc"),
    "lead": Message("Trưởng đoàn"),
    "members": Message("Thành viên khác"),
    "status": Message("Trạng thái"),
    "reason": Message("Lý do"),
    "owner": Message("Đơn vị chủ trì"),
    "team_days": Message("Ngày đoàn cho đột xuất"),
    "follow_up_days": Message("Ngày đoàn cho tái kiểm tra"),
}


def cell_title(table: str, column: str, lang: str) -> str:
    """The head of a column of a plan's table; the name as it is when the table has no such column.

    >>> cell_title("visits", "start", "vi"), cell_title("visits", "x", "vi")
    ('Từ ngày', 'x')
    """
    known = {found.name: found for found in TABLES[table].columns} if table in TABLES else {}
    return known[column].title(lang) if column in known else column


def cell_text(column: str, value: Any, lang: str, names: Mapping[str, str] | None = None) -> str:
    """A value as people write it, with names for ids where they are given; a dash for nothing.

    >>> cell_text("start", date(2027, 3, 1), "vi"), cell_text("members", ("TV1", "TV2"), "vi")
    ('01/03/2027', 'TV1;TV2')
    >>> cell_text("members", ("TV1", "TV2"), "vi", {"TV1": "Lan"})
    'Lan, TV2'
    """
    if value in (None, "", ()):
        return "–"
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, tuple):
        return ";".join(value) if names is None else ", ".join(names.get(v, v) for v in value)
    if column == "reason":
        told = reason_text(str(value))
        return told if isinstance(told, str) else told.say(lang)
    if isinstance(value, float):
        return Figure(value, 1).say(lang)
    words = WORDS.get(column, {})
    return words[value].say(lang) if value in words else (names or {}).get(value, str(value))
