"""Goals of a plan as pages write them: the value, what none can beat, and what lies between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.exports.labels import READABLE
from data.words import Figure

if TYPE_CHECKING:
    from data.store.plans import Version

LEAST = 1e-6  # a gap that rounding has swallowed is still one


@dataclass(frozen=True)
class GoalLine:
    """One goal in the words and numbers of one language.

    Attributes
    ----------
    open : share of the value that is not proven, 0 when none can be better; None when nothing was proven
    left : by how much a better plan could be better at most, in the goal's unit
    """

    name: str
    title: str
    value: str
    bound: str
    unit: str
    condition: str
    open: float | None
    left: str


def goal_lines(goals: Iterable[Mapping[str, Any]], lang: str) -> list[GoalLine]:
    """The goals in their order, in units that people use."""
    lines = []
    for goal in goals:
        divisor, unit = READABLE.get(goal["unit_vi"], (1, None))
        digits = 0 if divisor == 1 else 1
        value, bound = (
            "–" if goal[side] is None else Figure(goal[side] / divisor, digits).say(lang)
            for side in ("value", "bound")
        )
        lines.append(
            GoalLine(
                goal["name"], goal[f"title_{lang}"], value, bound,
                unit.say(lang) if unit else goal[f"unit_{lang}"], goal[f"condition_{lang}"],
                _open(goal),
                Figure((goal["value"] - (goal["bound"] or 0)) / divisor, digits).say(lang),
            )
        )  # fmt: skip
    return lines


def _open(goal: Mapping[str, Any]) -> float | None:
    if goal["bound"] is None:
        return None
    gap = float(goal["gap"] or 0)
    return max(gap, LEAST) if goal["value"] > goal["bound"] else gap


def both_goals(
    old: Version, new: Version, lang: str
) -> list[tuple[GoalLine | None, GoalLine | None]]:
    """Each goal in both versions, where it has one."""
    before, after = (
        {line.name: line for line in goal_lines(version.facts.get("goals", ()), lang)}
        for version in (old, new)
    )
    return [(before.get(name), after.get(name)) for name in {**before, **after}]
