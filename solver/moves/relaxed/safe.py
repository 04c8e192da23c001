"""Prices at which no exchange costs less than its people pay: they need no search to be proven.

Everybody makes the cheapest lawful move of the wave, with nobody asked whether the desk gets free;
only the caps of the own unit are kept. Where caps are tight that is most of what a plan costs.
"""

from __future__ import annotations

import numpy as np

from solver.moves.compiled import compiled
from solver.moves.enumerate import Bools
from solver.moves.relaxed.master import SCALE, Paid, rounded, solve_lp
from solver.moves.relaxed.pricing import Part
from solver.moves.relaxed.year import NEVER, NO_CAP, Ints, Small, Year


def cheapest_moves(year: Year, whole: list[Part]) -> Ints:
    """What a move costs each person in each wave at least, in points, shape (people, waves).

    NEVER where the person can go nowhere, or where nobody can take a desk that must not stay empty.
    """
    low = np.full(year.time.shape, NEVER, np.int64)
    stands = 2 * year.problem.goals.changed if year.kept else 0
    for part in whole:
        holds = np.concatenate([year.own[part.people], part.desks])
        holds = holds[holds >= 0]
        holds = holds[np.argsort(year.desks[0][holds], kind="stable")]
        units, start = np.unique(year.desks[0][holds], return_index=True)
        if len(units):
            start = np.append(start, len(holds))
            near, taken = np.zeros(len(part.people), np.bool_), np.zeros(low.shape, np.bool_)
            inside_ways(
                part.people,
                year.own,
                year.group,
                year.desks,
                year.elsewhere,
                units,
                start,
                holds,
                near,
            )
            lowest_ways(low, part.people, units, year.way, year.waves, year.unit, year.inside, near)
            takers(
                taken, part.people, year.waves, year.time, year.unit, near | year.tail[part.people]
            )
            low[part.people] = np.where(taken[part.people], low[part.people], NEVER)
    able = (low < NEVER) & (year.time < NEVER)
    return np.where(able, np.minimum(low + year.time - stands, NEVER), NEVER)


@compiled
def inside_ways(
    people: Ints, own: Ints, group: Ints, desks: Ints, elsewhere: bool, units: Ints, start: Ints,
    holds: Ints, near: Bools,
) -> None:  # fmt: skip
    """Marks people for whom there is another desk in the own unit; `holds` are desks unit by unit."""
    for i in range(len(people)):
        mine = own[people[i]]
        if mine < 0:
            continue
        u = np.searchsorted(units, desks[0, mine])
        for d in holds[start[u] : start[u + 1]]:
            other = not elsewhere
            for known in (2, 3):
                here, there = desks[known, mine], desks[known, d]
                other |= here >= 0 and there >= 0 and here != there
            if d != mine and desks[1, d] == group[people[i]] and other:
                near[i] = True
                break


@compiled
def lowest_ways(
    low: Ints,
    people: Ints,
    units: Ints,
    way: Small,
    waves: Small,
    unit: Ints,
    inside: int,
    near: Bools,
) -> None:
    """The cheapest way of each person in each wave, to any of the units that may be entered."""
    for i in range(len(people)):
        p = people[i]
        for u in units:
            if unit[p] == u and not near[i]:
                continue
            price = way[p, u] - (inside if unit[p] == u else 0)
            bits = waves[p, u]
            for w in range(low.shape[1]):
                if (bits >> w) & 1 and price < low[p, w]:
                    low[p, w] = price


@compiled
def takers(
    taken: Bools, people: Ints, waves: Small, time: Small, unit: Ints, anyway: Bools
) -> None:
    """Marks people, by wave, whose desk somebody of another unit can take; all waves of those `anyway`."""
    n_waves = taken.shape[1]
    seen = np.zeros(n_waves, np.bool_)
    for i in range(len(people)):
        p = people[i]
        if anyway[i] or unit[p] < 0:
            taken[p] = True
            continue
        left = 0
        for w in range(n_waves):
            seen[w] = time[p, w] >= NEVER  # no matter: the person cannot move
            left += int(not seen[w])
        for q in people:
            if unit[q] == unit[p]:
                continue
            bits = waves[q, unit[p]]
            for w in range(n_waves):
                if not seen[w] and (bits >> w) & 1 and time[q, w] < NEVER:
                    seen[w] = True
                    left -= 1
            if left == 0:
                break
        taken[p] = seen


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
