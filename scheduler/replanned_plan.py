"""The changed plan as rows and as a list of changes: what stands keeps its row word for word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from data.records import Inspector, Office, PlannedVisit
from data.records.changes import ADDED, DROPPED, KEPT, Changed
from data.words import Message
from scheduler.drops import drop_reason
from scheduler.replan_case import ReplanCase
from scheduler.visit_changes import what_became, when
from scheduler.yearly_plan import to_rows

if TYPE_CHECKING:
    from solver.visits.problem import Solution


def changed_rows(
    replan: ReplanCase, solution: Solution
) -> tuple[tuple[PlannedVisit, ...], tuple[Changed, ...]]:
    """Rows of the changed plan by date, and one change for each visit of the old plan or the new.

    A row that stands is the old row. Visits that nothing asks for any more are in no row; the changes name
    them with the reason.
    """
    standing = replan.standing
    case = replan.case
    fresh = {
        row.visit_id: row
        for row in to_rows(
            replace(case, office=_with_those_gone(replan)), solution, case.rulebook.value("plan.owner"),
            lambda v: drop_reason(replan.problem, solution, v), lambda message: message.say("vi"),
        )
    }  # fmt: skip
    rows: list[PlannedVisit] = []
    changes: list[Changed] = []
    for v, owed in enumerate(case.owed):
        old, now = standing.rows.get(owed.visit_id), fresh[owed.visit_id]
        stands = v not in replan.new and v not in replan.void
        if stands and (solution.starts[v], solution.teams[v]) == _place(replan, v):
            assert old is not None
            now = replace(old, row=0)
        elif old is not None and now.status == "scheduled":
            reason = old.reason if old.status == "scheduled" else now.reason
            now = replace(now, reason=reason, owner=old.owner or now.owner)
        rows.append(now)
        changes.append(_change(replan, v, old, now))
    told = {owed.visit_id for owed in case.owed}
    for row in standing.plan.visits:  # past rows that cannot be reckoned with stay all the same
        if row.visit_id in standing.past and row.visit_id not in told:
            rows.append(replace(row, row=0))
            changes.append(
                Changed(row.visit_id, KEPT, row.unit_id, when(row), when(row), stands="past")
            )
    changes += [
        Changed(row.visit_id, DROPPED, row.unit_id, when(row), reasons=(_why_gone(replan, row),))
        for row in standing.gone
        if row.visit_id not in standing.past
    ]
    rows.sort(key=lambda r: (r.start or date.max, r.visit_id))
    return tuple(rows), tuple(sorted(changes, key=lambda c: c.item))


def _with_those_gone(replan: ReplanCase) -> Office:
    """The office with everybody that a team may name, in the order of their numbers."""
    office = replan.case.office
    left = replan.people[len(office.inspectors) :]
    return replace(office, inspectors=(*office.inspectors, *(Inspector(w, w, "") for w in left)))


def _place(replan: ReplanCase, v: int) -> tuple[int, tuple[int, ...]]:
    return replan.base.starts[v], replan.base.teams[v]


def _change(replan: ReplanCase, v: int, old: PlannedVisit | None, now: PlannedVisit) -> Changed:
    standing, owed = replan.standing, replan.case.owed[v]
    stands = next(
        (
            name
            for name, ids in (
                ("past", standing.past),
                ("announced", standing.announced),
                ("pinned", standing.pinned),
            )
            if owed.visit_id in ids
        ),
        "",
    )
    change = what_became(old, now)
    return replace(change, reasons=_reasons(replan, v, change.what, now), stands=stands)


def _reasons(replan: ReplanCase, v: int, what: str, now: PlannedVisit) -> tuple[Message, ...]:
    """Why a visit changed: the rules that its old place breaks, or what else asks for it."""
    if what == KEPT:
        return ()
    if what == ADDED:
        return (replan.case.owed[v].why,)
    if what == DROPPED and v in replan.new:
        return (Message("Mới phát sinh, không xếp được: {reason}", {"reason": now.reason}),)
    rules = [
        Message("{rule}: {title}", {"rule": label, "title": _title(replan, label)})
        for label in replan.broken.get(v, ())
        if label != "form" or len(replan.broken[v]) == 1
    ]
    if what == DROPPED:
        rules.append(Message("không xếp lại được: {reason}", {"reason": now.reason}))
    return tuple(rules) or (Message("nhường chỗ cho cuộc khác, hoặc để kế hoạch tốt hơn"),)


def _title(replan: ReplanCase, label: str) -> Message | str:
    policies = replan.case.rulebook.policies
    return Message(policies[label].title_vi) if label in policies else label


def _why_gone(replan: ReplanCase, row: PlannedVisit) -> Message:
    """Why nothing asks for a row any more."""
    office = replan.case.office
    known = {unit.unit_id: unit for unit in office.units}
    campaigns = {owed.unit_id: owed.campaign_id for owed in replan.case.owed if owed.campaign_id}
    seen = [
        v for v in office.visits
        if v.unit_id == row.unit_id and v.start.year == replan.case.year and v.kind != "follow_up"
    ]  # fmt: skip
    if row.unit_id not in known:
        return Message("Đơn vị «{unit}» không còn trong danh sách.", {"unit": row.unit_id})
    if row.kind == "follow_up":
        return Message("Tồn tại sau lần {past} đã khắc phục xong.", {"past": row.follows})
    if row.kind == "thematic":
        return Message(
            "Chuyên đề {campaign} không còn nêu đơn vị này trong năm.",
            {"campaign": row.campaign_id},
        )
    if row.unit_id in campaigns:
        return Message(
            "Đơn vị đã có cuộc kiểm tra theo chuyên đề {campaign} (unit.once-a-year).",
            {"campaign": campaigns[row.unit_id]},
        )
    if seen:
        last = max(seen, key=lambda v: (v.end, v.visit_id))
        return Message(
            "Đơn vị đã được kiểm tra ngày {day} ({visit}); chưa đến kỳ tiếp theo.",
            {"day": f"{last.end:%d/%m/%Y}", "visit": last.visit_id},
        )
    return Message("Không còn đến kỳ kiểm tra trong năm theo dữ liệu mới.")
