"""Why not: what a wish would cost in each goal and which visits it changes, or the rules against it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from data.words import Message
from scheduler.clash_rows import row_in_words
from scheduler.why.answer import Answer, Section, listed
from scheduler.why.goal_words import difference, in_words
from scheduler.why.rule_words import rule_facts, rule_words
from scheduler.wishes import WISH, Wish
from solver.visits.goals import goal_values

if TYPE_CHECKING:
    from scheduler.plan_numbers import PlannedYear
    from solver.result import Core
    from solver.visits.problem import Solution

COST = Message("Giá phải trả")
CHANGES = Message("Những gì thay đổi")
RULES = Message("Các quy tắc không cho phép")


def already_so(year: PlannedYear, wish: Wish) -> Answer:
    """The wish holds already: nothing to pay, nothing to change."""
    return _answer(year, wish, "already", Message("Kế hoạch đã như vậy: không tốn gì, không đổi gì."),
                   (), _facts(year, wish, year.solution))  # fmt: skip


def can_be(year: PlannedYear, wish: Wish, plan: Solution, proven: bool) -> Answer:
    """The wish in a lawful plan near the old one: the loss in each goal, and every visit that changes.

    Parameters
    ----------
    plan : the plan with the wish
    proven : whether no plan with the wish changes fewer visits
    """
    facts = _facts(year, wish, plan)
    changed = changed_visits(year, plan)
    cost = Section("cost", COST, (in_words(facts["loss"]),), facts)
    told = [_place(year, v, plan) for v in changed]
    least = (
        Message("Không thể đổi ít cuộc hơn.")
        if proven
        else Message("Chưa chứng minh được là không thể đổi ít cuộc hơn.")
    )
    short = Message("Làm được: {change}; {n} cuộc kiểm tra thay đổi.", {
        "change": in_words(facts["loss"]), "n": len(changed),
    })  # fmt: skip
    changes = Section("changes", CHANGES, (*told, least), {
        "visits": [year.case.owed[v].visit_id for v in changed], "fewest_proven": proven,
    })  # fmt: skip
    return _answer(year, wish, "possible", short, (cost, changes), facts)


def cannot_be(year: PlannedYear, wish: Wish, core: Core) -> Answer:
    """The smallest set of rules that forbid the wish, with the rows of data behind them."""
    labels = [label for label in core.labels if label != WISH]
    if not labels:
        return _impossible(year, wish)
    told = []
    for label in labels:
        told.append(rule_words(label, year.case))
        told += [
            Message("  {row}", {"row": row_in_words(item, year.case, core.visits)})
            for item in core.items
            if item.label == label
        ]
    others = [v for v in core.visits if v != wish.visit]
    if others:
        ids = ", ".join(year.case.owed[v].visit_id for v in others[:8])
        told.append(Message("Cùng vướng: {visits}", {"visits": ids}))
    sure = all(core.helped)
    told.append(
        Message("Bỏ riêng từng quy tắc này ra thì làm được (đã giải lại).")
        if sure
        else Message(
            "Các quy tắc này không cùng giữ được; chưa thử hết việc bỏ riêng từng quy tắc."
        )
    )
    section = Section("rules", RULES, tuple(told), {
        "rules": rule_facts(labels, year.case), "verified": sure,
        "visits": [year.case.owed[v].visit_id for v in core.visits],
    })  # fmt: skip
    short = Message("Không làm được, vì: {rules}.", {
        "rules": listed(rule_words(label, year.case) for label in labels),
    })  # fmt: skip
    return _answer(year, wish, "forbidden", short, (section,), {"rules": labels})


def _impossible(year: PlannedYear, wish: Wish) -> Answer:
    """A wish that no rule need forbid: its days are closed or too few, or it asks for opposite things."""
    labels = list(wish.closed(year.case))
    told = [rule_words(label, year.case) for label in labels]
    if wish.first is not None and wish.first == wish.last and "calendar.working-days" in labels:
        told.append(Message("{day} không phải ngày làm việc.", {"day": f"{wish.first:%d/%m/%Y}"}))
    section = Section("rules", RULES, tuple(told), {
        "rules": rule_facts(labels, year.case), "verified": bool(labels), "visits": [],
    })  # fmt: skip
    short = (
        Message("Không làm được, vì: {rules}.", {
            "rules": listed(rule_words(label, year.case) for label in labels),
        })
        if labels
        else Message("Không làm được: các điều mong muốn trái nhau, chưa cần xét quy tắc nào.")
    )  # fmt: skip
    return _answer(year, wish, "forbidden", short, (section,) if told else (), {"rules": labels})


def not_found(year: PlannedYear, wish: Wish) -> Answer:
    """Neither a plan nor a proof in the time given."""
    short = Message(
        "Trong thời gian đã cho chưa tìm được cách, cũng chưa chứng minh được là không có."
    )
    return _answer(year, wish, "unknown", short, (), {})


def changed_visits(year: PlannedYear, plan: Solution) -> list[int]:
    """Numbers of the visits that are not as they were."""
    return [
        v
        for v, (start, team) in enumerate(zip(plan.starts, plan.teams, strict=True))
        if (start, team) != (year.solution.starts[v], year.solution.teams[v])
    ]


def _facts(year: PlannedYear, wish: Wish, plan: Solution) -> dict[str, Any]:
    """Goal values before and after, and the loss, from the two plans alone."""
    after = goal_values(year.problem, plan)
    order = year.problem.goals.order
    before = year.values_beside(wish.visit)
    return {"before": before, "after": after, "loss": difference(before, after, order)}


def _place(year: PlannedYear, v: int, plan: Solution) -> Message:
    words = {
        "visit": year.case.owed[v].visit_id, "unit": year.case.units[year.case.owed[v].unit_id].name,
        "before": _day_and_team(year, year.solution, v), "after": _day_and_team(year, plan, v),
    }  # fmt: skip
    return Message("{visit} ({unit}): {before} → {after}", words)


def _day_and_team(year: PlannedYear, plan: Solution, v: int) -> Message:
    start = plan.starts[v]
    if start < 0:
        listed_there = year.case.owed[v].visit_id in year.rows
        return Message("không xếp") if listed_there else Message("không có trong kế hoạch")
    people = ", ".join(year.case.office.inspectors[i].name for i in plan.teams[v])
    words = {"day": f"{year.case.days[start]:%d/%m/%Y}", "team": people}
    return Message("{day}: {team}", words)


def _answer(
    year: PlannedYear, wish: Wish, verdict: str, short: Message, sections: Sequence[Section],
    facts: dict[str, Any],
) -> Answer:  # fmt: skip
    visit = year.case.owed[wish.visit].visit_id
    words = {"visit": visit, "wish": wish.words(year.case)}
    about = {"visit": visit, "verdict": verdict, **facts}
    return Answer(Message("Vì sao {visit} không {wish}?", words), short, tuple(sections), about)
