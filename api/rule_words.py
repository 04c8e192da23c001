"""What the page of the rules says besides the rules: families of ids, units of values, marks."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from api.rule_parts import has_units
from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.rulefiles import RuleRow
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
YES_OR_NO = "yes or no"
SAY_THEIR_UNIT = {  # in the words of their parts
    "leader.rotation", "move.reading", "rotation.retirement", "rotation.statute", "surprise.study",
    "team.leader-rank",
}  # fmt: skip
UNITS = {  # as the rule files write them in English
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
    "share of the week's team-days": Message("phần của số ngày đoàn trong tuần"),
    "share, multiplied once more for each further year": Message(
        "phần, nhân thêm một lần cho mỗi năm xa hơn"
    ),
    (
        "working days after the latest open remedy is due; late_within: of the year, when the window "
        "has passed"
    ): Message("ngày làm việc"),
    "kinds of units in scope; an empty list counts every unit in scope": Message(
        "loại đơn vị trong phạm vi; danh sách trống: tính mọi đơn vị"
    ),
    "lists of professions; the same profession always counts": Message(
        "các nhóm nghề; cùng một nghề thì luôn được tính"
    ),
    "lists of professions that count as one": Message("các nhóm nghề được coi là một"),
    "lists of rank groups that count as one": Message("các nhóm chức vụ được coi là một"),
    "share of the people in post, rounded down, and at least one person": Message(
        "phần của số người đang giữ vị trí, làm tròn xuống, ít nhất một người"
    ),
    "months, 1 to 12": Message("tháng, từ 1 đến 12"),
    (
        "days: Tet's first day off may not lie from `before` days before the wave to `after` days "
        "after it"
    ): Message("ngày, trong đó không được có ngày nghỉ Tết đầu tiên"),
    "points: from a rotating post, from another post or a recruit": Message("điểm"),
    "pairs of rank groups": Message("các cặp nhóm chức vụ"),
    "name, what it holds, what is asked for": Message("tên, gồm những gì, yêu cầu cung cấp gì"),
    "kind of paper: ids of acts, in the order of their rank": Message("căn cứ, theo thứ bậc"),
    "points for each working day and point of risk": Message(
        "điểm cho mỗi ngày làm việc và mỗi điểm rủi ro"
    ),
    "names of goals, the first weighs most": Message("mục tiêu đầu nặng nhất"),
    "rank groups of the post": Message("nhóm chức vụ của vị trí"),
    "ground -> article": Message("điều khoản cho từng lý do"),
    "grounds": Message("các lý do"),
    "share of the rate of the quarter before": Message("phần của suất quý trước"),
    "share of the fair share of a day or week": Message(
        "phần của phần chia đều của ngày hoặc tuần"
    ),
    "days; 0: off. study: what it costs with this many days": Message("ngày; 0: tắt"),
    "1: on; 0: off": Message("1: bật; 0: tắt"),
    "people, by kind of visit; a campaign may set its own": Message(
        "người, theo loại cuộc; chuyên đề có thể đặt số riêng"
    ),
    "skill that a secretary holds": Message("kỹ năng mà thư ký phải có"),
}


def families(found: Sequence[ShownRule]) -> list[tuple[Message | str, list[ShownRule]]]:
    """Rules under what they are about, in the order of the files."""
    return [
        (FAMILIES.get(file, file), list(rules))
        for file, rules in groupby(found, key=lambda rule: rule.row.file)
    ]


def says_its_unit(row: RuleRow) -> bool:
    """Whether a unit behind the value would say nothing more."""
    return row.unit == YES_OR_NO or row.id in SAY_THEIR_UNIT or has_units(row.id)


def unit_of(rule: ShownRule) -> Message | str:
    """The unit of a value as the reader says it; "" where the value says it."""
    return "" if says_its_unit(rule.row) else UNITS[rule.row.unit]
