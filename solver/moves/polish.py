"""A plan made better block by block: the exchanges of a few people are chosen anew, all others stand."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import numpy as np

from solver.effort import Effort
from solver.moves.columns import Columns, joined
from solver.moves.enumerate import Floats
from solver.moves.lawful import Ints
from solver.moves.packing import pick
from solver.moves.room import Room, beside, fits, packing_of

MIP_ENTRIES_PER_SECOND = (
    65_000  # entries of a whole-number model of a block that are dealt with in a second
)
CHOSEN_PER_SECOND = 500_000  # exchanges of the plan that are looked through for a block in a second
NODES = 500
MOST = 6_000  # columns of a block's model


@dataclass
class Pieces:
    """The columns out of which blocks are made, looked up by person."""

    room: Room
    columns: Columns
    worth: Floats  # shape (n_columns,): value at the prices of the linear packing, the smaller the better
    start: Ints
    order: Ints

    @classmethod
    def of(cls, room: Room, columns: Columns, worth: Floats) -> Pieces:
        """The columns ordered for looking up."""
        column, place = np.nonzero(columns.people >= 0)
        person = columns.people[column, place]
        by_person = np.argsort(person, kind="stable")
        start = np.searchsorted(person[by_person], np.arange(len(room.unit) + 1))
        return cls(room, columns, worth, start, column[by_person])

    def within(self, free: Ints) -> Ints:
        """Columns all of whose members are free (shape (n_people,), 1 for free)."""
        people = np.flatnonzero(free)
        parts = [self.order[self.start[p] : self.start[p + 1]] for p in people]
        some = np.unique(np.concatenate([np.empty(0, np.int64), *parts]))
        members = self.columns.people[some]
        inside = ((members < 0) | (free[members] == 1)).all(axis=1)
        return np.asarray(some[inside])


def improve(pieces: Pieces, chosen: Columns, block: Ints, effort: Effort, seed: int) -> Columns:
    """The plan with the columns numbered `block`, and who does not move yet, chosen anew; never worse."""
    stands = np.ones(len(chosen), np.bool_)
    stands[block] = False
    others, mine = chosen.take(stands), chosen.take(block)
    used = np.zeros(len(pieces.room.unit), np.int64)
    used[others.people[others.people >= 0]] = 1
    near = _reach(pieces, mine, used)
    some = pieces.within(near)
    left = beside(pieces.room, others)
    some = some[fits(left, pieces.columns.take(some), others)]
    if len(some) > MOST:
        some = some[np.argsort(pieces.worth[some], kind="stable")[:MOST]]
    columns = joined([mine, pieces.columns.take(some)])
    model = packing_of(left, columns)
    start = np.arange(len(mine))
    effort.charge(len(model.row) / MIP_ENTRIES_PER_SECOND + len(chosen) / CHOSEN_PER_SECOND)
    picked = pick(model, 0.999, NODES, start, seed, effort.wall_left)
    if picked.value < mine.value.sum() - 0.5:
        return joined([others, columns.take(picked.taken)])
    return chosen


def _reach(pieces: Pieces, mine: Columns, used: Ints) -> Ints:
    """People who may move in the block: its own, and everybody who does not move yet."""
    free = 1 - used
    members = mine.people[mine.people >= 0]
    idle = np.zeros(len(used), np.int64)
    for p in members:
        some = pieces.columns.people[pieces.order[pieces.start[p] : pieces.start[p + 1]]]
        idle[some[some >= 0]] = 1
    idle[members] = 1
    return free & idle


def blocks(
    room: Room, chosen: Columns, home: Floats, weight: Ints, size: int, dice: Random, part: Ints
) -> Iterator[Ints]:
    """Blocks of the plan's columns, each with about `size` due people, that lie side by side.

    Parameters
    ----------
    home : shape (n_people, 2)
    weight : shape (n_people,): 1 for people who count
    part : joined group of each person; blocks hold people of one group, or (empty) of all groups
    """
    if len(chosen) == 0:
        return
    first = chosen.people[:, 0]
    count = np.where(chosen.people >= 0, weight[chosen.people], 0).sum(axis=1)
    at = home[first]
    pieces = [np.arange(len(chosen))]
    if len(part):
        pieces = _by_group(part[first], count, size)
    while pieces:
        piece = pieces.pop()
        if count[piece].sum() <= size or len(piece) == 1:
            yield piece
            continue
        angle = dice.random() * math.pi
        line = at[piece] @ np.array([math.cos(angle), math.sin(angle)])
        ordered = piece[np.argsort(line, kind="stable")]
        half = int(np.searchsorted(np.cumsum(count[ordered]), count[piece].sum() / 2.0)) + 1
        half = min(max(1, half), len(ordered) - 1)
        pieces += [ordered[:half], ordered[half:]]


def _by_group(group: Ints, count: Ints, size: int) -> list[Ints]:
    """Columns of one group together; small groups share a piece."""
    pieces: list[Ints] = []
    small: list[Ints] = []
    room = size
    for number in np.unique(group):
        mine = np.flatnonzero(group == number)
        people = int(count[mine].sum())
        if people > size:
            pieces.append(mine)
        elif people <= room:
            small.append(mine)
            room -= people
        else:
            pieces.append(np.concatenate(small) if small else mine)
            small, room = ([mine] if small else []), size - people
    return pieces + ([np.concatenate(small)] if small else [])
