"""Words, drawing and tone of every code that pages show; colour is never alone."""

from __future__ import annotations

from dataclasses import dataclass

from api.phases import PHASES
from data.exports.rotation_labels import GROUNDS
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
    "dataset.stopped": Message("Soát không xong"),
    "dataset.faulty": Message("Có lỗi"),
    "dataset.ready": Message("Chờ nhận"),
    "dataset.accepted": Message("Đang dùng"),
    "dataset.replaced": Message("Đã thay"),
    "visit.scheduled": Message("Đã xếp lịch"),
    "visit.dropped": Message("Không xếp được"),
    "visit.periodic": Message("Định kỳ"),
    "visit.thematic": Message("Chuyên đề"),
    "visit.follow_up": Message("Tái kiểm tra"),
    "risk.high": Message("Cao"),
    "risk.middle": Message("Trung bình"),
    "risk.low": Message("Thấp"),
    "due.overdue": Message("Quá hạn"),
    "due.soon": Message("Sắp đến hạn"),
    "due.fine": Message("Còn hạn"),
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
    "reading.continuous": Message("Coi việc cũ tiếp tục"),
    "reading.restarted": Message("Coi là việc mới, tính lại"),
    "regime.R1": Message("Theo luật"),
    "regime.R2": Message("Theo quy định của Thành phố"),
    "regime.both": Message("Theo luật và quy định của Thành phố"),
    **{f"ground.{code}": words for code, words in GROUNDS.items()},
    "measure.temporary_transfer": Message("Tạm thời chuyển vị trí công tác"),
    "measure.suspension": Message("Tạm đình chỉ công tác"),
    "measure.warning": Message("Nhắc nhở, cảnh báo"),
    "span.coming": Message("Chưa bắt đầu"),
    "span.now": Message("Đang có hiệu lực"),
    "span.soon": Message("Sắp hết"),
    "span.over": Message("Đã hết"),
    "noun.account": Message("tài khoản"),
    "noun.dataset": Message("bộ dữ liệu"),
    "noun.deferral": Message("trường hợp tạm hoãn"),
    "noun.draw": Message("hồ sơ rút thăm"),
    "noun.feed": Message("lịch riêng"),
    "noun.finding": Message("tồn tại, hạn chế"),
    "noun.link": Message("liên kết dùng một lần"),
    "noun.measure": Message("biện pháp quản lý"),
    "noun.organisation": Message("thông tin cơ quan"),
    "noun.pin": Message("yêu cầu ghim"),
    "noun.plan": Message("kế hoạch"),
    "noun.run": Message("lượt chạy"),
    "noun.store": Message("kho dữ liệu"),
    "noun.succession": Message("kế thừa công việc"),
    "noun.token": Message("mã truy cập API"),
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
    "dataset.stopped": Look("alert-triangle", "bad"),
    "dataset.faulty": Look("alert-triangle", "bad"),
    "dataset.ready": Look("hourglass", "warn"),
    "dataset.accepted": Look("circle-check", "good"),
    "dataset.replaced": Look("archive", "faded"),
    "visit.scheduled": Look("calendar", "wait"),
    "visit.dropped": Look("circle-x", "bad"),
    "visit.periodic": Look("refresh", "plain"),
    "visit.thematic": Look("flag", "plain"),
    "visit.follow_up": Look("arrow-back-up", "plain"),
    "due.overdue": Look("alert-triangle", "bad"),
    "due.soon": Look("clock", "warn"),
    "due.fine": Look("check", "good"),
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
    "reading.continuous": Look("refresh", "wait"),
    "reading.restarted": Look("flag", "plain"),
    "span.coming": Look("calendar", "plain"),
    "span.now": Look("circle-check", "wait"),
    "span.soon": Look("clock", "warn"),
    "span.over": Look("archive", "faded"),
    "account.active": Look("circle-check", "good"),
    "account.closed": Look("lock", "faded"),
}
PLAIN = Look("circle-dot", "plain")


def look(code: str) -> Look:
    """The look of a code; a plain one for codes that have none."""
    return LOOKS.get(code, PLAIN)
