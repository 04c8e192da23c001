"""Hazard debt: what earlier tables owe a unit because no free team could go there (surprise.md, stage 2).

It depends on rosters, never on visits. It stands still on a unit's own planned day, adds up to zero
and stays within a few days' rate: two defects that the design study found without these rules.
"""

from __future__ import annotations

import numpy as np

from scheduler.surprise.service import DayAsk, Floats

BETA, MOST_TARGET, MOST_DEBT = 0.5, 1.6, 10.0  # share paid back a day; of the share; in days


def day_share(ask: DayAsk) -> Floats:
    """Each unit's fair chance of the day: rates brought to the day's slots; none on a planned day."""
    weight = np.where(ask.planned, 0.0, ask.rate)
    return np.asarray(weight * (len(ask.eligible) / weight.sum()), np.float64)


def day_target(ask: DayAsk, beta: float = BETA, most: float = MOST_TARGET) -> Floats:
    """The chance that the day's table aims at: the share and a part of the debt."""
    share = day_share(ask)
    return np.asarray(np.clip(share + beta * ask.debt, 0, most * share), np.float64)


def next_debt(ask: DayAsk, chance: Floats, most: float = MOST_DEBT) -> Floats:
    """The debt after a day on which each unit had this chance."""
    moved = np.where(ask.planned, ask.debt, ask.debt + day_share(ask) - chance)
    bound = most * ask.rate
    debt = np.clip(moved, -bound, bound)
    for _ in range(3):  # centring may push a unit over its bound again
        debt = np.clip(debt - ask.rate * (debt.sum() / ask.rate.sum()), -bound, bound)
    return np.asarray(debt, np.float64)


def urgency(debt: Floats, rate: Floats) -> Floats:
    """How much it matters to reach each unit: 1, and one more for each day's rate that is owed."""
    owed = np.maximum(debt, 0)
    return np.asarray(
        1 + np.divide(owed, rate, out=np.zeros_like(owed), where=rate > 0), np.float64
    )
