"""Why a unit has the visits that it has, or none: its risk, its interval, and its place in the queue."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.clock import add_months
from scheduler.owed import KLASS, campaign_units
from scheduler.why.answer import Answer, Section
from scheduler.why.on_list import risk_facts, risk_sentences
from scheduler.why.rule_words import rule_facts, rule_words
from scheduler.why.visit import in_short, why_visit

if TYPE_CHECKING:
    from scheduler.plan_numbers import PlannedYear

NOT_LISTED = Message("Vì sao không có trong danh sách")


def why_unit(year: PlannedYear, unit_id: str) -> Answer:
    """The unit's visits with their reasons; for a unit without any, what keeps it off the list."""
    case = year.case
    unit = case.units[unit_id]
    mine = [v for v, owed in enumerate(case.owed) if owed.unit_id == unit_id]
    question = Message("Vì sao {unit} như vậy trong kế hoạch?", {"unit": unit.name})
    about = {"unit": unit_id, "visits": [case.owed[v].visit_id for v in mine]}
    if not mine:
        return Answer(
            question, Message("{unit} không có cuộc kiểm tra nào trong năm.", {"unit": unit.name}),
            (not_listed(year, unit_id),), about,
        )  # fmt: skip
    sections = []
    for v in mine:
        owed = case.owed[v]
        sections += [
            Section("visit", Message("{id}", {"id": owed.visit_id}), (in_short(year, v),)),
            *why_visit(year, v).sections,
        ]  # fmt: skip
    short = Message("{unit} có {n} cuộc kiểm tra trong năm.", {"unit": unit.name, "n": len(mine)})
    return Answer(question, short, tuple(sections), about)


def not_listed(year: PlannedYear, unit_id: str) -> Section:
    """What keeps a unit off the list: out of scope, seen lately, or behind others in the queue."""
    case, rulebook = year.case, year.case.rulebook
    unit, risk = case.units[unit_id], year.risk.get(unit_id)
    told: list[Message] = []
    rules: list[str] = []
    if not unit.in_scope:
        told.append(Message("Đơn vị không thuộc phạm vi kiểm tra (cột in_scope)."))
    else:
        klass = risk.klass if risk else "low"
        rules.append(f"frequency.{klass}")
        last = max(
            (v.end for v in case.office.visits
             if v.unit_id == unit_id and v.kind != "follow_up"), default=None
        )  # fmt: skip
        if last is not None:
            due = add_months(last, rulebook.value(f"frequency.{klass}"))
            told.append(
                Message("Nhóm rủi ro {klass}, lần trước {last}: đến kỳ ngày {due}, sau năm {year}.", {
                    "klass": KLASS[klass], "last": f"{last:%d/%m/%Y}", "due": f"{due:%d/%m/%Y}",
                    "year": case.year,
                })
            )  # fmt: skip
        rules.append("coverage.wanted")
        told.append(_queue(year, unit_id))
    told += [Message("Quy tắc: {rule}.", {"rule": rule_words(rule, case)}) for rule in rules]
    running = [
        c.title for c in case.office.campaigns
        if c.start.year <= case.year <= c.end.year
        and unit_id not in campaign_units(c, case.office.units)
    ]  # fmt: skip
    if running:
        words = {"titles": "; ".join(running)}
        told.append(Message("Không có tên trong các chuyên đề: {titles}.", words))
    told += risk_sentences(risk) if risk else []
    return Section("not_listed", NOT_LISTED, tuple(told), {
        "in_scope": unit.in_scope, "risk": risk_facts(risk), "rules": rule_facts(rules, case),
    })  # fmt: skip


def _queue(year: PlannedYear, unit_id: str) -> Message:
    """How many other units that are not due come first, should coverage ask for more of them."""
    case, rulebook = year.case, year.case.rulebook
    last: dict[str, date] = {}
    for visit in sorted(case.office.visits, key=lambda v: v.end):
        if visit.kind != "follow_up":
            last[visit.unit_id] = visit.end
    listed = {owed.unit_id for owed in case.owed}

    def turn(unit: str) -> tuple[date, float, str]:
        months = rulebook.value(f"frequency.{year.risk[unit].klass}")
        due = add_months(last[unit], months) if unit in last else date(case.year, 1, 1)
        return due, -year.risk[unit].score, unit

    waiting = [
        u.unit_id for u in case.office.units
        if u.in_scope and u.unit_id not in listed and u.unit_id in year.risk
    ]  # fmt: skip
    waiting.sort(key=turn)
    place = waiting.index(unit_id) + 1 if unit_id in waiting else 0
    return Message(
        "Tỷ lệ mong muốn đã đạt với {n} đơn vị trong danh sách; đơn vị này đứng thứ {place}/{all} "
        "trong số chưa đến kỳ.",
        {"n": len(listed), "place": place, "all": len(waiting)},
    )
