"""Which teams go on a day: those kept by the week's reserve first, then others on call by fresh chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from scheduler.case import Case
from scheduler.surprise.office_service import keeps_roster, team_skills
from scheduler.surprise.reserve import reserve_problem
from scheduler.surprise.roster import Rest, chosen, day_teams
from scheduler.surprise.service import Bools, Floats, Ints, Service
from scheduler.surprise.teams import SurpriseTeam
from solver.reserve.engine import solve_reserve
from solver.settings import Settings

SECONDS = 5.0  # of work for a week's roster
SEEDS = 1 << 31  # that CP-SAT takes

Rosters = Mapping[str, list[str]]  # day -> its teams on call
Tables = Mapping[str, Mapping[str, Any]]  # day -> the table that counts, with its teams


def day_slots(
    service: Service, number: int, debt: Floats, may: Bools, chance: np.random.Generator
) -> list[int]:
    """Teams for a day's slots, in slot order: on call and able to go first, then whoever may go.

    So a team of the roster that is missing gives its place to another one before the draw. Where no roster
    is named beforehand, those go whose table comes nearest to the targets, out of many taken by chance.

    Parameters
    ----------
    debt : (n_units,) what earlier tables owe
    may : (n_teams,) here, free and rested
    """
    kept: list[int] = []
    if service.on_call is not None:
        kept = chosen(may & service.on_call[:, number], int(service.slots[number]), chance)
    teams = day_teams(service, number, debt, may, chance, kept)
    return [int(team) for team in chance.permutation(np.array(teams, np.int64))]


def with_roster(
    state: Mapping[str, Any], service: Service, case: Case, teams: tuple[SurpriseTeam, ...], number: int,
    tables: Tables, seed: int,
) -> tuple[Service, Rosters]:  # fmt: skip
    """The season with a week's teams on call, all that are free or a roster; and every roster so far.

    The rosters are to be kept in the planner's state with the table of the day `number`.

    A roster is made once, with the week's first table, out of what teams really did before; it stays in the
    planner's own state, so that the teams can be told, and is never published. Where its seed were
    the plan's, everybody could make it again: so it is the table's own.
    """
    rosters: dict[str, list[str]] = dict(state.get("rosters", {}))
    if not keeps_roster(case, service):
        return service, rosters
    week = np.flatnonzero(service.week == service.week[number])
    missing = [int(n) for n in week if n >= number and service.days[n] not in rosters]
    if missing:
        first = missing[0]
        problem = reserve_problem(
            service, Rest(**case.rulebook.value("surprise.rest")), team_skills(case, teams),
            range(first, int(week[-1]) + 1), *_past(service, first, tables, rosters),
        )  # fmt: skip
        settings = Settings(time_limit_s=SECONDS, seed=seed % SEEDS, workers=1)
        solution = solve_reserve(problem, settings).solution
        for n, kept in enumerate(solution.kept, start=first):
            rosters[service.days[n]] = [service.teams[team] for team in kept]
    on_call = np.zeros_like(service.free)
    for n in week.tolist():
        on_call[:, n] = np.isin(service.teams, rosters.get(service.days[n], []))
    return replace(service, on_call=on_call), rosters


def _past(
    service: Service, first: int, tables: Tables, rosters: Rosters
) -> tuple[list[int], list[int], list[int]]:
    """For each team before a day: days of the same week, days in a row just before, days in all."""
    went: Ints = np.zeros((len(service.teams), first), np.int64)
    for n, day in enumerate(service.days[:first]):
        teams = tables[day]["teams"] if day in tables else rosters.get(day, [])
        went[:, n] = np.isin(service.teams, teams)
    same = service.week[:first] == service.week[first]
    run = np.cumprod(went[:, ::-1], axis=1).sum(axis=1)
    return went[:, same].sum(axis=1).tolist(), run.tolist(), went.sum(axis=1).tolist()
