"""Are the whole tickets what they should be? (surprise.md, A1)"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.surprise.balance import balanced
from scheduler.surprise.day_table import halved
from scheduler.surprise.service import TICKETS
from scheduler.surprise.simulation.season import Season

SEEN = 1e-6  # chances from here on are compared


@dataclass(frozen=True)
class Soundness:
    """The worst over all days of a season; 0 faults and tiny shares are right."""

    tickets_astray: int  # slots whose tickets do not add up, or that hold one for a barred unit
    chance_off: float  # largest |exact chance / fitted chance - 1|
    sum_off: float  # largest |sum of chances - slots|


def soundness(season: Season) -> Soundness:
    """Every table of a season against rosters, closed days and the chances it was fitted to."""
    service, astray, chance_off, sum_off = season.service, 0, 0.0, 0.0
    for day in season.days:
        table = day.table
        may = service.eligible[list(day.teams)] & service.open[:, day.day]
        may &= ~service.planned[:, day.day]
        astray += int((table.tickets.sum(axis=1) != TICKETS).sum())
        astray += int((np.where(may, 0, table.tickets).any(axis=1)).sum())
        fitted = balanced(table.target, halved(may, table.target)).sum(axis=0)
        seen = fitted > SEEN
        chance_off = max(chance_off, float(np.abs(table.chance[seen] / fitted[seen] - 1).max()))
        sum_off = max(sum_off, abs(float(table.chance.sum()) - len(day.teams)))
    return Soundness(astray, chance_off, sum_off)
