"""Which teams go on a day: those kept by the week's reserve first, then others on call by fresh chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from data.draws.log import DrawFolder
from scheduler.case import Case
from scheduler.surprise.office_service import keeps_roster, team_skills
from scheduler.surprise.reserve import reserve_problem
from scheduler.surprise.roster import Rest, chosen
from scheduler.surprise.service import Bools, Ints, Service
from scheduler.surprise.teams import SurpriseTeam
from solver.reserve.engine import solve_reserve
from solver.settings import Settings

SECONDS = 5.0  # of work for a week's roster
SEEDS = 1 << 31  # that CP-SAT takes

Tables = Mapping[str, Mapping[str, Any]]  # day -> the table that counts, with its teams


def day_slots(service: Service, number: int, may: Bools, chance: np.random.Generator) -> list[int]:
    """Teams for a day's slots, in slot order: on call and able to go first, then whoever may go.

    So a team of the roster that is missing gives its place to another one before the draw.

    Parameters
    ----------
    may : (n_teams,) here, free and rested
    """
    first = may if service.on_call is None else may & service.on_call[:, number]
    slots = int(service.slots[number])
    teams = chosen(np.asarray(first, np.bool_), slots, chance)
    others = may & ~np.isin(np.arange(len(may)), teams)
    teams += chosen(np.asarray(others, np.bool_), slots - len(teams), chance)
    return [int(team) for team in chance.permutation(np.array(teams, np.int64))]


def with_roster(
    folder: DrawFolder, service: Service, case: Case, teams: tuple[SurpriseTeam, ...], number: int,
    tables: Tables, seed: int,
) -> Service:  # fmt: skip
    """The season with the teams on call in the week of day `number`: all that are free, or a roster.

    A roster is made once, with the week's first table, out of what teams really did before; it stays in the
    planner's own state, so that the teams can be told, and is never published. Where its seed were
    the plan's, everybody could make it again: so it is the table's own.
    """
    if not keeps_roster(case, service):
        return service
    state, week = folder.state(), np.flatnonzero(service.week == service.week[number])
    rosters: dict[str, list[str]] = state.setdefault("rosters", {})
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
        folder.put_state(state)
    on_call = np.zeros_like(service.free)
    for n in week.tolist():
        on_call[:, n] = np.isin(service.teams, rosters.get(service.days[n], []))
    return replace(service, on_call=on_call)


def _past(
    service: Service, first: int, tables: Tables, rosters: Mapping[str, list[str]]
) -> tuple[list[int], list[int], list[int]]:
    """For each team before a day: days of the same week, days in a row just before, days in all."""
    went: Ints = np.zeros((len(service.teams), first), np.int64)
    for n, day in enumerate(service.days[:first]):
        teams = tables[day]["teams"] if day in tables else rosters.get(day, [])
        went[:, n] = np.isin(service.teams, teams)
    same = service.week[:first] == service.week[first]
    run = np.cumprod(went[:, ::-1], axis=1).sum(axis=1)
    return went[:, same].sum(axis=1).tolist(), run.tolist(), went.sum(axis=1).tolist()
