"""Why a visit is in its week: what closes each other week, and what each open one would cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.drops import closed_days
from scheduler.why.answer import Section
from scheduler.why.goal_words import amount, deciding, difference, in_words, title
from scheduler.why.rule_words import counted, rule_facts, rule_words

if TYPE_CHECKING:
    from scheduler.plan_numbers import PlannedYear
    from solver.visits.single.options import Option

TITLE = Message("Vì sao tuần này")
SHOWN = 5
TEAM = "team"  # closes a day on which people are enough, but not in the roles asked for


@dataclass(frozen=True)
class Week:
    """One week of the year for one visit, all else standing: its best place, or what closes it."""

    number: int
    option: Option | None
    labels: tuple[str, ...]  # rules that close its best day; () when it is open


def weeks_for(year: PlannedYear, visit: int) -> list[Week]:
    """Every week of the year in which the visit has a day at all."""
    problem = year.problem
    best: dict[int, Option] = {}
    for option in year.standing.places(visit):
        best.setdefault(problem.week_of[option.start], option)
    closed, by_date = closed_days(problem, year.standing.without(visit), visit)
    weeks = []
    for number in range(len(year.case.weeks)):
        days = [s for s in closed if problem.week_of[s] == number]
        if not days:
            continue
        nearest = min(days, key=lambda s: (s in by_date, len(closed[s]), s))
        labels = () if number in best else tuple(sorted(closed[nearest])) or (TEAM,)
        weeks.append(Week(number, best.get(number), labels))
    return weeks


def why_this_week(year: PlannedYear, visit: int) -> Section:
    """The weeks that rules close, the open ones with the price of each goal, and the goal that decided."""
    case, order = year.case, year.problem.goals.order
    weeks = weeks_for(year, visit)
    here = year.problem.week_of[year.solution.starts[visit]]
    others = [week for week in weeks if week.number != here]
    is_open = [week for week in others if week.option is not None]
    changes = {
        week.number: difference(year.values, week.option.values, order)
        for week in is_open
        if week.option is not None
    }
    ranked = sorted(is_open, key=lambda w: (tuple(changes[w.number].values()), w.number))
    told = [
        Message("{n} tuần khác trong năm không xếp được, {m} tuần khác xếp được.", {
            "n": len(others) - len(is_open), "m": len(is_open),
        })
    ]  # fmt: skip
    for label, n in counted(lb for week in others for lb in week.labels):
        words = Message("không đủ người đúng vai trò") if label == TEAM else rule_words(label, case)
        told.append(Message("{n} tuần bị chặn bởi {rule}", {"n": n, "rule": words}))
    told += [
        Message("tuần {monday}: xếp được vào {day}; {change}", {
            "monday": f"{case.weeks[week.number]:%d/%m/%Y}",
            "day": f"{case.days[week.option.start]:%d/%m/%Y}" if week.option else "",
            "change": in_words(changes[week.number]),
        })
        for week in ranked[:SHOWN]
    ]  # fmt: skip
    told.append(_verdict(changes, ranked))
    return Section("week", TITLE, tuple(told), {
        "weeks": [
            {
                "monday": case.weeks[w.number].isoformat(), "open": w.option is not None,
                "day": case.days[w.option.start].isoformat() if w.option else None,
                "closed_by": list(w.labels), "change": changes.get(w.number),
            }
            for w in weeks
        ],
        "rules": rule_facts(sorted({lb for w in others for lb in w.labels} - {TEAM}), case),
        "decided_by": deciding(changes[ranked[0].number]) if ranked else "",
    })  # fmt: skip


def _verdict(changes: dict[int, dict[str, int]], ranked: list[Week]) -> Message:
    """Whether the rules left no choice, a goal decided, or another week would have been better."""
    if not ranked:
        return Message("Các quy tắc không để lại tuần nào khác khi các cuộc còn lại giữ nguyên.")
    change = changes[ranked[0].number]
    part = deciding(change)
    if not part:
        return Message("Có tuần khác tốt ngang, mọi mục tiêu như nhau.")
    words = {"goal": title(part), "change": amount(part, abs(change[part]))}
    if change[part] > 0:
        return Message(
            "Mục tiêu quyết định: «{goal}»; tuần khác tốt nhất vẫn kém hơn {change}.", words
        )
    return Message(
        "Có tuần khác tốt hơn {change} ở mục tiêu «{goal}»: kế hoạch còn cải thiện được ở đây.",
        words,
    )
