"""How evenly a given amount of work can be shared, whoever does it where: exact, in milliseconds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.visits.teams.problem import Ints


def least_largest(available: Sequence[int], work: int) -> int:
    """The smallest largest share, in thousandths of usable days, with which `work` days can be done.

    The smallest R with sum_i floor(R available_i / 1000) >= work; people with no usable days do not count
    towards the largest share, so with any of them the answer is 0.
    """
    if work == 0 or any(have <= 0 for have in available):
        return 0
    low, high = 0, 1000 * work
    while low < high:
        middle = (low + high) // 2
        if sum(middle * have // 1000 for have in available) >= work:
            high = middle
        else:
            low = middle + 1
    return low


def least_spread(fair: Sequence[int], work: int, most: Sequence[int]) -> int:
    """The least sum of |10 load_i - fair_i| with whole loads up to `most` that add up to `work` days."""
    loads = cheapest_loads(np.array(fair), np.array(most), np.zeros(len(fair), np.int64), 1, work)
    return int(np.abs(10 * loads - np.array(fair)).sum())


def cheapest_loads(fair: Ints, most: Ints, price: Ints, off: int, work: int) -> Ints:
    """Whole loads of the least sum of price_i load_i + off |10 load_i - fair_i|, adding up to `work`.

    Each day more costs no less than the one before, so the cheapest days are taken one after another.
    If `most` leaves less room than `work`, everybody is at `most`.
    """
    below = np.minimum(fair // 10, most)
    crossing = np.minimum(1, most - below)
    across = np.abs(10 * (below + 1) - fair) - np.abs(10 * below - fair)
    counts = np.concatenate([below, crossing, most - below - crossing])
    slope = np.concatenate([price - 10 * off, price + off * across, price + 10 * off])
    people = np.tile(np.arange(len(fair)), 3)
    order = np.argsort(slope, kind="stable")
    before = np.cumsum(counts[order]) - counts[order]
    taken = np.clip(work - before, 0, counts[order])
    loads = np.zeros(len(fair), np.int64)
    np.add.at(loads, people[order], taken)
    return loads
