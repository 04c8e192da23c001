"""All simulated years of one service, and every figure about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scheduler.surprise.simulation import judged
from scheduler.surprise.simulation.adversary import Learned, learned
from scheduler.surprise.simulation.figures import Figure
from scheduler.surprise.simulation.floors import Shadow, shadows
from scheduler.surprise.simulation.hazard import added
from scheduler.surprise.simulation.illness import HEALTHY
from scheduler.surprise.simulation.pool import pooled_chances
from scheduler.surprise.simulation.replan import replanned
from scheduler.surprise.simulation.season import Season
from scheduler.surprise.simulation.watched import Machine, WatchedYear, watched_year

MOST_TABLES = 40  # years with tables of their own; more years are drawn out of these
CLOSELY = 4  # years looked at with what is slow
DARK, NAMED, LOOKED_AT = 0.5, 10, 500  # units named when a week falls below; at most so many; weeks


@dataclass(frozen=True)
class Simulated:
    """What simulated years say."""

    units: int
    teams: int
    years: int  # drawn
    tables: int  # years with tables of their own
    visits: int  # surprise visits of a year
    figures: tuple[Figure, ...]
    ours: tuple[float, ...]  # hazard 1, 2, ... working days after a visit, over the published rate
    even: tuple[float, ...]
    shadows: tuple[Shadow, ...]  # the darkest week of each of some units
    unreachable: tuple[str, ...]  # units that no team may ever visit


def simulated(
    machine: Machine, years: int, leak_rule: Mapping[str, Any],
    told: Callable[[int, int], None] = lambda done, of: None,
) -> Simulated:  # fmt: skip
    """Simulates years of a service; `told` hears how many steps are done, of how many."""
    tables = min(years, MOST_TABLES)
    steps = tables + 3
    watched = []
    for year in range(tables):
        draws = years // tables + (year < years % tables)
        watched.append(watched_year(machine, year, draws, year < CLOSELY))
        told(year + 1, steps)
    planned = machine.season(0, HEALTHY)
    told(tables + 1, steps)
    service = watched[0].season.service
    _, again = replanned(machine, 0, judged.limits_row(len(service.teams), leak_rule) == 0)
    blind = machine.season(0, blindly=True)
    pool = pooled_chances(blind, machine.luck(0, 3))
    told(tables + 2, steps)
    seasons = [year.season for year in watched]
    figures = [
        *judged.tables_sound(watched), *judged.drawn_as_told(watched),
        *judged.no_week_is_safe(seasons, planned), *judged.roster_leak(seasons, blind, pool, leak_rule),
        *judged.watcher_learns(_all_learned(watched, machine.seed)), *judged.no_window(seasons),
        *judged.random_enough(watched), *judged.capacity_used(watched), *again,
    ]  # fmt: skip
    told(steps, steps)
    return Simulated(
        len(service.units), len(service.teams), years, tables, seasons[0].wanted, tuple(figures),
        tuple(added([year.ours for year in watched]).ratio),
        tuple(added([year.even for year in watched]).ratio),
        _darkest(seasons),
        tuple(service.units[n] for n in np.flatnonzero(~service.eligible.any(axis=0))),
    )  # fmt: skip


def _darkest(seasons: Sequence[Season]) -> tuple[Shadow, ...]:
    least: dict[str, Shadow] = {}
    for shadow in sorted(
        (found for season in seasons for found in shadows(season, DARK, LOOKED_AT)),
        key=lambda found: found.ratio,
    ):
        if shadow.busy:  # else no team may go there, or only by bad luck of the roster
            least.setdefault(shadow.unit, shadow)
    return tuple(list(least.values())[:NAMED])


def _all_learned(watched: Sequence[WatchedYear], seed: int) -> dict[str, Learned]:
    if len(watched) < 2:
        return {name: NOTHING for name in watched[0].cases}
    return {
        name: learned([year.cases[name] for year in watched], seed) for name in watched[0].cases
    }


NOTHING = Learned(float("nan"), 0.0, float("nan"), 0, 0, 0)
