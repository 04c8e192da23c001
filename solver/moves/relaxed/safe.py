"""Prices at which no exchange costs less than its people pay: they need no search to be proven.

Everybody makes the cheapest lawful move of the wave, with nobody asked whether the desk gets free;
only the caps of the own unit are kept. Where caps are tight that is most of what a plan costs.
"""

from __future__ import annotations

import numpy as np

from solver.moves.compiled import compiled
from solver.moves.relaxed.master import SCALE, Paid, rounded, solve_lp
from solver.moves.relaxed.pricing import Part
from solver.moves.relaxed.year import NEVER, NO_CAP, Ints, Small, Year


def cheapest_moves(year: Year, whole: list[Part]) -> Ints:
    """What a move costs each person in each wave at least, in points, shape (people, waves)."""
    low = np.full(year.time.shape, NEVER, np.int64)
    stands = 2 * year.problem.goals.changed if year.kept else 0
    for part in whole:
        holds = np.concatenate([year.own[part.people], part.desks])
        units = np.unique(year.desks[0][holds[holds >= 0]])
        if len(units):
            lowest_ways(low, part.people, units, year.way, year.waves, year.unit, year.inside)
    able = (low < NEVER) & (year.time < NEVER)
    return np.where(able, np.minimum(low + year.time - stands, NEVER), NEVER)


@compiled
def lowest_ways(
    low: Ints, people: Ints, units: Ints, way: Small, waves: Small, unit: Ints, inside: int
) -> None:
    """The cheapest way of each person in each wave, to any of the units that may be entered."""
    for p in people:
        for u in units:
            price = way[p, u] - (inside if unit[p] == u else 0)
            bits = waves[p, u]
            for w in range(low.shape[1]):
                if (bits >> w) & 1 and price < low[p, w]:
                    low[p, w] = price


def safe_prices(year: Year, low: Ints, unit: Ints, leader: Ints) -> Paid:
    """The highest pay that is safe whatever exchange, at these tolls; `low` from `cheapest_moves`."""
    own = np.maximum(year.unit, 0)
    tolls = unit[own] + year.leads[:, None] * leader[own]
    least = low * SCALE + np.where((year.unit >= 0)[:, None], tolls, 0)
    pay = np.where(low < NEVER, least, np.iinfo(np.int64).max).min(axis=1, initial=1 << 50)
    most = np.where(year.stay > 0, year.stay, 0) * SCALE
    return Paid(np.minimum(pay, most), np.zeros(year.desks.shape[1], np.int64), unit, leader)


def capped(year: Year, low: Ints) -> Paid:
    """Safe prices with tolls for the caps of the units that people leave, from a small LP."""
    none = np.zeros(year.unit_left.shape, np.int64)
    person, wave = np.nonzero((low < NEVER) & (year.stay > 0)[:, None] & (year.unit >= 0)[:, None])
    if len(person) == 0:
        return safe_prices(year, low, none, none)
    unit = year.unit[person] * low.shape[1] + wave
    left, led = year.unit_left.ravel()[unit], year.leader_left.ravel()[unit]
    leads = year.leads[person] & (led < NO_CAP)
    number = np.arange(len(person))
    n, caps = len(year.own), year.unit_left.size
    key = np.concatenate([person, n + unit[left < NO_CAP], n + caps + unit[leads]])
    var = np.concatenate([number, number[left < NO_CAP], number[leads]])
    upper = np.concatenate([np.ones(n), year.unit_left.ravel(), year.leader_left.ravel()])
    rows, row = np.unique(key, return_inverse=True)
    gain = low[person, wave] - year.stay[person]
    answer = solve_lp(
        np.minimum(gain, 0).astype(float), row, var, np.full(len(rows), -np.inf), upper[rows],
        (np.zeros(len(person)), np.zeros(len(rows))), how="inside",
    )  # fmt: skip
    if answer is None:
        return safe_prices(year, low, none, none)
    dual = np.zeros(len(upper))
    dual[rows] = answer[1]
    tolls = -dual[n:].reshape(2, *none.shape)
    paid = rounded(year, np.zeros(n), np.zeros(year.desks.shape[1]), tolls[0], tolls[1])
    return safe_prices(year, low, paid.unit, paid.leader)
