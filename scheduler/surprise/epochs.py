"""Rates hold for a quarter; the next quarter moves towards the risk by a bounded step (surprise.md, 3)."""

from __future__ import annotations

import numpy as np

from scheduler.surprise.service import TICKETS, Floats, Ints

STEPS = 100


def next_rates(before: Floats, wanted: Floats, change: float) -> Floats:
    """Rates nearest to the wanted ones, each within +-`change` of its last, with the sum of the wanted.

    Nobody comes under the least rate of old and wanted ones, or over the greatest: floor and cap hold for
    both, so they hold on the way.
    Where the sum cannot be met within the steps, every rate stands at its limit and the sum is missed:
    a bounded step weighs more, because a sudden fall is a safe window.
    """
    low, high = before * (1 - change), before * (1 + change)
    floor, cap = min(before.min(), wanted.min()), max(before.max(), wanted.max())
    low, high = np.clip(floor, low, high), np.clip(cap, low, high)
    down, up = -1.0, 1.0 + float(np.abs(wanted - before).max() / max(1e-12, wanted.min()))
    for _ in range(STEPS):
        middle = (down + up) / 2
        moved = np.clip(wanted * (1 + middle), low, high)
        down, up = (down, middle) if moved.sum() > wanted.sum() else (middle, up)
    return np.asarray(np.clip(wanted * (1 + (down + up) / 2), low, high), np.float64)


def as_whole(values: Floats) -> Ints:
    """Chances as whole numbers of 2^-40, as the record keeps them."""
    return np.asarray(np.rint(values * TICKETS), np.int64)


def as_shares(whole: list[int] | Ints) -> Floats:
    """The other way round."""
    return np.asarray(np.asarray(whole, np.float64) / TICKETS, np.float64)


def epoch_days(days: tuple[str, ...]) -> list[tuple[str, str]]:
    """First and last day of each quarter of a season.

    >>> epoch_days(("2027-03-30", "2027-03-31", "2027-04-01"))
    [('2027-03-30', '2027-03-31'), ('2027-04-01', '2027-04-01')]
    """
    quarters: dict[tuple[str, int], list[str]] = {}
    for day in days:
        quarters.setdefault((day[:4], (int(day[5:7]) - 1) // 3), []).append(day)
    return [(own[0], own[-1]) for own in quarters.values()]
