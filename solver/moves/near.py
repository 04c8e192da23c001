"""Prices among the homes and units of a joined group, to look for what is cheap: nearly those of tables.py.

Kept arcs and plans are priced anew by tables.py; these here only say where to look first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solver.moves.compiled import compiled
from solver.moves.enumerate import Floats
from solver.moves.goals import EARTH_KM
from solver.moves.lawful import OWN, UNIT, Ints, Small

if TYPE_CHECKING:
    from solver.moves.arcs import Compiled

WANTED = -(1 << 28)  # where a wish comes in the order of units


@dataclass(frozen=True)
class Near:
    """Where the seeds of a group could go, the cheapest unit first, and who could come to their units."""

    out: Small  # shape (n_seeds, n_units): price of each unit for each seed, without touched units
    order: Small  # shape (n_seeds, n_units): units, those of wishes first, then the cheapest
    wished: Ints  # shape (n_seeds,): units that come first for a wish
    start: Ints  # shape (n_units + 1,): start of each unit's part of `desks`
    desks: Ints  # desks of the group, unit by unit
    home: Ints  # shape (n_seeds,): row of `back` of the seed's own unit, -1 for a recruit
    back: Small  # shape (n_homes, n_people): price of that unit for each person of the group
    least: Ints  # shape (n_homes,): the cheapest of each row


def near_of(compiled: Compiled, group: int, seeds: Ints) -> Near:
    """The prices around the seeds of a joined group."""
    people, desks = compiled.people_of[group], compiled.desks_of[group]
    unit = compiled.desk[desks, UNIT]
    units, number = np.unique(unit, return_inverse=True)
    by_unit = np.argsort(number, kind="stable")
    out = _prices(compiled, seeds, units)
    key, wished = _wishes_first(compiled, seeds, units, out)
    order = np.argsort(key, axis=1, kind="stable").astype(np.int32)
    has = compiled.who[seeds, OWN] >= 0
    homes, home = np.unique(compiled.who[seeds[has], UNIT], return_inverse=True)
    row = np.full(len(seeds), -1, np.int64)
    row[has] = home
    back = np.ascontiguousarray(_prices(compiled, people, homes).T)
    return Near(
        out, order, wished, np.searchsorted(number[by_unit], np.arange(len(units) + 1)),
        desks[by_unit], row, back, back.min(axis=1, initial=1 << 28).astype(np.int64),
    )  # fmt: skip


def _wishes_first(compiled: Compiled, seeds: Ints, units: Small, out: Small) -> tuple[Small, Ints]:
    """What the units are ordered by, and how many wishes each seed has among them."""
    wish, weight = compiled.homes.wish, compiled.homes.weight
    n_units = len(compiled.homes.place)
    key, count = out.copy(), np.zeros(len(seeds), np.int64)
    wanted = wish[weight > 0]
    if key.size == 0:
        return key, count
    seed, place = (
        np.searchsorted(seeds, wanted // n_units),
        np.searchsorted(units, wanted % n_units),
    )
    seed, place = np.minimum(seed, len(seeds) - 1), np.minimum(place, len(units) - 1)
    mine = (seeds[seed] == wanted // n_units) & (units[place] == wanted % n_units)
    key[seed[mine], place[mine]] += WANTED
    np.add.at(count, seed[mine], 1)
    return key, count


def _prices(compiled: Compiled, people: Ints, units: Small) -> Small:
    """Distance, wishes and the helper's price, shape (len(people), len(units)); people ascending."""
    homes, goals = compiled.homes, compiled.problem.goals
    found = np.empty((len(people), len(units)), np.int32)
    if found.size == 0:
        return found
    fill(
        ball_points(homes.home[people]), ball_points(homes.place[units]), homes.helper[people],
        goals.distance_square, 2 * EARTH_KM, found,
    )  # fmt: skip
    n_units = len(homes.place)
    person, unit = homes.wish // n_units, homes.wish % n_units
    row = np.minimum(np.searchsorted(people, person), len(people) - 1)
    column = np.minimum(np.searchsorted(units, unit), len(units) - 1)
    mine = (people[row] == person) & (units[column] == unit)
    found[row[mine], column[mine]] -= (goals.wish * homes.weight[mine]).astype(np.int32)
    return found


def ball_points(place: Floats) -> Floats:
    """Places in radians as points of a ball of radius 1/2; nan for unknown."""
    lat, lon = place[:, 0], place[:, 1]
    return 0.5 * np.stack(
        [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1
    )


@compiled
def fill(home: Floats, place: Floats, more: Ints, square: int, ball: float, found: Small) -> None:
    """Fills `found` with d + d * d / square + more[i] for the distance d between home[i] and place[j]."""
    for i in range(len(home)):
        x, y, z = home[i, 0], home[i, 1], home[i, 2]
        for j in range(len(place)):
            a, b, c = x - place[j, 0], y - place[j, 1], z - place[j, 2]
            chord = min(1.0, np.sqrt(a * a + b * b + c * c))
            d = 0
            if chord >= 0:
                d = int(ball * np.arcsin(chord) + 0.5)
            found[i, j] = d + d * d // square + more[i]
