"""Goals of a plan as pages write them: the value, what none can beat, and what lies between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from data.exports.labels import READABLE
from data.words import Figure


@dataclass(frozen=True)
class GoalLine:
    """One goal in the words and numbers of one language.

    Attributes
    ----------
    open : share of the value that is not proven, 0 when none can be better
    """

    name: str
    title: str
    value: str
    bound: str
    unit: str
    condition: str
    open: float


def goal_lines(goals: Iterable[Mapping[str, Any]], lang: str) -> list[GoalLine]:
    """The goals in their order, in units that people use."""
    lines = []
    for goal in goals:
        divisor, unit = READABLE.get(goal["unit_vi"], (1, None))
        digits = 0 if divisor == 1 else 1
        value, bound = (
            Figure(goal[side] / divisor, digits).say(lang) for side in ("value", "bound")
        )
        lines.append(
            GoalLine(
                goal["name"], goal[f"title_{lang}"], value, bound,
                unit.say(lang) if unit else goal[f"unit_{lang}"], goal[f"condition_{lang}"],
                float(goal["gap"] or 0),
            )
        )  # fmt: skip
    return lines
