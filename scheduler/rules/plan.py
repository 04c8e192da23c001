"""The plan as a paper: plan.complete."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.rules.base import Breach, Policy, Rule
from scheduler.rules.findings import breach, on_paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.records import PlannedVisit
    from scheduler.case import Case
    from scheduler.plan_view import PlanView
    from solver.visits.problem import Limit

KINDS = ("periodic", "thematic", "follow_up")


def enforce_complete(policy: Policy, case: Case) -> Iterator[Limit]:
    """Nothing to add: rows are written whole from a solution."""
    yield from ()


def check_complete(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """Every row has known names, and all that its status asks for; every id stands once."""
    times = Counter(v.visit_id for v in view.plan.visits)
    for visit_id, n in times.items():
        if n > 1:
            rows = [v for v in view.plan.visits if v.visit_id == visit_id]
            yield breach(policy, rows, Message(
                "Mã {visit_id} có ở {n} dòng; mỗi cuộc một mã.",
                {"visit_id": visit_id, "n": n},
            ))  # fmt: skip
    for visit in view.plan.visits:
        yield from _names(policy, view, visit)
        if visit.status == "scheduled":
            yield from _scheduled(policy, visit)
        elif visit.status == "dropped":
            yield from _dropped(policy, view, visit)
        else:
            yield breach(policy, [visit], Message(
                "Trạng thái «{status}» không hợp lệ; chỉ nhận scheduled, dropped.",
                {"status": visit.status},
            ))  # fmt: skip


def _names(policy: Policy, view: PlanView, visit: PlannedVisit) -> Iterator[Breach]:
    campaigns = {c.campaign_id for c in view.office.campaigns}
    if not visit.visit_id:
        yield breach(policy, [visit], Message("Dòng thiếu mã cuộc kiểm tra (visit_id)."))
    if visit.unit_id not in view.units:
        yield breach(policy, [visit], Message(
            "Không có đơn vị «{unit}» trong danh sách đơn vị.",
            {"unit": visit.unit_id},
        ))  # fmt: skip
    if visit.kind not in KINDS:
        yield breach(policy, [visit], Message(
            "Hình thức «{kind}» không hợp lệ; chỉ nhận periodic, thematic, follow_up.",
            {"kind": visit.kind},
        ))  # fmt: skip
    if visit.kind == "thematic" and visit.campaign_id not in campaigns:
        yield breach(policy, [visit], Message(
            "Không có chuyên đề «{campaign}».",
            {"campaign": visit.campaign_id},
        ))  # fmt: skip
    if visit.kind == "follow_up":
        yield from _follows(policy, view, visit)


def _follows(policy: Policy, view: PlanView, visit: PlannedVisit) -> Iterator[Breach]:
    planned = {v.visit_id: v.unit_id for v in view.plan.visits}
    past = view.past.get(visit.follows)
    before = past.unit_id if past else planned.get(visit.follows)
    if before is None:
        yield breach(policy, [visit], Message(
            "Tái kiểm tra theo sau «{past}», không có trong dữ liệu.",
            {"past": visit.follows},
        ))  # fmt: skip
    elif before != visit.unit_id:
        yield breach(policy, [visit], Message(
            "Tái kiểm tra theo sau {past} của đơn vị {other}, nhưng ghi đơn vị {unit}.",
            {"past": visit.follows, "other": before, "unit": visit.unit_id},
        ))  # fmt: skip


def _scheduled(policy: Policy, visit: PlannedVisit) -> Iterator[Breach]:
    missing = [
        name
        for name, value in (
            ("start", visit.start), ("end", visit.end), ("days", visit.days),
            ("lead", visit.lead), ("members", visit.members),
        )
        if not value
    ]  # fmt: skip
    if missing:
        yield breach(policy, [visit], Message(
            "Cuộc kiểm tra đã xếp lịch thiếu: {fields}.",
            {"fields": ", ".join(missing)},
        ))  # fmt: skip
    if visit.start and visit.end and visit.end < visit.start:
        yield breach(policy, [visit], Message(
            "Ngày kết thúc {end} trước ngày bắt đầu {start}.",
            {"start": on_paper(visit.start), "end": on_paper(visit.end)},
        ))  # fmt: skip
    people = (visit.lead, *visit.members)
    if "" in visit.members or len(set(people)) < len(people):
        yield breach(policy, [visit], Message(
            "Một người có tên hai lần trong đoàn, hoặc có tên trống.",
        ))  # fmt: skip


def _dropped(policy: Policy, view: PlanView, visit: PlannedVisit) -> Iterator[Breach]:
    if visit.start or visit.end:
        yield breach(policy, [visit], Message(
            "Cuộc kiểm tra không xếp được vẫn ghi ngày; bỏ ngày hoặc đổi trạng thái.",
        ))  # fmt: skip
    named = {word.rstrip(".") for word in re.findall(r"[a-z][a-z.-]*", visit.reason)}
    if named.isdisjoint(view.rulebook.policies) and "pin:" not in visit.reason:
        yield breach(policy, [visit], Message(
            "Lý do không xếp được phải nêu mã quy tắc; đang ghi «{reason}».",
            {"reason": visit.reason},
        ))  # fmt: skip


PLAN = (Rule("plan.complete", enforce_complete, check_complete),)
