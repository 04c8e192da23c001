"""A watcher who learns from past years and is judged on years he has not seen (surprise.md, A5).

Cases are visits; for each a control is drawn on the same day from the published rates, and not from
what happened: matching controls on visits would show a pattern where there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from scheduler.surprise.service import Bools, Floats, Ints
from scheduler.surprise.simulation.clues import clues, roster_clues
from scheduler.surprise.simulation.season import Season

TRAIN_SHARE = 14 / 34  # of the years; the study's 14 to learn from and 20 unseen


@dataclass(frozen=True, eq=False)
class Cases:
    """One year's pairs of day and unit: features, and whether a visit happened (1) or not (0)."""

    clues: Floats
    visited: Ints


@dataclass(frozen=True)
class Learned:
    """How well the watcher does on unseen years; of the two methods the one that does better."""

    auc: float
    error: float  # standard error
    gain_bits: (
        float  # log-loss gain over the base rate, bits a case; negative: worse than not guessing
    )
    cases: int
    train_years: int
    test_years: int


def year_cases(
    season: Season, visits: Bools, chance: np.random.Generator, *, insider: bool = False,
    placebo: bool = False,
) -> Cases:  # fmt: skip
    """Cases and controls of one year.

    `insider`: with what the day's roster tells. `placebo`: the cases, too, come from the rates alone.
    """
    day, unit = np.nonzero(visits)
    control = _by_rate(season, day, chance)
    if placebo:
        unit = _by_rate(season, day, chance)
    days, units = np.concatenate([day, day]), np.concatenate([unit, control])
    found = clues(season, visits, days, units)
    if insider:
        found = np.column_stack([found, roster_clues(season, days, units)])
    return Cases(found, np.repeat([1, 0], len(day)))


def _by_rate(season: Season, day: Ints, chance: np.random.Generator) -> Ints:
    upto = np.cumsum(season.fair, axis=1)
    number = chance.random(len(day)) * upto[day, -1]
    return np.array(
        [np.searchsorted(upto[d], x, side="right") for d, x in zip(day, number, strict=True)],
        np.int64,
    )


def learned(years: Sequence[Cases], seed: int) -> Learned:
    """Learns from the first years and is judged on the others; at least two years.

    Boosted trees and a logistic regression; both fits are the same for the same seed.
    """
    few = max(1, min(len(years) - 1, round(TRAIN_SHARE * len(years))))
    x, y = _stacked(years[:few])
    from sklearn.metrics import log_loss, roc_auc_score  # takes seconds: only who asks waits

    new_x, new_y = _stacked(years[few:])
    best = None
    for model in methods(seed):
        guess = guesses(model, x, y, new_x)
        auc = float(roc_auc_score(new_y, guess))
        gain = 1 - float(log_loss(new_y, guess) / np.log(2))
        row = Learned(
            auc, auc_error(auc, len(new_y) // 2), gain, len(new_y) // 2, few, len(years) - few
        )
        if best is None or abs(row.auc - 0.5) > abs(best.auc - 0.5):
            best = row
    assert best is not None
    return best


def methods(seed: int) -> list[Any]:
    """The two learners, not yet fitted."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    trees = HistGradientBoostingClassifier(
        max_iter=120, learning_rate=0.06, max_leaf_nodes=15, min_samples_leaf=60,
        l2_regularization=1.0, early_stopping=False, random_state=seed,
    )  # fmt: skip
    return [trees, make_pipeline(StandardScaler(), LogisticRegression(max_iter=2_000))]


def guesses(model: Any, x: Floats, visited: Ints, new_x: Floats) -> Floats:
    """Chances of a visit that a learner gives to unseen pairs.

    On one core: its threads wait for each other in a loop, which takes all cores from whoever works beside.
    """
    with threadpool_limits(1):
        return np.asarray(model.fit(x, visited).predict_proba(new_x)[:, 1], np.float64)


def auc_error(auc: float, cases: int) -> float:
    """Standard error of an AUC of as many cases as controls (Hanley and McNeil 1982)."""
    first, second = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    spread = (cases - 1) * (first + second - 2 * auc**2)
    return float(((auc * (1 - auc) + spread) / cases**2) ** 0.5)


def _stacked(years: Sequence[Cases]) -> tuple[Floats, Ints]:
    return np.concatenate([y.clues for y in years]), np.concatenate([y.visited for y in years])
