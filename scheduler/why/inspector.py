"""Why an inspector has these visits, or none: days, fair share, absences, bars, and what more would cost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.words import Figure, Message
from scheduler.why.answer import Answer, Section
from scheduler.why.goal_words import difference, in_words
from scheduler.why.rule_words import rule_facts, rule_words
from scheduler.why.visit import in_short
from solver.visits.goals import fair_loads, load_of
from solver.visits.problem import Absent, Barred, Limit, MonthDays, NotLead, NotLeadAfter

if TYPE_CHECKING:
    from scheduler.plan_numbers import PlannedYear

LOAD = Message("Khối lượng")
VISITS = Message("Các cuộc kiểm tra")
BARS = Message("Điều gì giới hạn")
MORE = Message("Nếu đi thêm")
SHOWN = 5


def why_inspector(year: PlannedYear, who: int) -> Answer:
    """Everything about one inspector of the plan, by number."""
    mine = [v for v, team in enumerate(year.solution.teams) if who in team]
    person = year.case.office.inspectors[who]
    short = Message("{who}: {n} cuộc kiểm tra, {days} ngày.", {
        "who": year.name(who), "n": len(mine), "days": load_of(year.problem, year.solution)[who],
    })  # fmt: skip
    visits = Section("visits", VISITS, tuple(in_short(year, v) for v in mine), {
        "visits": [year.case.owed[v].visit_id for v in mine],
        "leads": [year.case.owed[v].visit_id for v in mine if year.solution.teams[v][0] == who],
    })  # fmt: skip
    return Answer(
        Message("Vì sao {who} có các cuộc này?", {"who": year.name(who)}), short,
        (_load(year, who), visits, _bars(year, who), _more(year, who)),
        {"inspector": person.inspector_id},
    )  # fmt: skip


def _load(year: PlannedYear, who: int) -> Section:
    problem = year.problem
    loads = load_of(problem, year.solution)
    fair = fair_loads(problem, sum(loads))
    words = {
        "days": loads[who], "fair": Figure(fair[who] / 10, 1),
        "have": problem.goals.available[who], "past": problem.goals.past_days[who],
    }  # fmt: skip
    told = [
        Message("Đi {days} ngày; phần công bằng {fair} ngày, theo {have} ngày có thể đi trong năm và "
                "{past} ngày còn tính từ các năm trước.", words)
    ]  # fmt: skip
    if not problem.goals.available[who]:
        told.append(Message("Cả năm không có ngày nào đi được."))
    return Section("load", LOAD, tuple(told), {
        "days": loads[who], "fair_tenths": fair[who], "available": problem.goals.available[who],
        "past": problem.goals.past_days[who],
    })  # fmt: skip


def _bars(year: PlannedYear, who: int) -> Section:
    """Each rule that takes something from the person, with how much of it."""
    case = year.case
    touched: dict[str, int] = {}
    for limit in year.problem.limits:
        n = _takes(limit, who)
        if n:
            touched[limit.label] = touched.get(limit.label, 0) + n
    kinds = {
        label: next(type(x) for x in year.problem.limits if x.label == label and _takes(x, who))
        for label in touched
    }
    told = [
        replace(TAKEN[kinds[label]], params={"n": n, "rule": rule_words(label, case)})
        for label, n in sorted(touched.items())
    ]
    return Section("limits", BARS, tuple(told), {
        "rules": rule_facts(sorted(touched), case), "counts": touched,
    })  # fmt: skip


def _takes(limit: Limit, who: int) -> int:
    """Days, visits or months that a limit takes from a person; for month days the sum of what is left."""
    if isinstance(limit, Absent):
        return len(limit.days) if limit.inspector == who else 0
    if isinstance(limit, MonthDays):
        return max(limit.capacity) if limit.inspector == who else 0
    if isinstance(limit, Barred | NotLead):
        return int(who in limit.inspectors)
    if isinstance(limit, NotLeadAfter):
        return int(limit.inspector == who)
    return 0


TAKEN = {
    Absent: Message("vắng {n} ngày làm việc: {rule}"),
    Barred: Message("không được đi {n} cuộc: {rule}"),
    NotLead: Message("không làm trưởng đoàn ({n} điều kiện): {rule}"),
    NotLeadAfter: Message("thôi làm trưởng đoàn trước hạn chuyển đổi ({n} điều kiện): {rule}"),
    MonthDays: Message("nhiều nhất {n} ngày mỗi tháng: {rule}"),
}


def _more(year: PlannedYear, who: int) -> Section:
    """The best visits on which the person could take somebody's place, and what it would cost."""
    told = []
    joins = year.standing.joins(who)
    for join in joins[:SHOWN]:
        old = min(set(year.solution.teams[join.visit]) - set(join.team))
        change = difference(year.values, join.values, year.problem.goals.order)
        told.append(
            Message("thay {old} ở {visit} ({day}): {change}", {
                "old": year.name(old), "visit": year.case.owed[join.visit].visit_id,
                "day": f"{year.case.days[join.start]:%d/%m/%Y}", "change": in_words(change),
            })
        )  # fmt: skip
    if not told:
        told.append(
            Message("Không cuộc nào mà người này thay được ai, khi mọi thứ khác giữ nguyên.")
        )
    return Section("more", MORE, tuple(told), {"possible": len(joins)})
