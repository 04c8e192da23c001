"""Why a unit is on the list, and why in this cycle: risk part by part, the rule, its article, dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.words import Figure, Message
from scheduler.owed import KLASS
from scheduler.risk import PARTS
from scheduler.why.answer import Section, both
from scheduler.why.rule_words import rule_facts, rule_words

if TYPE_CHECKING:
    from scheduler.case import Owed
    from scheduler.plan_numbers import PlannedYear
    from scheduler.risk import UnitRisk

LIST = Message("Vì sao có trong danh sách")
CYCLE = Message("Vì sao trong kỳ này")


def why_on_list(year: PlannedYear, owed: Owed) -> Section:
    """The reason that the visit is owed, whether it may be left out, and the unit's risk in parts."""
    case = year.case
    told = [Message("{why}.", {"why": owed.why})]
    if owed.must:
        told.append(
            Message("Bắt buộc, không được bỏ: {rule}.", {"rule": rule_words(owed.must, case)})
        )
    else:
        told.append(
            Message(
                "Không bắt buộc: nếu bỏ ra thì mất {n} điểm rủi ro ở mục tiêu đầu tiên.",
                {"n": owed.risk},
            )
        )
    risk = year.risk.get(owed.unit_id)
    if risk is not None:
        told += risk_sentences(risk)
    return Section("list", LIST, tuple(told), {
        "kind": owed.kind, "must": owed.must, "rules": rule_facts([owed.must] if owed.must else [], case),
        "risk": risk_facts(risk),
    })  # fmt: skip


def risk_sentences(risk: UnitRisk) -> list[Message]:
    """The score with its class, then each part that gives points."""
    told = [
        Message("Điểm rủi ro {score}/100, nhóm {klass}, gồm:", {
            "score": Figure(risk.score, 1), "klass": KLASS[risk.klass],
        })
    ]  # fmt: skip
    told += [
        Message("{part}: {points}/{weight} điểm ({note})", {
            "part": PARTS[part.name], "points": Figure(part.points, 2),
            "weight": Figure(part.weight, 0), "note": part.note,
        })
        for part in sorted(risk.parts, key=lambda p: -p.points)
        if part.points
    ]  # fmt: skip
    return told


def risk_facts(risk: UnitRisk | None) -> dict[str, object]:
    """The risk as plain values."""
    if risk is None:
        return {}
    return {
        "score": risk.score, "class": risk.klass,
        "parts": [
            {"name": p.name, "points": p.points, "weight": p.weight, "note": both(p.note)}
            for p in risk.parts
        ],
    }  # fmt: skip


def why_this_cycle(year: PlannedYear, owed: Owed) -> Section:
    """The window of the visit and how it follows from the last visit, the campaign or the findings."""
    case = year.case
    days = {"first": f"{owed.due_from:%d/%m/%Y}", "last": f"{owed.due_to:%d/%m/%Y}"}
    told = [Message("Đến hạn trong khoảng {first} - {last}.", days)]
    rules = {"thematic": ["campaign.window"], "follow_up": ["follow-up.window"]}.get(owed.kind)
    if rules is None:
        klass = year.risk[owed.unit_id].klass
        rules = [f"frequency.{klass}", "visit.due-window"]
        last = max(
            (v.end for v in case.office.visits
             if v.unit_id == owed.unit_id and v.kind != "follow_up"), default=None
        )  # fmt: skip
        told.append(
            Message("Lần kiểm tra trước kết thúc {day}.", {"day": f"{last:%d/%m/%Y}"})
            if last
            else Message("Chưa từng được kiểm tra: đến hạn ngay từ đầu năm.")
        )
    elif owed.kind == "follow_up":
        told += [
            Message("Tồn tại {id} ({severity}), hạn khắc phục {due}.", {
                "id": f.finding_id, "severity": f.severity, "due": f"{f.remedy_due:%d/%m/%Y}",
            })
            for f in case.office.findings
            if f.visit_id == owed.follows and f.closed_on is None
        ]  # fmt: skip
    told += [Message("Quy tắc: {rule}.", {"rule": rule_words(rule, case)}) for rule in rules]
    return Section("cycle", CYCLE, tuple(told), {
        "due_from": owed.due_from.isoformat(), "due_to": owed.due_to.isoformat(),
        "rules": rule_facts(rules, case),
    })  # fmt: skip
