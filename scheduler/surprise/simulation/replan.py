"""A year in which teams are lost for some weeks, and its tables are made anew (surprise.md, A13)."""

from __future__ import annotations

from dataclasses import replace
from math import inf

from scheduler.surprise.service import Floats
from scheduler.surprise.simulation.figures import Figure
from scheduler.surprise.simulation.judged import leaks, no_window
from scheduler.surprise.simulation.season import Season, season_tables
from scheduler.surprise.simulation.soundness import soundness
from scheduler.surprise.simulation.watched import Machine
from scheduler.surprise.study import without_teams

LOST, LENGTH = 0.25, 60  # share of the teams (3 of 12), days
DURING, AFTERWARDS = 0.54, 0.52  # most of a day's leak, for services of the study's size


def replanned(machine: Machine, year: int, large: bool) -> tuple[Season, list[Figure]]:
    """The season, and its figures: what may be guessed before, during and after.

    `large`: a service of the study's size, for which the limits of the leak were set.
    """
    service = machine.service_of(year)
    first = len(service.days) * 2 // 5
    last = min(first + LENGTH, len(service.days)) - 1
    chance = machine.luck(year, 5)
    count = max(1, round(LOST * len(service.teams)))
    lost = sorted(chance.permutation(len(service.teams))[:count].tolist())
    season = season_tables(
        without_teams(service, lost, first, last), machine.rest, machine.luck(year, 0), machine.sick
    )
    found, sound = season.chance, soundness(season)
    during, after = (DURING, AFTERWARDS) if large else (inf, inf)
    figures = [
        Figure("A13", "before", _leak(season, found, 0, first)),
        Figure("A13", "during", _leak(season, found, first, last + 1), most=during),
        Figure("A13", "after", _leak(season, found, last + 1, len(found)), most=after),
        Figure("A13", "chance_off", sound.chance_off, most=1e-6),
        Figure("A13", "tickets_astray", sound.tickets_astray, most=0),
    ]
    return season, figures + no_window([season], "A13")


def _leak(season: Season, chance: Floats, first: int, end: int) -> float:
    part = replace(
        season, published=season.published[first:end], fair=season.fair[first:end],
        service=replace(season.service, week=season.service.week[first:end]),
    )  # fmt: skip
    return leaks(part, chance[first:end])[0]
