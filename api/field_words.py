"""What the fields of forms are called where one is at fault, as the form itself calls them."""

from __future__ import annotations

import re

from data.words import Message

FIELDS = {
    "active": Message("Được đăng nhập"),
    "actor": Message("Người làm"),
    "base": Message("Bảng không có trong tệp"),
    "body": Message("Cơ quan có kế hoạch này"),
    "continues": Message("Trả lời"),
    "date": Message("Ngày"),
    "days": Message("Số ngày làm việc"),
    "decision_no": Message("Số quyết định"),
    "document_no": Message("Văn bản làm căn cứ"),
    "effort": Message("Thời gian tìm, giây"),
    "end": Message("Đến hết ngày"),
    "event": Message("Đợt sắp xếp"),
    "evidence": Message("Giấy tờ chứng minh"),
    "file": Message("Tệp"),
    "files": Message("Tệp"),
    "ground": Message("Căn cứ"),
    "head": Message("Dấu đã ghi ở ngoài, nếu có"),
    "inspector_id": Message("Mã người đi kiểm tra"),
    "kind": Message("Loại"),
    "lang": Message("Ngôn ngữ"),
    "lead": Message("Trưởng đoàn"),
    "must": Message("Yêu cầu"),
    "name": Message("Họ và tên"),
    "new": Message("Mật khẩu mới"),
    "note": Message("Ghi chú"),
    "old": Message("Mật khẩu hiện tại"),
    "on": Message("Tính đến ngày"),
    "other": Message("Tên hoặc mã đơn vị"),
    "password": Message("Mật khẩu"),
    "position_id": Message("Mã vị trí chuyển đến, nếu nói riêng"),
    "proof": Message("Văn bản, ảnh hoặc kết quả kiểm tra lại"),
    "q": Message("Tìm"),
    "reading": Message("Giấy tờ không rõ công việc có tiếp tục"),
    "reason": Message("Lý do"),
    "remedy_due": Message("Hạn khắc phục"),
    "roles": Message("Vai trò"),
    "scopes": Message("Quyền"),
    "secretary": Message("Thư ký"),
    "seed": Message("Số khởi đầu"),
    "severity": Message("Mức độ"),
    "staff_id": Message("Mã nhân sự"),
    "start": Message("Từ ngày"),
    "state": Message("Trạng thái"),
    "status": Message("Trạng thái"),
    "subject": Message("Định danh ở hệ thống đăng nhập chung"),
    "text": Message("Nội dung"),
    "unit": Message("Đơn vị của ta"),
    "unit_id": Message("Đơn vị"),
    "username": Message("Tên đăng nhập"),
    "week": Message("Hoặc tuần có ngày"),
    "what": Message("Điều gì"),
    "year": Message("Năm"),
}
OF_FORMS = {  # where a form calls a field otherwise: part of its address, name
    ("/follow-ups/.*/closing", "on"): Message("Ngày khắc phục xong"),
    ("/follow-ups/.*/closing", "proof"): Message("Căn cứ"),
    ("/follow-ups/.*/proof", "on"): Message("Ngày nhận"),
    ("/me/language", "lang"): Message("Ngôn ngữ của trang và của văn bản"),
    ("/me/tokens", "days"): Message("Số ngày dùng được"),
    ("/me/tokens", "name"): Message("Tên chương trình"),
    ("/measures.*", "kind"): Message("Biện pháp"),
    ("/other-plans/.*/accept", "end"): Message("Đến ngày"),
    ("/other-plans/uploads", "year"): Message("Năm của kế hoạch"),
    ("/pins", "inspector_id"): Message("Kiểm tra viên"),
    ("/pins", "kind"): Message("Loại kiểm tra"),
    ("/plans/.*/visits/.*", "start"): Message("Ngày bắt đầu"),
    (".*/approve", "note"): Message("Ý kiến (không bắt buộc)"),
    (".*/send-back", "note"): Message("Điều cần sửa (bắt buộc)"),
    ("/rotations/.*/amend", "on"): Message("Điều chỉnh từ ngày"),
    ("/rotations/.*/amend", "q"): Message("Ai không chuyển được nữa (không bắt buộc)"),
    ("/rules", "on"): Message("Giá trị của ngày"),
    ("/rules/.*", "year"): Message("Năm kế hoạch"),
}


def field_words(path: str, field: str) -> Message | str:
    """The field that a fault names, such as "body.year" or "query.on", as the page at `path` calls it.

    >>> field_words("/other-plans/uploads", "body.year").say("vi")
    'Năm của kế hoạch'
    """
    parts = [part for part in field.split(".")[1:] if not part.isdecimal()] or [field]
    name = parts[0]
    for (form, own), words in OF_FORMS.items():
        if own == name and re.fullmatch(form, path):
            return words
    if name not in FIELDS and not field.startswith("body."):
        return Message("Phần «{name}» của địa chỉ", {"name": name})
    return FIELDS.get(name, name)
