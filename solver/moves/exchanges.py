"""Exchanges of a small problem with their points: all of them, or those over each person's cheapest arcs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal

import numpy as np

from solver.moves.arcs import Compiled, arc_block, compile_moves
from solver.moves.problem import Exchange, MovesProblem

Path = tuple[tuple[int, ...], tuple[int, ...], int, int]  # people, desks, cost, waves
Now = dict[int, tuple[int, int]]  # person -> desk and wave in the plan as it is

if TYPE_CHECKING:
    from solver.moves.lawful import Ints

ALL = 14  # people up to whom every lawful exchange is looked at
MOST = (
    1_200  # exchanges, waves apart; fewer arcs of each person are looked at until there are no more
)
WAVES = 3  # cheapest waves of an exchange that are looked at
FAR = 1 << 50


@dataclass(frozen=True)
class Choices:
    """Exchanges to choose from and their points; `every` when no lawful exchange is missing."""

    compiled: Compiled
    exchanges: tuple[Exchange, ...]
    points: tuple[int, ...]  # without prizes for people placed
    prize: tuple[int, ...]  # of each person, for being placed
    every: bool


@dataclass(frozen=True)
class Arc:
    """A lawful move: person to desk, its points without time, and its waves as bits."""

    desk: int
    cost: int
    waves: int


def choices(
    problem: MovesProblem,
    focus: int = -1,
    standing: Sequence[Exchange] = (),
    thorough: bool = False,
    limit: int = MOST,
) -> Choices:
    """Exchanges of a small problem.

    Parameters
    ----------
    standing : exchanges of the plan as it is; the lawful ones are always among the choices
    focus : a person all of whose arcs are looked at; only cycles through the person, if one is given,
        are longer than three
    thorough : every lawful exchange in every wave, however many there are
    limit : otherwise so many exchanges, waves apart
    """
    compiled = compile_moves(problem)
    now = {p: (d, e.wave) for e in standing for p, d in zip(e.people, e.desks, strict=True)}
    whole = len(problem.desks)
    thorough = thorough or len(problem.people) <= ALL
    paths: list[Path] = []
    for keep in (whole, 10, 7, 5, 3) if thorough else (10, 7, 5, 3):
        every = thorough and keep == whole
        most = FAR if every or keep == 3 else limit
        paths = list(islice(_paths(compiled, focus, now, keep, every), most + 1))
        if len(paths) <= most:
            break
    exchanges, points = _in_waves(compiled, paths, now, len(problem.wave_days) if every else WAVES)
    return Choices(compiled, exchanges, points, tuple(compiled.prize.tolist()), every)


def _paths(compiled: Compiled, focus: int, now: Now, keep: int, every: bool) -> Iterator[Path]:
    arcs = _arcs(compiled, focus, now, keep)
    longest = compiled.limits.longest_cycle
    for first in range(len(arcs)):
        most = longest if every or first == focus else min(3, longest)
        yield from _cycles(compiled, arcs, first, most, first == focus)
    takers: dict[int, list[tuple[int, Arc]]] = {}
    for person, row in enumerate(arcs):
        for arc in row:
            takers.setdefault(arc.desk, []).append((person, arc))
    for desk in np.flatnonzero(compiled.holder < 0).tolist():
        yield from _chains(compiled, takers, desk)


def _arcs(compiled: Compiled, focus: int, now: Now, keep: int) -> list[list[Arc]]:
    """Each person's cheapest arcs, those to the focus's desk, of the plan as it is and of the published one."""
    n, n_desks = len(compiled.who), len(compiled.desk)
    cost, waves = arc_block(compiled, np.arange(n), np.arange(n_desks))
    own = int(compiled.problem.people[focus].desk) if focus >= 0 else -1
    rows = []
    for person in range(n):
        desks = np.flatnonzero(waves[person])
        if keep < len(desks) and person != focus:
            cheapest = desks[np.argsort(cost[person, desks], kind="stable")][:keep]
            wanted = {int(d) for d in cheapest} | {own, int(compiled.old[person, 0])}
            wanted.add(now.get(person, (-1, -1))[0])
            desks = np.array([d for d in desks if int(d) in wanted], np.int64)
        rows.append([Arc(int(d), int(cost[person, d]), int(waves[person, d])) for d in desks])
    return rows


def _cycles(
    compiled: Compiled, arcs: list[list[Arc]], first: int, most: int, anywhere: bool
) -> Iterator[Path]:
    """Cycles whose least person, or (anywhere) one of whose people, is `first`; each comes once."""
    own = int(compiled.problem.people[first].desk)
    if own < 0:
        return
    stack: list[Path] = [((first,), (), 0, ~0)]
    while stack:
        people, desks, cost, waves = stack.pop()
        for arc in arcs[people[-1]]:
            left = waves & arc.waves
            if not left:
                continue
            if arc.desk == own:
                if len(people) > 1 and (not anywhere or min(people) == first or len(people) > 3):
                    yield people, (*desks, arc.desk), cost + arc.cost, left
                continue
            then = int(compiled.holder[arc.desk])
            fresh = then > first or (anywhere and then >= 0)
            if fresh and then not in people and len(people) < most:
                stack.append(((*people, then), (*desks, arc.desk), cost + arc.cost, left))


def _chains(
    compiled: Compiled, takers: dict[int, list[tuple[int, Arc]]], start: int
) -> Iterator[Path]:
    limits, people_of = compiled.limits, compiled.problem.people
    stack: list[Path] = [((), (start,), 0, ~0)]
    while stack:
        people, desks, cost, waves = stack.pop()
        if len(people) == limits.longest_chain:
            continue
        for person, arc in takers.get(desks[-1], ()):
            left = waves & arc.waves
            if not left or person in people:
                continue
            who, own = (*people, person), people_of[person].desk
            if own < 0 or not (limits.tail and compiled.must_fill[own]):
                yield who, desks, cost + arc.cost, left
            if own >= 0:
                stack.append((who, (*desks, own), cost + arc.cost, left))


def _in_waves(
    compiled: Compiled, paths: list[Path], now: Now, most: int
) -> tuple[tuple[Exchange, ...], tuple[int, ...]]:
    """The exchanges that place somebody, each in its cheapest waves and its present one, and their points."""
    prize = compiled.prize.tolist()
    paths = [path for path in paths if any(prize[p] for p in path[0])]
    if not paths:
        return (), ()
    points = _points(compiled, paths)
    order = np.argsort(points, axis=1, kind="stable")[:, :most]
    exchanges, prices = [], []
    for (people, desks, _, _), row, waves in zip(paths, points, order, strict=True):
        kind: Literal["cycle", "chain"] = (
            "cycle" if compiled.problem.people[people[-1]].desk in desks else "chain"
        )
        standing = {now.get(p, (-1, -1)) for p in people}
        as_it_is = {w for _, w in standing} if {d for d, _ in standing} == set(desks) else set()
        for wave in dict.fromkeys([*waves.tolist(), *sorted(as_it_is)]):
            if row[wave] < FAR:
                exchanges.append(Exchange(kind, people, desks, wave))
                prices.append(int(row[wave]))
    return tuple(exchanges), tuple(prices)


def _points(compiled: Compiled, paths: list[Path]) -> Ints:
    """Points of each exchange in each wave, shape (n_paths, n_waves); FAR where it is not lawful."""
    size = np.array([len(people) for people, *_ in paths])
    who, to = (np.full((len(paths), size.max()), -1, np.int64) for _ in range(2))
    for number, (people, desks, _, _) in enumerate(paths):
        who[number, : len(people)] = people
        to[number, : len(desks)] = desks
    time = np.vstack([compiled.time, np.zeros((1, compiled.n_waves), np.int64)])
    points = np.array([cost for _, _, cost, _ in paths])[:, None] + time[who].sum(axis=1)
    if compiled.problem.published:
        old = np.vstack([compiled.old, [[-1, -1]]])
        waves = np.arange(compiled.n_waves)
        same = (to >= 0) & (old[who, 0] == to)
        stay = (same[:, :, None] & (old[who, 1][:, :, None] == waves)).sum(axis=1)
        points = points + compiled.problem.goals.changed * (size[:, None] - 2 * stay)
    left = np.array([waves for *_, waves in paths], np.int64)[:, None]
    lawful = left >> np.arange(compiled.n_waves) & 1 == 1
    return np.where(lawful, points, FAR)
