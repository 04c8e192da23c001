"""How much a unit has to fear in the days after a visit, against the published rate: the picture's curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.surprise.service import Floats
from scheduler.surprise.simulation.season import Season

LAGS = 60


@dataclass(frozen=True, eq=False)
class Hazard:
    """Expected visits by what the published rates let expect, 1 to 60 working days after a visit."""

    visits: Floats  # (LAGS,)
    published: Floats

    @property
    def ratio(self) -> list[float]:
        """1: no day is safer than another."""
        return [
            float(v / p) if p > 0 else 1.0 for v, p in zip(self.visits, self.published, strict=True)
        ]


def hazard(season: Season, visits: Floats) -> Hazard:
    """The curve of a season: `visits` (n_days, n_units) are exact chances, or 0 and 1 for a known year."""
    seen = ~season.service.planned.T
    made, rate = np.zeros(LAGS), np.zeros(LAGS)
    for lag in range(1, min(LAGS, len(visits) - 1) + 1):
        weight = np.where(seen[lag:], visits[:-lag], 0.0)
        made[lag - 1] = (weight * visits[lag:]).sum()
        rate[lag - 1] = (weight * season.published[lag:]).sum()
    return Hazard(made, rate)


def added(found: Sequence[Hazard]) -> Hazard:
    """Many years as one curve."""
    return Hazard(
        np.sum([h.visits for h in found], axis=0), np.sum([h.published for h in found], axis=0)
    )
