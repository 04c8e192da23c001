"""People kept apart: what the tables of columns say, beside a look at one column after the other."""

from __future__ import annotations

from itertools import combinations
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.moves.columns import Columns, joined
from solver.moves.room import APART, Room, meets, packing_of

PEOPLE, DESKS, UNITS, WAVES, LONGEST = 9, 9, 3, 2, 3


def made(seed):
    """A room with a few pairs, and columns of one to three people."""
    dice = Random(seed)
    pairs = dice.sample(list(combinations(range(PEOPLE), 2)), dice.randint(0, 4))
    pairs = [pair[:: dice.choice((1, -1))] for pair in pairs]
    wide = np.full((UNITS, WAVES), PEOPLE, np.int64)
    room = Room(
        np.array([dice.randrange(UNITS) for _ in range(PEOPLE)]), np.zeros(PEOPLE, np.bool_),
        np.array([dice.randrange(UNITS) for _ in range(DESKS)]), wide, wide,
        np.array(pairs, np.int64).reshape(-1, 2),
    )  # fmt: skip
    n = dice.randint(1, 8)
    people, desk = (np.full((n, LONGEST), -1, np.int64) for _ in range(2))
    for k in range(n):
        size = dice.randint(1, LONGEST)
        people[k, :size] = dice.sample(range(PEOPLE), size)
        desk[k, :size] = dice.sample(range(DESKS), size)
    none = np.full(n, -1, np.int64)
    waves = np.array([dice.randrange(WAVES) for _ in range(n)])
    return room, Columns(people, desk, none, waves, none, none)


def aims(room, columns, k):
    """Person -> unit that column k brings the person to."""
    return {
        int(p): int(room.desk_unit[d])
        for p, d in zip(columns.people[k], columns.desk[k], strict=True)
        if p >= 0
    }


def meet(room, one, other):
    """Whether somebody of the one column comes to the unit of somebody of the other to be kept apart from."""
    pairs = {frozenset(pair) for pair in room.apart.tolist()}
    return any(
        u == v and frozenset((p, q)) in pairs
        for p, u in one.items()
        for q, v in other.items()
        if p != q
    )


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 8))
def test_columns_that_bring_a_pair_to_one_unit_are_known_alone_and_beside_others(seed, standing):
    room, columns = made(seed)
    numbers, busy = [], set()
    for k in range(min(standing, len(columns))):  # in a plan nobody moves twice
        if busy.isdisjoint(aims(room, columns, k)):
            numbers.append(k)
            busy |= set(aims(room, columns, k))
    others = columns.take(np.array(numbers, np.int64))
    around = [aims(room, others, k) for k in range(len(others))]
    found = [
        any(meet(room, goes, it) for it in (goes, *around))
        for goes in (aims(room, columns, k) for k in range(len(columns)))
    ]
    assert meets(room, columns, others).tolist() == found


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9))
def test_two_columns_share_a_row_for_a_pair_exactly_when_together_they_bring_it_to_one_unit(seed):
    room, columns = made(seed)
    columns = columns.take(~meets(room, columns, joined([])))
    model = packing_of(room, columns)
    rows = np.flatnonzero(model.key[:, 0] == APART)
    inside = [set(model.var[model.row == row].tolist()) for row in rows]
    assert all((model.upper[row] == 1.0) for row in rows)
    for one, other in combinations(range(len(columns)), 2):
        apart = meet(room, aims(room, columns, one), aims(room, columns, other))
        shared = any({one, other} <= row for row in inside)
        people = set(aims(room, columns, one)) & set(aims(room, columns, other))
        assert shared >= apart
        assert apart or people or not shared
