"""A plan of moves in the making: the best so far, the effort left, and whom to tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from solver.effort import Effort
from solver.moves.arcs import Compiled
from solver.moves.columns import Columns, solution_of
from solver.moves.lawful import Ints
from solver.moves.problem import MovesProblem, MovesSolution
from solver.moves.room import Room
from solver.result import Progress
from solver.settings import Settings

Report = Callable[[Progress, MovesSolution | None], None]

BOUNDS = 0.2  # share of the effort that is left for the bound
MORE_BOUNDS, LESS_BOUNDS = 0.4, 0.1  # the same above a thousand, above ten thousand due people
SHORT = 90.0  # seconds up to which placing people comes before a close bound
TABLES = 200_000_000  # people times units above which the bound's tables do not fit
SMALL = 1_000  # due people up to which the search goes to the end
LARGE = 3_000  # due people above which no model holds everybody
TOLD_PER_SECOND = 2_000  # exchanges that are told to whoever waits


@dataclass
class Making:
    """A plan in the making."""

    problem: MovesProblem
    settings: Settings
    effort: Effort
    report: Report
    compiled: Compiled
    room: Room
    own: Ints
    best: Columns
    constant: int  # points of a plan without any move
    phases: list[tuple[str, float]] = field(default_factory=list)
    pool_bound: int | None = None
    told: float = 0.0  # when the last plan was told

    @property
    def large(self) -> bool:
        """Whether there are too many for one model of everybody."""
        return int(self.compiled.seeds.sum()) > LARGE

    @property
    def beyond_bounds(self) -> bool:
        """Whether the year is too large for a proven bound; then nothing is claimed."""
        return len(self.problem.people) * len(self.problem.unit_places) > TABLES

    @property
    def reserve(self) -> float:
        """Effort that is left for the bound."""
        seeds = int(self.compiled.seeds.sum())
        if self.beyond_bounds:
            return 0.0
        short = seeds <= SMALL or self.settings.time_limit_s <= SHORT
        share = BOUNDS if short else MORE_BOUNDS
        if seeds > 10 * SMALL:
            share = LESS_BOUNDS
        return self.settings.time_limit_s * share

    def offer(self, phase: str, plan: Columns) -> bool:
        """Takes a plan when it is better, and tells whoever waits."""
        better = int(plan.value.sum()) < int(self.best.value.sum())
        if better:
            self.best = plan
            if self.effort.seconds >= self.told + len(plan) / TOLD_PER_SECOND:
                self.told = self.effort.seconds
                self.tell(phase, solution_of(plan))
        return better

    def tell(self, phase: str, solution: MovesSolution | None = None, note: str = "") -> None:
        """One line of progress."""
        cost = self.constant + int(self.best.value.sum())
        self.report(Progress(phase, self.effort.seconds, cost, self.pool_bound, note), solution)

    def ended(self, phase: str, since: float) -> float:
        """Notes how long a phase took; answers the time."""
        now = self.effort.seconds
        self.phases.append((phase, round(now - since, 3)))
        return now
