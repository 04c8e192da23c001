"""Which help there is: a page a journey, the glossary, and to which help each page of the program belongs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import ROLES
from data.words import Message

if TYPE_CHECKING:
    from data.records.actors import Actor


@dataclass(frozen=True)
class Journey:
    """One help page: `role` whose journey it tells, and its address under /help."""

    role: str
    icon: str
    title: Message
    lead: Message


JOURNEYS = {
    one.role: one
    for one in (
        Journey("planner", "calendar-stats", Message("Người lập kế hoạch"),
                Message("Từ tệp Excel đến kế hoạch kiểm tra năm đã ban hành, và các lần điều chỉnh.")),
        Journey("hr", "arrows-exchange", Message("Cán bộ tổ chức"),
                Message("Ai đến hạn chuyển đổi, vì sao, tạm hoãn, dự báo, kế hoạch chuyển đổi vị trí.")),
        Journey("inspector", "calendar-event", Message("Kiểm tra viên"),
                Message("Lịch trên điện thoại, ghi tồn tại, phong bì đột xuất, đọc khi không có mạng.")),
        Journey("leader", "signature", Message("Lãnh đạo"),
                Message("Đọc một trang, rồi phê duyệt hoặc trả lại để sửa.")),
        Journey("auditor", "shield-check", Message("Người giám sát, người kiểm chứng ở ngoài"),
                Message("Nhật ký, hồ sơ rút thăm, và cách kiểm chứng không cần tin máy chủ.")),
        Journey("administrator", "users", Message("Người quản trị"),
                Message("Khởi động lần đầu, tài khoản, mật khẩu, sao lưu và khôi phục.")),
    )
}  # fmt: skip
BELONGS = (  # the first part of an address -> journeys, the reader's own before the first
    ("/assignments", ("inspector",)),
    ("/envelopes", ("inspector",)),
    ("/offline", ("inspector",)),
    ("/approvals", ("leader",)),
    ("/plans", ("planner", "leader")),
    ("/other-plans", ("planner",)),
    ("/rules", ("planner",)),
    ("/pins", ("planner", "hr")),
    ("/follow-ups", ("planner", "leader")),
    ("/draws", ("planner", "leader", "auditor")),
    ("/datasets", ("planner", "hr")),
    ("/people", ("hr", "leader")),
    ("/rotations", ("hr", "leader")),
    ("/forecast", ("hr",)),
    ("/deferrals", ("hr",)),
    ("/measures", ("hr",)),
    ("/successions", ("hr",)),
    ("/journal", ("auditor",)),
    ("/accounts", ("administrator",)),
)
HEADING = re.compile(r'<h2 id="([a-z-]+)">([^<]+)</h2>')


def journeys_of(actor: Actor | None) -> tuple[str, ...]:
    """The journeys of this person's roles: those whose rights the person has."""
    if actor is None:
        return ()
    return tuple(role for role in JOURNEYS if ROLES[role] <= actor.rights)


def help_for(path: str, actor: Actor | None) -> str:
    """Address of the help for a page of the program: of the reader's own journey where there are several.

    >>> help_for("/plans/7/year", None), help_for("/plansx", None)
    ('/help/planner', '/help')
    """
    own = journeys_of(actor)
    for prefix, journeys in BELONGS:
        if path == prefix or path.startswith(f"{prefix}/"):
            return f"/help/{next((role for role in journeys if role in own), journeys[0])}"
    return f"/help/{own[0]}" if path == "/" and own else "/help"


def contents(html: str) -> list[tuple[str, str]]:
    """Id and words of each part of a help text.

    >>> contents('<h2 id="data">Dữ liệu</h2><p>…</p>')
    [('data', 'Dữ liệu')]
    """
    return HEADING.findall(html)
