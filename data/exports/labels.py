"""Names, letters and colours that every picture of a plan shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.records.changes import STANDS, WHAT
from data.words import Message

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class KindLabel:
    """How a kind of inspection is shown: name, letter (colour is never alone), colour on white."""

    name: Message
    letter: str
    colour: str  # at least 4.5:1 against white, with white letters on it


KINDS = {
    "periodic": KindLabel(Message("Định kỳ"), "Đ", "#1f5fae"),
    "thematic": KindLabel(Message("Chuyên đề"), "C", "#a84a06"),
    "follow_up": KindLabel(Message("Tái kiểm tra"), "T", "#0f7655"),
}

UNIT_KINDS = {
    "agency": Message("Cơ quan"),
    "department": Message("Sở"),
    "ward": Message("Phường"),
    "commune": Message("Xã"),
    "service_unit": Message("Đơn vị sự nghiệp"),
    "service_point": Message("Điểm phục vụ hành chính công"),
    "section": Message("Phòng, bộ phận"),
}

RISK_CLASSES = {
    "high": Message("Cao"),
    "middle": Message("Trung bình"),
    "low": Message("Thấp"),
}

STATUSES = {
    "scheduled": Message("Đã xếp lịch"),
    "dropped": Message("Không xếp được"),
}

CONDITIONS = {
    "any plan": Message("so với mọi kế hoạch hợp lệ"),
    "these days": Message("khi giữ các ngày đã chọn"),
    "these loads": Message("khi giữ mức tải đã chọn"),
    "these days and loads": Message("khi giữ các ngày và mức tải đã chọn"),
    "these changes": Message(
        "khi chỉ các cuộc này đổi, với chừng ấy người và ngày mới, giữ các mục tiêu đứng trước"
    ),
}

READABLE = {  # unit of a goal's whole numbers -> how many make one unit that people use
    "trăm mét": (10, Message("km")),
    "phần mười ngày": (10, Message("ngày")),
    "phần nghìn số ngày có thể đi": (10, Message("% số ngày có thể đi, làm tròn lên")),
}

PLAN_STATUSES = {
    "optimal": Message("đã chứng minh là tốt nhất"),
    "feasible": Message("hợp lệ, có khoảng cách tối đa tới phương án tốt nhất"),
}


CHANGES, CHANGE_STANDS = WHAT, STANDS  # what became of a visit, and why it was not to be touched


def day_text(day: date | None) -> str:
    """dd/mm/yyyy; "" for no day."""
    return f"{day:%d/%m/%Y}" if day else ""


def span_text(start: date | None, end: date | None) -> str:
    """From-to as short as it stays clear: "15/03/2027" or "15–17/03/2027".

    >>> from datetime import date
    >>> span_text(date(2027, 3, 15), date(2027, 3, 17))
    '15–17/03/2027'
    """
    if start is None or end is None or start == end:
        return day_text(start or end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start:%d}–{end:%d/%m/%Y}"
    return f"{day_text(start)}–{day_text(end)}"
