"""What somebody who knows all but the draw could gain: exact, from the tables alone (surprise.md, P1, A4).

A forecaster's best AUC is (1 + Gini(Y)) / 2 with Y = chance / rate, units weighted by rate: 1/2 means that
nothing can be foreseen beyond the published rates.
"""

from __future__ import annotations

import numpy as np

from scheduler.surprise.service import Floats, Ints


def leak(chance: Floats, rate: Floats) -> float:
    """The best AUC of an insider who knows these chances, against the published rates.

    Parameters
    ----------
    chance, rate : same shape; cases are distributed as `chance`, controls as `rate`

    >>> leak(np.array([0.1, 0.1]), np.array([0.2, 0.2]))
    0.5
    """
    weight = rate.ravel() / rate.sum()
    y = np.divide(chance.ravel(), rate.ravel(), out=np.zeros(rate.size), where=rate.ravel() > 0)
    y = y / (weight @ y)
    order = np.argsort(y, kind="stable")
    share = np.cumsum((weight * y)[order])
    before = np.concatenate([[0.0], share[:-1]])
    gini = 1 - float((weight[order] * (share + before)).sum())
    return round(0.5 + gini / 2, 12)


def daily_leak(chance: Floats, share: Floats) -> float:
    """Mean over days of the leak within a day; shape (n_days, n_units) both."""
    return float(np.mean([leak(c, s) for c, s in zip(chance, share, strict=True)]))


def weekly_leak(chance: Floats, share: Floats, week: Ints) -> float:
    """Mean over whole weeks of the leak of a week's sums; the day inside the week is not asked for."""
    weeks = [week == number for number in np.unique(week)]
    return float(np.mean([leak(chance[w].sum(axis=0), share[w].sum(axis=0)) for w in weeks]))
