"""Safe and dangerous windows: mean chance over rate at times that a unit can tell (surprise.md, A6).

Exact: days are drawn independently, so the chance to be visited after a visit on day t is that of the
table of the later day. All sums stand unit by unit, so that seasons and kinds of unit can be added up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.surprise.service import Bools, Floats, Ints
from scheduler.surprise.simulation.season import Season

AFTER = {"1": (1, 1), "1-5": (1, 5), "6-20": (6, 20), "21-60": (21, 60)}  # days after a visit
LAST_DAYS, LAST_SEASON, AROUND = 10, 50, 10


@dataclass(frozen=True, eq=False)
class Window:
    """Sum of chance over rate, and of weights, of every unit."""

    ratio: Floats
    weight: Floats

    def __add__(self, other: Window) -> Window:
        return Window(self.ratio + other.ratio, self.weight + other.weight)

    def mean(self, units: Bools | None = None) -> float:
        """Mean of chance over rate; 1 means that the window tells nothing. NaN when it never occurs."""
        some = slice(None) if units is None else units
        weight = self.weight[some].sum()
        return float(self.ratio[some].sum() / weight) if weight > 0 else float("nan")


def windows(season: Season) -> dict[str, Window]:
    """Every window of a season by name: after a visit, the year's end, around the planned visit."""
    ratio, seen = ratios(season)
    found = {
        f"after_{name}": after_visit(season.chance, ratio, seen, range(first, last + 1))
        for name, (first, last) in AFTER.items()
    }
    late = np.zeros_like(seen)
    late[np.flatnonzero(seen.any(axis=1))[-LAST_DAYS:]] = True
    found["last_days"] = _weighted(ratio, seen & late, np.ones_like(ratio))
    late[-LAST_SEASON:] = True
    never, twice = _visited_before(season.chance)
    found["unvisited"] = _weighted(ratio, seen & late, never)
    found["twice"] = _weighted(ratio, seen & late, twice)
    offsets = around_planned(season, ratio, seen)
    found["before_planned"] = _sum([w for n, w in offsets.items() if n < 0])
    found["after_planned"] = _sum([w for n, w in offsets.items() if n > 0])
    return found


def ratios(season: Season) -> tuple[Floats, Bools]:
    """Chance over published rate, and where it counts: not on days without a draw or planned there."""
    seen = (season.published > 0) & ~season.service.planned.T
    ratio = np.divide(season.chance, season.published, out=np.zeros_like(season.chance), where=seen)
    return ratio, np.asarray(seen, np.bool_)


def after_visit(chance: Floats, ratio: Floats, seen: Bools, lags: range) -> Window:
    """The window some days after a visit: each visit weighs as likely as it is.

    `chance` may also be 0 or 1, for visits that are known.
    """
    found = [_weighted(ratio[lag:], seen[lag:], chance[:-lag]) for lag in lags if lag < len(chance)]
    return _sum(found)


def around_planned(season: Season, ratio: Floats, seen: Bools) -> dict[int, Window]:
    """Days before (-) and after (+) a unit's planned visit, the visit's own days left out."""
    planned = season.service.planned.T
    days, found = len(planned), {}
    for offset in range(-AROUND, AROUND + 1):
        moved = np.zeros_like(planned)
        if offset < 0:
            moved[: days + offset] = planned[-offset:]
        else:
            moved[offset:] = planned[: days - offset]
        if offset:
            found[offset] = _weighted(ratio, seen, moved.astype(np.float64))
    return found


def _visited_before(chance: Floats) -> tuple[Floats, Floats]:
    """Chance of no visit, and of exactly two, earlier in the year; shape of `chance` both."""
    none, two = np.ones_like(chance), np.zeros_like(chance)
    count = np.zeros((4, chance.shape[1]))  # visits so far: 0, 1, 2, more
    count[0] = 1
    for day, today in enumerate(chance):
        none[day], two[day] = count[0], count[2]
        moved = count[:3] * today
        count[:3] -= moved
        count[1:] += moved
    return none, two


def _weighted(ratio: Floats, seen: Bools, weight: Floats) -> Window:
    kept = np.where(seen, weight, 0.0)
    return Window((kept * ratio).sum(axis=0), kept.sum(axis=0))


def _sum(found: list[Window]) -> Window:
    total = found[0]
    for window in found[1:]:
        total = total + window
    return total


def reach_classes(reach: Ints) -> dict[int, Bools]:
    """Units by the number of teams that may go there."""
    return {int(n): np.asarray(reach == n, np.bool_) for n in np.unique(reach)}
