"""What every solve gives back: a status, a solution or none, and each goal with bound and gap."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from solver.visits.problem import Limit, Solution

NO_STEP, NOT_ASKED = -1, -2  # a ladder of problems: none of them was seen to have a plan; no time


class Status(StrEnum):
    """How a solve ended."""

    OPTIMAL = "optimal"  # every goal at its proven bound
    FEASIBLE = "feasible"  # a legal plan, not proven best
    INFEASIBLE = "infeasible"  # proven: no plan keeps all limits
    UNKNOWN = "unknown"  # time ran out before either


@dataclass(frozen=True)
class Goal:
    """One goal: what the plan reaches, what none can beat, and when that is proven."""

    name: str  # drops, timing, load_max, load_spread, pairs, clusters, travel, spread
    value: int
    bound: int
    condition: Literal[
        "any plan",
        "these days",
        "these loads",
        "these days and loads",
        "goals before",
        "these changes",
    ]

    @property
    def gap(self) -> float:
        """Share of the value's size that is not proven necessary; above 1.0 where a bound is negative."""
        return (
            0.0 if self.value <= self.bound else (self.value - self.bound) / max(1, abs(self.value))
        )


@dataclass(frozen=True)
class Progress:
    """One line of progress while a solve runs."""

    phase: str  # reading, days, teams, polish, bounds ...
    seconds: float
    best: int | None = None
    bound: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Result:
    """Outcome of a solve. `solution` is None unless the status is OPTIMAL or FEASIBLE."""

    status: Status
    solution: Solution | None
    goals: tuple[Goal, ...]
    seconds: float
    seed: int
    phases: tuple[tuple[str, float], ...] = ()  # seconds spent in each phase
    peak_memory_mb: int = 0
    repeatable: bool = True  # False when the wall clock, not the set effort, ended a phase
    note: str = ""  # crash and fall-back, in plain words


@dataclass(frozen=True)
class Core:
    """Labels that clash, the visits in which they meet, and what was seen when each is left out."""

    visits: tuple[int, ...]  # numbers in the problem asked about
    labels: tuple[str, ...]
    helped: tuple[bool, ...]  # without this label a plan for these visits was found
    more: bool  # the whole problem stays impossible without all of these labels
    items: tuple[Limit, ...] = ()  # single limits that clash, visits numbered as in `visits`
    items_helped: tuple[bool, ...] = ()  # the same for each of them
    spared: int = 0  # limits with the same labels that play no part
