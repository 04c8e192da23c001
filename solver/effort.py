"""How much work is left: counted in work done when a plan must be repeatable, else by the clock."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from solver.settings import Settings

WORK_PER_SECOND = 0.6  # CP-SAT deterministic time that one quiet core does in a second
ENTRIES_PER_SECOND = (
    700_000  # entries of a sparse model that an LP solver works through in a second
)


@dataclass
class Effort:
    """The effort of one solve, spent by its phases.

    Repeatable: `left` falls only by what phases charge, so it is the same on a slow and on a fast
    machine; the clock only cuts a run that is far behind, and `repeatable` then turns False.
    """

    settings: Settings
    started: float = field(default_factory=time.monotonic)
    spent: float = 0.0
    cut: bool = False

    @property
    def seconds(self) -> float:
        """Seconds on the clock since the start."""
        return time.monotonic() - self.started

    @property
    def wall_left(self) -> float:
        """Seconds after which the clock cuts the run."""
        limit = self.settings.time_limit_s
        allowed = 2.0 * limit + 10.0 if self.settings.repeatable else limit
        return max(0.0, allowed - self.seconds)

    @property
    def left(self) -> float:
        """Seconds of effort left."""
        if not self.settings.repeatable:
            return self.wall_left
        if self.wall_left <= 0:
            self.cut = True
            return 0.0
        return max(0.0, self.settings.time_limit_s - self.spent)

    @property
    def repeatable(self) -> bool:
        """Whether only work done has ended the phases so far."""
        return self.settings.repeatable and not self.cut

    def charge(self, seconds: float) -> None:
        """Spend effort, in seconds of one quiet core."""
        self.spent += seconds

    def charge_entries(self, entries: int) -> None:
        """Spend effort, for an LP with so many entries."""
        self.spent += entries / ENTRIES_PER_SECOND
