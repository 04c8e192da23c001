"""Who may take which desk, and which limits stand in the way, asked for one person or one desk at a time.

A set of waves is one whole number: bit w stands for wave w.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from solver.moves.problem import (
    Away,
    BarredDesk,
    BarredUnit,
    ChainLength,
    Closed,
    CycleLength,
    Elsewhere,
    MustMove,
    Tail,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from solver.moves.problem import MovesProblem

Ints = npt.NDArray[np.int64]
ANY_LENGTH = 10**6


@dataclass(frozen=True)
class Reach:
    """A problem, with its limits filed by whom they concern."""

    problem: MovesProblem
    every: int  # all waves
    unit: Ints  # of each desk, and so on
    field_of: Ints
    area: Ints
    group: Ints
    own: Ints  # desk of each person
    people_of: dict[int, Ints]  # group -> people
    desks_of: dict[int, Ints]  # group -> desks
    empty: npt.NDArray[np.bool_]  # desks that nobody of the problem holds
    closed: tuple[tuple[str, int], ...]
    elsewhere: tuple[str, ...]
    away: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    away_of: dict[str, Ints] = field(default_factory=dict)  # label -> waves of each person
    units_barred: dict[int, list[tuple[str, int, int]]] = field(default_factory=dict)
    desks_barred: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    barred_from_unit: dict[int, list[tuple[str, int, int]]] = field(default_factory=dict)
    barred_from_desk: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    chosen: dict[int, list[tuple[str, frozenset[int]]]] = field(default_factory=dict)
    longest_cycle: int = ANY_LENGTH
    longest_chain: int = ANY_LENGTH
    tail: bool = False


@dataclass(frozen=True)
class Layers:
    """What each limit takes away from some arcs, by label: waves, shape (n_arcs,)."""

    every: int
    removed: dict[str, Ints]
    count: int

    def lawful(self, *without: str) -> Ints:
        """Waves left for each arc, were these labels not there."""
        left = np.full(self.count, self.every, np.int64)
        for label, waves in self.removed.items():
            if label not in without:
                left &= ~waves
        return left

    def in_principle(self) -> npt.NDArray[np.bool_]:
        """Arcs that no limit takes away whole by itself, except by time."""
        fine = np.ones(self.count, np.bool_)
        for label, waves in self.removed.items():
            if not label.startswith(TIME):
                fine &= waves != self.every
        return fine

    def labels(self, timed: bool) -> list[str]:
        """Labels that take a whole arc away, or (timed) some of the waves of an arc."""
        hit = []
        for label, waves in self.removed.items():
            of_time = label.startswith(TIME) or bool(((waves != 0) & (waves != self.every)).any())
            whole = not label.startswith(TIME) and bool((waves == self.every).any())
            if waves.any() and (of_time if timed else whole):
                hit.append(label.removeprefix(TIME))
        return sorted(set(hit))


TIME = "\0time:"  # before labels of limits on waves, which take no desk away


def reach_of(problem: MovesProblem) -> Reach:
    """The problem with its limits filed."""
    people, desks = problem.people, problem.desks
    own = np.array([who.desk for who in people], np.int64)
    group = np.array([desk.group for desk in desks], np.int64)
    held = np.zeros(len(desks), np.bool_)
    held[own[own >= 0]] = True
    every = (1 << len(problem.wave_days)) - 1
    reach = Reach(
        problem, every,
        np.array([desk.unit for desk in desks], np.int64),
        np.array([desk.field for desk in desks], np.int64),
        np.array([desk.area for desk in desks], np.int64),
        group, own,
        _filed(np.array([who.group for who in people], np.int64)),
        _filed(group), ~held,
        tuple((c.label, waves_of(c.waves)) for c in problem.limits if isinstance(c, Closed)),
        tuple(e.label for e in problem.limits if isinstance(e, Elsewhere)),
        longest_cycle=min([x.most for x in problem.limits if isinstance(x, CycleLength)], default=ANY_LENGTH),
        longest_chain=min([x.most for x in problem.limits if isinstance(x, ChainLength)], default=ANY_LENGTH),
        tail=any(isinstance(x, Tail) for x in problem.limits),
    )  # fmt: skip
    for limit in problem.limits:
        _file(reach, limit)
    return reach


def _filed(group: Ints) -> dict[int, Ints]:
    order = np.argsort(group, kind="stable")
    values, starts = np.unique(group[order], return_index=True)
    parts = np.split(order, starts[1:]) if len(order) else []
    return {int(g): part for g, part in zip(values, parts, strict=True) if g >= 0}


def _file(reach: Reach, limit: object) -> None:
    if isinstance(limit, Away):
        _away(reach, limit.person, limit.label, waves_of(limit.waves))
    elif isinstance(limit, BarredUnit):
        waves = waves_of(limit.waves) if limit.waves else reach.every
        bar = (limit.label, limit.unit, waves)
        reach.units_barred.setdefault(limit.person, []).append(bar)
        back = (limit.label, limit.person, waves)
        reach.barred_from_unit.setdefault(limit.unit, []).append(back)
    elif isinstance(limit, BarredDesk):
        reach.desks_barred.setdefault(limit.person, []).append((limit.label, limit.desk))
        reach.barred_from_desk.setdefault(limit.desk, []).append((limit.label, limit.person))
    elif isinstance(limit, MustMove):
        if limit.waves:
            _away(reach, limit.person, limit.label, reach.every & ~waves_of(limit.waves))
        if limit.desks:
            reach.chosen.setdefault(limit.person, []).append((limit.label, frozenset(limit.desks)))


def _away(reach: Reach, person: int, label: str, waves: int) -> None:
    reach.away.setdefault(person, []).append((label, waves))
    if label not in reach.away_of:
        reach.away_of[label] = np.zeros(len(reach.own), np.int64)
    reach.away_of[label][person] |= waves


def waves_of(waves: Iterable[int]) -> int:
    """Waves as one whole number."""
    return sum(1 << w for w in set(waves))


def out_layers(reach: Reach, person: int, desks: Ints) -> Layers:
    """What stands between a person and some desks."""
    removed: dict[str, Ints] = defaultdict(lambda: np.zeros(len(desks), np.int64))
    for label, waves in [*reach.closed, *reach.away.get(person, ())]:
        removed[TIME + label] |= waves
    own = int(reach.own[person])
    if own >= 0:
        here = (reach.unit[desks] == reach.unit[own]) & ~_another_place(reach, desks, own)
        for label in reach.elsewhere:
            removed[label][here] = reach.every
    for label, unit, waves in reach.units_barred.get(person, ()):
        removed[label][reach.unit[desks] == unit] |= waves
    for label, desk in reach.desks_barred.get(person, ()):
        removed[label][desks == desk] = reach.every
    for label, chosen in reach.chosen.get(person, ()):
        removed[label][~np.isin(desks, list(chosen))] = reach.every
    return Layers(reach.every, dict(removed), len(desks))


def in_layers(reach: Reach, people: Ints, desk: int) -> Layers:
    """What stands between some people and a desk."""
    removed: dict[str, Ints] = defaultdict(lambda: np.zeros(len(people), np.int64))
    for label, waves in reach.closed:
        removed[TIME + label] |= waves
    for label, away in reach.away_of.items():
        if away[people].any():
            removed[TIME + label] |= away[people]
    held = reach.own[people]
    here = (held >= 0) & (reach.unit[held] == reach.unit[desk]) & ~_another_place(reach, held, desk)
    for label in reach.elsewhere:
        removed[label][here] = reach.every
    for label, person, waves in reach.barred_from_unit.get(int(reach.unit[desk]), ()):
        removed[label][people == person] |= waves
    for label, person in reach.barred_from_desk.get(desk, ()):
        removed[label][people == person] = reach.every
    for person, choices in reach.chosen.items():
        for label, chosen in choices:
            if desk not in chosen:
                removed[label][people == person] = reach.every
    return Layers(reach.every, dict(removed), len(people))


def _another_place(reach: Reach, desks: Ints, desk: int) -> npt.NDArray[np.bool_]:
    """Desks with another known field or another known area than this one."""
    other: npt.NDArray[np.bool_] = np.zeros(len(desks), np.bool_)
    for known in (reach.field_of, reach.area):
        there, here = known[desks], known[desk]
        other |= (there >= 0) & (here >= 0) & (there != here)
    return other


def other_desks(reach: Reach, person: int, groups: Iterable[int] = ()) -> Ints:
    """Desks of the person's group, and of further groups, without the own one."""
    parts = [reach.desks_of[g] for g in _groups(reach, person, groups) if g in reach.desks_of]
    desks = np.concatenate(parts) if parts else np.zeros(0, np.int64)
    elsewhere: Ints = desks[desks != reach.own[person]]
    return elsewhere


def other_people(reach: Reach, person: int, groups: Iterable[int] = ()) -> Ints:
    """People of the group of the person's own desk, and of further groups, without the person."""
    desk = int(reach.own[person])
    own = int(reach.group[desk]) if desk >= 0 else -1
    wanted = dict.fromkeys([own, *groups])
    parts = [reach.people_of[g] for g in wanted if g in reach.people_of]
    people = np.concatenate(parts) if parts else np.zeros(0, np.int64)
    others: Ints = people[people != person]
    return others


def _groups(reach: Reach, person: int, more: Iterable[int]) -> Iterator[int]:
    yield from dict.fromkeys([reach.problem.people[person].group, *more])
