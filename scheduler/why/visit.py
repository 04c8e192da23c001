"""Why a visit is as it is: on the list, in this cycle, in this week, with this team; or why it is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.words import Message
from scheduler.drops import closing_rules
from scheduler.explain import KINDS
from scheduler.why.answer import Answer, Section
from scheduler.why.on_list import why_on_list, why_this_cycle
from scheduler.why.rule_words import rule_facts, rules_words
from scheduler.why.team import why_this_team
from scheduler.why.week import why_this_week

if TYPE_CHECKING:
    from scheduler.plan_numbers import PlannedYear

OUT = Message("Vì sao không xếp được")


def why_visit(year: PlannedYear, visit: int) -> Answer:
    """Everything about one visit of the plan, by its number in the year."""
    owed = year.case.owed[visit]
    sections = [why_on_list(year, owed), why_this_cycle(year, owed)]
    if year.solution.starts[visit] >= 0:
        sections += [why_this_week(year, visit), why_this_team(year, visit)]
    else:
        sections.append(_left_out(year, visit))
    about = {"visit": owed.visit_id, "unit": owed.unit_id, "kind": owed.kind}
    question = Message("Vì sao có {visit}?", {"visit": owed.visit_id})
    return Answer(question, in_short(year, visit), tuple(sections), about)


def in_short(year: PlannedYear, visit: int) -> Message:
    """Where, when and by whom, in one sentence."""
    owed, start = year.case.owed[visit], year.solution.starts[visit]
    words = {
        "visit": owed.visit_id, "kind": KINDS[owed.kind], "unit": year.case.units[owed.unit_id].name,
    }  # fmt: skip
    if start < 0 and owed.visit_id not in year.rows:
        return Message("{visit}: {kind} tại {unit}, chưa có trong kế hoạch.", words)
    if start < 0:
        return Message("{visit}: {kind} tại {unit}, không xếp được.", words)
    team = year.solution.teams[visit]
    words |= {
        "day": f"{year.case.days[start]:%d/%m/%Y}", "n": owed.days, "lead": year.name(team[0]),
        "members": ", ".join(year.name(i) for i in team[1:]),
    }  # fmt: skip
    return Message(
        "{visit}: {kind} tại {unit}, {n} ngày từ {day}; trưởng đoàn {lead}, thành viên {members}.",
        words,
    )


def _left_out(year: PlannedYear, visit: int) -> Section:
    """The rules that close the day that comes nearest, the rest of the plan standing."""
    labels = closing_rules(year.problem, year.solution, visit)
    places = year.standing.places(visit, most=1)
    if places:
        told = Message(
            "Có thể xếp vào {day}, nhưng để lại như vậy vì mục tiêu đứng trước.",
            {"day": f"{year.case.days[places[0].start]:%d/%m/%Y}"},
        )
    else:
        told = Message(
            "Khi các cuộc khác giữ nguyên, không ngày nào còn xếp được; ngày gần nhất bị chặn bởi: {rules}.",
            {"rules": rules_words(labels, year.case)},
        )
    facts = {"closed_by": labels, "rules": rule_facts(labels, year.case), "open": bool(places)}
    return Section("out", OUT, (told,), facts)
