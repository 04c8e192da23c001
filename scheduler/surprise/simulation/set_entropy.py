"""How many different days there could be: entropy of the set of units drawn (surprise.md, A7)."""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial, log2

import numpy as np

from scheduler.surprise.day_table import half_of
from scheduler.surprise.entropy import entropy_bits, fitted, law_of, min_entropy_bits
from scheduler.surprise.service import DayTable, Floats, Ints
from scheduler.surprise.simulation.sampler import drawn
from scheduler.surprise.tickets import shares_of


@dataclass(frozen=True)
class DayEntropy:
    """Bits of a day; the greatest are those of the conditional Poisson law with the same chances."""

    day: float  # who goes where: exact
    least: float  # of the likeliest outcome: exact bound from below
    units: float  # the set of units, out of samples
    units_error: float  # standard error
    greatest: float  # of any law with these chances: exact

    @property
    def share(self) -> float:
        """Set entropy over the greatest possible."""
        return self.units / self.greatest


def day_entropy(table: DayTable, samples: int, chance: np.random.Generator) -> DayEntropy:
    """Entropies of a day's table; parts of a day above eight slots are independent and add up."""
    day = least = units = error = greatest = 0.0
    for slots in half_of(len(table.tickets)):
        tickets = table.tickets[slots]
        law = law_of(shares_of(tickets))
        day, least = day + entropy_bits(law), least + min_entropy_bits(law)
        bits = -np.log2(_set_chances(law.q, drawn(tickets, samples, chance)) / law.acceptance)
        units, error = units + float(bits.mean()), error + float(bits.var() / samples)
        greatest += conditional_poisson_bits(law.chance.sum(axis=0), len(slots))
    return DayEntropy(day, least, units, error**0.5, greatest)


def conditional_poisson_bits(chance: Floats, size: int) -> float:
    """Entropy of the most random set of `size` units with these chances.

    It is the law of equal tickets for every slot, whose order tells nothing.
    """
    law = fitted(np.tile(chance / size, (size, 1)))
    return entropy_bits(law) - log2(factorial(size))


def _set_chances(q: Floats, sets: Ints) -> Floats:
    """Sum over all orders of the product of shares, for each row of `sets`: permanents."""
    k = len(q)
    shares = q[:, sets]  # (n_slots, n_samples, n_units of the set)
    upto = np.zeros((1 << k, len(sets)))
    upto[0] = 1
    for used in range(1, 1 << k):
        slot = used.bit_count() - 1
        for place in range(k):
            if used >> place & 1:
                upto[used] += upto[used ^ (1 << place)] * shares[slot, :, place]
    return np.asarray(upto[-1], np.float64)
