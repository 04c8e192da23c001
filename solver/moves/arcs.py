"""The problem as arrays: prices by wave, caps, and the arcs "this person may take this desk"."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from solver.moves import lawful
from solver.moves.lawful import Ints, Small
from solver.moves.limits import Limits, read_limits
from solver.moves.problem import MovesProblem
from solver.moves.tables import Homes, group_parts, homes_of, time_prices, unit_prices

Bools = npt.NDArray[np.bool_]
MUST = 50  # a person who has to move is worth so many placed ones


@dataclass(frozen=True)
class Compiled:
    """A problem as arrays; people, desks, units and waves keep their numbers."""

    problem: MovesProblem
    limits: Limits
    who: Small  # shape (n_people, 6): see lawful.py
    desk: Small  # shape (n_desks, 6)
    holder: Ints  # shape (n_desks,): who works there, -1 for an empty desk
    must_fill: Bools  # shape (n_desks,)
    leads: Bools  # shape (n_desks,)
    due: Bools  # shape (n_people,)
    prize: Ints  # shape (n_people,): points saved when the person moves
    time: Ints  # shape (n_people, n_waves): late + early
    seeds: Bools  # shape (n_people,): an exchange without any of them never pays
    old: Ints  # shape (n_people, 2): desk and wave of the published move, -1 for none
    homes: Homes
    part: Ints  # shape (n_people,): number of the joined group, -1: can take no desk
    people_of: tuple[Ints, ...]  # people of each joined group
    desks_of: tuple[Ints, ...]  # desks of each joined group that somebody in it can take

    @property
    def n_groups(self) -> int:
        """Number of joined groups: groups that share people or desks count as one."""
        return len(self.people_of)

    @property
    def law(self) -> tuple[Small, Small, Ints, Ints, Ints, Ints, Ints, bool]:
        """The first arguments of `lawful.arc_waves`."""
        limits = self.limits
        return (
            self.who, self.desk, limits.waves, limits.barred, limits.barred_units, limits.listed,
            limits.named, limits.elsewhere,
        )  # fmt: skip

    @property
    def n_waves(self) -> int:
        """Number of waves."""
        return int(self.time.shape[1])


@dataclass(frozen=True)
class Arcs:
    """Lawful arcs, ordered by person, then desk."""

    person: Ints
    desk: Ints
    cost: Ints  # distance, wishes, touched units and, for a helper, the helper's price
    mask: (
        Ints  # waves in which the person may take the desk, as bits; the holder's waves not counted
    )


def compile_moves(problem: MovesProblem) -> Compiled:
    """The problem as arrays."""
    limits = read_limits(problem)
    people, desks = problem.people, problem.desks
    desk = np.array([(d.unit, d.field, d.area, d.group, -1, 0) for d in desks], np.int32).reshape(
        -1, 6
    )
    who = np.full((len(people), 6), -1, np.int32)
    own = np.array([p.desk for p in people], np.int64)
    who[own >= 0, :3] = desk[own[own >= 0], :3]
    who[:, lawful.GROUP] = [p.group for p in people]
    who[:, lawful.OWN] = own
    who[:, lawful.ONLY] = limits.only
    holder = np.full(len(desks), -1, np.int64)
    holder[own[own >= 0]] = np.flatnonzero(own >= 0)
    due = np.array([p.due for p in people], np.bool_)
    prize = problem.goals.unplaced * (due.astype(np.int64) + MUST * limits.must)
    part, people_of, desks_of = group_parts(who, desk)
    old = _published(problem)
    return Compiled(
        problem, limits, who, desk, holder,
        np.array([d.must_fill for d in desks], np.bool_), np.array([d.leads for d in desks], np.bool_),
        due, prize, time_prices(problem), (prize > 0) | (old[:, 0] >= 0) | _drawn(problem), old,
        homes_of(problem), part, people_of, desks_of,
    )  # fmt: skip


def arc_block(compiled: Compiled, people: Ints, desks: Ints) -> tuple[Ints, Ints]:
    """Cost and waves (bits, 0 = not lawful) of every arc, both of shape (len(people), len(desks))."""
    unit = compiled.desk[desks, lawful.UNIT]
    left = compiled.who[people, lawful.UNIT][:, None]
    away = (compiled.who[people, lawful.OWN] >= 0)[:, None] & (left != unit)
    cost = unit_prices(compiled.problem, people)[:, unit]
    cost += compiled.problem.goals.touched * np.where(away, 2, 1)
    waves = np.empty((len(people), len(desks)), np.int64)
    lawful.block(*compiled.law, people, desks, waves)
    return cost, waves


def group_arcs(compiled: Compiled, group: int, keep: int | None) -> Arcs:
    """Arcs among the people and desks of a joined group.

    Parameters
    ----------
    group : number of the joined group, 0 to `compiled.n_groups` - 1
    keep : None for every lawful arc (in blocks of rows, but all are held at once); else for each due
        person so many cheapest swaps and targets, half as many successors, and a few helpers,
        vacancies and tails, the desks of every wish and of the published plan
    """
    if keep is not None:
        from solver.moves.prune import pruned_arcs

        return Arcs(*pruned_arcs(compiled, group, keep))
    people, desks = compiled.people_of[group], compiled.desks_of[group]
    parts = []
    for first in range(0, len(people), 256):
        rows = people[first : first + 256]
        cost, waves = arc_block(compiled, rows, desks)
        i, j = np.nonzero(waves)
        parts.append((rows[i], desks[j], cost[i, j], waves[i, j]))
    none = np.empty(0, np.int64)
    return Arcs(*(np.concatenate([none, *column]) for column in zip(*parts, strict=True)))


def _drawn(problem: MovesProblem) -> Bools:
    """People who are not due, but whose wish is worth more than their move."""
    drawn = np.zeros(len(problem.people), np.bool_)
    for person, _, weight in problem.wishes:
        who, goals = problem.people[person], problem.goals
        drawn[person] |= not who.due and goals.wish * weight > goals.touched + who.helper_cost
    return drawn


def _published(problem: MovesProblem) -> Ints:
    old = np.full((len(problem.people), 2), -1, np.int64)
    for exchange in problem.published:
        for person, desk in zip(exchange.people, exchange.desks, strict=True):
            old[person] = desk, exchange.wave
    return old
