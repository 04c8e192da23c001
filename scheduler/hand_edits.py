"""One visit of a draft changed by hand: what somebody asks for, and the row that follows from it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.edits import Edit
from scheduler.errors import Refused
from scheduler.near import known
from scheduler.visit_edits import MAIN, VISIT_COLUMNS, VisitEdits, visit_edits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.records import Plan, PlannedVisit
    from scheduler.case import Case, Owed

SCHEDULED, DROPPED = "scheduled", "dropped"
INSPECTOR = Message("cán bộ kiểm tra")


@dataclass(frozen=True)
class VisitChange:
    """What somebody asks for; None leaves a thing as it is.

    Attributes
    ----------
    days : working days on the spot; the last day follows from the first
    status : "dropped" gives the visit up, for a reason; "scheduled" puts it back
    """

    start: date | None = None
    days: int | None = None
    lead: str | None = None
    members: tuple[str, ...] | None = None
    status: str | None = None
    reason: str = ""


def edit_of(
    plan: Plan, row: PlannedVisit, change: VisitChange, case: Case
) -> tuple[VisitEdits, Edit]:
    """The change as an edit of the plan, with what follows from it.

    Raises
    ------
    Refused
        It changes nothing, leaves something out, names nobody, or speaks of a visit that has begun.
    """
    _refuse_begun(plan, row, change)
    after = _row_after(row, change, case)
    new = replace(plan, visits=tuple(after if v is row else v for v in plan.visits))
    found = visit_edits(
        plan, new, {MAIN: frozenset(VISIT_COLUMNS)}, lambda old, now: bool(old == now),
        case.calendar, case.rulebook, {row.visit_id: change.reason},
    )  # fmt: skip
    if not found.edits:
        raise Refused(
            Message("Cuộc {visit} đã đúng như vậy; không có gì để sửa.", {"visit": row.visit_id})
        )
    edit = found.edits[0]
    if edit.wants_reason:
        raise Refused(Message(
            "Bỏ cuộc {visit} khỏi kế hoạch thì phải ghi lý do, ít nhất {n} chữ.",
            {"visit": row.visit_id, "n": case.rulebook.value("plan.dropped-by-hand")},
        ))  # fmt: skip
    return found, edit


def _row_after(row: PlannedVisit, change: VisitChange, case: Case) -> PlannedVisit:
    status = change.status or row.status
    if status == DROPPED:
        if row.status == DROPPED:
            raise Refused(Message(
                "Cuộc {visit} không có trong lịch. Xếp lại: gửi trạng thái «scheduled» cùng ngày bắt đầu, "
                "trưởng đoàn và thành viên.", {"visit": row.visit_id},
            ))  # fmt: skip
        return replace(row, status=DROPPED)
    owed = next((o for o in case.owed if o.visit_id == row.visit_id), None)
    back = row.status == DROPPED
    start = change.start or row.start
    lead = row.lead if change.lead is None else change.lead
    if start is None or not lead:
        raise Refused(Message(
            "Xếp lại cuộc {visit} cần ngày bắt đầu và trưởng đoàn.", {"visit": row.visit_id}
        ))  # fmt: skip
    members = row.members if change.members is None else change.members
    here = {row.lead, *row.members}
    team = [who if who in here else _known(who, case) for who in (lead, *members)]
    if len(set(team)) < len(team):
        raise Refused(Message("Mỗi người chỉ có mặt một lần trong đoàn."))
    days = change.days or row.days or (owed.days if owed else 1)
    stands = change.start in (None, row.start) and days == row.days and not back
    return replace(
        row, status=SCHEDULED, start=start, days=days, lead=team[0], members=tuple(team[1:]),
        end=row.end if stands else last_day(start, days, case),
        reason=_put_back(row, change, owed) if back else row.reason,
    )  # fmt: skip


def last_day(start: date, days: int, case: Case) -> date:
    """The last of `days` working days from a day on; a start on a day off counts no day itself."""
    if abs(start.year - case.year) > 1:
        raise Refused(Message(
            "Ngày {day} không thuộc năm {year} của kế hoạch.",
            {"day": f"{start:%d/%m/%Y}", "year": case.year},
        ))  # fmt: skip
    more = days - 1 if case.calendar.is_working(start) else days
    return case.calendar.add(start, more)


def _put_back(row: PlannedVisit, change: VisitChange, owed: Owed | None) -> str:
    """Why a visit is on the list again: the reason given, else why the year owes it."""
    return change.reason.strip() or (owed.why.say("vi") if owed else "") or row.reason


def _known(who: str, case: Case) -> str:
    names: Mapping[str, str] = {i.inspector_id: i.name for i in case.office.inspectors}
    return known(who, names, INSPECTOR)


def _refuse_begun(plan: Plan, row: PlannedVisit, change: VisitChange) -> None:
    """A visit that began before the day of the amendment stays; none is moved before that day."""
    on = str((plan.facts.get("replan") or {}).get("on", ""))
    if not on:
        return
    days = [day.isoformat() for day in (row.start, change.start) if day]
    if any(day < on for day in days):
        raise Refused(Message(
            "Bản điều chỉnh có hiệu lực từ {on}: cuộc {visit} không sửa được với ngày trước đó.",
            {"on": f"{date.fromisoformat(on):%d/%m/%Y}", "visit": row.visit_id},
        ))  # fmt: skip
