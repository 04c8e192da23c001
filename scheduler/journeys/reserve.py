"""A plan with its reserve solved: which days keep how many teams, and which units lie in the plan's shadow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.records import Plan
from data.words import Message
from scheduler.reports import CUT_SHORT, both
from scheduler.surprise.guard import GuardRefused
from scheduler.surprise.office_service import (
    keeps_roster,
    office_service,
    standing_teams,
    team_skills,
)
from scheduler.surprise.quota import week_quota
from scheduler.surprise.rates import RatesImpossible
from scheduler.surprise.reserve import kept_teams, reserve_problem
from scheduler.surprise.reserve_report import Kept, reserve_facts, reserve_warnings, shadowed
from scheduler.surprise.roster import Rest
from scheduler.surprise.teams import NoTeams
from scheduler.surprise.way_out import Lawful, with_ways_out
from solver.reserve.engine import solve_reserve

if TYPE_CHECKING:
    from scheduler.case import Case
    from scheduler.journeys.year import OnProgress
    from scheduler.risk import UnitRisk
    from solver.settings import Settings

SHARE, MOST_SECONDS = 0.1, 3.0  # of the plan's time that the reserve may take besides


def with_reserve(
    case: Case, risk: Mapping[str, UnitRisk], plan: Plan, settings: Settings, lawful: Lawful,
    on_progress: OnProgress | None = None,
) -> Plan:  # fmt: skip
    """The plan with the facts of its reserve and a warning for whatever the reserve cannot keep.

    A plan is never refused here, nor changed: where surprise visits are impossible, a warning says why, and
    where a unit lies in the shadow of a visit that `lawful` would allow on another day, which day.
    """
    try:
        season = kept_season(case, risk, plan, settings, on_progress)
    except (NoTeams, RatesImpossible) as error:
        return _told(plan, {}, [error.message])
    except GuardRefused as error:
        return _told(plan, {}, error.faults)
    rows = with_ways_out(case, plan, season, shadowed(case, plan, season), lawful)
    facts = reserve_facts(case, season, rows)
    cut = [] if season.repeatable or season.note else [CUT_SHORT]
    return _told(plan, facts, [*reserve_warnings(case, season, rows, facts), *cut])


def kept_season(
    case: Case, risk: Mapping[str, UnitRisk], plan: Plan, settings: Settings,
    on_progress: OnProgress | None = None,
) -> Kept:  # fmt: skip
    """The reserve of a plan's whole year, solved anew: the same case, plan and seed give the same.

    Raises
    ------
    NoTeams, RatesImpossible, GuardRefused
        When the office cannot have surprise visits.
    """
    teams = standing_teams(case)
    service = office_service(case, plan, risk, teams)
    rest = Rest(**case.rulebook.value("surprise.rest"))
    problem = reserve_problem(service, rest, team_skills(case, teams))
    seconds = min(MOST_SECONDS, SHARE * settings.time_limit_s)
    result = solve_reserve(problem, replace(settings, time_limit_s=seconds), on_progress)
    kept = kept_teams(result.solution, len(teams))
    if keeps_roster(case, service):
        service = replace(service, on_call=kept)
    quota = week_quota(case, plan, len(service.units))
    theta = case.rulebook.value("surprise.shadow")
    return Kept(service, teams, kept, quota, theta, result.note, result.repeatable)


def _told(plan: Plan, facts: dict[str, Any], warnings: list[Message]) -> Plan:
    more = [both(message) for message in warnings]
    told = {"reserve": facts, "warnings": [*plan.facts.get("warnings", ()), *more]}
    return replace(plan, facts={**plan.facts, **told})
