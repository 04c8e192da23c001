"""Ways out of a clash: changes tried on the whole year, the mildest first, each by a real solve.

In order: rules that should hold, then capacity, then the dates of campaigns, blackouts and pins. What must
hold by law (conflicts of interest, other bodies' inspections, leave, windows of follow-ups) is only named.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from data.words import Message
from scheduler.eased_data import extended, hired, lifted, with_month_days
from scheduler.errors import Relaxation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from data.records import Office
    from scheduler.case import Case
    from scheduler.rulebook import Rulebook

PEOPLE = ("capacity.", "person.", "team.", "interest.", "independence.", "leader.")
HIRED = (1, 2, 4)  # people more that are tried
LATER = (5, 10, 20, 40)  # working days by which a campaign may end later


@dataclass(frozen=True)
class Change:
    """A change to try on the whole year: trial values of rules, another office, or a label left out."""

    label: str  # what it eases: a rule id, pin:<row>, or "people"
    rank: str  # should, capacity, dates
    message: Message
    trial: Mapping[str, Any] = field(default_factory=dict)
    office: Office | None = None
    drop: str = ""


Ladder = tuple[Change, ...]  # steps of one change, the mildest first


def ladders(labels: Sequence[str], case: Case, visits: Sequence[int]) -> list[Ladder]:
    """Changes worth trying for clashing labels and the visits they meet in, the mildest kind first."""
    found = [*_should(labels, case.rulebook), *_capacity(labels, case)]
    found += _dates(labels, case, visits)
    return [ladder for ladder in found if ladder]


def only_named(labels: Sequence[str], tried: Sequence[Ladder]) -> list[str]:
    """Clashing rules that must hold and for which nothing is offered."""
    eased = {change.label for ladder in tried for change in ladder}
    return [label for label in labels if label not in eased]


def ways_out(
    tries: Sequence[Ladder], first_feasible: Callable[[Sequence[Ladder]], Sequence[int]]
) -> tuple[list[Relaxation], int]:
    """The mildest step of each ladder after which the whole year was seen to have a plan, in their order.

    Beside it, how many changes were not tried for lack of time. `first_feasible` gives for each ladder
    the number of its first step with a plan, -1 for none, -2 when it was not asked.
    """
    if not tries:
        return [], 0
    found = list(zip(tries, first_feasible(tries), strict=True))
    helps = [
        Relaxation(ladder[step].label, ladder[step].message, ladder[step].rank)
        for ladder, step in found
        if step >= 0
    ]
    return helps, sum(len(ladder) for ladder, step in found if step < -1)


def _should(labels: Sequence[str], rulebook: Rulebook) -> Iterator[Ladder]:
    """Steps of rules that should hold and bear on the clash."""

    def of(rule_id: str, *values: Any) -> Ladder:
        return tuple(
            _trial("should", rulebook, rule_id, value)
            for value in values
            if rule_id in rulebook.policies and rulebook[rule_id].binding == "should"
            and value != rulebook.value(rule_id)
        )  # fmt: skip

    if "coverage.target" in labels:
        target, wanted = rulebook.value("coverage.target"), rulebook.value("coverage.wanted")
        yield of("coverage.wanted", *(v for v in (target, min(1.0, target + 0.1)) if v > wanted))
    if "capacity.reserve" in labels:
        crew = rulebook.value("surprise.team")
        sizes = [crew["size"] - n for n in (1, 2) if crew["size"] > n]
        yield of("surprise.team", *({**crew, "size": n} for n in sizes))
    if {"capacity.teams-per-day", "person.month-days", "visit.one-week"} & set(labels):
        days = rulebook.value("visit.days")
        short = {k: min(v, 1) if k not in ("large_headcount", "large_extra") else v
                 for k, v in days.items()}  # fmt: skip
        yield of("visit.days", {**days, "large_extra": 0}, {**short, "large_extra": 0})
    if "leader.rotation" in labels:
        report = rulebook.value("report.days")
        yield of("report.days", report * 2 // 3, report // 3)


def _capacity(labels: Sequence[str], case: Case) -> Iterator[Ladder]:
    """Less kept free, more teams a day, more days a month, more people."""
    rulebook = case.rulebook
    if "capacity.reserve" in labels:
        share = rulebook.value("capacity.reserve")
        yield tuple(_trial("capacity", rulebook, "capacity.reserve", s) for s in (share / 2, 0.0))
    if "capacity.teams-per-day" in labels:
        now = rulebook.value("capacity.teams-per-day")
        yield tuple(
            _trial("capacity", rulebook, "capacity.teams-per-day", {
                "teams": now["teams"] + n, "people_per_team": max(1, now["people_per_team"] - n),
            })
            for n in (1, 2, 4)
        )  # fmt: skip
    if "person.month-days" in labels:
        yield tuple(
            Change(
                "person.month-days", "capacity",
                Message("mỗi người đi thêm được {n} ngày mỗi tháng", {"n": n}),
                trial={"person.month-days": rulebook.value("person.month-days") + n},
                office=with_month_days(case.office, n),
            )
            for n in (1, 2, 4)
        )  # fmt: skip
    if any(label.startswith(PEOPLE) for label in labels):
        yield tuple(
            Change(
                "people", "capacity",
                Message(
                    "thêm {n} cán bộ kiểm tra đủ kỹ năng, làm được trưởng đoàn, không vướng đơn vị nào",
                    {"n": n},
                ),
                office=hired(case.office, n),
            )
            for n in HIRED
        )  # fmt: skip


def _dates(labels: Sequence[str], case: Case, visits: Sequence[int]) -> Iterator[Ladder]:
    """Later ends of campaigns, own blackouts lifted, pins dropped."""
    owed = [case.owed[v] for v in visits]
    if "campaign.window" in labels:
        for campaign in case.office.campaigns:
            if any(o.campaign_id == campaign.campaign_id for o in owed):
                yield tuple(
                    Change(
                        "campaign.window", "dates",
                        Message("lùi ngày kết thúc chuyên đề «{title}» đến {day}",
                                {"title": campaign.title, "day": f"{end:%d/%m/%Y}"}),
                        office=extended(case.office, campaign, end),
                    )
                    for end in _ends(case, campaign.end)
                )  # fmt: skip
    if "blackout.unit" in labels:
        units = {o.unit_id for o in owed}
        for blackout in case.office.blackouts:
            if blackout.unit_id in units and not blackout.body:
                yield (Change(
                    "blackout.unit", "dates",
                    Message("đề nghị {unit} dời thời gian không kiểm tra {first} - {last} ({reason})", {
                        "unit": case.units[blackout.unit_id].name, "first": f"{blackout.start:%d/%m/%Y}",
                        "last": f"{blackout.end:%d/%m/%Y}", "reason": blackout.reason,
                    }),
                    office=lifted(case.office, blackout),
                ),)  # fmt: skip
    for label in labels:
        if label.startswith("pin:"):
            row = {"row": label.removeprefix("pin:")}
            yield (
                Change(label, "dates", Message("bỏ yêu cầu ghim ở dòng {row}", row), drop=label),
            )


def _ends(case: Case, end: Any) -> list[Any]:
    """Later days of the year on which a campaign could end."""
    later = [case.calendar.add(end, n) for n in LATER]
    return list(dict.fromkeys(min(day, case.days[-1]) for day in later if end < case.days[-1]))


def _trial(rank: str, rulebook: Rulebook, rule_id: str, value: Any) -> Change:
    words = {
        "title": Message(rulebook[rule_id].title_vi),
        "old": shown_value(rulebook.value(rule_id)),
        "new": shown_value(value),
        "trial": f"{rule_id}={json.dumps(value)}",
    }
    message = Message("{title}: {old} → {new} (thử: --what-if {trial})", words)
    return Change(rule_id, rank, message, trial={rule_id: value})


def shown_value(value: Any) -> str:
    """A rule's value as a person reads it."""
    if isinstance(value, dict):
        return ", ".join(f"{k}={shown_value(v)}" for k, v in value.items())
    if isinstance(value, bool):
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(shown_value(v) for v in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
