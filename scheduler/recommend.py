"""Ranked options for one visit or one freed person, all else standing, with the loss in every goal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from data.words import Message
from scheduler.drops import closing_rules
from scheduler.why.answer import Answer, Section
from scheduler.why.goal_words import difference, in_words
from scheduler.why.rule_words import rule_facts, rules_words
from scheduler.why.visit import in_short

if TYPE_CHECKING:
    from scheduler.plan_numbers import PlannedYear
    from solver.visits.single.options import Option

OPTIONS = Message("Các lựa chọn, tốt nhất trước")
MOST = 10


def places_for(year: PlannedYear, visit: int, most: int = MOST) -> Answer:
    """Days with their best teams for a visit; where it is now, if it is in the plan, is marked."""
    found = year.standing.places(visit, most=most)
    owed = year.case.owed[visit]
    question = Message("Nên xếp {visit} vào đâu?", {"visit": owed.visit_id})
    about = {"visit": owed.visit_id, "unit": owed.unit_id}
    if found:
        return _ranked(year, question, in_short(year, visit), found, about)
    labels = closing_rules(year.problem, year.standing.without(visit), visit)
    short = Message(
        "Khi các cuộc khác giữ nguyên, không ngày nào còn xếp được; ngày gần nhất bị chặn bởi: {rules}.",
        {"rules": rules_words(labels, year.case)},
    )
    section = Section(
        "options", OPTIONS, (), {"rules": rule_facts(labels, year.case), "options": []}
    )
    return Answer(question, short, (section,), about)


def joins_for(year: PlannedYear, who: int, most: int = MOST) -> Answer:
    """Visits on which an inspector could take somebody's place."""
    found = year.standing.joins(who, most)
    question = Message("{who} nên đi thêm cuộc nào?", {"who": year.name(who)})
    about = {"inspector": year.case.office.inspectors[who].inspector_id}
    short = (
        Message("{n} lựa chọn tốt nhất, mọi thứ khác giữ nguyên.", {"n": len(found)})
        if found
        else Message("Không cuộc nào mà người này thay được ai, khi mọi thứ khác giữ nguyên.")
    )
    return _ranked(year, question, short, found, about)


def _ranked(
    year: PlannedYear,
    question: Message,
    short: Message,
    found: Sequence[Option],
    about: dict[str, Any],
) -> Answer:
    order = year.problem.goals.order
    losses = [
        difference(year.values_beside(option.visit), option.values, order) for option in found
    ]
    told = [_words(year, option, loss) for option, loss in zip(found, losses, strict=True)]
    ids = [who.inspector_id for who in year.case.office.inspectors]
    facts = [
        {
            "visit": year.case.owed[o.visit].visit_id, "day": year.case.days[o.start].isoformat(),
            "lead": ids[o.team[0]], "members": [ids[i] for i in o.team[1:]], "loss": loss,
            "now": _is_now(year, o),
        }
        for o, loss in zip(found, losses, strict=True)
    ]  # fmt: skip
    section = Section("options", OPTIONS, tuple(told), {"options": facts})
    return Answer(question, short, (section,), about)


def _words(year: PlannedYear, option: Option, loss: dict[str, int]) -> Message:
    words = {
        "visit": year.case.owed[option.visit].visit_id, "day": f"{year.case.days[option.start]:%d/%m/%Y}",
        "lead": year.name(option.team[0]), "members": ", ".join(year.name(i) for i in option.team[1:]),
        "change": in_words(loss),
    }  # fmt: skip
    if _is_now(year, option):
        return Message(
            "{visit}, {day} (như hiện nay): trưởng đoàn {lead}, thành viên {members}", words
        )
    return Message("{visit}, {day}: trưởng đoàn {lead}, thành viên {members}; {change}", words)


def _is_now(year: PlannedYear, option: Option) -> bool:
    now = year.solution.starts[option.visit], sorted(year.solution.teams[option.visit])
    return (option.start, sorted(option.team)) == now
