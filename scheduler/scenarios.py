"""What if: another office or other values of rules, named and marked, never the law by accident.

People are added and taken away so that the office stays what it is: newcomers have the skills, the right to
lead and the home of somebody who is there, but no leave and no conflicts; those who go are spread evenly.
More people always include fewer: who stays at 20 also stays at 30.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from data.words import Message
from scheduler.eased_data import NEWCOMER
from scheduler.errors import Refused
from scheduler.relaxations import shown_value

if TYPE_CHECKING:
    from data.records import Inspector, Office
    from scheduler.rulebook import Rulebook

TEAMS = "capacity.teams-per-day"


@dataclass(frozen=True)
class Scenario:
    """A name, and what is otherwise than in the data and the law."""

    name: str
    trial: Mapping[str, Any] = field(default_factory=dict)  # rule id -> trial value
    inspectors: int = 0  # more, or fewer below zero
    teams: int = 0  # more teams out on one day, or fewer below zero

    def facts(self, rulebook: Rulebook) -> dict[str, Any]:
        """The scenario for plan.json, its changes in both languages."""
        return {
            "name": self.name, "inspectors": self.inspectors, "teams": self.teams,
            "trial": dict(self.trial),
            "changes": [
                {"vi": m.say("vi"), "en": m.say("en")} for m in self.changes(rulebook)
            ],
        }  # fmt: skip

    def changes(self, rulebook: Rulebook) -> list[Message]:
        """What is otherwise, in words; `rulebook` is the law without trial values."""
        found = []
        if self.inspectors:
            found.append(Message("{n} cán bộ kiểm tra", {"n": f"{self.inspectors:+d}"}))
        if self.teams:
            found.append(Message("{n} đoàn mỗi ngày", {"n": f"{self.teams:+d}"}))
        found += [
            Message("{id}: {old} → {new}", {
                "id": rule_id, "old": shown_value(rulebook.value(rule_id)), "new": shown_value(value),
            })
            for rule_id, value in self.trial.items()
            if rule_id in rulebook.policies
        ]  # fmt: skip
        return found


def scenario_of(facts: Mapping[str, Any] | None) -> Scenario | None:
    """The scenario that plan.json tells of; None for a plan."""
    if not facts:
        return None
    return Scenario(
        str(facts.get("name", "")), dict(facts.get("trial") or {}),
        int(facts.get("inspectors", 0)), int(facts.get("teams", 0)),
    )  # fmt: skip


def checked(scenario: Scenario, office: Office, rulebook: Rulebook) -> Scenario:
    """The scenario, if it has a name, changes something and leaves somebody and a team.

    Raises
    ------
    Refused
        With the first thing that is wrong.
    """
    if not scenario.name.strip():
        raise Refused(Message('Kịch bản phải có tên: --name "...".'))
    if not (scenario.trial or scenario.inspectors or scenario.teams):
        raise Refused(Message("Kịch bản không đổi gì. Thêm --what-if, --inspectors hoặc --teams."))
    if len(office.inspectors) + scenario.inspectors < 1:
        words = {"n": len(office.inspectors), "less": -scenario.inspectors}
        raise Refused(Message("Chỉ có {n} cán bộ kiểm tra, không bớt được {less}.", words))
    if rulebook.value(TEAMS)["teams"] + scenario.teams < 1:
        words = {"n": rulebook.value(TEAMS)["teams"], "less": -scenario.teams}
        raise Refused(Message("Chỉ có {n} đoàn mỗi ngày, không bớt được {less}.", words))
    return scenario


def trial_values(scenario: Scenario, rulebook: Rulebook) -> dict[str, Any]:
    """The trial values of the scenario, the number of teams among them."""
    if not scenario.teams:
        return dict(scenario.trial)
    now = {**rulebook.value(TEAMS), **scenario.trial.get(TEAMS, {})}
    return {**scenario.trial, TEAMS: {**now, "teams": now["teams"] + scenario.teams}}


def changed_office(office: Office, scenario: Scenario) -> Office:
    """The office as it would be; the one given stays as it is."""
    return with_people(office, len(office.inspectors) + scenario.inspectors)


def with_people(office: Office, n: int) -> Office:
    """The office with `n` inspectors: the first of an even order stay, newcomers follow the same order.

    >>> from data.records import Inspector, Office
    >>> small = Office(inspectors=tuple(Inspector(f"T{k}", "", "") for k in range(4)))
    >>> [who.inspector_id for who in with_people(small, 3).inspectors]
    ['T0', 'T1', 'T2']
    """
    people = office.inspectors
    if n == len(people):
        return office
    order = even_order(len(people))
    stay = {order[k] for k in range(min(n, len(people)))}
    kept = tuple(who for k, who in enumerate(people) if k in stay)
    new = tuple(
        _like(people[order[k % len(people)]], k + 1) for k in range(max(0, n - len(people)))
    )
    return replace(office, inspectors=(*kept, *new))


def even_order(n: int) -> list[int]:
    """0..n-1 so that the first few of them are always spread evenly over all.

    >>> even_order(8)
    [0, 4, 2, 6, 1, 5, 3, 7]
    """
    bits = max(1, (n - 1).bit_length())
    turned = (int(f"{k:0{bits}b}"[::-1], 2) for k in range(1 << bits))
    return [k for k in turned if k < n]


def _like(who: Inspector, number: int) -> Inspector:
    """Somebody who does not exist, with the skills and the home of somebody who does."""
    return replace(
        who, inspector_id=f"{NEWCOMER}-{number}", name=f"{NEWCOMER} {number}", home_unit_id="",
        staff_id="",
    )  # fmt: skip
