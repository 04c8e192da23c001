"""Which help there is: a page a journey, the glossary, and to which help each page of the program belongs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from api.access import ROLES
from api.navigation import PLACES
from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

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
BELONGS: Mapping[str, Mapping[str, str]] = MappingProxyType({  # address -> journey -> its part; own one first
    "/assignments": {"inspector": "today"},
    "/envelopes": {"inspector": "envelope"},
    "/offline": {"inspector": "offline"},
    "/approvals": {"leader": "waiting"},
    "/plans/new": {"planner": "draft"},
    "/plans": {"planner": "read", "leader": "read"},
    "/other-plans": {"planner": "papers"},
    "/rules": {"planner": "draft"},
    "/pins": {"planner": "read", "hr": "rotation"},
    "/follow-ups": {"planner": "findings", "leader": "read"},
    "/draws": {"planner": "draws", "leader": "draws", "auditor": "draws"},
    "/datasets": {"planner": "data", "hr": "data"},
    "/people": {"hr": "list", "leader": "people"},
    "/rotations": {"hr": "rotation", "leader": "decide"},
    "/forecast": {"hr": "forecast", "leader": "people"},
    "/deferrals": {"hr": "deferrals"},
    "/measures": {"hr": "measures"},
    "/successions": {"hr": "answers"},
    "/journal": {"auditor": "journal"},
    "/accounts": {"administrator": "accounts"},
})  # fmt: skip
DOORS = {place.path: place.right for place in PLACES} | {"/successions": "successions.write"}
LINK = re.compile(r'<a href="(/[a-z-]*)">(.*?)</a>', re.DOTALL)
HEADING = re.compile(r'<h2 id="([a-z-]+)">([^<]+)</h2>')


def journeys_of(actor: Actor | None) -> tuple[str, ...]:
    """The journeys of this person's roles: those whose rights the person has."""
    if actor is None:
        return ()
    return tuple(role for role in JOURNEYS if ROLES[role] <= actor.rights)


def help_for(path: str, actor: Actor | None) -> str:
    """Address of the help for a page of the program: of the reader's own journey where there are several.

    >>> help_for("/plans/7/year", None), help_for("/plansx", None)
    ('/help/planner#read', '/help')
    """
    own = journeys_of(actor)
    for prefix, parts in BELONGS.items():
        if path == prefix or path.startswith(f"{prefix}/"):
            role = next((role for role in parts if role in own), next(iter(parts)))
            return f"/help/{role}#{parts[role]}"
    return f"/help/{own[0]}" if path == "/" and own else "/help"


def for_reader(html: str, actor: Actor) -> str:
    """A help text whose links lead where the reader may go; the words of the others stay, as words."""
    return LINK.sub(lambda link: link[0] if actor.may(DOORS.get(link[1], "me")) else link[2], html)


def contents(html: str) -> list[tuple[str, str]]:
    """Id and words of each part of a help text.

    >>> contents('<h2 id="data">Dữ liệu</h2><p>…</p>')
    [('data', 'Dữ liệu')]
    """
    return HEADING.findall(html)
