"""How long somebody waits after wrong passwords: some are free, then each makes the wait longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

NONE = timedelta(0)


@dataclass(frozen=True)
class Failures:
    """Wrong passwords that still count: how many, and when the last one was."""

    count: int
    last: datetime | None


@dataclass(frozen=True)
class Waits:
    """A table of waits.

    Attributes
    ----------
    counted : a failure is forgotten after this time
    free : failures without a wait
    steps : the wait after the last free failure, after the next one, and so on; the last one stays

    Examples
    --------
    >>> [int(OF_A_NAME.after(n).total_seconds()) for n in (4, 5, 6, 7, 8, 9, 1000)]
    [0, 30, 60, 300, 900, 1800, 1800]
    """

    counted: timedelta
    free: int
    steps: tuple[timedelta, ...]

    def after(self, count: int) -> timedelta:
        """The wait after so many failures."""
        if count < self.free:
            return NONE
        return self.steps[min(count - self.free, len(self.steps) - 1)]

    def left(self, failures: Failures, now: datetime) -> timedelta:
        """What is left of the wait at this moment; never below zero."""
        wait = self.after(failures.count)
        if failures.last is None or not wait:  # another try may have begun after this moment
            return NONE
        return max(NONE, failures.last + wait - now)


def _seconds(*steps: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(seconds=step) for step in steps)


OF_A_NAME = Waits(timedelta(hours=24), 5, _seconds(30, 60, 300, 900, 1800))
# a whole office may sit behind one address: many mistype on a Monday morning
OF_AN_ADDRESS = Waits(timedelta(hours=1), 50, _seconds(30, 60, 300))
FORGIVEN = 3  # failures of an address for each person who came in from there meanwhile
