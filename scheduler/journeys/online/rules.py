"""The rules as people read them: every one with its value of the day, its dated values and its source.

A trial value goes into one trial plan and nowhere else: nothing here writes to the rule files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from data.columns import unaccented
from data.rulefiles import DatedValue, RuleRow, read_rules
from data.store.errors import NotFound
from data.words import Message
from scheduler.errors import Refused
from scheduler.trial_fields import TrialField, trial_fields, typed_value

WHAT = Message("quy tắc")
NOT_OF_PLANS = (  # a yearly plan is made without them
    "move.", "rotation.", "measure.", "measures.", "papers.", "act.", "joint.", "replan.",
    "plan.dropped-by-hand", "plan.owner", "surprise.epoch", "surprise.leak", "surprise.protocol",
    "surprise.study", "team.secretary",
)  # fmt: skip


@dataclass(frozen=True)
class ShownRule:
    """A rule on a day. `now`: the value in force; None before the first."""

    row: RuleRow
    now: DatedValue | None

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.row.id

    @property
    def source(self) -> str:
        """Where the value of the day stands written."""
        return (self.now.source if self.now else "") or self.row.source

    @property
    def tried_in_plans(self) -> bool:
        """Whether another value can be tried in a yearly plan."""
        return self.now is not None and not self.id.startswith(NOT_OF_PLANS)


def list_rules(on: date, q: str = "") -> list[ShownRule]:
    """Every rule in which all words of `q` stand, with or without accents, in file order.

    >>> [rule.id for rule in list_rules(date(2027, 1, 1), "rotation ceiling")]
    ['rotation.ceiling']
    """
    words = unaccented(q).split()
    return [_shown(row, on) for row, text in _known() if all(word in text for word in words)]


def one_rule(rule_id: str, on: date) -> ShownRule:
    """One rule on a day.

    Raises
    ------
    data.store.errors.NotFound
    """
    for row, _ in _known():
        if row.id == rule_id:
            return _shown(row, on)
    raise NotFound(WHAT, rule_id)


def trial_form(rule_id: str, on: date) -> tuple[ShownRule, tuple[TrialField, ...]]:
    """A rule, and what is typed to try another value of it; nothing where a yearly plan does not ask for it.

    Raises
    ------
    data.store.errors.NotFound
    """
    rule = one_rule(rule_id, on)
    if rule.now is None or not rule.tried_in_plans:
        return rule, ()
    return rule, trial_fields(rule_id, rule.row.unit, rule.now.value, lambda other: _now(other, on))


def trial_of(rule_id: str, typed: Mapping[str, Sequence[str]], on: date) -> Mapping[str, Any]:
    """What was typed as a trial value, ready for `plans.ask_for_plan`.

    >>> typed = {"value-teams": ["6"], "value-people_per_team": ["4"]}
    >>> trial_of("capacity.teams-per-day", typed, date(2027, 1, 1))
    {'capacity.teams-per-day': {'teams': 6}}

    Raises
    ------
    data.store.errors.NotFound
    scheduler.trial_fields.TrialMistyped
        With what is wrong in each field.
    Refused
        The rule is of no yearly plan.
    """
    _, fields = trial_form(rule_id, on)
    if not fields:
        raise Refused(
            Message("Quy tắc {id} không dùng khi lập kế hoạch kiểm tra.", {"id": rule_id})
        )
    return {rule_id: typed_value(rule_id, fields, typed)}


def _now(rule_id: str, on: date) -> Any:
    now = one_rule(rule_id, on).now
    return now.value if now else None


def _shown(row: RuleRow, on: date) -> ShownRule:
    dated = [value for value in row.values if value.start <= on]
    return ShownRule(row, dated[-1] if dated else None)


@cache
def _known() -> tuple[tuple[RuleRow, str], ...]:
    return tuple(
        (row, unaccented(" ".join([
            row.id, row.title_vi, row.title_en, row.source, *(value.source for value in row.values)
        ])))
        for row in read_rules()
    )  # fmt: skip
