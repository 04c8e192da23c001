"""The rules in force for a plan: dated values read once, a fingerprint, and trial values."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from data.words import Message
from scheduler.rules.base import Policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.rulefiles import RuleRow


class TrialRefused(Exception):
    """Trial values that cannot be used; `faults` names each."""

    def __init__(self, faults: list[Message]) -> None:
        self.faults = faults
        super().__init__("; ".join(fault.say("en") for fault in faults))


LARGEST = 10_000  # of a trial: months or days from which the calendar can still count


@dataclass(frozen=True)
class Rulebook:
    """Policies by rule id. `digest` covers every value; a trial rulebook is marked as such."""

    policies: Mapping[str, Policy]
    on: date
    digest: str
    trial: Mapping[str, Any]

    def __getitem__(self, rule_id: str) -> Policy:
        """The policy of a rule id; KeyError names an id that no rule file holds."""
        return self.policies[rule_id]

    def value(self, rule_id: str) -> Any:
        """The value in force of a rule."""
        return self.policies[rule_id].value

    def to_be_checked(self) -> tuple[Policy, ...]:
        """Rules whose source is not certain, for the mark on everything that rests on them."""
        return tuple(p for p in self.policies.values() if p.confidence != "high")


NO_RULES = Rulebook({}, date.min, "", {})


def in_force(
    rows: tuple[RuleRow, ...], on: date, trial: Mapping[str, Any] | None = None
) -> Rulebook:
    """The rulebook of a day.

    The values in force on 1 January hold for a whole yearly plan; a value that changes during the
    year binds the amended plan that is made from that day.

    Parameters
    ----------
    rows : rules as read from the files
    on : the day whose values count
    trial : rule id -> value for a "what if" plan; never written back

    Raises
    ------
    TrialRefused
        If a trial value names an unknown rule or is of another kind.
    """
    policies = {}
    for row in rows:
        dated = [v for v in row.values if v.start <= on]
        if not dated:
            continue
        now = dated[-1]
        policies[row.id] = Policy(
            id=row.id,
            title_vi=row.title_vi,
            title_en=row.title_en,
            value=now.value,
            unit=row.unit,
            binding=row.binding,
            source=now.source or row.source,
            confidence=row.confidence,
        )
    return with_trial(_sealed(policies, on, {}), trial or {})


def with_trial(rulebook: Rulebook, trial: Mapping[str, Any]) -> Rulebook:
    """The same rulebook with trial values for a "what if"; its digest tells it from the law.

    A trial table needs only the entries that change.

    Raises
    ------
    TrialRefused
        With every trial value that names an unknown rule or is of another kind than the rule's own.
    """
    policies, wrong = dict(rulebook.policies), []
    for rule_id, value in trial.items():
        fault = _trial_fault(rule_id, policies.get(rule_id), value)
        if fault is not None:
            wrong.append(fault)
            continue
        policy = policies[rule_id]
        merged = {**policy.value, **value} if isinstance(value, dict) else value
        policies[rule_id] = replace(policy, value=merged)
    if wrong:
        raise TrialRefused(wrong)
    return _sealed(policies, rulebook.on, {**rulebook.trial, **trial})


def _trial_fault(rule_id: str, policy: Policy | None, value: Any) -> Message | None:
    if policy is None:
        return Message("Không có quy tắc {id}. Xem mã quy tắc trong data/rules.", {"id": rule_id})
    if _alike(policy.value, value):
        return None
    return Message(
        "Giá trị thử {value} không cùng dạng với giá trị của {id}, hoặc quá lớn: {now}.",
        {"id": rule_id, "value": str(value), "now": str(policy.value)},
    )


def _alike(now: Any, tried: Any) -> bool:
    if isinstance(now, dict):
        same = isinstance(tried, dict) and tried.keys() <= now.keys()
        return same and all(_alike(now[key], tried[key]) for key in tried)
    if isinstance(now, bool) or isinstance(tried, bool):
        return isinstance(now, bool) and isinstance(tried, bool)
    if isinstance(now, int | float):
        return isinstance(tried, int | float) and 0 <= tried <= max(LARGEST, now)
    return isinstance(tried, type(now))


def _sealed(policies: Mapping[str, Policy], on: date, trial: Mapping[str, Any]) -> Rulebook:
    content = json.dumps(
        {p.id: [p.value, p.binding, p.source] for p in policies.values()},
        sort_keys=True,
        ensure_ascii=False,
        default=str,
    )
    digest = "sha256:" + hashlib.sha256(content.encode()).hexdigest()
    return Rulebook(policies, on, digest, trial)
