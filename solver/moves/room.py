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
    """A row for each pair and each unit to which columns could bring both."""
    goes = _aims(room, columns)
    n_units = int(room.desk_unit.max(initial=0)) + 1
    code = goes.pair * n_units + goes.unit
    size = len(room.apart) * n_units
    come = [np.bincount(code[goes.side == side], minlength=size) > 0 for side in (0, 1)]
    both = (come[0] & come[1])[code]
    build.add(APART, code[both], goes.column[both], np.ones(size), twice=True)


@dataclass(frozen=True)
class Aims:
    """One line for each member of a column and each pair with that person to be kept apart."""

    column: Ints
    pair: Ints
    side: Ints  # 0 or 1: which of the two
    unit: Ints  # the person comes to


def _aims(room: Room, columns: Columns) -> Aims:
    flat = room.apart.ravel()
    order = np.argsort(flat, kind="stable")
    named = flat[order]
    kept_apart = np.zeros(len(room.unit) + 1, np.bool_)  # the last place is for nobody, -1
    kept_apart[flat] = True
    column, place = np.nonzero(kept_apart[columns.people])
    person = columns.people[column, place]
    first = np.searchsorted(named, person)
    times = np.searchsorted(named, person, side="right") - first
    line = np.repeat(np.arange(len(person)), times)
    nth = np.arange(len(line)) - np.repeat(np.cumsum(times) - times, times)
    at = order[first[line] + nth]
    unit = room.desk_unit[columns.desk[column, place]]
    return Aims(column[line], at // 2, at % 2, unit[line])


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
    if len(room.apart) == 0 or len(columns) == 0:
        return bad
    there = np.full((len(room.apart), 2), -1, np.int64)  # unit to which the others bring each
    standing = _aims(room, others)
    there[standing.pair, standing.side] = standing.unit
    goes = _aims(room, columns)
    bad[goes.column[there[goes.pair, 1 - goes.side] == goes.unit]] = True
    n_units = int(room.desk_unit.max(initial=0)) + 1
    meeting = (goes.column * len(room.apart) + goes.pair) * n_units + goes.unit
    order = np.argsort(meeting, kind="stable")
    same = np.flatnonzero(np.diff(meeting[order]) == 0)
    bad[goes.column[order[same]]] = True
    return bad
