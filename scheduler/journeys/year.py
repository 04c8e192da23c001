"""The yearly plan: opened, drafted, finished, audited."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from data import rulefiles
from data.calendar import WorkCalendar
from data.catalogue import read_catalogue
from data.plan_folder import read_plan, refuse_strangers, write_plan
from data.records import Office, Plan, PlannedVisit
from data.tables import read_dataset
from data.words import Message
from scheduler import reports
from scheduler.audit import audit
from scheduler.drops import drop_reason
from scheduler.errors import NoPlanFound, NoPlanPossible, PlanRefused
from scheduler.explain import BLAMED_LAST, ROWS, clash_of
from scheduler.journeys.reserve import with_reserve
from scheduler.plan_view import PlanView
from scheduler.rulebook import Rulebook, in_force
from scheduler.scenarios import Scenario, changed_office, scenario_of, trial_values
from scheduler.yearly_plan import reserve_weeks, to_problem, to_rows, year_case, year_start
from solver import engine
from solver.result import Progress, Result, Status
from solver.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.case import Case
    from scheduler.errors import Clash
    from scheduler.risk import UnitRisk
    from scheduler.rules.base import Breach
    from solver.visits.problem import Problem

OnProgress = Callable[[Progress], None]
PLAN_TABLES = ("units", "inspectors")


@dataclass(frozen=True)
class Drafted:
    """A saved yearly plan and where it is."""

    plan: Plan
    result: Result
    folder: Path


@dataclass(frozen=True)
class YearDesk:
    """All that planning a year needs, opened once."""

    case: Case
    risk: Mapping[str, UnitRisk]


def open_year(path: Path, year: int, trial: Mapping[str, Any] | None = None) -> YearDesk:
    """Everything for planning a year from a dataset; `trial` holds what-if values of rules."""
    office = read_dataset(path, needed=PLAN_TABLES).office()
    return year_desk(office, year, trial)


def year_desk(office: Office, year: int, trial: Mapping[str, Any] | None = None) -> YearDesk:
    """The same for an office that is already read."""
    rulebook = in_force(rulefiles.read_rules(), year_start(year), trial)
    return YearDesk(
        *year_case(
            office, WorkCalendar(office.calendar), rulebook, read_catalogue(year_start(year)), year
        )
    )


def draft_year_plan(
    dataset: Path, year: int, out: Path, settings: Settings, on_progress: OnProgress | None = None,
    trial: Mapping[str, Any] | None = None,
) -> Drafted:  # fmt: skip
    """A yearly plan, checked twice and saved whole in the folder `out`.

    Raises
    ------
    data.faults.DatasetError
        The dataset has faults.
    NoPlanPossible
        Binding rules clash; the clash is named and nothing is saved.
    NoPlanFound
        Time ran out before a plan or a proof that there is none.
    PlanRefused
        The checker found a breach in the solver's plan; nothing is saved.
    """
    # only who writes a plan pays for the start of what its Word file needs
    from scheduler.journeys.plan_document import plan_document

    refuse_strangers(out)
    desk = open_year(dataset, year, trial)
    problem = to_problem(desk.case)
    result = engine.solve(problem, settings, on_progress)
    plan = finished_plan(desk, problem, result, settings)
    plan = with_reserve(
        desk.case, desk.risk, plan, settings, lambda p: not audit(plan_view(p, desk)), on_progress
    )
    breaches = audit(plan_view(plan, desk))
    if breaches:
        raise PlanRefused(breaches)
    write_plan(plan, desk.case.office, out, more=plan_document(plan, desk.case.office))
    return Drafted(plan, result, out)


def finished_plan(desk: YearDesk, problem: Problem, result: Result, settings: Settings) -> Plan:
    """The solver's answer as a plan with dates, reasons and birth certificate.

    Raises
    ------
    NoPlanPossible, NoPlanFound
        When there is no solution.
    """
    solution = result.solution
    if solution is None and result.status is Status.INFEASIBLE:
        raise NoPlanPossible(clash_in(desk, problem, settings))
    if solution is None:
        raise NoPlanFound(reports.why_no_plan(result))
    case, rulebook = desk.case, desk.case.rulebook
    rows = to_rows(
        case, solution, rulebook.value("plan.owner"),
        lambda v: drop_reason(problem, solution, v), lambda message: message.say("vi"),
    )  # fmt: skip
    reserve = reserve_weeks(case)
    birth = birth_certificate(desk, settings)
    facts = {
        "plan_id": plan_id(birth) if result.repeatable else plan_id(birth, rows),
        "birth": birth, "owner": rulebook.value("plan.owner"),
        "title": Message("Kế hoạch kiểm tra công vụ năm {year}", {"year": case.year}).say("vi"),
        **reports.facts(case, desk.risk, rows, reserve, result),
    }  # fmt: skip
    return Plan(case.year, rows, reserve, facts)


def clash_in(desk: YearDesk, problem: Problem, settings: Settings) -> Clash:
    """The smallest clash of a year that is proven to have no plan, and the ways out that were tried."""
    core = engine.explain(problem, settings, last=BLAMED_LAST, detailed=ROWS)
    case = desk.case

    def rebuilt(rules: Rulebook, office: Office) -> Problem:
        catalogue = read_catalogue(rules.on)
        return to_problem(year_case(office, case.calendar, rules, catalogue, case.year)[0])

    return clash_of(
        core, case, problem, rebuilt,
        lambda ladders, visits: engine.first_feasible(ladders, visits, settings),
    )  # fmt: skip


def birth_certificate(desk: YearDesk, settings: Settings) -> dict[str, Any]:
    """What a plan follows from: the same certificate gives the same plan, byte for byte."""
    effort = {k: v for k, v in asdict(settings).items() if k in ("time_limit_s", "repeatable")}
    return {
        "year": desk.case.year, "data": desk.case.office.digest, "rules": desk.case.rulebook.digest,
        "trial": dict(desk.case.rulebook.trial), "seed": settings.seed, "version": version("congvu"),
        "ortools": version("ortools"), "settings": effort,
    }  # fmt: skip


def plan_id(birth: Mapping[str, Any], rows: tuple[PlannedVisit, ...] = ()) -> str:
    """Short name of a plan: digest of its birth certificate.

    A plan that was stopped or cut short does not follow from its certificate alone: its `rows` are
    then part of the name, which ends in "-x".
    """
    facts = json.dumps(birth, sort_keys=True, ensure_ascii=False, default=str)
    content = facts + "".join(map(repr, rows))
    return hashlib.sha256(content.encode()).hexdigest()[:16] + ("-x" if rows else "")


def plan_view(plan: Plan, desk: YearDesk) -> PlanView:
    """A plan beside the office and the rules, for the checker."""
    return PlanView(
        plan=plan, office=desk.case.office, calendar=desk.case.calendar, rulebook=desk.case.rulebook,
        leads_until=desk.case.leads_until, unit_head_rank=desk.case.unit_head_rank,
        inspector_rank=desk.case.inspector_rank,
    )  # fmt: skip


def opened_as_made(dataset: Path, plan: Plan) -> YearDesk:
    """The year as a plan says that it was made: trial values, or a whole scenario."""
    office = read_dataset(dataset, needed=PLAN_TABLES).office()
    scenario = scenario_of(plan.facts.get("scenario"))
    if scenario is None:
        return year_desk(office, plan.year, plan.facts.get("birth", {}).get("trial") or {})
    return scenario_desk(office, plan.year, scenario)


def scenario_desk(office: Office, year: int, scenario: Scenario) -> YearDesk:
    """The year under a scenario."""
    law = in_force(rulefiles.read_rules(), year_start(year))
    return year_desk(changed_office(office, scenario), year, trial_values(scenario, law))


def audit_plan(plan_path: Path, dataset: Path) -> tuple[Plan, str, list[Breach]]:
    """The plan read, the digest of the dataset, and every breach of every rule.

    The plan is a plan folder, or a workbook or CSV file edited by hand.

    Raises
    ------
    data.plan_folder.PlanFileError
        The plan cannot be read.
    data.faults.DatasetError
        The dataset has faults.
    """
    plan = read_plan(plan_path, scenarios=True)
    desk = opened_as_made(dataset, plan)
    if (
        "risk" not in plan.facts
    ):  # a workbook edited by hand carries none: reckoned from the dataset
        plan = replace(plan, facts={**plan.facts, "risk": reports.risk_facts(desk.risk)})
    return plan, desk.case.office.digest, audit(plan_view(plan, desk))
