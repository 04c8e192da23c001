"""The limits of a problem as arrays; a kind of limit that is not there limits nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from solver.moves import problem as given
from solver.moves.lawful import Ints
from solver.moves.problem import MovesProblem

FREE = 1 << 40  # a cap that never binds
T = TypeVar("T")


@dataclass(frozen=True)
class Limits:
    """Limits by person, by unit and wave, and by exchange."""

    waves: Ints  # shape (n_people,): waves, as bits, in which the person may move at all
    barred_units: Ints  # shape (n, 3): person, unit, waves as bits; ordered by person
    barred: Ints  # shape (n_people + 1,): start of the person's part of `barred_units`
    listed: Ints  # shape (n_people + 1,): start of the person's part of `named`
    named: Ints  # desks that are barred, or the only ones
    only: Ints  # shape (n_people,): 1 where the named desks are the only ones
    must: Ints  # shape (n_people,): 1 for people who have to move
    unit_cap: Ints  # shape (n_units, n_waves): people who may still leave
    leader_cap: Ints  # shape (n_units, n_waves)
    apart: Ints  # shape (n, 2)
    elsewhere: bool
    tail: bool
    longest_cycle: int
    longest_chain: int


def read_limits(problem: MovesProblem) -> Limits:
    """The limits of a problem as arrays."""
    n_people, n_units, n_waves = (
        len(problem.people),
        len(problem.unit_places),
        len(problem.wave_days),
    )
    must = np.zeros(n_people, np.int64)
    for limit in _all(problem, given.MustMove):
        must[limit.person] = 1
    listed, named, only = _named_desks(problem)
    bars = _barred_units(problem)
    cap = np.full((n_units, n_waves), FREE, np.int64)
    for unit_cap in _all(problem, given.UnitCap):
        one = np.repeat(np.array(unit_cap.cap, np.int64)[:, None], n_waves, axis=1)
        cap = np.minimum(cap, _less(one, unit_cap.taken))
    leaders = np.full((n_units, n_waves), FREE, np.int64)
    for leader_cap in _all(problem, given.LeaderCap):
        one = np.full((n_units, n_waves), leader_cap.cap, np.int64)
        leaders = np.minimum(leaders, _less(one, leader_cap.taken))
    return Limits(
        _waves(problem), bars, np.searchsorted(bars[:, 0], np.arange(n_people + 1)),
        listed, named, only, must, cap, leaders,
        np.array([(a.first, a.second) for a in _all(problem, given.Apart)], np.int64).reshape(-1, 2),
        bool(_all(problem, given.Elsewhere)),
        bool(_all(problem, given.Tail)),
        min([n_people, *(c.most for c in _all(problem, given.CycleLength))]),
        min([n_people, *(c.most for c in _all(problem, given.ChainLength))]),
    )  # fmt: skip


def bits(waves: tuple[int, ...]) -> int:
    """Waves as the bits of a number."""
    return sum(1 << wave for wave in set(waves))


def _all(problem: MovesProblem, kind: type[T]) -> list[T]:
    return [limit for limit in problem.limits if isinstance(limit, kind)]


def _less(cap: Ints, taken: tuple[tuple[int, int, int], ...]) -> Ints:
    for unit, wave, moves in taken:
        cap[unit, wave] -= moves
    return np.maximum(cap, 0)


def _waves(problem: MovesProblem) -> Ints:
    every = (1 << len(problem.wave_days)) - 1
    for closed in _all(problem, given.Closed):
        every &= ~bits(closed.waves)
    waves = np.full(len(problem.people), every, np.int64)
    for away in _all(problem, given.Away):
        waves[away.person] &= ~bits(away.waves)
    for must in _all(problem, given.MustMove):
        if must.waves:
            waves[must.person] &= bits(must.waves)
    return waves


def _barred_units(problem: MovesProblem) -> Ints:
    every = (1 << len(problem.wave_days)) - 1
    rows = [
        (b.person, b.unit, bits(b.waves) if b.waves else every)
        for b in _all(problem, given.BarredUnit)
    ]
    bars = np.array(rows, np.int64).reshape(-1, 3)
    return np.ascontiguousarray(bars[np.argsort(bars[:, 0], kind="stable")])


def _named_desks(problem: MovesProblem) -> tuple[Ints, Ints, Ints]:
    barred: dict[int, set[int]] = {}
    for bar in _all(problem, given.BarredDesk):
        barred.setdefault(bar.person, set()).add(bar.desk)
    wanted: dict[int, set[int]] = {}
    for must in _all(problem, given.MustMove):
        if must.desks:
            asked = set(must.desks)
            wanted[must.person] = wanted.get(must.person, asked) & asked
    n_people = len(problem.people)
    only = np.array([int(person in wanted) for person in range(n_people)], np.int64)
    desks = [
        sorted(wanted[p] - barred.get(p, set()) if p in wanted else barred.get(p, ()))
        for p in range(n_people)
    ]
    listed = np.cumsum([0, *map(len, desks)]).astype(np.int64)
    return listed, np.array([d for some in desks for d in some], np.int64), only
