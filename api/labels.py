"""Words, drawing and tone of every code that pages show; colour is never alone."""

from __future__ import annotations

from dataclasses import dataclass

from api.phases import PHASES
from data.exports.labels import UNIT_KINDS
from data.words import Message

WEEKDAYS = (
    Message("Thứ Hai"), Message("Thứ Ba"), Message("Thứ Tư"), Message("Thứ Năm"), Message("Thứ Sáu"),
    Message("Thứ Bảy"), Message("Chủ Nhật"),
)  # fmt: skip


@dataclass(frozen=True)
class Look:
    """How a badge looks: its icon, and the tone that app.css gives a colour to."""

    icon: str
    tone: str  # plain, wait, good, warn, bad, faded


LABELS = {
    **{f"phase.{phase}": words for phase, words in PHASES.items()},
    "plan.draft": Message("Dự thảo"),
    "plan.checked": Message("Đã soát quy tắc"),
    "plan.submitted": Message("Đã trình"),
    "plan.approved": Message("Đã phê duyệt"),
    "plan.published": Message("Đã ban hành"),
    "plan.amended": Message("Đã có bản điều chỉnh"),
    "plan.closed": Message("Đã khép lại"),
    "plan.discarded": Message("Đã bỏ"),
    "run.queued": Message("Đang chờ"),
    "run.running": Message("Đang chạy"),
    "run.done": Message("Đã xong"),
    "run.failed": Message("Không thành"),
    "run.cancelled": Message("Đã dừng"),
    "run.kind.check": Message("Soát bộ dữ liệu"),
    "run.kind.plan": Message("Lập kế hoạch kiểm tra"),
    "run.kind.replan": Message("Điều chỉnh kế hoạch kiểm tra"),
    "run.kind.finish": Message("Hoàn chỉnh kế hoạch đã sửa"),
    "run.kind.rotate": Message("Lập kế hoạch chuyển đổi vị trí"),
    "run.kind.repair": Message("Sửa kế hoạch chuyển đổi vị trí"),
    "run.kind.papers": Message("Soạn văn bản"),
    "run.kind.tables": Message("Tính bảng rút thăm"),
    "run.kind.flags": Message("Tính thời hạn vị trí"),
    "dataset.checking": Message("Đang soát"),
    "dataset.faulty": Message("Có lỗi"),
    "dataset.ready": Message("Chờ nhận"),
    "dataset.accepted": Message("Đang dùng"),
    "dataset.replaced": Message("Đã thay"),
    "visit.scheduled": Message("Đã xếp lịch"),
    "visit.dropped": Message("Không xếp được"),
    "visit.periodic": Message("Định kỳ"),
    "visit.thematic": Message("Chuyên đề"),
    "visit.follow_up": Message("Tái kiểm tra"),
    "visit.surprise": Message("Đột xuất"),
    "due.overdue": Message("Quá hạn"),
    "due.soon": Message("Sắp đến hạn"),
    "due.fine": Message("Còn hạn"),
    "assignment.coming": Message("Sắp tới"),
    "assignment.under_way": Message("Đang kiểm tra"),
    "assignment.report_due": Message("Chờ báo cáo"),
    "assignment.over": Message("Đã qua hạn báo cáo"),
    "part.lead": Message("Trưởng đoàn"),
    "part.secretary": Message("Thư ký"),
    "part.member": Message("Thành viên"),
    "severity.minor": Message("Nhẹ"),
    "severity.major": Message("Nặng"),
    "severity.critical": Message("Nghiêm trọng"),
    "finding.overdue": Message("Quá hạn"),
    "finding.due_soon": Message("Sắp đến hạn"),
    "finding.open": Message("Còn hạn"),
    "finding.proof": Message("Đã có minh chứng"),
    "finding.closed": Message("Đã khắc phục"),
    "again.owed": Message("Chưa xếp lịch"),
    "again.planned": Message("Đã xếp lịch"),
    "again.done": Message("Đã tái kiểm tra"),
    "again.none": Message("Không cần"),
    **{f"unit.{kind}": words for kind, words in UNIT_KINDS.items()},
    "standing.not_subject": Message("Không thuộc diện"),
    "standing.not_yet": Message("Chưa đến hạn"),
    "standing.may_move": Message("Có thể chuyển đổi"),
    "standing.due_soon": Message("Sắp đến hạn"),
    "standing.due": Message("Đến hạn"),
    "standing.overdue": Message("Quá hạn"),
    "standing.missing_data": Message("Thiếu dữ liệu"),
    "standing.exempt": Message("Không thực hiện"),
    "standing.deferred": Message("Chưa thực hiện"),
    "standing.single_post": Message("Chỉ có một vị trí"),
    "account.active": Message("Đang mở"),
    "account.closed": Message("Đã khóa"),
    "role.planner": Message("Lập kế hoạch"),
    "role.hr": Message("Tổ chức cán bộ"),
    "role.inspector": Message("Kiểm tra viên"),
    "role.leader": Message("Lãnh đạo"),
    "role.administrator": Message("Quản trị"),
    "role.auditor": Message("Giám sát"),
}

LOOKS = {
    "plan.draft": Look("pencil", "plain"),
    "plan.checked": Look("list-check", "wait"),
    "plan.submitted": Look("send", "warn"),
    "plan.approved": Look("signature", "good"),
    "plan.published": Look("rubber-stamp", "good"),
    "plan.amended": Look("git-compare", "faded"),
    "plan.closed": Look("archive", "faded"),
    "plan.discarded": Look("trash", "faded"),
    "run.queued": Look("hourglass", "plain"),
    "run.running": Look("loader-2", "wait"),
    "run.done": Look("check", "good"),
    "run.failed": Look("alert-triangle", "bad"),
    "run.cancelled": Look("player-stop", "faded"),
    "dataset.checking": Look("loader-2", "wait"),
    "dataset.faulty": Look("alert-triangle", "bad"),
    "dataset.ready": Look("hourglass", "warn"),
    "dataset.accepted": Look("circle-check", "good"),
    "dataset.replaced": Look("archive", "faded"),
    "visit.scheduled": Look("calendar", "wait"),
    "visit.dropped": Look("circle-x", "bad"),
    "visit.periodic": Look("refresh", "plain"),
    "visit.thematic": Look("flag", "plain"),
    "visit.follow_up": Look("arrow-back-up", "plain"),
    "visit.surprise": Look("dice-5", "plain"),
    "due.overdue": Look("alert-triangle", "bad"),
    "due.soon": Look("clock", "warn"),
    "due.fine": Look("check", "good"),
    "assignment.coming": Look("calendar", "plain"),
    "assignment.under_way": Look("player-play", "wait"),
    "assignment.report_due": Look("file-text", "warn"),
    "assignment.over": Look("archive", "faded"),
    "severity.minor": Look("info-circle", "plain"),
    "severity.major": Look("alert-circle", "warn"),
    "severity.critical": Look("alert-triangle", "bad"),
    "finding.overdue": Look("alert-triangle", "bad"),
    "finding.due_soon": Look("clock", "warn"),
    "finding.open": Look("hourglass", "plain"),
    "finding.proof": Look("file-text", "wait"),
    "finding.closed": Look("circle-check", "good"),
    "again.owed": Look("calendar", "warn"),
    "again.planned": Look("calendar-event", "wait"),
    "again.done": Look("check", "good"),
    "again.none": Look("circle-dashed", "faded"),
    "standing.not_subject": Look("circle-dashed", "faded"),
    "standing.not_yet": Look("check", "plain"),
    "standing.may_move": Look("arrows-exchange", "good"),
    "standing.due_soon": Look("clock", "warn"),
    "standing.due": Look("hourglass", "warn"),
    "standing.overdue": Look("alert-triangle", "bad"),
    "standing.missing_data": Look("help-circle", "bad"),
    "standing.exempt": Look("shield-check", "faded"),
    "standing.deferred": Look("clock", "wait"),
    "standing.single_post": Look("id", "plain"),
    "account.active": Look("circle-check", "good"),
    "account.closed": Look("lock", "faded"),
}
PLAIN = Look("circle-dot", "plain")


def look(code: str) -> Look:
    """The look of a code; a plain one for codes that have none."""
    return LOOKS.get(code, PLAIN)
