"""The least travel that any teams on these days need: a Lagrangian with prices on everything that is shared.

Repeated pairs, repeated clusters, days, months and groups of each person, and loads away from those the
plan may have, all get a price; each visit then takes its cheapest legal team, found exactly. Whatever the
prices, the sum is a bound; prices move towards what is overused. All in whole numbers, so nothing is lost
to rounding.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from solver.visits.teams import cheapest
from solver.visits.teams.loads import cheapest_loads
from solver.visits.teams.problem import Ints
from solver.visits.teams.state import (
    CLUSTER,
    DAYS,
    END_USE,
    FAIR,
    FIRST_USE,
    NO_ROOM_NEEDED,
    SIZE,
    State,
)  # fmt: skip

Floats = npt.NDArray[np.float64]
SCALE = 64  # steps of a price in one unit of distance


@dataclass(frozen=True)
class Wanted:
    """How good plans are that the bound speaks of; None where it does not ask.

    `most` loads per inspector, `spread` tenths of days off the fair share, `pairs` and `clusters` excess.
    """

    most: Ints | None
    spread: int | None
    pairs: int | None
    clusters: int | None
    pair_limit: int
    cluster_limit: int


@dataclass
class Multipliers:
    """Prices, in units of distance."""

    pair: Floats  # symmetric
    cluster: Floats  # shape (n_inspectors, clusters)
    column: Floats  # shape (n_inspectors, columns)
    load: Floats  # per day of each inspector, of either sign
    off: float  # per tenth of a day off the fair share
    most_pair: float = 0.0  # prices of pairs stay below it, where some excess is allowed
    most_cluster: float = 0.0


@dataclass(frozen=True)
class Answer:
    """Bound (in SCALE parts) at some prices, and how far each shared thing is overused there."""

    bound: int
    over: Multipliers


class Lagrangian:
    """The bound as a function of prices, for the visits of a state that all have teams."""

    def __init__(self, state: State, room: Ints, rows: Ints, wanted: Wanted) -> None:
        self.state, self.wanted, self.rows = state, wanted, rows
        self.room = np.where(room < NO_ROOM_NEEDED, room, 0)
        self.limited = room < NO_ROOM_NEEDED
        counts = state.visit[:, END_USE] - state.visit[:, FIRST_USE]
        self.user = np.repeat(np.arange(len(counts)), counts)
        self.team, self.trial = np.array(state.team), np.array(state.team)
        self.steps = np.zeros(1, np.int64)  # of the search for cheapest teams, so far
        self.work = int((state.visit[rows, DAYS] * state.visit[rows, SIZE]).sum())

    def nothing(self) -> Multipliers:
        """All prices 0, but a first price on unfair loads."""
        people = len(self.state.person)
        return Multipliers(
            np.zeros((people, people)), np.zeros(self.state.seen.shape), np.zeros(self.room.shape),
            np.zeros(people), 0.0 if self.wanted.spread is None else 20.0, 20.0, 20.0,
        )  # fmt: skip

    def at(self, prices: Multipliers) -> Answer:
        """The bound at these prices."""
        wanted = self.wanted
        pair, cluster = _whole(prices.pair), _whole(prices.cluster)
        column, load, off = _whole(prices.column), _whole(prices.load), round(prices.off * SCALE)
        price = self._person_prices(cluster, column, load)
        total = cheapest.price_all(
            self.state.visit, self.state.bits, self.state.more, price, pair, self.team, self.trial,
            self.steps, self.rows,
        )  # fmt: skip
        counts = self._counts()
        total -= int(np.triu(pair, 1).sum()) * wanted.pair_limit
        total -= (wanted.pairs or 0) * int(pair.max(initial=0))
        total -= int(cluster.sum()) * wanted.cluster_limit
        total -= (wanted.clusters or 0) * int(cluster.max(initial=0))
        total -= int((column * self.room).sum())
        excess = 0.0
        if wanted.most is not None:
            loads = cheapest_loads(self.state.person[:, FAIR], wanted.most, -load, off, self.work)
            total -= int((load * loads).sum())
            counts.load -= loads
            if wanted.spread is not None:
                away = int(np.abs(10 * loads - self.state.person[:, FAIR]).sum()) - wanted.spread
                total += off * away
                excess = float(away)
        counts.off = excess
        return Answer(int(total), counts)

    def _person_prices(self, cluster: Ints, column: Ints, load: Ints) -> Ints:
        state = self.state
        price = SCALE * state.far + state.visit[:, DAYS, None] * load[None, :]
        np.add.at(price, self.user, (column[:, state.use[:, 0]] * state.use[:, 1]).T)
        where = state.visit[:, CLUSTER]
        price[where >= 0] += cluster[:, where[where >= 0]].T
        return np.ascontiguousarray(price)

    def _counts(self) -> Multipliers:
        """How often pairs, clusters, columns and people are used by the cheapest teams, less what is free."""
        state, people = self.state, len(self.state.person)
        on = np.zeros((len(state.visit), people))
        for place in range(self.team.shape[1]):
            there = self.rows[state.visit[self.rows, SIZE] > place]
            on[there, self.team[there, place]] = 1.0
        pair = on.T @ on - self.wanted.pair_limit
        np.fill_diagonal(pair, 0.0)
        cluster = np.full(state.seen.shape, -float(self.wanted.cluster_limit))
        for number in range(state.seen.shape[1]):
            cluster[:, number] += on[state.visit[:, CLUSTER] == number].sum(axis=0)
        column = np.zeros(self.room.shape)
        np.add.at(column.T, state.use[:, 0], on[self.user] * state.use[:, 1:2])
        column = np.where(self.limited, column - self.room, -1.0)
        return Multipliers(pair, cluster, column, state.visit[:, DAYS] @ on, 0.0)


def best_bound(
    dual: Lagrangian, value: int, work: int, go_on: Callable[[], bool] = lambda: True
) -> int:
    """The best bound met on a subgradient walk towards `value`, a plan's travel, in `work` steps of search."""
    prices, factor, stalled = dual.nothing(), 1.0, 0
    best = -(1 << 60)
    while dual.steps[0] < work and go_on():
        answer = dual.at(prices)
        stalled = 0 if answer.bound > best + SCALE // 2 else stalled + 1
        best = max(best, answer.bound)
        if stalled >= 20:
            factor, stalled = 0.9 * factor, 0
        if -(-best // SCALE) >= value or factor < 1e-4:
            break
        _walk(prices, answer.over, factor * (value - answer.bound / SCALE), dual.wanted)
    return min(value, max(0, -(-best // SCALE)))


def _walk(prices: Multipliers, over: Multipliers, distance: float, wanted: Wanted) -> None:
    """Raise the price of what is overused and lower that of what is not, by one step of Polyak's length."""
    for price, change, asked in (
        (prices.pair, over.pair, wanted.pairs),
        (prices.cluster, over.cluster, wanted.clusters),
        (prices.column, over.column, 0),
    ):
        change[(change < 0) & (price <= 0)] = 0.0
        if asked is None:
            change[:] = 0.0
    if wanted.most is None:
        over.load[:] = 0.0
    length = 0.5 * float((over.pair**2).sum())
    length += sum(float((change**2).sum()) for change in (over.cluster, over.column, over.load))
    if length == 0:
        return
    step = distance / length
    top_pair = _top(prices.pair, over.pair / 2, prices.most_pair, wanted.pairs, step)
    top_cluster = _top(prices.cluster, over.cluster, prices.most_cluster, wanted.clusters, step)
    prices.most_pair, prices.most_cluster = top_pair, top_cluster
    pair, cluster = prices.pair + step * over.pair, prices.cluster + step * over.cluster
    prices.pair = np.clip(pair, 0.0, top_pair if wanted.pairs else None)
    prices.cluster = np.clip(cluster, 0.0, top_cluster if wanted.clusters else None)
    prices.column = np.maximum(0.0, prices.column + step * over.column)
    prices.load = prices.load + step * over.load
    prices.off = max(0.0, prices.off + 1e-4 * step * over.off)


def _top(price: Floats, over: Floats, top: float, allowed: int | None, step: float) -> float:
    """The price above which none may lie: each unit of excess that a plan may have costs that much."""
    at_top = price >= top - 1e-9
    change = (float(over[at_top].sum()) - (allowed or 0)) / max(1, int(at_top.sum()))
    return max(0.0, top + step * change)


def _whole(prices: Floats) -> Ints:
    return np.asarray(np.round(prices * SCALE), np.int64)
