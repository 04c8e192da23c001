"""The most random law of a day with given chances: independent tickets, again until all units differ.

Z and the chances are exact, by power sums over sets of slots (surprise.md, stage 3): 3^k steps for k slots.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import factorial

import numpy as np

from scheduler.surprise.service import Floats

MOST_SLOTS = 8
ROUNDS, CLOSE = 60, 1e-11


@dataclass(frozen=True, eq=False)
class Law:
    """Tickets q as shares, the chance that all units of a try differ, and exact chances."""

    q: Floats  # (n_slots, n_units)
    acceptance: float  # Z
    chance: Floats  # (n_slots, n_units) exact


@lru_cache
def _parts(k: int) -> tuple[tuple[tuple[int, int, float], ...], ...]:
    """For each set of slots: its parts that hold its least slot, what is left, and the sign and weight."""
    found = []
    for whole in range(1 << k):
        least, parts = whole & -whole, []
        part = whole
        while part:
            if part & least:
                size = part.bit_count()
                parts.append((part, whole ^ part, (-1.0) ** (size - 1) * factorial(size - 1)))
            part = (part - 1) & whole
        found.append(tuple(parts))
    return tuple(found)


def _products(q: Floats) -> Floats:
    k, n = q.shape
    products = np.ones((1 << k, n))
    for whole in range(1, 1 << k):
        least = (whole & -whole).bit_length() - 1
        products[whole] = products[whole & (whole - 1)] * q[least]
    return products


def _sums(power: Floats, k: int) -> Floats:
    """Z of every set of slots; `power` has a row for each set and any further shape."""
    z = np.ones_like(power)
    for whole in range(1, 1 << k):
        z[whole] = sum(weight * power[part] * z[rest] for part, rest, weight in _parts(k)[whole])
    return z


def law_of(q: Floats) -> Law:
    """Acceptance and exact chances of tickets q, rows adding up to 1."""
    k = len(q)
    products = _products(q)
    power = products.sum(axis=1)
    z = float(_sums(power[:, None], k)[-1, 0])
    without = _sums(power[:, None] - products, k)
    full = (1 << k) - 1
    chance = np.array([q[s] * without[full ^ (1 << s)] for s in range(k)])
    return Law(q, z, chance / z if z > 0 else chance)


def fitted(x: Floats, least: float = 0.0) -> Law:
    """The law of greatest entropy whose chances are x, to about 1e-11 of each.

    Given up where the acceptance falls below `least`.
    """
    q = x / x.sum(axis=1, keepdims=True)
    law = law_of(q)
    for _ in range(ROUNDS):
        if law.acceptance <= least:
            break
        ratio = np.divide(x, law.chance, out=np.ones_like(x), where=law.chance > 0)
        if np.abs(ratio[x > 0] - 1).max(initial=0) < CLOSE:
            break
        q = law.q * ratio
        law = law_of(q / q.sum(axis=1, keepdims=True))
    return law


def entropy_bits(law: Law) -> float:
    """Entropy of who goes where on a day, in bits: log Z - sum of chance x log q."""
    logs = np.log2(law.q, out=np.zeros_like(law.q), where=law.q > 0)
    return float(np.log2(law.acceptance) - (law.chance * logs).sum())


def min_entropy_bits(law: Law) -> float:
    """Bits of the likeliest outcome at least: each slot's largest ticket share, distinctness left out."""
    return float(np.log2(law.acceptance) - np.log2(law.q.max(axis=1)).sum())
