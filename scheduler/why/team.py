"""Why this team: who is barred by which rule with its dates, and what each other eligible person would cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.why.answer import Section, both, listed
from scheduler.why.goal_words import amount, deciding, difference, in_words, title
from scheduler.why.people import reasons_away
from scheduler.why.rule_words import rule_facts, rule_words

if TYPE_CHECKING:
    from scheduler.plan_numbers import PlannedYear

TITLE = Message("Vì sao đoàn này")
SHOWN = 5


def why_this_team(year: PlannedYear, visit: int) -> Section:
    """The members with their roles; others who could come and at what price; those who are barred."""
    case = year.case
    start, team = year.solution.starts[visit], year.solution.teams[visit]
    told = [_roles(year, visit)]
    away = reasons_away(year, visit, start)
    best = _best_exchanges(year, visit)
    told.append(
        Message("{n} người khác cũng đi được ngày đó; {m} người không được hoặc không rảnh.", {
            "n": len(best), "m": len(away),
        })
    )  # fmt: skip
    labels = sorted({label for reasons in away.values() for label, _ in reasons})
    for label in labels:
        people = {who: w for who, reasons in away.items() for lb, w in reasons if lb == label}
        told.append(
            Message("{n} người vì {rule}: {people}", {
                "n": len(people), "rule": rule_words(label, case),
                "people": listed(
                    Message("{who} ({why})", {"who": year.name(who), "why": words})
                    for who, words in sorted(people.items())[:SHOWN]
                ),
            })
        )  # fmt: skip
    told += [
        Message("{new} thay {old}: {change}", {
            "new": year.name(e.new), "old": year.name(e.old), "change": in_words(e.change),
        })
        for e in best[:SHOWN]
    ]  # fmt: skip
    told.append(_verdict([e.change for e in best]))
    ids = [who.inspector_id for who in case.office.inspectors]
    return Section("team", TITLE, tuple(told), {
        "lead": ids[team[0]], "members": [ids[i] for i in team[1:]],
        "away": {
            ids[who]: [{"rule": label, "why": both(words)} for label, words in reasons]
            for who, reasons in sorted(away.items())
        },
        "rules": rule_facts(labels, case),
        "exchanges": [{"in": ids[e.new], "out": ids[e.old], "change": e.change} for e in best],
    })  # fmt: skip


@dataclass(frozen=True)
class Exchange:
    """Somebody who could come for one member, and what changes in each goal."""

    new: int
    old: int
    change: dict[str, int]


def _best_exchanges(year: PlannedYear, visit: int) -> list[Exchange]:
    """For everybody who could come, the member whose place costs least to take; the best first."""
    team = set(year.solution.teams[visit])
    found: dict[int, Exchange] = {}
    for join in year.standing.joins_at(visit):
        new, old = min(set(join.team) - team), min(team - set(join.team))
        change = difference(year.values, join.values, year.problem.goals.order)
        found.setdefault(new, Exchange(new, old, change))
    return list(found.values())


def _roles(year: PlannedYear, visit: int) -> Message:
    team = year.solution.teams[visit]
    words = {
        "lead": year.name(team[0]),
        "members": ", ".join(year.name(i) for i in team[1:]),
        "travel": amount(
            "travel",
            sum(year.problem.goals.distance[i][year.problem.visits[visit].unit] for i in team),
        ),
    }
    return Message("Trưởng đoàn {lead}; thành viên {members}; {travel}.", words)


def _verdict(changes: list[dict[str, int]]) -> Message:
    if not changes:
        return Message(
            "Không ai khác thay được một người của đoàn: các quy tắc không để lại lựa chọn."
        )
    part = deciding(changes[0])
    if not part:
        return Message("Có người khác thay được mà mọi mục tiêu như nhau.")
    words = {"goal": title(part), "change": amount(part, abs(changes[0][part]))}
    if changes[0][part] > 0:
        return Message(
            "Mục tiêu quyết định: «{goal}»; thay người nào cũng kém đi ít nhất {change}.", words
        )
    return Message(
        "Thay một người sẽ tốt hơn {change} ở «{goal}»: kế hoạch còn cải thiện được ở đây.", words
    )
