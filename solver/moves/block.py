"""Whom a question about one person should look at: the person's likely partners, and theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from solver.moves.reach import TIME, Ints, Layers, in_layers, other_desks, other_people, out_layers
from solver.moves.tables import unit_prices

if TYPE_CHECKING:
    from solver.moves.problem import Exchange, MovesSolution
    from solver.moves.ways import Ways

MOST_DUE = 40
MOST_PEOPLE = 80
EACH = 3  # partners of each kind that are looked at
NEAR = 30  # people on either side among whom a third one is sought


@dataclass(frozen=True)
class Block:
    """People and empty desks; `whole` when nobody and nothing of the person's group is left out."""

    people: frozenset[int]
    empty: tuple[int, ...]
    whole: bool


class Blocks:
    """Chooses blocks in a plan that stands."""

    def __init__(
        self,
        ways: Ways,
        solution: MovesSolution,
        unplaced: Iterable[int] = (),
        most: tuple[int, int] = (MOST_DUE, MOST_PEOPLE),
    ) -> None:
        self.most_due, self.most_people = most
        self.ways, self.reach = ways, ways.reach
        self.problem = ways.reach.problem
        self.priced: dict[int, npt.NDArray[np.int32]] = {}
        self.exchange: dict[int, Exchange] = {p: e for e in solution.exchanges for p in e.people}
        self.taken = {d for e in solution.exchanges for d in e.desks}
        self.unplaced = frozenset(unplaced)

    def around(self, person: int, groups: Iterable[int]) -> Block:
        """The block around an unplaced person, with likely partners in further groups, too."""
        group = self.problem.people[person].group
        own_group = {int(p) for p in self.reach.people_of.get(group, ())} - {person}
        empty = [int(d) for d in self.reach.desks_of.get(group, ()) if self._free(int(d))]
        chosen, due = {person}, 1
        everybody = self._with_exchanges(own_group)
        whole = len(everybody) <= self.most_people and self._due(everybody) <= self.most_due
        if whole:
            chosen |= everybody
            due += self._due(everybody)
        wanted = self._partners(person, [g for g in groups if g != group])
        for desk, who in self._grown(person, wanted):
            if desk >= 0:
                empty.append(desk)
            if who < 0 or who in chosen:
                continue
            more = self._with_exchanges([who]) - chosen
            if due + self._due(more) > self.most_due or len(chosen) + len(more) > self.most_people:
                continue
            chosen |= more
            due += self._due(more)
        desks = np.array(sorted(set(empty)), np.int64)
        nearest = desks[np.argsort(self._out_costs(person, desks), kind="stable")].tolist()
        return Block(frozenset(chosen), tuple(nearest[:12]), whole and len(nearest) <= 12)

    def _free(self, desk: int) -> bool:
        return bool(self.reach.empty[desk]) and desk not in self.taken

    def _with_exchanges(self, people: Iterable[int]) -> set[int]:
        found = set(people)
        for who in list(found):
            if who in self.exchange:
                found.update(self.exchange[who].people)
        return found

    def _due(self, people: Iterable[int]) -> int:
        return sum(self.problem.people[p].due for p in people)

    def _grown(self, person: int, wanted: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """(empty desk or -1, person or -1): the partners, then who could step in for their partners."""
        yield from wanted
        left = [
            mate
            for _, who in wanted
            if who in self.exchange
            for mate in self.exchange[who].people
            if mate != person
        ]
        for mate in list(dict.fromkeys(left))[:16]:
            yield from self._partners(mate, [])[: 2 * EACH]

    def _partners(self, person: int, groups: list[int]) -> list[tuple[int, int]]:
        """Holders of desks that could be taken and takers of the own desk: the cheapest of each kind."""
        desks = other_desks(self.reach, person, groups)
        outs = out_layers(self.reach, person, desks)
        out_kind = self._kinds(outs, self.reach.group[desks] != self.problem.people[person].group)
        out_cost = self._out_costs(person, desks)
        own = int(self.reach.own[person])
        holders = self.ways.holder[desks]
        found: list[tuple[int, int]] = []
        if own >= 0:
            people = other_people(self.reach, person, groups)
            ins = in_layers(self.reach, people, own)
            crossing = np.array(
                [self.problem.people[p].group != self.reach.group[own] for p in people], bool
            )
            in_kind = self._kinds(ins, crossing)
            in_cost = self._in_costs(people, own)
            place = {int(p): n for n, p in enumerate(people)}
            swaps = [(d, place[int(h)]) for d, h in enumerate(holders) if int(h) in place]
            found += self._best_swaps(swaps, holders, (out_kind, out_cost), (in_kind, in_cost))
            found += self._thirds(holders, out_cost, people, in_cost)
            found += [(-1, int(people[n])) for n in _cheapest_of_each(in_kind, in_cost)]
            ends = np.array([self.ways.may_end(int(p)) for p in people], bool)
            found += [
                (-1, int(people[n]))
                for n in _cheapest_of_each(np.where(ends, in_kind, -1), in_cost)
            ]
        for n in _cheapest_of_each(out_kind, out_cost):
            found.append((-1, int(holders[n])))
        free = np.array([self._free(int(d)) for d in desks], bool)
        for n in _cheapest_of_each(np.where(free, out_kind, -1), out_cost):
            found.append((int(desks[n]), -1))
        return list(dict.fromkeys(found))

    def _best_swaps(
        self,
        swaps: list[tuple[int, int]],
        holders: Ints,
        out: tuple[Ints, Ints],
        back: tuple[Ints, Ints],
    ) -> list[tuple[int, int]]:
        if not swaps:
            return []
        there, here = np.array(swaps, np.int64).T
        kind = np.where(
            (out[0][there] < 0) | (back[0][here] < 0), -1, out[0][there] * 64 + back[0][here]
        )
        cost = out[1][there] + back[1][here]
        return [(-1, int(holders[there[n]])) for n in _cheapest_of_each(kind, cost)]

    def _thirds(
        self, holders: Ints, out_cost: Ints, people: Ints, in_cost: Ints
    ) -> list[tuple[int, int]]:
        """Two people who close a cycle of three, among the nearest on both sides."""
        near_out = [int(h) for h in holders[np.argsort(out_cost, kind="stable")] if h >= 0][:NEAR]
        near_in = np.array(
            [p for p in people[np.argsort(in_cost, kind="stable")] if self.reach.own[p] >= 0][
                :NEAR
            ],
            np.int64,
        )
        found = []
        for q in near_out if len(near_in) else ():
            desks = self.reach.own[near_in]
            fine = (out_layers(self.reach, q, desks).lawful() != 0) & (near_in != q)
            cost = self._out_costs(q, desks[fine]).tolist()
            found += [(c, q, r) for c, r in zip(cost, near_in[fine].tolist(), strict=True)]
        return [(-1, who) for _, q, r in sorted(found)[:EACH] for who in (q, r)]

    def _kinds(self, layers: Layers, crossing: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Ints:
        """Which one thing stands in the way of each arc: 0 nothing, else its number, -1 several."""
        lawful = layers.lawful() != 0
        kind = np.where(lawful & ~crossing, 0, -1)
        kind = np.where(lawful & crossing, 1, kind)
        for number, label in enumerate(sorted({k.removeprefix(TIME) for k in layers.removed})[:60]):
            without = layers.lawful(label, TIME + label) != 0
            kind = np.where((kind == -1) & without & ~crossing, number + 2, kind)
        return kind

    def _out_costs(self, person: int, desks: Ints) -> Ints:
        costs: Ints = self._prices([person])[0][self.reach.unit[desks]]
        return costs

    def _in_costs(self, people: Ints, desk: int) -> Ints:
        costs: Ints = self._prices(people.tolist())[:, self.reach.unit[desk]]
        return costs

    def _prices(self, people: list[int]) -> Ints:
        """Distance, wishes and helper's price of each person at each unit; reckoned once."""
        missing = [p for p in people if p not in self.priced]
        if missing:
            rows = unit_prices(self.problem, np.array(missing, np.int64))
            self.priced.update(zip(missing, rows.astype(np.int32), strict=True))
        if not people:
            return np.zeros((0, len(self.problem.unit_places)), np.int64)
        return np.array([self.priced[p] for p in people], np.int64)


def _cheapest_of_each(kind: Ints, cost: Ints) -> list[int]:
    """Places of the cheapest few of each kind from 0 on, the kinds in order."""
    chosen = []
    order = np.argsort(cost, kind="stable")
    for each in np.unique(kind[kind >= 0]):
        chosen += [int(n) for n in order[kind[order] == each][:EACH]]
    return chosen
