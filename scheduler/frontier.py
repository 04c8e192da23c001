"""What a number of inspectors can reach: coverage and risk of a plan, and bounds that none can beat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from solver.result import Goal
from solver.visits.problem import CoverAtLeast, Must, Problem, Solution

if TYPE_CHECKING:
    from scheduler.case import Case
    from solver.result import Result

EVERY_UNIT = {
    "coverage.wanted": 1.0
}  # each unit in scope is owed a visit, so that people are what limits


@dataclass(frozen=True)
class Point:
    """One number of inspectors (and teams a day): what a plan reaches, and what none can beat."""

    inspectors: int
    teams: int  # most teams out on one day
    owed: int  # visits owed
    placed: int
    units: int  # units in scope
    covered: int
    covered_most: int  # proven: no plan covers more
    risk: int  # risk points of all visits owed
    reached: int  # of the visits placed
    reached_most: int  # proven
    must_left: int  # visits that rules make mandatory and the plan leaves out
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """The point as plain values, with shares."""
        shares = {
            "covered_share": self.covered / self.units if self.units else 0.0,
            "covered_most_share": self.covered_most / self.units if self.units else 0.0,
            "reached_share": self.reached / self.risk if self.risk else 0.0,
            "reached_most_share": self.reached_most / self.risk if self.risk else 0.0,
        }
        return {**asdict(self), **{name: round(share, 4) for name, share in shares.items()}}


def without_orders(problem: Problem) -> Problem:
    """The year in which every visit may be left out: what people can do, not what rules ask for."""
    limits = tuple(x for x in problem.limits if not isinstance(x, Must | CoverAtLeast))
    return replace(problem, limits=limits)


def groups_of(case: Case) -> list[list[int]]:
    """The visits of each unit that counts towards coverage and has any."""
    kinds = case.rulebook.value("coverage.denominator")
    counted = {
        u.unit_id for u in case.office.units if u.in_scope and (not kinds or u.kind in kinds)
    }
    found: dict[str, list[int]] = {}
    for v, owed in enumerate(case.owed):
        if owed.unit_id in counted:
            found.setdefault(owed.unit_id, []).append(v)
    return list(found.values())


def point_of(
    case: Case, teams: int, result: Result, most: int, groups: Sequence[Sequence[int]]
) -> Point:
    """What a plan reaches beside its bounds; `most` is the bound on the groups.

    A year proven to have no plan at all - too few people even for what must be kept free - reaches nothing.
    """
    kinds = case.rulebook.value("coverage.denominator")
    risk = sum(owed.risk for owed in case.owed)
    nothing = Solution((-1,) * len(case.owed), ((),) * len(case.owed))
    plan = result.solution or nothing
    drops = next(
        (goal for goal in result.goals if goal.name == "drops"),
        Goal("drops", risk, risk, "any plan"),
    )
    return Point(
        inspectors=len(case.office.inspectors), teams=teams, owed=len(case.owed),
        placed=sum(start >= 0 for start in plan.starts),
        units=sum(u.in_scope and (not kinds or u.kind in kinds) for u in case.office.units),
        covered=covered(plan, groups), covered_most=most, risk=risk, reached=risk - drops.value,
        reached_most=risk - drops.bound,
        must_left=sum(
            bool(owed.must) and plan.starts[v] < 0 for v, owed in enumerate(case.owed)
        ),
        seconds=round(result.seconds, 1),
    )  # fmt: skip


def covered(plan: Solution, groups: Sequence[Sequence[int]]) -> int:
    """Groups of which some visit takes place."""
    return sum(any(plan.starts[v] >= 0 for v in group) for group in groups)
