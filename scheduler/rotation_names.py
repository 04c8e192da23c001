"""Names of what a rotation year speaks of: posts, units, days of waves, rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.rotation_case import RotationCase
    from solver.moves.problem import MovesProblem

PIN = "pin:"


class Names:
    """Words for the numbers of a problem."""

    def __init__(self, case: RotationCase, problem: MovesProblem) -> None:
        self.case, self.problem = case, problem
        self.units = case.tables["units"]["name"]

    def person(self, person: int) -> str:
        """Staff id."""
        return self.problem.people[person].label

    def post(self, desk: int) -> str:
        """Title and unit of a desk, "" for none."""
        if desk < 0:
            return ""
        title = self.case.posts["title"].get(self.problem.desks[desk].label, "")
        return f"{title}, {self.unit(self.problem.desks[desk].unit)}"

    def unit(self, unit: int) -> str:
        """Name of a unit."""
        return str(self.units.iloc[unit])

    def day(self, wave: int) -> str:
        """Day of a wave."""
        return f"{self.case.waves[wave]:%d/%m/%Y}"


def rules_named(case: RotationCase, labels: Iterable[str]) -> Message:
    """Rules by title and id, orders of the planner by row."""
    parts = [_rule(case, label) for label in labels]
    if not parts:
        return Message("quy tắc khác")
    joined = parts[0]
    for part in parts[1:]:
        joined = Message("{first}; {rest}", {"first": joined, "rest": part})
    return joined


def _rule(case: RotationCase, label: str) -> Message:
    if label.startswith(PIN):
        return Message(
            "yêu cầu ghim ở dòng {row} ({id})", {"row": label.removeprefix(PIN), "id": label}
        )
    policy = case.rulebook.policies.get(label)
    if policy is None:
        return Message("{id}", {"id": label})
    return Message("«{title}» ({id})", {"title": Message(policy.title_vi), "id": label})
