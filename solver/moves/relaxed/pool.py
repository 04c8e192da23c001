"""Exchanges as columns: who is in each, in which wave, at what cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.moves.problem import MovesSolution
from solver.moves.relaxed.year import Ints, Year


@dataclass(frozen=True)
class Pool:
    """Columns side by side.

    People stand so that each takes the desk of the next; the last one of a chain takes the empty
    `desk`, that of a cycle (`desk` -1) the desk of the first.
    """

    people: Ints  # (n, longest), filled up with -1
    desk: Ints  # (n,)
    wave: Ints  # (n,)
    cost: Ints  # (n,) points

    def __len__(self) -> int:
        return len(self.wave)

    def only(self, which: Ints | np.typing.NDArray[np.bool_]) -> Pool:
        """Some of the columns."""
        return Pool(self.people[which], self.desk[which], self.wave[which], self.cost[which])


def pool_of(year: Year, people: Ints, desk: Ints, wave: Ints) -> Pool:
    """Columns with their cost, each once; a cycle begins with its lowest number."""
    people = people.copy()
    turned = np.where(people < 0, np.iinfo(np.int64).max, people).argmin(axis=1)
    count = (people >= 0).sum(axis=1)
    place = np.arange(people.shape[1])
    order = np.where(
        (desk[:, None] < 0) & (place < count[:, None]),
        (place + turned[:, None]) % np.maximum(1, count)[:, None],
        place,
    )
    people = np.take_along_axis(people, order, axis=1)
    rows = np.unique(np.column_stack([people, desk, wave]), axis=0)
    people, desk, wave = rows[:, :-2], rows[:, -2], rows[:, -1]
    return Pool(people, desk, wave, _costs(year, people, desk, wave))


def join(year: Year, pools: list[Pool]) -> Pool:
    """All columns of several pools, each once."""
    longest = max(p.people.shape[1] for p in pools)
    wide = [
        np.pad(p.people, ((0, 0), (0, longest - p.people.shape[1])), constant_values=-1)
        for p in pools
    ]
    return pool_of(
        year, np.concatenate(wide), np.concatenate([p.desk for p in pools]),
        np.concatenate([p.wave for p in pools]),
    )  # fmt: skip


def planned(year: Year, solution: MovesSolution) -> Pool:
    """The exchanges of a plan as columns."""
    n = len(solution.exchanges)
    longest = max((len(x.people) for x in solution.exchanges), default=1)
    people = np.full((n, longest), -1, np.int64)
    desk = np.full(n, -1, np.int64)
    for number, exchange in enumerate(solution.exchanges):
        who = exchange.people if exchange.kind == "cycle" else exchange.people[::-1]
        people[number, : len(who)] = who
        if exchange.kind == "chain":
            desk[number] = exchange.desks[0]
    wave = np.array([x.wave for x in solution.exchanges], np.int64)
    return pool_of(year, people, desk, wave)


def known(year: Year, people: Ints, desk: Ints, wave: Ints) -> Pool:
    """Columns in which a chain begins with the one who takes the empty desk."""
    count = (people >= 0).sum(axis=1)
    back = np.maximum(0, count[:, None] - 1 - np.arange(people.shape[1]))
    turned = np.where(people >= 0, np.take_along_axis(people, back, axis=1), -1)
    people = np.where((desk >= 0)[:, None], turned, people).astype(np.int64)
    return pool_of(year, people, desk.astype(np.int64), wave.astype(np.int64))


def _costs(year: Year, people: Ints, desk: Ints, wave: Ints) -> Ints:
    count = (people >= 0).sum(axis=1)
    cost = np.zeros(len(wave), np.int64)
    old = {w: set(map(tuple, pairs.T.tolist())) for w, pairs in year.kept.items()}
    for place in range(people.shape[1]):
        here = np.flatnonzero(place < count)
        who = people[here, place]
        ahead = np.where(
            place + 1 < count[here],
            people[here, min(place + 1, people.shape[1] - 1)],
            people[here, 0],
        )
        last = (place + 1 == count[here]) & (desk[here] >= 0)
        to = np.where(last, desk[here], year.own[ahead])
        unit = year.desks[0][to]
        price = year.way[who, unit].astype(np.int64) + year.time[who, wave[here]]
        price -= year.inside * (year.unit[who] == unit)
        if old:
            stands = [
                pair in old.get(w, ())
                for *pair_, w in zip(who.tolist(), to.tolist(), wave[here].tolist(), strict=True)
                for pair in [tuple(pair_)]
            ]
            price -= 2 * year.problem.goals.changed * np.array(stands, np.int64)
        cost[here] += price
    return cost
