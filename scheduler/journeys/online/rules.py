"""The rules as people read them: every one with its value of the day, its dated values and its source.

A trial value goes into one trial plan and nowhere else: nothing here writes to the rule files.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from data.columns import unaccented
from data.rulefiles import DatedValue, RuleRow, read_rules
from data.store.errors import NotFound
from data.words import Message
from scheduler.errors import Refused

WHAT = Message("quy tắc")
NOT_OF_PLANS = ("move.", "rotation.", "measure.", "measures.", "papers.")  # of no yearly plan


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


def trial_of(rule_id: str, text: str, on: date) -> Mapping[str, Any]:
    """What was typed as a trial value, ready for `plans.ask_for_plan`.

    >>> trial_of("capacity.teams-per-day", '{"teams": 6}', date(2027, 1, 1))
    {'capacity.teams-per-day': {'teams': 6}}

    Raises
    ------
    data.store.errors.NotFound
    Refused
        It cannot be read as a value of this rule, or the rule is of no yearly plan.
    """
    rule = one_rule(rule_id, on)
    if rule.now is None or not rule.tried_in_plans:
        raise Refused(
            Message("Quy tắc {id} không dùng khi lập kế hoạch kiểm tra.", {"id": rule_id})
        )
    return {rule_id: _read(rule, rule.now.value, text.strip())}


def _read(rule: ShownRule, now: Any, text: str) -> Any:
    if isinstance(now, str):
        return text
    number = isinstance(now, int | float) and not isinstance(now, bool)
    try:
        return json.loads(text.replace(",", ".") if number else text)
    except (ValueError, RecursionError):
        raise Refused(
            Message(
                "Giá trị thử «{value}» của {id} không đọc được. Viết như giá trị hiện hành.",
                {"value": text[:100], "id": rule.id},
            )
        ) from None


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
