"""What a watcher knows about a unit on a morning: the features that the adversary learns from."""

from __future__ import annotations

import numpy as np

from scheduler.surprise.service import Bools, Floats, Ints
from scheduler.surprise.simulation.season import Season

NAMES = (
    "since_last", "since_second", "since_planned", "until_planned", "day", "week", "weekday",
    "visits", "visits_20", "visits_60", "behind_rate", "rate", "teams", "slots_today", "used_5",
    "kind_1", "kind_5", "kind_20", "reach_1", "reach_5", "reach_20",
)  # fmt: skip
ROSTER_NAMES = ("slots_that_reach", "pull_of_slots")
LONG_AGO = 400.0


def clues(season: Season, visits: Bools, day: Ints, unit: Ints) -> Floats:
    """(n, 21) features of pairs of day and unit, in the order of NAMES; only earlier visits count."""
    service = season.service
    last, second = _last_two(visits)
    before, after = _planned_around(service.planned.T)
    upto = _upto(visits)
    expected = _upto(season.published)
    used = _upto(visits.sum(axis=1, keepdims=True))
    slots = np.rint(season.published.sum(axis=1))
    _, reach = np.unique(service.eligible, axis=1, return_inverse=True)
    weekday = np.array(
        [n - np.flatnonzero(service.week == w)[0] for n, w in enumerate(service.week)]
    )
    columns = [
        _ago(day, last[day, unit]), _ago(day, second[day, unit]), _ago(day, before[day, unit]),
        after[day, unit], day, service.week[day], weekday[day],
        upto[day, unit], *(_within(upto, day, unit, n) for n in (20, 60)),
        upto[day, unit] - expected[day, unit], service.rate[unit],
        service.eligible.sum(axis=0)[unit], slots[day], _within(used, day, 0 * unit, 5),
    ]  # fmt: skip
    for group in (service.stratum, np.ravel(reach)):
        _, number = np.unique(group, return_inverse=True)
        member = np.eye(int(number.max()) + 1)[number]
        of_group = upto @ member
        size = np.maximum(member.sum(axis=0) - 1, 1)
        for n in (1, 5, 20):
            others = _within(of_group, day, number[unit], n) - _within(upto, day, unit, n)
            columns.append(others / size[number[unit]])
    return np.column_stack([np.asarray(column, np.float64) for column in columns])


def roster_clues(season: Season, day: Ints, unit: Ints) -> Floats:
    """(n, 2) features of somebody who knows today's teams, in the order of ROSTER_NAMES."""
    service = season.service
    slots, pull = np.zeros(season.chance.shape), np.zeros(season.chance.shape)
    for today in season.days:
        may = service.eligible[list(today.teams)] & service.open[:, today.day]
        slots[today.day] = may.sum(axis=0)
        pull[today.day] = (may / np.maximum(may @ service.rate, 1e-12)[:, None]).sum(axis=0)
    return np.column_stack([slots[day, unit], pull[day, unit]])


def _upto(values: Floats | Bools) -> Floats:
    """Row t: the sum of all rows before t; one row more than `values`."""
    return np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])


def _within(upto: Floats, day: Ints, column: Ints, days: int) -> Floats:
    """Sum over the last so many days before each day."""
    return np.asarray(upto[day, column] - upto[np.maximum(day - days, 0), column], np.float64)


def _last_two(visits: Bools) -> tuple[Ints, Ints]:
    """Day of the last and of the last but one visit before each day; -1: none."""
    days = np.where(visits, np.arange(len(visits))[:, None], -1)
    last = np.full(visits.shape, -1)
    last[1:] = np.maximum.accumulate(days, axis=0)[:-1]
    second = np.where(last >= 0, np.take_along_axis(last, np.maximum(last, 0), axis=0), -1)
    return last, second


def _planned_around(planned: Bools) -> tuple[Ints, Floats]:
    """Day of the last planned visit up to each day (-1: none), and days until the next."""
    number = np.arange(len(planned))[:, None]
    before = np.maximum.accumulate(np.where(planned, number, -1), axis=0)
    after = np.minimum.accumulate(np.where(planned, number, 10_000)[::-1], axis=0)[::-1]
    return before, np.minimum(after - number, LONG_AGO)


def _ago(day: Ints, earlier: Ints) -> Floats:
    return np.asarray(np.where(earlier < 0, LONG_AGO, day - earlier), np.float64)
