"""Teams for visits at fixed days: a greedy start, then CP-SAT for the visits it leaves without a team."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from solver.effort import Effort
from solver.result import Progress
from solver.search import search
from solver.settings import Settings
from solver.visits.problem import Problem
from solver.visits.teams.greedy import fill, staff_greedily
from solver.visits.teams.limits import LIMITS
from solver.visits.teams.problem import Teams, compile_teams
from solver.visits.teams.roster import Roster
from solver.visits.teams.seating import seated
from solver.visits.teams.variables import Choices, choose

Report = Callable[[Progress], None]


@dataclass(frozen=True)
class Staffed:
    """Teams in plan order (leader, secretary where asked for, others ascending), and who got none.

    `unstaffed` are visits with a start but no team. `proven` says that, on these days, no teams leave
    less drop cost without a team. `seconds` is the effort spent.
    """

    teams: tuple[tuple[int, ...], ...]
    unstaffed: tuple[int, ...]
    proven: bool = False
    seconds: float = 0.0


def staff(
    problem: Problem, starts: tuple[int, ...], settings: Settings, report: Report, seconds: float
) -> Staffed:
    """Legal teams for as many visits as can be found within `seconds` of effort.

    What is left without a team has the least drop cost found; visits that must be come before all others.
    Greedy first; then, months apart, CP-SAT over all visits of a month that lacks a team (people are
    bound within months, by days and month caps); then months together with their neighbours, then all.
    """
    teams = compile_teams(problem, starts)
    roster = staff_greedily(teams, settings.seed)
    effort = Effort(replace(settings, time_limit_s=max(0.0, seconds)))
    proven = roster.price() == 0
    scopes = (_same_month, _near_months, _everything)
    for number, scope in enumerate(scopes):
        if proven or effort.left <= 0.05:
            break
        report(Progress("teams", effort.seconds, best=roster.price()))
        share = 0.5 if number < len(scopes) - 1 else 1.0
        proven = _round(roster, scope, effort, share * effort.left)
    spent = effort.spent if settings.repeatable else effort.seconds
    return _answer(teams, roster, proven, spent)


def _answer(teams: Teams, roster: Roster, proven: bool, seconds: float) -> Staffed:
    made: list[tuple[int, ...]] = [()] * len(teams.problem.visits)
    for r, team in enumerate(roster.of):
        made[int(teams.visits[r])] = seated(teams, r, team)
    unstaffed = tuple(int(teams.visits[r]) for r in roster.without())
    return Staffed(tuple(made), unstaffed, proven, seconds)


def _round(
    roster: Roster, scope: Callable[[Teams, int], list[int]], effort: Effort, seconds: float
) -> bool:
    """Decide anew the visits around each one that lacks a team; whether the whole is proven best."""
    ends_at = effort.left - seconds
    tried: set[tuple[int, ...]] = set()
    for r in sorted(roster.without(), key=lambda r: -int(roster.teams.price[r])):
        rows = tuple(scope(roster.teams, r))
        if roster.of[r] or rows in tried or effort.left <= ends_at + 0.02:
            continue
        tried.add(rows)
        waiting = max(1, len(roster.without()))
        proven = decide(roster, rows, effort, max(0.1, (effort.left - ends_at) * 2 / (1 + waiting)))
        if proven and len(rows) == roster.teams.n:
            return True
    return roster.price() == 0


def decide(roster: Roster, rows: Sequence[int], effort: Effort, seconds: float) -> bool:
    """Give these visits the teams that leave least without one, all others staying as they are.

    The roster is changed in place, never for the worse. The answer: whether nothing better exists.
    """
    kept = {r: roster.take_back(r) for r in rows}
    plan = choose(roster, tuple(rows))
    for limit in LIMITS:
        limit(plan)
    prices = roster.teams.price
    plan.model.minimize(sum(int(prices[r]) * (1 - x) for r, x in plan.staffed.items()))
    variables = _hinted(plan, kept)
    found = search(plan.model, variables, effort, seconds, linearization_level=2)
    now = sum(int(prices[r]) for r, team in kept.items() if not team)
    if found.values is not None and found.value < now:
        taken = {x.index for x, value in zip(variables, found.values, strict=True) if value}
        kept = {r: tuple(i for i, x in plan.on[r].items() if x.index in taken) for r in rows}
    for r, team in kept.items():
        if team:
            roster.give(r, team)
    if found.values is not None:
        fill(roster, [r for r in rows if not roster.of[r]])
    return found.optimal


def _hinted(plan: Choices, kept: dict[int, tuple[int, ...]]) -> list[cp_model.IntVar]:
    """All literals, hinted with the teams there were."""
    variables: list[cp_model.IntVar] = []
    for r in plan.rows:
        plan.model.add_hint(plan.staffed[r], bool(kept[r]))
        variables.append(plan.staffed[r])
        for i, x in plan.on[r].items():
            plan.model.add_hint(x, i in kept[r])
            variables.append(x)
    return variables


def _same_month(teams: Teams, r: int) -> list[int]:
    return _in_months(teams, {part // 32 for part in teams.months[r]})


def _near_months(teams: Teams, r: int) -> list[int]:
    own = {part // 32 for part in teams.months[r]}
    return _in_months(teams, {m + d for m in own for d in (-1, 0, 1)})


def _in_months(teams: Teams, months: set[int]) -> list[int]:
    return [u for u in range(teams.n) if any(part // 32 in months for part in teams.months[u])]


def _everything(teams: Teams, r: int) -> list[int]:
    return list(range(teams.n))
