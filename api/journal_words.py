"""Words for the details of a line of the journal: what each is called, and the codes among the values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from api.edit_words import CELLS
from api.labels import LABELS
from data.columns import tables
from data.words import Figure, Listed, Message

if TYPE_CHECKING:
    from data.store.journal import Line

DETAILS = {
    "account": Message("Tài khoản số"),
    "address": Message("Địa chỉ mạng"),
    "before": Message("Vai trò trước đó"),
    "blocks": Message("Số phần"),
    "body": Message("Tên cơ quan"),
    "book": Message("Mã tệp đã sửa"),
    "breaches": Message("Số vi phạm quy tắc"),
    "by": Message("Theo cách"),
    "came": Message("Bảng đã nhận"),
    "changed": Message("Đã sửa"),
    "changes": Message("Số thay đổi"),
    "closed_on": Message("Ngày kết thúc"),
    "code": Message("Mã"),
    "columns": Message("Cột đã sửa"),
    "continues": Message("Công việc được tiếp tục"),
    "dataset": Message("Bộ dữ liệu số"),
    "date": Message("Ngày"),
    "day": Message("Ngày"),
    "digest": Message("Dấu của dữ liệu"),
    "draft": Message("Bản dự thảo"),
    "edit": Message("Lần sửa số"),
    "faults": Message("Số lỗi"),
    "forced": Message("Nhận dù vi phạm quy tắc"),
    "foreign": Message("Dòng không phải đơn vị của ta"),
    "head": Message("Dấu của hồ sơ"),
    "id": Message("Mã"),
    "instead_of": Message("Thay bộ dữ liệu số"),
    "kind": Message("Loại"),
    "lang": Message("Ngôn ngữ"),
    "line": Message("Dòng của hồ sơ"),
    "made_at": Message("Sao lưu lúc"),
    "must": Message("Bắt buộc phải có"),
    "n": Message("Số lượng"),
    "name": Message("Tên"),
    "note": Message("Ghi chú"),
    "noun": Message("Về"),
    "number": Message("Bản số"),
    "papers": Message("Số văn bản"),
    "purpose": Message("Để"),
    "remedy_due": Message("Hạn khắc phục"),
    "roles": Message("Vai trò"),
    "rows": Message("Số dòng"),
    "run": Message("Lượt chạy"),
    "scopes": Message("Quyền"),
    "session": Message("Phiên làm việc số"),
    "severity": Message("Mức độ"),
    "slot": Message("Lượt"),
    "status": Message("Trạng thái"),
    "taken": Message("Dòng đã nhận"),
    "team": Message("Đoàn"),
    "to": Message("Đến dòng nhật ký"),
    "unit": Message("Đơn vị"),
    "username": Message("Tên đăng nhập"),
    "version": Message("Phiên bản chương trình"),
    "visit": Message("Cuộc kiểm tra"),
    "wait_s": Message("Phải đợi, giây"),
    "withdrawn": Message("Dòng không còn, theo bảng"),
    "year": Message("Năm"),
}
OF_ACTIONS = {  # where a name means something else
    ("plan.amended", "by"): Message("Bằng bản số"),
    ("plan.edited", "rows"): Message("Các dòng"),
}


def _labels(of: str) -> dict[str, Message]:
    return {code.removeprefix(of): w for code, w in LABELS.items() if code.startswith(of)}


ACCOUNT = {
    "name": Message("họ tên"), "roles": Message("vai trò"), "inspector_id": Message("mã kiểm tra viên"),
    "staff_id": Message("mã cán bộ"), "subject": Message("tên ở đăng nhập chung"),
    "active": Message("đang mở"),
}  # fmt: skip
CODES: dict[str, Mapping[str, Message]] = {
    "before": _labels("role."),
    "by": {"oidc": Message("đăng nhập chung")},
    "came": {name: Listed([(table.vi, table.en)]) for name, table in tables().items()},
    "changed": ACCOUNT,
    "columns": CELLS,
    "kind": {
        **_labels("run.kind."), "visits": Message("kế hoạch kiểm tra"),
        "moves": Message("kế hoạch chuyển đổi vị trí"),
    },
    "lang": {"vi": Message("Tiếng Việt"), "en": Message("Tiếng Anh")},
    "noun": _labels("noun."),
    "purpose": {
        "first_admin": Message("lập tài khoản quản trị đầu tiên"), "password": Message("đặt mật khẩu"),
    },
    "roles": _labels("role."),
    "scopes": _labels("right."),
    "severity": _labels("severity."),
    "status": _labels("dataset."),
}  # fmt: skip
CODES["withdrawn"] = CODES["came"]
PLAIN = {
    "year",
    "account",
    "dataset",
    "id",
    "instead_of",
    "line",
    "session",
    "edit",
    "to",
}  # numbers that name


def details_of(line: Line) -> list[tuple[Message | str, Any]]:
    """The details in words: what each is, and its value as a text, a Message, a day or a moment."""
    return [
        (
            OF_ACTIONS.get((line.action, name), DETAILS.get(name, name)),
            _value(name, value),
        )
        for name, value in line.details.items()
        if value not in (None, "", [], {})
    ]


def _value(name: str, value: Any) -> Any:
    if isinstance(value, bool):
        return Message("có") if value else Message("không")
    if isinstance(value, int) and name not in PLAIN:
        return Figure(value)
    if isinstance(value, list):
        return _joined([_value(name, part) for part in value])
    if isinstance(value, Mapping):
        return _joined(
            [
                Message("{name}: {n}", {"name": _value(name, key), "n": n})
                for key, n in value.items()
            ]
        )
    text = str(value)
    return CODES.get(name, {}).get(text) or _time(text) or text


def _joined(parts: list[Any]) -> Any:
    first, *others = parts
    for other in others:
        first = Message("{first}, {other}", {"first": first, "other": other})
    return first


def _time(text: str) -> date | datetime | None:
    """A day or moment that is written for machines; None for any other text."""
    try:
        return (date if len(text) == len("2027-03-01") else datetime).fromisoformat(text)
    except ValueError:
        return None
