"""What is said of a field that is wrong, and of the statuses that the framework itself finds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.words import Message

ODD = Message("Giá trị không đúng kiểu. Xem mô tả của trường này trong tài liệu API.")
WRONG = {
    "missing": Message("Thiếu trường này."),
    "extra_forbidden": Message("Không có trường nào tên như vậy."),
    "json_invalid": Message("Nội dung không phải JSON đọc được."),
    "model_attributes_type": Message(
        "Nội dung phải là một đối tượng JSON (Content-Type: application/json)."
    ),
    "date_from_datetime_parsing": Message("Không phải ngày. Viết như 2027-02-28."),
    "date_parsing": Message("Không phải ngày. Viết như 2027-02-28."),
    "string_too_short": Message("Để trống hoặc quá ngắn."),
    "string_too_long": Message("Quá dài."),
    "int_parsing": Message("Không phải số nguyên."),
    "greater_than_equal": Message("Nhỏ hơn mức cho phép."),
    "less_than_equal": Message("Lớn hơn mức cho phép."),
    "literal_error": Message("Không phải một trong các giá trị cho phép."),
    "string_pattern_mismatch": Message("Có ký tự không dùng được ở đây."),
    "string_unicode": Message("Có ký tự không dùng được ở đây."),
}
UNFIT = Message("Giá trị không dùng được ở đây.")
HTTP = {
    400: (Message("Yêu cầu không đọc được"), Message("Máy chủ không đọc được yêu cầu này.")),
    404: (Message("Không tìm thấy"), Message("Không có địa chỉ này. Xem lại đường dẫn.")),
    405: (Message("Không có cách gọi này"), Message("Địa chỉ này không nhận phương thức đó.")),
    413: (Message("Quá lớn"), Message("Nội dung gửi lên lớn hơn mức cho phép. Chia nhỏ hoặc bớt đi.")),
}  # fmt: skip


def plain(fault: Mapping[str, Any]) -> Message | str:
    """What is wrong, for somebody at a form: nothing of programs and their documents."""
    told: Message | str = fault["message"]
    return UNFIT if told is ODD else told
