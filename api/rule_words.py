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
YES_OR_NO = "yes or no"
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
    "working days by kind of unit; large_extra more from large_headcount people on": Message(
        "ngày làm việc theo loại đơn vị; thêm large_extra ngày khi có từ large_headcount người"
    ),
    "teams: never more than `teams`, nor than one for each `people_per_team` inspectors": Message(
        "đoàn: nhiều nhất teams đoàn, và mỗi people_per_team kiểm tra viên một đoàn"
    ),
    "share of the week's team-days": Message("phần của số ngày đoàn trong tuần"),
    "people; a skill counts when at least this share of the inspectors hold it": Message(
        "người; một kỹ năng được tính khi ít nhất phần này của kiểm tra viên có"
    ),
    "share, multiplied once more for each further year": Message(
        "phần, nhân thêm một lần cho mỗi năm xa hơn"
    ),
    (
        "working days after the latest open remedy is due; late_within: of the year, when the window "
        "has passed"
    ): Message(
        "ngày làm việc sau hạn khắc phục cuối cùng còn mở; late_within: từ đầu năm, khi đã qua khoảng "
        "ấy"
    ),
    "share of visits; working days from report to remedy": Message(
        "phần của số cuộc; ngày làm việc từ báo cáo đến hạn khắc phục"
    ),
    "kinds of units in scope; an empty list counts every unit in scope": Message(
        "loại đơn vị trong phạm vi; danh sách trống: tính mọi đơn vị"
    ),
    "yes or no; the days to the report are rule report.days": Message(
        "số ngày đến báo cáo theo quy tắc report.days"
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
        "days: Tết's first day off may not lie from `before` days before the wave to `after` days "
        "after it"
    ): Message(
        "ngày: ngày nghỉ Tết đầu tiên không nằm trong khoảng từ before ngày trước đợt đến after ngày "
        "sau đợt"
    ),
    (
        "points: a person left out, a day late that could be avoided, km squared over "
        "`distance_square`, a step of a wish, a unit touched, a month too early, a published move "
        "changed"
    ): Message(
        "điểm: một người chưa xếp được, một ngày trễ tránh được, km bình phương chia distance_square, "
        "một bậc nguyện vọng, một đơn vị bị ảnh hưởng, một tháng sớm quá, một lượt đã công bố bị đổi"
    ),
    "points: from a rotating post, from another post or a recruit": Message(
        "điểm: từ vị trí phải chuyển đổi, từ vị trí khác hoặc người mới"
    ),
    "continuous or restarted": Message("continuous: tính liên tục; restarted: tính lại từ đầu"),
    (
        "points, by the rule that is eased; cycle: for each person more than the rule allows, up to "
        "`cycle_most`"
    ): Message(
        "điểm, theo quy tắc được nới; cycle: cho mỗi người vượt số quy tắc cho phép, đến cycle_most"
    ),
    "pairs of rank groups": Message("các cặp nhóm chức vụ"),
    "margins in mm, least and most; sizes of the body in points; name of the font": Message(
        "lề tính bằng mm, ít nhất và nhiều nhất; cỡ chữ; tên phông chữ"
    ),
    "name, what it holds, what is asked for": Message("tên, gồm những gì, yêu cầu cung cấp gì"),
    "kind of paper: ids of acts, in the order of their rank": Message(
        "loại văn bản: mã các căn cứ, theo thứ bậc"
    ),
    "points for each working day and point of risk": Message(
        "điểm cho mỗi ngày làm việc và mỗi điểm rủi ro"
    ),
    "names of goals, the first weighs most": Message("tên các mục tiêu, mục tiêu đầu nặng nhất"),
    "months, findings, people, cases": Message("tháng, tồn tại, người, vụ việc"),
    "yes or no; the list is data/reference/rotation_positions.csv": Message(
        "danh mục ở data/reference/rotation_positions.csv"
    ),
    "rank groups of the post": Message("nhóm chức vụ của vị trí"),
    "ground -> article": Message("lý do → điều khoản"),
    "grounds": Message("các lý do"),
    "months of age: before the first year, in it, added each year, at last": Message(
        "tháng tuổi: trước năm đầu, trong năm đầu, thêm mỗi năm, cuối cùng"
    ),
    (
        "method: minimax or proportional; floor and cap: visits a year; length: days a violation "
        "lasts; kappa: cost of being caught over its gain; alpha: power of risk (proportional)"
    ): Message(
        "method: minimax hoặc proportional; floor, cap: số cuộc một năm; length: số ngày một vi phạm "
        "kéo dài; kappa: giá khi bị phát hiện so với lợi; alpha: lũy thừa của rủi ro"
    ),
    "share of the rate of the quarter before": Message("phần của suất quý trước"),
    (
        "mode: pool, roster or auto; teams, visits: auto names teams beforehand from so many teams and "
        "visits a day on"
    ): Message(
        "mode: pool, roster hoặc auto; teams, visits: auto chỉ định đoàn trước khi có từng ấy đoàn và "
        "cuộc một ngày"
    ),
    "share of the fair share of a day or week": Message(
        "phần của phần chia đều của ngày hoặc tuần"
    ),
    (
        "attempts a day; clock time; sources as name, days after the day, clock time, digits; minutes "
        "to wait for a late value; days until opening"
    ): Message(
        "số lần thử một ngày; giờ; nguồn ngẫu nhiên gồm tên, số ngày sau ngày ấy, giờ, số chữ số; số "
        "phút chờ giá trị muộn; số ngày đến khi mở"
    ),
    "AUC of an insider who knows the tables (0.5: nothing), for services of at least so many teams": Message(
        "AUC của người trong cuộc biết các bảng (0,5: không biết gì), khi có ít nhất từng ấy đoàn"
    ),
    (
        "auc: chance to tell of two units which one is next; after: chance in the five days after a "
        "visit, late: of a unit not yet visited in the last fifty days, over the usual; random, "
        "strategic: share of violations of 20 days that are found, begun at any time, begun the day "
        "after a visit; never: share of units not visited in a year"
    ): Message(
        "auc: khả năng đoán đúng đơn vị nào trong hai đơn vị sẽ đến lượt trước; after: khả năng trong "
        "năm ngày sau một cuộc, late: của đơn vị chưa được đến trong năm mươi ngày cuối, so với thường "
        "lệ; random, strategic: phần vi phạm kéo dài 20 ngày bị phát hiện, khi bắt đầu bất kỳ lúc nào "
        "và khi bắt đầu ngay sau một cuộc; never: phần đơn vị không được đến trong năm"
    ),
    "days; 0: off. study: what it costs with this many days": Message(
        "ngày; 0: tắt. study: cái giá khi đặt từng ấy ngày"
    ),
    "1: on; 0: off": Message("1: bật; 0: tắt"),
    "people, by kind of visit; a campaign may set its own": Message(
        "người, theo loại cuộc; chuyên đề có thể đặt số riêng"
    ),
    (
        "rank groups from low to high, groups joined by + rank alike; from `enough` on a leader may "
        "lead anywhere"
    ): Message(
        "nhóm chức vụ từ thấp đến cao, nhóm nối bằng dấu + ngang nhau; từ enough trở lên được làm "
        "trưởng đoàn ở mọi nơi"
    ),
    "skill that a secretary holds": Message("kỹ năng mà thư ký phải có"),
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
    return "" if unit == YES_OR_NO else UNITS[unit]
