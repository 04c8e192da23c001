"""The way around: every page that stands in the menu, with the right it needs and its key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Collection

    from data.records.actors import Actor


@dataclass(frozen=True)
class Place:
    """A page of the menu; `key` goes there after `g`."""

    path: str
    words: Message
    icon: str
    key: str
    right: str
    group: str = "work"


PLACES = (
    Place("/", Message("Trang đầu"), "home", "h", "me"),
    Place("/assignments", Message("Lịch của tôi"), "calendar-event", "m", "assignments.read"),
    Place("/approvals", Message("Chờ phê duyệt"), "signature", "w", "plans.approve"),
    Place("/plans", Message("Kế hoạch kiểm tra"), "calendar-stats", "p", "plans.read"),
    Place("/follow-ups", Message("Theo dõi khắc phục"), "clipboard-check", "f", "findings.read"),
    Place("/draws", Message("Kiểm tra đột xuất"), "dice-5", "x", "draws.read"),
    Place("/envelopes", Message("Phong bì đột xuất"), "mail", "e", "draws.open"),
    Place("/people", Message("Thời hạn vị trí"), "hourglass", "t", "people.read"),
    Place("/forecast", Message("Dự báo đến hạn"), "eye", "u", "people.read"),
    Place("/rotations", Message("Chuyển đổi vị trí"), "arrows-exchange", "r", "rotations.read"),
    Place("/deferrals", Message("Trường hợp tạm hoãn"), "clock", "d", "grounds.read"),
    Place("/measures", Message("Biện pháp quản lý"), "scale", "b", "measures.write"),
    Place("/pins", Message("Yêu cầu ghim"), "pin", "n", "pins.read"),
    Place("/other-plans", Message("Cơ quan khác"), "building", "y", "datasets.read"),
    Place("/datasets", Message("Dữ liệu"), "database", "l", "datasets.read"),
    Place("/runs", Message("Lượt chạy"), "player-play", "c", "runs.read"),
    Place("/journal", Message("Nhật ký"), "history", "j", "journal.read"),
    Place("/accounts", Message("Tài khoản"), "users", "a", "accounts.read"),
    Place("/rules", Message("Quy tắc"), "gavel", "q", "rules.read", "more"),
    Place("/help", Message("Hướng dẫn"), "book-2", "i", "me", "more"),
    Place("/style", Message("Bộ giao diện"), "adjustments", "s", "accounts.read", "more"),
)


def places(actor: Actor | None, known: Collection[str]) -> tuple[Place, ...]:
    """The menu of this person: pages that exist and that the person may see."""
    if actor is None:
        return ()
    return tuple(place for place in PLACES if place.path in known and actor.may(place.right))


def current(path: str, shown: Collection[Place]) -> str:
    """Path of the menu's entry under which a page stands; "" for none.

    >>> current("/plans/7", (PLACES[0], PLACES[3]))
    '/plans'
    """
    under = [p.path for p in shown if path == p.path or path.startswith(p.path.rstrip("/") + "/")]
    exact = [p for p in under if p != "/" or path == "/"]
    return max(exact, key=len, default="")
