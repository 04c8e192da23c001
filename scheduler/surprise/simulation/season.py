"""A season's tables, day by day: who is free and rested, who is ill, and the law of each day.

Nothing here knows a visit: what was drawn can have no influence on a table (surprise.md, A8).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.surprise.day_table import NoTable, day_table
from scheduler.surprise.debt import day_share
from scheduler.surprise.roster import Rest, chosen, day_teams, rested
from scheduler.surprise.service import Bools, DayAsk, DayTable, Floats, Service
from scheduler.surprise.simulation.illness import Illness


@dataclass(frozen=True, eq=False)
class SimulatedDay:
    """One day that was drawn on."""

    day: int
    teams: tuple[int, ...]  # one for each slot, after clock-in
    on_call: tuple[int, ...]  # healthy teams that could take over, rested ones first
    fair: Floats  # (n_units,) the rate brought to the day's slots; 0 on a planned day
    table: DayTable


@dataclass(frozen=True, eq=False)
class Season:
    """A year of tables; every array of days has a row for each day of the service."""

    service: Service
    days: tuple[SimulatedDay, ...]
    chance: Floats  # (n_days, n_units) exact
    fair: Floats  # (n_days, n_units) the rate brought to the day's slots; 0 on a unit's planned day
    published: (
        Floats  # (n_days, n_units) what everybody knows: rate x slots of the day over the mean
    )
    wanted: int  # slots that were planned

    @property
    def used(self) -> int:
        """Slots that were drawn on."""
        return sum(len(day.teams) for day in self.days)


def season_tables(
    service: Service, rest: Rest, chance: np.random.Generator, sick: Illness, blindly: bool = False
) -> Season:
    """Tables of a whole season. A team that is ill at clock-in is replaced before the draw.

    `blindly`: teams are drawn out of those on call, whatever they reach; else so that the day's table
    comes nearest to its targets.
    """
    on: dict[str, list[str]] = {}
    debt = np.zeros(len(service.units))
    days = []
    for n in range(len(service.days)):
        able = service.free[:, n] & _rested(service, on, n, rest)
        ill = chance.random(len(service.teams)) < sick.at_clock_in
        planned, well = _picked(service, n, debt, able, blindly, [], chance), able & ~ill
        there = [team for team in planned if not ill[team]]
        teams = _picked(service, n, debt, well, blindly, there, chance)
        on_call = chance.permutation(np.setdiff1d(np.flatnonzero(well), teams)).tolist()
        tired = service.free[:, n] & ~ill & ~able  # who is due a rest steps in last
        on_call += np.setdiff1d(np.flatnonzero(tired), teams).tolist()
        day = _day(service, n, teams, on_call, debt)
        if day is not None:
            debt = day.table.debt
            on[service.days[n]] = [service.teams[team] for team in day.teams]
            days.append(day)
    return _season(service, days)


def _picked(
    service: Service, n: int, debt: Floats, may: Bools, blindly: bool, kept: list[int],
    chance: np.random.Generator,
) -> list[int]:  # fmt: skip
    if not blindly:
        return day_teams(service, n, debt, may, chance, kept)
    others = may & ~np.isin(np.arange(len(may)), kept)
    return kept + chosen(np.asarray(others, np.bool_), int(service.slots[n]) - len(kept), chance)


def _ask(service: Service, n: int, may: Bools, debt: Floats) -> DayAsk:
    mean = float(service.slots.mean())
    return DayAsk(service.rate, mean, may, service.planned[:, n], debt)


def _rested(service: Service, on: dict[str, list[str]], n: int, rest: Rest) -> Bools:
    week = [service.days[d] for d in np.flatnonzero(service.week == service.week[n])]
    before = service.days[max(0, n - rest.row) : n]
    return rested(on, service.teams, service.days[n], week, before, rest)


def _day(
    service: Service, n: int, teams: list[int], on_call: list[int], debt: Floats
) -> SimulatedDay | None:
    """The day's table; a slot whose team can go nowhere is given up, as the planner would."""
    while teams:
        ask = _ask(service, n, service.eligible[teams] & service.open[:, n], debt)
        try:
            return SimulatedDay(n, tuple(teams), tuple(on_call), day_share(ask), day_table(ask))
        except NoTable as error:
            teams = [team for slot, team in enumerate(teams) if slot not in error.slots]
    return None


def _season(service: Service, days: list[SimulatedDay]) -> Season:
    shape = (len(service.days), len(service.units))
    chance, fair, published = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for day in days:
        chance[day.day] = day.table.chance
        fair[day.day] = day.fair
        published[day.day] = service.rate * (len(day.teams) / service.rate.sum())
    return Season(service, tuple(days), chance, fair, published, int(service.slots.sum()))
