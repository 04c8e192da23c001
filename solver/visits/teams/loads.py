"""How evenly a given amount of work can be shared, whoever does it where: exact, in milliseconds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.visits.problem import Absent, MonthDays, Problem
from solver.visits.teams.problem import Ints


def possible_loads(problem: Problem) -> Ints:
    """Days that each inspector can work at most: days present, within each month's limit."""
    n_months = max(problem.month_of, default=-1) + 1
    there = np.zeros((problem.n_inspectors, n_months), np.int64)
    np.add.at(there.T, list(problem.month_of), 1)
    for limit in problem.limits:
        if isinstance(limit, Absent):
            np.add.at(
                there[limit.inspector], [problem.month_of[day] for day in set(limit.days)], -1
            )
    for limit in problem.limits:
        if isinstance(limit, MonthDays):
            most = np.array(limit.capacity[:n_months], np.int64)
            there[limit.inspector] = np.minimum(there[limit.inspector], most)
    return np.asarray(np.maximum(there, 0).sum(axis=1), np.int64)


def capped_loads(problem: Problem, largest: int) -> Ints:
    """Days up to which each inspector can work with no share above `largest` thousandths.

    Who has no usable days has no share, and is held only by what is possible.
    """
    have = np.array(problem.goals.available, np.int64)
    possible = possible_loads(problem)
    return np.where(have > 0, np.minimum(possible, largest * have // 1000), possible)


def least_largest(problem: Problem, work: int) -> int:
    """The smallest largest share, in thousandths of usable days, with which `work` days can be done.

    The smallest R whose capped loads add up to `work`; -1 when even all that is possible does not.
    """
    low, high = 0, 1000 * max(1, work)
    if capped_loads(problem, high).sum() < work:
        return -1
    while low < high:
        middle = (low + high) // 2
        if capped_loads(problem, middle).sum() >= work:
            high = middle
        else:
            low = middle + 1
    return low


def least_spread(fair: Sequence[int], work: int, most: Sequence[int] | Ints) -> int:
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
