"""What the page of the rules says besides the rules: families of ids, units of values, marks."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.journeys.online.rules import ShownRule

FAMILIES = {
    "blackout.toml": Message("Ngày không kiểm tra"),
    "calendar.toml": Message("Lịch làm việc"),
    "campaign.toml": Message("Đợt chuyên đề"),
    "capacity.toml": Message("Sức của đoàn và người"),
    "follow_up.toml": Message("Tái kiểm tra"),
    "frequency.toml": Message("Bao lâu kiểm tra một lần"),
    "independence.toml": Message("Độc lập của người kiểm tra"),
    "interest.toml": Message("Xung đột lợi ích"),
    "joint.toml": Message("Đi cùng cơ quan khác"),
    "measures.toml": Message("Biện pháp tạm thời"),
    "moves.toml": Message("Chuyển đổi vị trí: lập kế hoạch"),
    "organisation.toml": Message("Sắp xếp tổ chức"),
    "papers.toml": Message("Văn bản"),
    "person.toml": Message("Người đi kiểm tra"),
    "pins.toml": Message("Yêu cầu ghim"),
    "plan.toml": Message("Kế hoạch năm"),
    "replan.toml": Message("Điều chỉnh kế hoạch"),
    "risk.toml": Message("Chấm điểm rủi ro"),
    "rotation.toml": Message("Chuyển đổi vị trí: thời hạn"),
    "surprise.toml": Message("Kiểm tra đột xuất"),
    "team.toml": Message("Đoàn kiểm tra"),
    "unit.toml": Message("Đơn vị được kiểm tra"),
}
UNITS = {  # as the rule files write them; longer ones explain a table of values and stand as they are
    "days": Message("ngày"),
    "working days": Message("ngày làm việc"),
    "visits": Message("cuộc kiểm tra"),
    "months": Message("tháng"),
    "people": Message("người"),
    "points": Message("điểm"),
    "kilometres": Message("km"),
    "leaders": Message("lãnh đạo"),
    "findings": Message("tồn tại, hạn chế"),
    "names": Message("tên"),
    "name": Message("tên"),
    "citation": Message("điều khoản"),
    "share of the units in scope": Message("phần của các đơn vị trong phạm vi"),
    "months since the last visit": Message("tháng từ lần kiểm tra trước"),
    "whole working days free between them": Message("ngày làm việc trọn vẹn ở giữa"),
    "visits; 0: off": Message("cuộc kiểm tra; 0: tắt"),
    "value of the indicator": Message("giá trị của chỉ số"),
    "months after leaving": Message("tháng sau khi rời đi"),
    "years before the plan's year": Message("năm trước năm kế hoạch"),
    "working days, by kind of unit": Message("ngày làm việc, theo loại đơn vị"),
    "working days in a month": Message("ngày làm việc trong một tháng"),
    "working days before and after": Message("ngày làm việc trước và sau"),
    "visits in a year": Message("cuộc kiểm tra trong một năm"),
    "people in common, at most": Message("người chung, nhiều nhất"),
    "moves of a person in a year": Message("lần chuyển của một người trong một năm"),
    "letters of the reason, at least": Message("chữ của lý do, ít nhất"),
    "month and day of the plan's year": Message("tháng và ngày của năm kế hoạch"),
    "days, by kind of measure": Message("ngày, theo loại biện pháp"),
}


def families(found: Sequence[ShownRule]) -> list[tuple[Message | str, list[ShownRule]]]:
    """Rules under what they are about, in the order of the files."""
    return [
        (FAMILIES.get(file, file), list(rules))
        for file, rules in groupby(found, key=lambda rule: rule.row.file)
    ]


def unit_of(rule: ShownRule) -> Message | str:
    """The unit of a value as the reader says it; "" for yes and no."""
    unit = rule.row.unit
    return "" if unit == "yes or no" else UNITS.get(unit, unit)
