"""Ways out of a clash: changes tried on the whole year, the mildest first, each by a real solve.

Values of capacity and of spacing may be eased, a planner's own pins may be dropped, dates may be
stretched. What the law protects (conflicts of interest, other bodies' inspections, working days,
leave) is only named, never offered.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.words import Message
from scheduler.errors import Relaxation
from solver.result import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scheduler.rulebook import Rulebook
    from solver.visits.problem import Problem


@dataclass(frozen=True)
class Change:
    """A change to try: a trial value for a rule, or a label left out (a pin)."""

    label: str
    value: Any  # trial value; None: the label is left out
    message: Message


def changes(labels: list[str], rulebook: Rulebook) -> Iterator[Change]:
    """Changes worth trying for clashing labels, the mildest first."""
    for label in labels:
        if label.startswith("pin:"):
            yield Change(
                label,
                None,
                Message("bỏ yêu cầu ghim ở dòng {row}", {"row": label.removeprefix("pin:")}),
            )
    steps = [step for label in labels for step in _steps(label, rulebook)]
    for rank, label, value, shown in sorted(steps, key=lambda s: (s[0], s[1])):
        del rank
        yield Change(label, value, Message("{title}: {old} → {new} (thử: --what-if {trial})", {
            "title": Message(rulebook[label].title_vi), "old": shown_value(rulebook.value(label)), "new": shown,
            "trial": f"{label}={json.dumps(value)}",
        }))  # fmt: skip


def _steps(label: str, rulebook: Rulebook) -> Iterator[tuple[int, str, Any, str]]:
    """(rank, rule id, trial value, value as shown) of the steps that a rule allows."""
    if label not in rulebook.policies:
        return
    value = rulebook.value(label)
    if label == "capacity.reserve":
        for rank, share in ((1, value / 2), (2, 0.0)):
            yield rank, label, share, shown_value(share)
    elif label in ("unit.gap", "unit.co-located"):
        for rank, days in ((3, value * 2 // 3), (4, value // 3), (5, 0)):
            yield rank, label, days, shown_value(days)
    elif label == "capacity.teams-per-day":
        for extra in (1, 2, 4):
            eased = {
                **value,
                "teams": value["teams"] + extra,
                "people_per_team": max(1, value["people_per_team"] - extra),
            }
            yield 5 + extra, label, eased, shown_value(eased)
    elif label == "person.month-days":
        for extra in (1, 2, 4):
            yield 10 + extra, label, value + extra, shown_value(value + extra)
    elif label == "follow-up.window":
        for extra in (20, 60):
            eased = {
                **value,
                "last": value["last"] + extra,
                "late_within": value["late_within"] + extra,
            }
            yield 20 + extra, label, eased, shown_value(eased)
    elif label == "unit.once-a-year":
        yield 90, label, value + 1, shown_value(value + 1)


def shown_value(value: Any) -> str:
    """A rule's value as a person reads it."""
    if isinstance(value, dict):
        return ", ".join(f"{k}={shown_value(v)}" for k, v in value.items())
    if isinstance(value, bool):
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(shown_value(v) for v in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def ways_out(
    tries: list[Change],
    problem_with: Callable[[Change], Problem],
    solves: Callable[[Sequence[Problem]], list[Status]],
) -> list[Relaxation]:
    """The mildest change of each rule after which the whole year was seen to have a plan, mildest first."""
    answers = solves([problem_with(change) for change in tries]) if tries else []
    found: dict[str, Relaxation] = {}
    for change, status in zip(tries, answers, strict=True):
        if status is Status.FEASIBLE:
            found.setdefault(change.label, Relaxation(change.label, change.message))
    return list(found.values())
