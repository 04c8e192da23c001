"""Names, marks and colours that every picture of a rotation plan shares."""

from __future__ import annotations

from dataclasses import dataclass

from data.exports.labels import KindLabel
from data.words import Message

CYCLE_KINDS = {
    "swap": KindLabel(Message("Hoán đổi"), "⇄", "#1f5fae"),
    "cycle": KindLabel(Message("Vòng"), "↻", "#0f7655"),
    "chain": KindLabel(Message("Chuỗi"), "→", "#a84a06"),
}

INSTRUMENTS = {
    "assignment": Message("Phân công, bố trí"),
    "transfer": Message("Điều động"),
    "position_change": Message("Thay đổi vị trí việc làm"),
}

NEAR_DAYS = 30  # a move with fewer days to spare is marked; only a mark, no rule


@dataclass(frozen=True)
class Mark:
    """How far a move lies from its limit: words, sign (colour is never alone), name of the colour."""

    name: Message
    sign: str
    css: str
    colour: str


MARKS = {
    "late": Mark(Message("sau hạn"), "▲", "late", "#b3261e"),
    "near": Mark(Message("sát hạn"), "◆", "near", "#8a5a00"),
    "before": Mark(Message("trước hạn"), "●", "before", "#0f7655"),
    "none": Mark(Message("không có hạn"), "–", "none", "#4b5a69"),
}

READINGS = {  # how work that went on under a new decision is counted
    "continuous": Message("tính liên tục"),
    "restarted": Message("tính lại từ đầu"),
}

GROUNDS = {  # why a rotation is put off; shown only in the internal papers
    "discipline": Message("Đang bị xem xét kỷ luật"),
    "investigation": Message("Đang bị kiểm tra, xác minh, điều tra"),
    "illness": Message("Đang điều trị bệnh hiểm nghèo"),
    "study": Message("Đi học tập trung"),
    "secondment": Message("Đang biệt phái"),
    "pregnancy_or_child": Message("Mang thai hoặc nuôi con nhỏ"),
}

WITH_REASON = Message("có lý do")  # all that a public paper says of a ground


def mark_of(days_before_limit: int | None) -> str:
    """Key of `MARKS` for the days that a move lies before its limit.

    >>> [mark_of(days) for days in (-1, 0, 30, None)]
    ['late', 'near', 'before', 'none']
    """
    if days_before_limit is None:
        return "none"
    if days_before_limit < 0:
        return "late"
    return "near" if days_before_limit < NEAR_DAYS else "before"
