"""Rules of the yearly plan in words: title, value, article; pins by their row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from data.citations import Cited
from data.words import Message
from scheduler.relaxations import shown_value
from scheduler.why.answer import listed

if TYPE_CHECKING:
    from scheduler.case import Case


def rule_words(label: str, case: Case) -> Message:
    """One rule with its id and source; a planner's own order by its row."""
    if label.startswith("pin:"):
        row = int(label.removeprefix("pin:"))
        reason = next((p.reason for p in case.office.pins if p.row == row), "")
        return Message("bảng pins, dòng {row} ({reason})", {"row": row, "reason": reason})
    policy = case.rulebook.policies.get(label)
    if policy is None:
        return Message("{id}", {"id": label})
    value = shown_value(policy.value)
    title = Message(policy.title_vi)
    words = {"id": label, "title": title, "value": value, "source": Cited(policy.source)}
    short = len(value) < 30 and value
    if short:
        return Message("«{title}» = {value} ({id}; {source})", words)
    return Message("«{title}» ({id}; {source})", words)


def rules_words(labels: Iterable[str], case: Case) -> Message:
    """Several rules, one after the other."""
    return listed(rule_words(label, case) for label in labels)


def rule_facts(labels: Iterable[str], case: Case) -> list[dict[str, Any]]:
    """Rules as plain values: id, title in both languages, value, source."""
    found = []
    for label in labels:
        policy = case.rulebook.policies.get(label)
        found.append(
            {
                "id": label,
                "title": {"vi": policy.title_vi, "en": policy.title_en} if policy else {},
                "value": policy.value if policy else None,
                "source": policy.source if policy else "",
            }
        )
    return found


def counted(labels: Iterable[str]) -> list[tuple[str, int]]:
    """Labels with how often each stands there, the most frequent first."""
    return sorted(Counter(labels).items(), key=lambda pair: (-pair[1], pair[0]))
