"""Columns: exchanges that could take place, one by one, as flat arrays."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from solver.moves.enumerate import Bools, Floats, find
from solver.moves.lawful import OWN, UNIT, Ints
from solver.moves.tables import move_prices

if TYPE_CHECKING:
    from solver.moves.arcs import Arcs, Compiled
    from solver.moves.problem import Exchange, MovesSolution

LONGEST = 8  # people in an exchange that the enumeration ever looks at
CHUNK = 1 << 16


@dataclass(frozen=True)
class Graph:
    """Arcs among some people, who are numbered anew: seeds first.

    A target below n is the desk of that person, n + v the v-th empty desk. Costs may be anything; an
    exchange costs its arcs, plus `price` of each member in its wave, plus `empty_price` for a chain.
    """

    people: Ints  # shape (n,): numbers outside
    empty: Ints  # shape (n_empty,): empty desks, numbers outside
    start: Ints  # shape (n + 1,): arcs by person
    to: Ints
    cost: Floats
    mask: Ints
    in_start: Ints  # shape (n + n_empty + 1,): the same arcs by target
    in_from: Ints
    in_cost: Floats
    in_mask: Ints
    waves: Ints  # shape (n,): waves, as bits, in which the person may move
    tail: Bools  # shape (n,): may be the last of a chain
    n_seeds: int
    longest_cycle: int
    longest_chain: int
    price: Floats  # shape (n, n_waves)
    empty_price: Floats  # shape (n_empty,)
    old: Ints  # shape (n, 2): published target and wave, -1 for none
    unit: Ints  # shape (n,): unit that the person leaves, -1 for none
    cap: Ints  # shape (n, n_waves): people who may leave that unit
    lead_cap: Ints  # shape (n, n_waves): leaders who may; -1 for somebody who does not lead
    changed: float = 0.0


@dataclass(frozen=True)
class Columns:
    """Exchanges in one wave each; members are padded with -1."""

    people: Ints  # shape (n, length)
    desk: Ints  # shape (n, length): the desk that each member takes
    empty: Ints  # shape (n,): the empty desk of a chain, -1 for a cycle
    wave: Ints
    cost: Ints  # points of the moves, without the prizes for placing people
    value: Ints  # the same less the prizes: what the plan's cost changes by

    def __len__(self) -> int:
        return len(self.wave)

    def take(self, which: Ints | Bools) -> Columns:
        """Some of the columns."""
        return Columns(*(getattr(self, each.name)[which] for each in fields(self)))

    def exchanges(self) -> tuple[Exchange, ...]:
        """The columns as the problem's records."""
        from solver.moves.problem import Exchange

        made = []
        for people, desks, empty, wave in zip(
            self.people.tolist(), self.desk.tolist(), self.empty, self.wave.tolist(), strict=True
        ):
            n = len(people) - people.count(-1)
            kind: Literal["cycle", "chain"] = "cycle" if empty < 0 else "chain"
            made.append(Exchange(kind, tuple(people[:n]), tuple(desks[:n]), wave))
        return tuple(made)


def graph_of(arcs: Arcs, people: Ints, empty: Ints, waves: Ints, price: Floats, *, n_desks: int,
             own: Ints, seeds: Bools, tail: Bools, longest_cycle: int, longest_chain: int,
) -> Graph:  # fmt: skip
    """A graph of plain arcs, without a published plan.

    Parameters
    ----------
    people, empty : people and empty desks, numbers outside
    waves : waves (bits) of each of them; `price` of shape (len(people), n_waves), in the same order
    own : own desk of each of them, -1 for none; `seeds` and `tail` in the same order
    n_desks : number of desks outside
    """
    order = np.argsort(~seeds, kind="stable")
    people = people[order]
    local = np.full(int(max(people.max(initial=-1), arcs.person.max(initial=-1))) + 1, -1, np.int64)
    local[people] = np.arange(len(people))
    target = np.full(n_desks, -1, np.int64)
    has = own[order] >= 0
    target[own[order][has]] = np.flatnonzero(has)
    target[empty] = len(people) + np.arange(len(empty))
    source, aim = local[arcs.person], target[arcs.desk]
    good = (source >= 0) & (aim >= 0)
    source, aim = source[good], aim[good]
    cost, mask = arcs.cost[good].astype(np.float64), arcs.mask[good]
    out, into = np.lexsort((aim, source)), np.lexsort((source, aim))
    n, n_targets = len(people), len(people) + len(empty)
    return Graph(
        people, empty,
        np.searchsorted(source[out], np.arange(n + 1)), aim[out], cost[out], mask[out],
        np.searchsorted(aim[into], np.arange(n_targets + 1)), source[into], cost[into], mask[into],
        waves[order], tail[order], int(seeds.sum()),
        min(longest_cycle, LONGEST), min(longest_chain, LONGEST),
        np.ascontiguousarray(price[order], np.float64), np.zeros(len(empty)),
        np.full((n, 2), -1, np.int64), np.full(n, -1, np.int64), np.zeros(price.shape, np.int64),
        np.full(price.shape, -1, np.int64),
    )  # fmt: skip


def group_graph(compiled: Compiled, group: int, arcs: Arcs) -> Graph:
    """The graph of a joined group; prices are those of time, less the prizes."""
    desks = compiled.desks_of[group]
    people = compiled.people_of[group]
    own = compiled.who[people, OWN].astype(np.int64)
    limits = compiled.limits
    tail = own < 0
    tail[own >= 0] = ~compiled.must_fill[own[own >= 0]]
    graph = graph_of(
        arcs, people, desks[compiled.holder[desks] < 0], limits.waves[people],
        (compiled.time[people] - compiled.prize[people][:, None]).astype(np.float64),
        n_desks=len(compiled.desk), own=own, seeds=compiled.seeds[people],
        tail=tail | (not limits.tail), longest_cycle=limits.longest_cycle,
        longest_chain=limits.longest_chain,
    )  # fmt: skip
    graph = _capped(compiled, graph)
    if not compiled.problem.published:
        return graph
    return replace(graph, old=_old(compiled, graph), changed=float(compiled.problem.goals.changed))


def _capped(compiled: Compiled, graph: Graph) -> Graph:
    """The graph with the caps of the problem, for exchanges that break one by themselves."""
    own = compiled.who[graph.people, OWN].astype(np.int64)
    unit = np.where(own >= 0, compiled.who[graph.people, UNIT], -1).astype(np.int64)
    leads = (own >= 0) & compiled.leads[own] if len(compiled.desk) else own >= 0
    lead_cap = np.where(leads[:, None], compiled.limits.leader_cap[unit], -1)
    return replace(graph, unit=unit, cap=compiled.limits.unit_cap[unit], lead_cap=lead_cap)


def _old(compiled: Compiled, graph: Graph) -> Ints:
    target = np.full(len(compiled.desk) + 1, -1, np.int64)
    own = compiled.who[graph.people, OWN]
    target[own[own >= 0]] = np.flatnonzero(own >= 0)
    target[graph.empty] = len(graph.people) + np.arange(len(graph.empty))
    old = compiled.old[graph.people]
    return np.stack([target[old[:, 0]], old[:, 1]], axis=1)


def columns_of(
    graph: Graph, keep_waves: int, below: float = 0.0, most: int = 1 << 62
) -> tuple[Columns, Floats] | None:
    """Columns of a graph that are worth less than `below`, and that worth; None when more than `most`.

    Desks, `cost` and `value` of the columns are still missing: see `prices.reckoned`.
    """
    length = max(1, graph.longest_cycle, graph.longest_chain)
    parts: list[tuple[Any, ...]] = []
    total, root, room = 0, 0, CHUNK
    while root < graph.n_seeds + len(graph.empty):
        people = np.empty((room, length), np.int32)
        head, wave = np.empty(room, np.int32), np.empty(room, np.int32)
        value = np.empty(room)
        count, next_root = find(
            graph.start, graph.to, graph.cost, graph.mask, graph.in_start, graph.in_from, graph.in_cost,
            graph.in_mask, graph.price, graph.empty_price, graph.waves, graph.tail, graph.old, graph.changed,
            graph.unit, graph.cap, graph.lead_cap, graph.n_seeds, graph.longest_cycle, graph.longest_chain,
            keep_waves, below, root, people, head,
            wave, value,
        )  # fmt: skip
        if next_root == root:
            room *= 2
            if room > 4 * most:
                return None
            continue
        root, total = next_root, total + count
        if total > most:
            return None
        parts.append(
            (people[:count].copy(), head[:count].copy(), wave[:count].copy(), value[:count].copy())
        )
    return _outside(graph, length, parts)


def _outside(graph: Graph, length: int, parts: list[tuple[Any, ...]]) -> tuple[Columns, Floats]:
    none = (np.empty((0, length), np.int32), *(np.empty(0, np.int32),) * 2, np.empty(0))
    local, head, wave, value = (np.concatenate(each) for each in zip(none, *parts, strict=True))
    inside = local >= 0
    people = np.where(inside, graph.people[local], -1) if len(graph.people) else local
    return (
        Columns(
            people, np.full(local.shape, -1, np.int64),
            np.where(head >= 0, graph.empty[head], -1) if len(graph.empty) else head.astype(np.int64),
            wave.astype(np.int64), np.zeros(len(wave), np.int64), np.zeros(len(wave), np.int64),
        ),
        value,
    )  # fmt: skip


def with_desks(columns: Columns, own: Ints) -> Columns:
    """The columns with the desk that each member takes; `own` is the own desk of each person."""
    people = columns.people
    desk = np.where(people >= 0, own[people], -1)
    size = (people >= 0).sum(axis=1)
    rows = np.arange(len(people))
    ahead = np.roll(desk, -1, axis=1)
    if len(people):
        ahead[rows, size - 1] = desk[:, 0]
    before = np.roll(desk, 1, axis=1)
    before[:, 0] = columns.empty
    taken = np.where((columns.empty < 0)[:, None], ahead, before)
    return replace(columns, desk=np.where(people >= 0, taken, -1))


def from_solution(compiled: Compiled, exchanges: tuple[Exchange, ...]) -> Columns:
    """Exchanges as columns, by plain arithmetic."""
    length = max([1, *(len(e.people) for e in exchanges)])
    people = np.full((len(exchanges), length), -1, np.int64)
    desk = people.copy()
    for k, exchange in enumerate(exchanges):
        people[k, : len(exchange.people)] = exchange.people
        desk[k, : len(exchange.desks)] = exchange.desks
    wave = np.array([e.wave for e in exchanges], np.int64)
    chain = np.array([e.kind == "chain" for e in exchanges], np.bool_)
    column, place = np.nonzero(people >= 0)
    person, target, when = people[column, place], desk[column, place], wave[column]
    price = move_prices(compiled, person, target) + compiled.time[person, when]
    if compiled.problem.published:
        same = (compiled.old[person, 0] == target) & (compiled.old[person, 1] == when)
        price += compiled.problem.goals.changed * np.where(same, -1, 1)
    cost = np.zeros(len(exchanges), np.int64)
    np.add.at(cost, column, price)
    prize = np.where(people >= 0, compiled.prize[people], 0).sum(axis=1)
    return Columns(people, desk, np.where(chain, desk[:, 0], -1), wave, cost, cost - prize)


def joined(parts: list[Columns]) -> Columns:
    """Columns one after the other, padded to the longest."""
    length = max([1, *(part.people.shape[1] for part in parts)])

    def wide(rows: Ints) -> Ints:
        return np.pad(rows, ((0, 0), (0, length - rows.shape[1])), constant_values=-1).astype(
            np.int64
        )

    none = np.empty(0, np.int64)
    return Columns(
        np.concatenate([np.empty((0, length), np.int64), *(wide(part.people) for part in parts)]),
        np.concatenate([np.empty((0, length), np.int64), *(wide(part.desk) for part in parts)]),
        *(
            np.concatenate([none, *(getattr(part, name) for part in parts)])
            for name in ("empty", "wave", "cost", "value")
        ),
    )


def solution_of(columns: Columns) -> MovesSolution:
    """The plan in which all these columns take place, in the order of waves."""
    from solver.moves.problem import MovesSolution

    order = np.lexsort((columns.people[:, 0], columns.wave))
    return MovesSolution(columns.take(order).exchanges())
