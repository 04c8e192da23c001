"""Prices of a problem as tables, equal point for point to goals.py, and the groups that hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.moves.goals import EARTH_KM, first_waves
from solver.moves.lawful import GROUP, OWN, UNIT, Ints, Small
from solver.moves.problem import MovesProblem

if TYPE_CHECKING:
    from solver.moves.arcs import Compiled


def time_prices(problem: MovesProblem) -> Ints:
    """Points for lateness and earliness, shape (n_people, n_waves); 0 for people who are not due."""
    day = np.array(problem.wave_days, np.int64)
    limit = np.array([p.limit for p in problem.people], np.int64)[:, None]
    first = np.array(first_waves(problem), np.int64)[:, None]
    late = np.maximum(0, day[None, :] - limit)
    unavoidable = np.where(first >= 0, np.maximum(0, day[np.maximum(first, 0)] - limit), 0)
    points = problem.goals.late_day * np.maximum(0, late - unavoidable)
    points += problem.goals.early_month * (np.maximum(0, limit - day[None, :]) // 30)
    due = np.array([p.due for p in problem.people], np.bool_)[:, None]
    return np.where(due, points, 0).astype(np.int64).reshape(len(problem.people), len(day))


def unit_prices(problem: MovesProblem, people: Ints) -> Ints:
    """Distance, wishes and the helper's price of each person at each unit, shape (n, n_units)."""
    some = [problem.people[p] for p in people]
    nan = float("nan")
    home = np.radians(
        [(nan if p.lat is None else p.lat, nan if p.lon is None else p.lon) for p in some]
    )
    place = np.radians([(nan, nan) if at is None else at for at in problem.unit_places])
    home, place = home.reshape(-1, 2), place.reshape(-1, 2)
    lat, to_lat = home[:, :1], place[None, :, 0]
    chord = np.sin((to_lat - lat) / 2) ** 2
    chord += np.cos(lat) * np.cos(to_lat) * np.sin((place[None, :, 1] - home[:, 1:]) / 2) ** 2
    km = 2 * EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(chord)))
    d = np.floor(np.where(np.isnan(km), 0.0, km) + 0.5).astype(np.int64)
    points = d + d * d // problem.goals.distance_square
    row = np.full(len(problem.people), -1, np.int64)
    row[people] = np.arange(len(people))
    for (person, unit), weight in {(p, u): weight for p, u, weight in problem.wishes}.items():
        if row[person] >= 0:
            points[row[person], unit] -= problem.goals.wish * weight
    points += np.array([0 if p.due else p.helper_cost for p in some], np.int64)[:, None]
    return points


def move_prices(compiled: Compiled, person: Ints, desk: Ints) -> Ints:
    """Price of each move person[k] to desk[k] without time: distance, wishes, helper, touched units."""
    price = np.empty(len(person), np.int64)
    unit = compiled.desk[desk, UNIT].astype(np.int64)
    for first in range(0, len(person), 2048):
        part = slice(first, first + 2048)
        mine = np.arange(len(person[part]))
        price[part] = unit_prices(compiled.problem, person[part])[mine, unit[part]]
    away = (compiled.who[person, OWN] >= 0) & (compiled.who[person, UNIT] != unit)
    price += compiled.problem.goals.touched * np.where(away, 2, 1)
    return price


def group_parts(who: Small, desk: Small) -> tuple[Ints, tuple[Ints, ...], tuple[Ints, ...]]:
    """Joined group of each person (-1: none), and the people and the takeable desks of each.

    Groups are joined when somebody who takes desks of one holds a desk of the other.
    """
    largest = int(max(who[:, GROUP].max(initial=-1), desk[:, GROUP].max(initial=-1)))
    root = list(range(largest + 1))

    def find(group: int) -> int:
        while root[group] != group:
            group = root[group]
        return group

    for group, own in who[:, (GROUP, OWN)]:
        if group >= 0 and own >= 0 and desk[own, GROUP] >= 0:
            one, other = find(int(group)), find(int(desk[own, GROUP]))
            root[max(one, other)] = min(one, other)
    joined = np.array([find(group) for group in range(largest + 1)] + [-1], np.int64)
    person_part, desk_part = joined[who[:, GROUP]], joined[desk[:, GROUP]]
    names = np.unique(person_part[person_part >= 0])
    number = np.full(largest + 2, -1, np.int64)
    number[names] = np.arange(len(names))
    person_part, desk_part = number[person_part], number[desk_part]
    people_of = tuple(np.flatnonzero(person_part == k) for k in range(len(names)))
    desks_of = tuple(np.flatnonzero(desk_part == k) for k in range(len(names)))
    return person_part, people_of, desks_of
