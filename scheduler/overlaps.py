"""Where our plan meets another body's: what meets, and what the law says to do. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.words import Message

if TYPE_CHECKING:
    from data.records import Blackout, PlannedVisit
    from scheduler.plan_view import PlanView

RULE = "blackout.other-body"


@dataclass(frozen=True)
class Overlap:
    """One of our visits on days on which another body is at the unit, and the answer."""

    visit: PlannedVisit
    theirs: Blackout
    days: tuple[date, ...]
    source: str
    answer: Message


def overlaps(view: PlanView, theirs: Iterable[Blackout]) -> list[Overlap]:
    """Visits that fall on another body's days, by date; the other body always goes ahead.

    The first working day after theirs in the plan's year is named as the earliest for ours; where
    none is left in the year, only a joint visit, or a drop with its reason, remains.
    """
    policy = view.rulebook[RULE]
    found = []
    for other in theirs:
        for visit in view.scheduled:
            if other.unit_id not in ("", visit.unit_id):
                continue
            days = tuple(d for d in view.worked(visit) if other.start <= d <= other.end)
            if days:
                found.append(
                    Overlap(visit, other, days, policy.source, _answer(view, visit, other))
                )
    return sorted(found, key=lambda o: (o.days[0], o.visit.visit_id))


def _answer(view: PlanView, visit: PlannedVisit, other: Blackout) -> Message:
    rest = view.calendar.working_days(other.end + timedelta(days=1), date(view.plan.year, 12, 31))
    told = {"body": other.body, "visit": visit.visit_id}
    if other.end.year > view.plan.year or len(rest) < max(1, visit.days):
        return Message(
            "{body} đi trước; trong năm không còn ngày sau đó cho {visit}: phối hợp thành một đoàn, dùng "
            "chung kết quả, hoặc bỏ cuộc này và ghi lý do.", told,
        )  # fmt: skip
    return Message(
        "{body} đi trước; {visit} chuyển sang trước đợt đó hoặc từ ngày {day}, hoặc hai bên phối hợp "
        "thành một đoàn và dùng chung kết quả.", {**told, "day": f"{rest[0]:%d/%m/%Y}"},
    )  # fmt: skip
