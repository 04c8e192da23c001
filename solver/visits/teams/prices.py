"""What goals cost while teams are improved: soft at first, then each above all that comes after it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.visits.goals import PARTS
from solver.visits.problem import GoalData
from solver.visits.teams.problem import Ints, Teams
from solver.visits.teams.state import CLUSTER_LIMIT, FAR, OFF, OVER, PAIR, PAIR_LIMIT, REPEAT

FINE = 16  # steps in one unit of distance, so that small prices can be told apart
PLACE = {"load_max": OVER, "load_spread": OFF, "pairs": PAIR, "clusters": REPEAT, "travel": FAR}
HEAT = (0.30, 0.05)  # first and last temperature, of the typical distance
TENTH = (0.01, 0.05)  # first and last price of a tenth of a day off the fair share
AGAIN = (0.30, 5.0)  # the same, of a pair or a cluster repeated; all found by trial
LATER = 0.02  # how much less a goal counts that comes after travel
STRICT_HEAT = (0.04, 0.0)


@dataclass(frozen=True)
class Prices:
    """Prices of a problem's goals, in FINE parts of a unit of distance."""

    goals: GoalData
    typical: float  # distance that a member typically travels
    strict: Ints  # prices by which a goal outweighs all that one move can do to later ones

    def soft(self, done: float) -> Ints:
        """Prices when this share of the search is done, 0.0 to 1.0."""
        unit = FINE * self.typical
        weights = _with_limits(self.goals)
        weights[FAR] = FINE
        weights[OFF] = _whole(unit * _between(TENTH, done) * self._rank("load"))
        weights[OVER] = 60 * weights[OFF]
        weights[PAIR] = weights[REPEAT] = _whole(unit * _between(AGAIN, done) * self._rank("pairs"))
        return weights

    def heat(self, done: float) -> int:
        """Temperature when this share is done."""
        return _whole(FINE * self.typical * _between(HEAT, done))

    def strict_heat(self, done: float) -> int:
        """Temperature of the finish, in which earlier goals are no longer given up for later ones."""
        first, last = STRICT_HEAT
        return round(FINE * self.typical * (first + (last - first) * done))

    def _rank(self, name: str) -> float:
        order = self.goals.order
        return LATER if order.index(name) > order.index("travel") else 1.0


def prices_of(teams: Teams) -> Prices:
    """Prices fit for these visits."""
    far = np.sort(np.where(teams.needs.may, teams.distance, 1 << 40), axis=1)
    quarter = [
        far[r, : max(1, int(able) // 4)].mean() if able else 0.0
        for r, able in enumerate(teams.needs.may.sum(axis=1))
    ]
    typical = max(1.0, float(np.mean(quarter)) if quarter else 1.0)
    return Prices(teams.problem.goals, typical, _strict(teams))


def _strict(teams: Teams) -> Ints:
    days, size = int(teams.days.max(initial=1)), int(teams.size.max(initial=1))
    most = {  # the most that one move can change of each part
        "load_max": 100 * days,
        "load_spread": 40 * days,
        "pairs": 4 * size,
        "clusters": 4,
        "travel": 4 * int(teams.distance.max(initial=1)),
    }
    weights = _with_limits(teams.problem.goals)
    heavier = 0
    for name in reversed([part for goal in teams.problem.goals.order for part in PARTS[goal]]):
        if name in PLACE:
            weights[PLACE[name]] = max(FINE, heavier + 1)
            heavier += int(weights[PLACE[name]]) * most[name]
    return weights


def _with_limits(goals: GoalData) -> Ints:
    weights = np.zeros(7, np.int64)
    weights[PAIR_LIMIT], weights[CLUSTER_LIMIT] = goals.pair_limit, goals.cluster_limit
    return weights


def _between(ends: tuple[float, float], done: float) -> float:
    first, last = ends
    return float(first * (last / first) ** done)


def _whole(price: float) -> int:
    return max(1, round(price))
