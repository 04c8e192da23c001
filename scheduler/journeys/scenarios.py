"""What if: a named scenario planned, checked and kept apart from plans; nothing of it reaches data or rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from data import rulefiles
from data.scenario_folder import refuse_others, write_scenario
from data.tables import read_dataset
from data.words import Message
from scheduler.audit import audit
from scheduler.errors import PlanRefused
from scheduler.journeys.year import (
    PLAN_TABLES,
    Drafted,
    finished_plan,
    plan_id,
    plan_view,
    scenario_desk,
)
from scheduler.rulebook import in_force
from scheduler.scenarios import Scenario, checked
from scheduler.yearly_plan import to_problem, year_start
from solver import engine

if TYPE_CHECKING:
    from scheduler.journeys.year import OnProgress
    from solver.settings import Settings


@dataclass(frozen=True)
class ScenarioAsk:
    """Which data and year, what is otherwise, where to."""

    dataset: Path
    year: int
    scenario: Scenario
    out: Path


def draft_scenario(
    ask: ScenarioAsk, settings: Settings, on_progress: OnProgress | None = None
) -> Drafted:
    """A year planned under a scenario, verified and checked like a plan, saved marked as none.

    Raises
    ------
    Refused
        The scenario has no name or cannot be.
    data.faults.DatasetError, NoPlanPossible, NoPlanFound, PlanRefused
        As for a plan.
    """
    refuse_others(ask.out)
    office = read_dataset(ask.dataset, needed=PLAN_TABLES).office()
    law = in_force(rulefiles.read_rules(), year_start(ask.year))
    desk = scenario_desk(office, ask.year, checked(ask.scenario, office, law))
    problem = to_problem(desk.case)
    result = engine.solve(problem, settings, on_progress)
    plan = finished_plan(desk, problem, result, settings)
    breaches = audit(plan_view(plan, desk))
    if breaches:
        raise PlanRefused(breaches)
    told = ask.scenario.facts(law)
    birth = {**plan.facts["birth"], "scenario": told}
    title = Message(
        "KỊCH BẢN THỬ «{name}», không phải kế hoạch: {title}",
        {"name": ask.scenario.name, "title": plan.facts["title"]},
    )
    facts = {
        **plan.facts, "scenario": told, "birth": birth, "title": title.say("vi"),
        "plan_id": plan_id(birth, plan.visits if not result.repeatable else ()),
    }  # fmt: skip
    plan = replace(plan, facts=facts)
    write_scenario(plan, desk.case.office, ask.out)
    return Drafted(plan, result, ask.out)
