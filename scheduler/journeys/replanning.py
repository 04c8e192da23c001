"""A published plan changed during its year: as little as possible, or at best within a budget of changes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data import rulefiles
from data.calendar import WorkCalendar
from data.catalogue import read_catalogue
from data.exports.ics_changes import calendar_changes
from data.plan_folder import read_plan, refuse_strangers, write_plan
from data.records import Office, Plan
from data.records.changes import Changed
from data.tables import read_dataset
from data.words import Message
from scheduler import reports
from scheduler.audit import audit
from scheduler.errors import NoPlanFound, NoPlanPossible, PlanRefused, Refused
from scheduler.explain import BLAMED_LAST, ROWS, clash_of
from scheduler.journeys.reserve import with_reserve
from scheduler.journeys.year import (
    PLAN_TABLES,
    OnProgress,
    YearDesk,
    birth_certificate,
    plan_id,
    plan_view,
)
from scheduler.replan_case import ReplanCase, changed_reserve, replan_case
from scheduler.replan_facts import changed_facts, history_of, refusals
from scheduler.replanned_plan import changed_rows
from scheduler.rulebook import Rulebook, in_force
from scheduler.yearly_plan import year_start
from solver import engine
from solver.result import Result, Status
from solver.settings import Settings
from solver.visits.around.problem import Replanned
from solver.visits.around.rest import what_is_left

if TYPE_CHECKING:
    from solver.visits.problem import Problem


@dataclass(frozen=True)
class ReplanAsk:
    """What is asked for: which plan, which changed data, from which day, where to, how many changes."""

    plan: Path
    dataset: Path
    on: date
    out: Path
    most_changes: int | None = None  # None: as few as possible


@dataclass(frozen=True)
class ReplanDesk:
    """All that changing a plan needs, opened once."""

    plan: Plan
    office: Office
    replan: ReplanCase

    @property
    def year(self) -> YearDesk:
        """The changed year for the checker and the reports: the office as it is, without ghosts."""
        case = replace(self.replan.case, office=self.office)
        return YearDesk(case, self.replan.risk)


@dataclass(frozen=True)
class Changes:
    """A saved changed plan: what changed, what is proven, and where it is."""

    plan: Plan
    changes: tuple[Changed, ...]
    found: Replanned
    folder: Path


def open_replan(plan_path: Path, dataset: Path, on: date) -> ReplanDesk:
    """A published plan beside a changed dataset.

    The rules are those of the plan's year with the trial values that the plan was made with.

    Raises
    ------
    data.plan_in.PlanFileError, data.faults.DatasetError
        The plan or the dataset has faults.
    Refused
        The day is not in the plan's year, the plan belongs to another dataset, or nothing is to come.
    """
    plan = read_plan(plan_path)
    if on.year != plan.year:
        raise Refused(Message(
            "Ngày {on} không thuộc năm {year} của kế hoạch. Ghi --on trong năm {year}.",
            {"on": f"{on:%d/%m/%Y}", "year": plan.year},
        ))  # fmt: skip
    office = read_dataset(dataset, needed=PLAN_TABLES).office()
    known = {unit.unit_id for unit in office.units}
    strangers = sorted({row.unit_id for row in plan.visits} - known)
    if 2 * len(strangers) > len({row.unit_id for row in plan.visits}):
        raise Refused(Message(
            "Phần lớn đơn vị của kế hoạch ({units} …) không có trong bộ dữ liệu này. Chỉ đúng bộ dữ liệu của "
            "kế hoạch.", {"units": ", ".join(strangers[:3])},
        ))  # fmt: skip
    desk = replan_desk(plan, office, on)
    standing = desk.replan.standing
    open_rows = [v for v in desk.replan.case.owed if v.visit_id not in standing.past]
    if not open_rows and not standing.gone:
        raise Refused(Message(
            "Từ ngày {on} kế hoạch không còn cuộc nào, và không có việc mới phát sinh: không có gì để sửa.",
            {"on": f"{on:%d/%m/%Y}"},
        ))  # fmt: skip
    return desk


def replan_desk(plan: Plan, office: Office, on: date) -> ReplanDesk:
    """The same for a plan and an office that are already read."""
    trial = plan.facts.get("birth", {}).get("trial") or {}
    rulebook = in_force(rulefiles.read_rules(), year_start(plan.year), trial)
    return ReplanDesk(plan, office, _case(plan, office, rulebook, on))


def _case(plan: Plan, office: Office, rulebook: Rulebook, on: date) -> ReplanCase:
    calendar, catalogue = WorkCalendar(office.calendar), read_catalogue(year_start(plan.year))
    return replan_case(plan, office, calendar, rulebook, catalogue, on)


def replan_year(
    ask: ReplanAsk, settings: Settings, on_progress: OnProgress | None = None
) -> Changes:
    """The plan changed for the changed data, checked twice, saved whole with the list of changes.

    What has begun stays as it is, even where the new data make it unlawful: the plan says so. What is
    announced or pinned stays while it is lawful and leaves a plan possible.

    Raises
    ------
    NoPlanPossible, NoPlanFound
        Binding rules clash, or no lawful plan was found in time; nothing is saved.
    PlanRefused
        The checker found a breach that no visit already begun accounts for; nothing is saved.
    """
    # only who writes a plan pays for the start of what its Word file needs
    from scheduler.journeys.plan_document import plan_document

    refuse_strangers(ask.out)
    desk = open_replan(ask.plan, ask.dataset, ask.on)
    found = nearest(desk, settings, ask.most_changes, on_progress)
    plan, changes = finished_change(desk, found, settings, ask.most_changes)
    plan = with_reserve(desk.year.case, desk.year.risk, plan, settings, no_way_out, on_progress)
    plan = replace(plan, facts={**plan.facts, "calendar": calendar_changes(desk.plan, plan)})
    write_plan(plan, desk.office, ask.out, more=plan_document(plan, desk.office))
    return Changes(plan, changes, found, ask.out)


def no_way_out(plan: Plan) -> bool:
    """Whether another visit might move out of a unit's shadow: not while as little as possible changes."""
    return False


def nearest(
    desk: ReplanDesk,
    settings: Settings,
    most_changes: int | None = None,
    on_progress: OnProgress | None = None,
) -> Replanned:
    """The solver's answer; announced and pinned visits are touched only when nothing else is lawful.

    Raises
    ------
    NoPlanPossible, NoPlanFound
    """
    problem = desk.replan.problem
    found = engine.replan(problem, desk.replan.around(most_changes), settings, on_progress)
    if found.solution is None and "interrupted" not in found.note:
        around = desk.replan.around(most_changes, only_past=True)
        found = engine.replan(problem, around, settings, on_progress)
    if found.solution is None and found.status is Status.INFEASIBLE:
        raise NoPlanPossible(_clash(desk, settings))
    if found.solution is None:
        result = Result(found.status, None, (), found.seconds, found.seed, note=found.note)
        raise NoPlanFound(reports.why_no_plan(result))
    return found


def _clash(desk: ReplanDesk, settings: Settings) -> Any:
    """The smallest clash among the visits that are not past, and what would help."""

    def left(replan: ReplanCase) -> Problem:
        around = replan.around(only_past=True)
        return what_is_left(replan.problem, around.base, around.frozen).problem

    def rebuild(rulebook: Rulebook, office: Office) -> Problem:
        return left(_case(desk.plan, office, rulebook, desk.replan.standing.on))

    problem = left(desk.replan)
    past = desk.replan.standing.past
    owed = tuple(v for v in desk.replan.case.owed if v.visit_id not in past)
    case = replace(desk.replan.case, owed=owed)
    core = engine.explain(problem, settings, last=BLAMED_LAST, detailed=ROWS)
    return clash_of(
        core, case, problem, rebuild,
        lambda ladders, visits: engine.first_feasible(ladders, visits, settings),
    )  # fmt: skip


def finished_change(
    desk: ReplanDesk, found: Replanned, settings: Settings, most_changes: int | None
) -> tuple[Plan, tuple[Changed, ...]]:
    """The answer as a plan with dates, facts and birth certificate, after the checker, and the changes.

    Raises
    ------
    PlanRefused
        With every breach that visits already begun do not account for.
    """
    assert found.solution is not None
    replan = desk.replan
    rows, changes = changed_rows(replan, found.solution)
    reserve = changed_reserve(replan.case, replan.standing)
    birth = {
        **birth_certificate(desk.year, settings),
        "replan_of": desk.plan.facts.get("plan_id", ""),
        "rows_of": rows_digest(desk.plan),
        "on": replan.standing.on.isoformat(),
        "max_changes": most_changes,
    }
    result = Result(
        found.status, found.solution, found.goals, found.seconds, found.seed,
        repeatable=found.repeatable, note=found.note,
    )  # fmt: skip
    told = reports.facts(desk.year.case, replan.risk, rows, reserve, result)
    facts: dict[str, Any] = {
        "plan_id": plan_id(birth) if found.repeatable else plan_id(birth, rows), "birth": birth,
        "owner": desk.plan.facts.get("owner") or replan.case.rulebook.value("plan.owner"),
        "title": desk.plan.facts.get("title") or Message(
            "Kế hoạch kiểm tra công vụ năm {year}", {"year": replan.case.year}
        ).say("vi"),
        **told, "solver": {**told["solver"], "seconds": 0.0},
    }  # fmt: skip
    plan = Plan(replan.case.year, rows, reserve, facts)
    facts["replan"] = changed_facts(replan, found, changes, most_changes)
    view = plan_view(plan, desk.year)
    history = history_of(audit(view), view, replan.standing.past)
    facts["replan"]["history"] = [refusals(breach) for breach in history]
    refused = [breach for breach in audit(view) if breach not in history]
    if refused:
        raise PlanRefused(refused)
    return plan, changes


def rows_digest(plan: Plan) -> str:
    """Fingerprint of a plan's rows, whatever its file says about itself."""
    rows = "".join(repr(replace(row, row=0)) for row in plan.visits)
    return "sha256:" + hashlib.sha256(rows.encode()).hexdigest()
