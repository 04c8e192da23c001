"""Words for the parts of rules whose value is a table or a list of codes: never a key of the rule files."""

from __future__ import annotations

from dataclasses import dataclass

from api.labels import LABELS
from data.exports.labels import UNIT_KINDS
from data.exports.rotation_labels import GROUNDS
from data.words import Message
from scheduler.risk import INDICATORS, PARTS

VALUE = Message("Giá trị")


@dataclass(frozen=True)
class Part:
    """What a part of a table is called; its unit where the parts do not share the rule's."""

    words: Message
    unit: Message | None = None


DAYS, WORKING_DAYS = Message("ngày"), Message("ngày làm việc")
PEOPLE, TEAMS, CASES = Message("người"), Message("đoàn"), Message("vụ")
MILLIMETRES, POINTS = Message("mm: ít nhất, nhiều nhất"), Message("điểm")
STUDY = {
    "auc": Part(Message("Khả năng đoán đúng, trong hai đơn vị, đơn vị nào đến lượt trước")),
    "after": Part(Message("Khả năng trong năm ngày sau một cuộc, so với thường lệ")),
    "late": Part(Message("Khả năng của đơn vị chưa được đến, năm mươi ngày cuối, so với thường lệ")),
    "random": Part(Message("Phần vi phạm 20 ngày bị phát hiện, bắt đầu bất kỳ lúc nào")),
    "strategic": Part(Message("Phần vi phạm 20 ngày bị phát hiện, bắt đầu ngay sau một cuộc")),
    "never": Part(Message("Phần đơn vị không được đến trong năm")),
}  # fmt: skip
SWITCHED = {
    "on": Part(VALUE), "study": Part(Message("Cái giá đã đo")), "at": Part(Message("Khi đặt")), **STUDY,
}  # fmt: skip
TITLES: dict[str, dict[str, Part]] = {
    "visit.length": {kind: Part(words) for kind, words in UNIT_KINDS.items()},
    "visit.days": {
        **{kind: Part(words, WORKING_DAYS) for kind, words in UNIT_KINDS.items()},
        "large_headcount": Part(Message("Đơn vị lớn là đơn vị có từ"), PEOPLE),
        "large_extra": Part(Message("Đơn vị lớn được thêm"), WORKING_DAYS),
    },
    "capacity.teams-per-day": {
        "teams": Part(Message("Nhiều nhất trong một ngày"), TEAMS),
        "people_per_team": Part(Message("Mỗi đoàn cần có ít nhất"), Message("kiểm tra viên")),
    },
    "surprise.team": {
        "size": Part(Message("Một đoàn đột xuất có"), PEOPLE),
        "skill_share": Part(
            Message("Một kỹ năng được tính khi có ở ít nhất"), Message("phần của số kiểm tra viên")
        ),
    },
    "follow-up.window": {
        "first": Part(Message("Sớm nhất, sau hạn khắc phục cuối cùng còn mở")),
        "last": Part(Message("Muộn nhất, sau hạn khắc phục cuối cùng còn mở")),
        "late_within": Part(Message("Khi đã qua khoảng ấy: trong số ngày đầu năm")),
    },
    "follow-up.expected": {
        "share": Part(Message("Phần số cuộc dẫn đến tái kiểm tra"), Message("phần của số cuộc")),
        "remedy_days": Part(Message("Từ báo cáo đến hạn khắc phục"), WORKING_DAYS),
    },
    "measure.most-days": {
        kind: Part(LABELS[f"measure.{kind}"]) for kind in ("temporary_transfer", "suspension")
    },
    "move.tet": {
        "before": Part(Message("Kể từ trước đợt chuyển")),
        "after": Part(Message("Cho đến sau đợt chuyển")),
    },
    "move.weights": {
        "unplaced": Part(Message("Một người chưa xếp được"), POINTS),
        "late_day": Part(Message("Một ngày trễ tránh được"), POINTS),
        "distance_square": Part(Message("Quãng đường: số km bình phương được chia cho")),
        "wish": Part(Message("Một bậc nguyện vọng"), POINTS),
        "touched": Part(Message("Một đơn vị bị ảnh hưởng"), POINTS),
        "early_month": Part(Message("Một tháng sớm quá"), POINTS),
        "changed": Part(Message("Một lượt đã công bố bị đổi"), POINTS),
    },
    "move.helper-costs": {
        "sensitive": Part(Message("Từ vị trí phải chuyển đổi")),
        "other": Part(Message("Từ vị trí khác, hoặc người mới")),
    },
    "rotation.relaxation-prices": {
        "notice": Part(Message("Rút ngắn thời gian báo trước"), POINTS),
        "unit_share": Part(Message("Thêm một người của đơn vị rời vị trí"), POINTS),
        "one_leader": Part(Message("Thêm một lãnh đạo của đơn vị rời vị trí"), POINTS),
        "cycle": Part(Message("Vòng dài thêm một người"), POINTS),
        "cycle_most": Part(Message("Vòng dài nhất"), PEOPLE),
        "closed": Part(Message("Mở đợt trong tháng khóa sổ"), POINTS),
        "tet": Part(Message("Mở đợt sát Tết"), POINTS),
        "return": Part(Message("Trở lại đơn vị cũ trước thời hạn"), POINTS),
        "pins": Part(Message("Bỏ một yêu cầu ghim"), POINTS),
        "rank": Part(Message("Nhận vị trí thuộc nhóm chức vụ liền kề"), POINTS),
    },
    "papers.page": {
        "top": Part(Message("Lề trên"), MILLIMETRES), "bottom": Part(Message("Lề dưới"), MILLIMETRES),
        "left": Part(Message("Lề trái"), MILLIMETRES), "right": Part(Message("Lề phải"), MILLIMETRES),
        "body": Part(Message("Cỡ chữ của nội dung"), Message("điểm: ít nhất, nhiều nhất")),
        "font": Part(Message("Phông chữ")),
    },
    "papers.days": {
        "notice": Part(Message("Thông báo cho đơn vị, trước cuộc kiểm tra")),
        "report": Part(Message("Đơn vị gửi báo cáo, trước cuộc kiểm tra")),
        "result": Part(Message("Thông báo kết quả, sau cuộc kiểm tra")),
        "remedy": Part(Message("Thời gian khắc phục")),
    },
    "papers.report-day": {"month": Part(Message("Tháng")), "day": Part(Message("Ngày"))},
    "papers.bases": {
        "inspection": Part(Message("Kế hoạch kiểm tra")),
        "rotation": Part(Message("Kế hoạch chuyển đổi vị trí")),
    },
    "risk.weights": {part: Part(words) for part, words in PARTS.items()},
    "risk.targets": {name: Part(words) for name, words in INDICATORS.items()},
    "risk.floors": {name: Part(words) for name, words in INDICATORS.items()},
    "risk.counts": {
        "months_unseen": Part(PARTS["last_visit"], Message("tháng")),
        "open_findings": Part(PARTS["open_findings"], Message("tồn tại, hạn chế")),
        "overdue_rotations": Part(PARTS["overdue_rotations"], PEOPLE),
        "n_complaints": Part(Message("Khiếu nại"), CASES),
        "n_denunciations": Part(Message("Tố cáo"), CASES),
        "n_pakn_overdue": Part(Message("Phản ánh, kiến nghị quá hạn trả lời"), CASES),
        "n_discipline_cases": Part(Message("Xử lý kỷ luật"), CASES),
    },
    "risk.severity": {
        kind: Part(LABELS[f"severity.{kind}"]) for kind in ("minor", "major", "critical")
    },
    "risk.classes": {kind: Part(LABELS[f"risk.{kind}"]) for kind in ("high", "middle")},
    "rotation.grounds": {ground: Part(words) for ground, words in GROUNDS.items()},
    "rotation.retirement": {
        "first_year": Part(Message("Năm đầu của lộ trình")),
        "male": Part(Message(
            "Nam, tính bằng tháng tuổi: trước năm đầu; trong năm đầu; thêm mỗi năm; cuối cùng"
        )),
        "female": Part(Message(
            "Nữ, tính bằng tháng tuổi: trước năm đầu; trong năm đầu; thêm mỗi năm; cuối cùng"
        )),
    },
    "surprise.rates": {
        "method": Part(Message("Cách chia số lượt")),
        "floor": Part(Message("Ít nhất"), Message("cuộc một năm")),
        "cap": Part(Message("Nhiều nhất"), Message("cuộc một năm")),
        "length": Part(Message("Một vi phạm kéo dài"), DAYS),
        "kappa": Part(Message("Cái giá khi bị phát hiện, so với cái lợi")),
        "alpha": Part(Message("Lũy thừa của rủi ro, khi chia theo tỷ lệ")),
    },
    "surprise.rest": {
        "week": Part(Message("Nhiều nhất trong một tuần")),
        "row": Part(Message("Nhiều nhất liền nhau")),
    },
    "surprise.on-call": {
        "mode": Part(Message("Cách trực")),
        "teams": Part(Message("Tự chọn: chỉ định trước khi có từ"), TEAMS),
        "visits": Part(Message("Tự chọn: và mỗi ngày có từ"), Message("cuộc kiểm tra")),
    },
    "surprise.protocol": {
        "attempts": Part(Message("Số lần lập bảng vé trong một ngày")),
        "departure": Part(Message("Giờ xuất phát")),
        "beacons": Part(Message("Nguồn ngẫu nhiên")),
        "wait": Part(Message("Đợi giá trị đến muộn"), Message("phút")),
        "open_after": Part(Message("Mở hồ sơ của ngày sau"), DAYS),
    },
    "surprise.leak": {
        "teams": Part(Message("Khi có ít nhất"), TEAMS),
        "day": Part(Message("Khả năng đoán đúng trong một ngày")),
        "week": Part(Message("Khả năng đoán đúng trong một tuần")),
    },
    "surprise.study": STUDY,
    **dict.fromkeys(("surprise.gap", "surprise.cap", "surprise.minimum", "surprise.weekly"), SWITCHED),
    "team.size": {
        "minimum": Part(Message("Ít nhất")), "default": Part(Message("Thường lệ")),
        "follow_up": Part(LABELS["visit.follow_up"]),
    },
    "team.leader-rank": {
        "order": Part(Message("Thứ bậc từ thấp đến cao")),
        "enough": Part(Message("Làm trưởng đoàn ở mọi nơi, từ")),
    },
}  # fmt: skip


def part_words(rule_id: str, key: str) -> Message | str:
    """What a part of a rule's table is called.

    >>> part_words("capacity.teams-per-day", "teams").say("vi")
    'Nhiều nhất trong một ngày'
    """
    part = TITLES.get(rule_id, {}).get(key)
    return part.words if part else key


def part_unit(rule_id: str, key: str) -> Message | None:
    """The unit of one part, where it is not the rule's."""
    part = TITLES.get(rule_id, {}).get(key)
    return part.unit if part else None


def has_units(rule_id: str) -> bool:
    """Whether the parts have units, so that the rule's own would say nothing more."""
    return any(part.unit for part in TITLES.get(rule_id, {}).values())
