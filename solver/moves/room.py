"""What columns have to share: everybody and every desk once, caps by unit and wave, people kept apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from solver.moves.columns import Columns
from solver.moves.enumerate import Bools
from solver.moves.lawful import OWN, UNIT, Ints
from solver.moves.packing import Packing, RowsBuilder

if TYPE_CHECKING:
    from solver.moves.arcs import Compiled

PERSON, EMPTY, CAP, LEADER, APART = range(5)


@dataclass(frozen=True)
class Room:
    """What is left for columns."""

    unit: Ints  # shape (n_people,): unit that the person leaves, -1 for none
    leads: Bools  # shape (n_people,)
    desk_unit: Ints  # shape (n_desks,)
    unit_cap: Ints  # shape (n_units, n_waves): people who may still leave
    leader_cap: Ints  # shape (n_units, n_waves)
    apart: Ints  # shape (n, 2)


@dataclass(frozen=True)
class Leaving:
    """One line for each member of a column who leaves a unit."""

    column: Ints
    person: Ints
    unit: Ints
    wave: Ints
    leads: Ints


def room_of(compiled: Compiled) -> Room:
    """The room of a whole problem."""
    own = compiled.who[:, OWN]
    leads = np.zeros(len(own), np.bool_)
    leads[own >= 0] = compiled.leads[own[own >= 0]]
    limits = compiled.limits
    return Room(
        np.where(own >= 0, compiled.who[:, UNIT], -1).astype(np.int64), leads,
        compiled.desk[:, UNIT].astype(np.int64), limits.unit_cap, limits.leader_cap, limits.apart,
    )  # fmt: skip


def leaving(room: Room, columns: Columns) -> Leaving:
    """Who leaves which unit in which wave, column by column."""
    column, place = np.nonzero(columns.people >= 0)
    person = columns.people[column, place]
    held = room.unit[person] >= 0
    column, person = column[held], person[held]
    leads = room.leads[person].astype(np.int64)
    return Leaving(column, person, room.unit[person], columns.wave[column], leads)


def beside(room: Room, others: Columns) -> Room:
    """The room that these columns leave to others, as far as caps go."""
    gone = leaving(room, others)
    unit, leader = room.unit_cap.copy(), room.leader_cap.copy()
    np.subtract.at(unit, (gone.unit, gone.wave), 1)
    np.subtract.at(leader, (gone.unit, gone.wave), gone.leads)
    return replace(room, unit_cap=unit, leader_cap=leader)


def packing_of(room: Room, columns: Columns) -> Packing:
    """The packing of these columns; each alone must fit into the room (see `fits`)."""
    build = RowsBuilder()
    column, place = np.nonzero(columns.people >= 0)
    build.add(PERSON, columns.people[column, place], column, np.ones(len(room.unit)))
    chain = np.flatnonzero(columns.empty >= 0)
    build.add(EMPTY, columns.empty[chain], chain, np.ones(len(room.desk_unit)))
    gone = leaving(room, columns)
    _caps(build, CAP, gone, room.unit_cap, np.ones(len(gone.unit), np.bool_))
    _caps(build, LEADER, gone, room.leader_cap, gone.leads > 0)
    _apart(build, room, columns)
    return build.done(columns.value.astype(np.float64))


def _caps(build: RowsBuilder, kind: int, gone: Leaving, cap: Ints, counts: Bools) -> None:
    """Rows for the units that more people could leave in a wave than the cap allows."""
    if len(gone.unit) == 0:
        return
    cell = gone.unit * cap.shape[1] + gone.wave
    people = int(gone.person.max()) + 1
    several = np.unique(cell[counts] * people + gone.person[counts]) // people
    could = np.bincount(several, minlength=cap.size)
    tight = counts & (could[cell] > cap.reshape(-1)[cell])
    upper = np.maximum(cap, 0).reshape(-1).astype(np.float64)
    build.add(kind, cell[tight], gone.column[tight], upper, twice=True)


def _apart(build: RowsBuilder, room: Room, columns: Columns) -> None:
    if len(room.apart) == 0:
        return
    column, place = np.nonzero(np.isin(columns.people, room.apart))
    person = columns.people[column, place]
    unit = room.desk_unit[columns.desk[column, place]]
    once = np.ones(int(room.desk_unit.max(initial=0)) + 1)
    for pair in room.apart:
        mine = np.isin(person, pair)
        build.add(APART, unit[mine], column[mine], once, twice=True)


def fits(room: Room, columns: Columns, others: Columns) -> Bools:
    """Columns that can take place, each alone, beside others that take place in any case.

    `room` is what the others leave (see `beside`).
    """
    used = np.zeros(len(room.unit) + 1, np.bool_)
    used[others.people[others.people >= 0]] = True
    taken = np.zeros(len(room.desk_unit) + 1, np.bool_)
    taken[others.empty[others.empty >= 0]] = True
    good = ~used[columns.people].any(axis=1) & ~taken[columns.empty]
    gone = leaving(room, columns)
    if len(gone.unit):
        most = int(columns.people.shape[1])
        full = room.unit_cap[gone.unit, gone.wave] < _same_unit(gone, most)
        led = room.leader_cap[gone.unit, gone.wave] < _same_unit(gone, most, gone.leads)
        good[gone.column[full | ((gone.leads > 0) & led)]] = False
    return good & ~meets(room, columns, others)


def _same_unit(gone: Leaving, most: int, weight: Ints | None = None) -> Ints:
    """Members of the same column who leave the same unit, for each line; `weight` counts only some."""
    count = np.ones(len(gone.column), np.int64) if weight is None else weight
    total = count.copy()
    for step in range(1, min(most, len(count))):
        same = (gone.column[step:] == gone.column[:-step]) & (gone.unit[step:] == gone.unit[:-step])
        total[step:] += np.where(same, count[:-step], 0)
        total[:-step] += np.where(same, count[step:], 0)
    return total


def meets(room: Room, columns: Columns, others: Columns) -> Bools:
    """Columns that bring two people to be kept apart to one unit, alone or with the others."""
    bad = np.zeros(len(columns), np.bool_)
    if len(room.apart) == 0:
        return bad
    aim: dict[int, int] = {}
    row, place = np.nonzero(np.isin(others.people, room.apart))
    for person, desk in zip(others.people[row, place], others.desk[row, place], strict=True):
        aim[int(person)] = int(room.desk_unit[desk])
    some = np.flatnonzero(np.isin(columns.people, room.apart).any(axis=1))
    people = columns.people[some]
    unit = np.where(people >= 0, room.desk_unit[columns.desk[some]], -1)
    for first, second in room.apart.tolist():
        goes = [
            np.where(people == one, unit, -1).max(axis=1, initial=-1) for one in (first, second)
        ]
        bad[some] |= (goes[0] >= 0) & (goes[0] == goes[1])
        bad[some] |= (goes[0] >= 0) & (goes[0] == aim.get(second, -2))
        bad[some] |= (goes[1] >= 0) & (goes[1] == aim.get(first, -2))
    return bad
