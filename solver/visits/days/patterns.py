"""Ways to fill a person's days of a month with visits of whole lengths."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from solver.visits.days.people import Ints


@cache
def patterns(days: int, longest: int) -> Ints:
    """Slots of at least 1, 2, ... `longest` days in each way to fill `days` days that none other beats.

    shape (n_patterns, longest)

    >>> patterns(4, 3).tolist()
    [[2, 1, 1], [2, 2, 0], [3, 1, 0], [4, 0, 0]]
    """
    ways = {_slots(lengths, longest) for lengths in _fill(days, longest)}
    best = [w for w in ways if not any(o != w and _covers(o, w) for o in ways)]
    return np.array(sorted(best), np.int64).reshape(-1, longest)


def _fill(days: int, longest: int) -> Iterator[tuple[int, ...]]:
    """Non-increasing lengths that use up the days."""
    if days == 0 or longest == 0:
        yield ()
        return
    for first in range(min(days, longest), 0, -1):
        for rest in _fill(days - first, first):
            yield (first, *rest)


def _slots(lengths: tuple[int, ...], longest: int) -> tuple[int, ...]:
    return tuple(sum(length >= t for length in lengths) for t in range(1, longest + 1))


def _covers(better: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(b >= o for b, o in zip(better, other, strict=True))
