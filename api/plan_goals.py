"""Goals of a plan as pages write them: the value, what none can beat, and what lies between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from data.exports.labels import READABLE
from data.words import Figure

LEAST = 1e-6  # a gap that rounding has swallowed is still one


@dataclass(frozen=True)
class GoalLine:
    """One goal in the words and numbers of one language.

    Attributes
    ----------
    open : share of the value that is not proven, 0 when none can be better
    left : by how much a better plan could be better at most, in the goal's unit
    """

    name: str
    title: str
    value: str
    bound: str
    unit: str
    condition: str
    open: float
    left: str


def goal_lines(goals: Iterable[Mapping[str, Any]], lang: str) -> list[GoalLine]:
    """The goals in their order, in units that people use."""
    lines = []
    for goal in goals:
        divisor, unit = READABLE.get(goal["unit_vi"], (1, None))
        digits = 0 if divisor == 1 else 1
        value, bound, left = (
            Figure(number / divisor, digits).say(lang)
            for number in (goal["value"], goal["bound"], goal["value"] - goal["bound"])
        )
        gap = float(goal["gap"] or 0)
        lines.append(
            GoalLine(
                goal["name"], goal[f"title_{lang}"], value, bound,
                unit.say(lang) if unit else goal[f"unit_{lang}"], goal[f"condition_{lang}"],
                max(gap, LEAST) if goal["value"] > goal["bound"] else gap, left,
            )
        )  # fmt: skip
    return lines
