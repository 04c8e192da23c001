"""Draws of thousands of years at once, out of the same whole tickets and by the same law as one draw."""

from __future__ import annotations

import numpy as np

from scheduler.surprise.draw import MOST_TRIES, DrawHalted
from scheduler.surprise.service import TICKETS, Ints


def drawn(tickets: Ints, years: int, chance: np.random.Generator) -> Ints:
    """(years, n_slots) units: a number for each slot, all again until the units differ.

    Raises
    ------
    scheduler.surprise.draw.DrawHalted
        As the draw itself, after 10,000 tries.
    """
    upto = np.cumsum(tickets, axis=1)
    found = np.zeros((years, len(tickets)), np.int64)
    open_years = np.arange(years)
    for _ in range(MOST_TRIES):
        numbers = chance.integers(TICKETS, size=(len(open_years), len(tickets)))
        for slot, bounds in enumerate(upto):
            found[open_years, slot] = np.searchsorted(bounds, numbers[:, slot], side="right")
        open_years = open_years[_twice(found[open_years])]
        if not len(open_years):
            return found
    raise DrawHalted(MOST_TRIES)


def _twice(found: Ints) -> Ints:
    ordered = np.sort(found, axis=1)
    return np.asarray((ordered[:, 1:] == ordered[:, :-1]).any(axis=1))
