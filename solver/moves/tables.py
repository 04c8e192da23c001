"""Prices of a problem as tables, equal point for point to goals.py, and the groups that hang together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from solver.moves.enumerate import Floats
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


@dataclass(frozen=True)
class Homes:
    """What the price of a way to work is made of."""

    home: Floats  # shape (n_people, 2): in radians, nan for unknown
    place: Floats  # shape (n_units, 2)
    helper: Ints  # shape (n_people,): price of moving somebody who is not due
    wish: Ints  # person * n_units + unit of each wish, ascending
    weight: Ints


def homes_of(problem: MovesProblem) -> Homes:
    """The homes, places, helpers' prices and wishes of a problem."""
    nan = float("nan")
    home = [
        (nan if p.lat is None else p.lat, nan if p.lon is None else p.lon) for p in problem.people
    ]
    place = [(nan, nan) if at is None else at for at in problem.unit_places]
    weights = {p * len(place) + u: weight for p, u, weight in problem.wishes}
    wish = np.array(sorted(weights), np.int64)
    return Homes(
        np.radians(np.array(home, np.float64).reshape(-1, 2)),
        np.radians(np.array(place, np.float64).reshape(-1, 2)),
        np.array([0 if p.due else p.helper_cost for p in problem.people], np.int64),
        wish, np.array([weights[w] for w in wish.tolist()], np.int64),
    )  # fmt: skip


def unit_prices(problem: MovesProblem, people: Ints) -> Ints:
    """Distance, wishes and the helper's price of each person at each unit, shape (n, n_units)."""
    some = tuple(problem.people[p] for p in people)
    homes = homes_of(replace(problem, people=some, wishes=()))
    points = _way(homes.home[:, None, :], homes.place[None, :, :], problem.goals.distance_square)
    row = np.full(len(problem.people), -1, np.int64)
    row[people] = np.arange(len(people))
    for (person, unit), weight in {(p, u): weight for p, u, weight in problem.wishes}.items():
        if row[person] >= 0:
            points[row[person], unit] -= problem.goals.wish * weight
    return points + homes.helper[:, None]


def _way(home: Floats, place: Floats, square: int) -> Ints:
    """Points for the distance, along the last axis; 0 where either end is unknown."""
    lat, to_lat = home[..., 0], place[..., 0]
    chord = np.sin((to_lat - lat) / 2) ** 2
    chord = chord + np.cos(lat) * np.cos(to_lat) * np.sin((place[..., 1] - home[..., 1]) / 2) ** 2
    km = 2 * EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(chord)))
    d = np.floor(np.where(np.isnan(km), 0.0, km) + 0.5).astype(np.int64)
    return np.asarray(d + d * d // square)


def move_prices(compiled: Compiled, person: Ints, desk: Ints) -> Ints:
    """Price of each move person[k] to desk[k] without time: distance, wishes, helper, touched units."""
    homes, goals = compiled.homes, compiled.problem.goals
    unit = compiled.desk[desk, UNIT].astype(np.int64)
    price = _way(homes.home[person], homes.place[unit], goals.distance_square)
    price = price + homes.helper[person]
    if len(homes.wish):
        key = person * len(homes.place) + unit
        at = np.minimum(np.searchsorted(homes.wish, key), len(homes.wish) - 1)
        price -= goals.wish * np.where(homes.wish[at] == key, homes.weight[at], 0)
    away = (compiled.who[person, OWN] >= 0) & (compiled.who[person, UNIT] != unit)
    return np.asarray(price + goals.touched * np.where(away, 2, 1))


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
