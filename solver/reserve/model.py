"""A season's reserve: week after week the best kept teams, each week knowing those before."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from ortools.sat.python import cp_model

from solver.effort import Effort
from solver.reserve.cuts import Cuts
from solver.reserve.flow import Bools
from solver.reserve.goals import add_goals
from solver.reserve.greedy import greedy_week
from solver.reserve.limits import LIMITS
from solver.reserve.past import weeks_of
from solver.reserve.problem import ReserveProblem, ReserveSolution
from solver.reserve.result import ReserveResult
from solver.reserve.values import Tables, goal_values, kept_array, tables_of, turns, week_values
from solver.reserve.variables import Choices, choose
from solver.result import Progress
from solver.search import Values, search
from solver.settings import Settings

LUCK = 8  # equal reserves are told apart by a throw of 0 to 7 for each team and day
PATIENCE = (
    20.0  # seconds by which the clock is slower to cut a busy machine's run than the set work
)
ROUNDS = 60  # of solving a week and adding the rows that were broken
Week = list[tuple[int, ...]]


@dataclass
class Season:
    """What the weeks share while they are solved one after the other."""

    problem: ReserveProblem
    tables: Tables
    effort: Effort
    chance: random.Random
    teams: dict[frozenset[int], None] = field(default_factory=dict)  # of rows that were broken
    kept: list[tuple[int, ...]] = field(default_factory=list)  # days so far

    def so_far(self) -> Bools:
        """Kept teams of the days so far, shape (n_teams, n_days of these)."""
        return kept_array(self.problem, self.kept)[:, : len(self.kept)]


def solve_season(
    problem: ReserveProblem, settings: Settings, tell: Callable[[Progress], None]
) -> ReserveResult:
    """The best reserve found for each week in turn; the same input gives the same reserve.

    One worker and a set amount of work a week, whatever the settings say; a week whose work ran out
    takes the best found, the greedy one when there is none.
    """
    patient = settings.time_limit_s + PATIENCE
    effort = Effort(replace(settings, workers=1, repeatable=True, time_limit_s=patient))
    season = Season(problem, tables_of(problem), effort, random.Random(settings.seed))
    weeks, proven = list(weeks_of(problem)), 0
    for number, days in enumerate(weeks):
        best, whole = _solve_week(
            season, days, max(0.0, settings.time_limit_s - effort.spent) / (len(weeks) - number)
        )
        season.kept += best
        proven += whole
        effort.cut = effort.cut or effort.wall_left <= 0
        tell(Progress("reserve", effort.seconds, note=f"{number + 1}/{len(weeks)}"))
    solution = ReserveSolution(tuple(season.kept))
    return ReserveResult(
        solution=solution, goals=goal_values(problem, solution), weeks=len(weeks), proven=proven,
        seconds=round(effort.seconds, 3), repeatable=effort.repeatable,
    )  # fmt: skip


def _solve_week(season: Season, days: range, seconds: float) -> tuple[Week, bool]:
    """Kept teams of a week, and whether none are better given the weeks before."""
    choices = choose(season.problem, days)
    for limit in season.problem.limits:
        LIMITS[type(limit)](choices, limit, season.kept)
    add_goals(choices, season.tables)
    cuts = Cuts(choices, season.tables, season.teams)
    cuts.begin()
    objective = _with_luck(season, choices)
    best = greedy_week(season.problem, season.kept, days, season.chance)
    least, spent = _points(season, days, best), 0.0
    for _ in range(ROUNDS):
        choices.cp.minimize(objective)
        found = search(choices.cp, choices.variables, season.effort, seconds - spent)
        spent += found.seconds
        if found.values is None:
            return best, False
        week = _read(choices, found.values)
        points = _points(season, days, week)
        if points <= least:
            best, least = week, points
        if not cuts.add_broken(kept_array(season.problem, [*season.kept, *week])):
            return best, found.optimal
        if spent >= seconds:
            break
        choices.cp.clear_hints()  # type: ignore[no-untyped-call]
        for variable, value in zip(choices.variables, found.values.tolist(), strict=True):
            choices.cp.add_hint(variable, value)
    return best, False


def _with_luck(season: Season, choices: Choices) -> cp_model.LinearExprT:
    """The points, and far below them what tells equal reserves apart."""
    ahead, points = turns(season.problem, season.so_far()), season.problem.goals.turns
    price = [*choices.price]
    price += [points * ahead[team] * kept for (team, _), kept in choices.kept.items()]
    throws = [season.chance.randrange(LUCK) * kept for kept in choices.kept.values()]
    most = 1 + LUCK * sum(season.problem.wanted[day] for day in choices.days)
    return most * cp_model.LinearExpr.sum(price) + cp_model.LinearExpr.sum(throws)


def _points(season: Season, days: range, week: Week) -> int:
    kept = kept_array(season.problem, [*season.kept, *week])
    return week_values(season.problem, season.tables, kept, days)["total"]


def _read(choices: Choices, values: Values) -> Week:
    there = dict(zip(choices.kept, values.tolist(), strict=True))
    return [
        tuple(team for team in range(choices.problem.n_teams) if there[team, day])
        for day in choices.days
    ]
