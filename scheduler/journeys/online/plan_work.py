"""Long work on yearly plans: a draft from the accepted dataset, a changed version of a published plan."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from data.store import files, plans, runs, visits
from data.store.runs import RunOver
from data.tables import read_dataset
from scheduler.journeys.online.opened import lay_out_dataset
from scheduler.journeys.replanning import ReplanAsk, replan_year
from scheduler.journeys.year import PLAN_TABLES, draft_year_plan
from scheduler.lifecycle import DRAFT
from solver.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from data.records import Plan
    from scheduler.journeys.online.working import Job

PLAN, REPLAN = "plan", "replan"
MADE_FILES = ("plan.json", "visits.csv", "reserve.csv")


def draft_plan(job: Job) -> None:
    """A new version of the year's plan, made from the dataset that was asked for.

    Asked: year, dataset_id, time_limit_s, seed, what_if (rule id -> trial value).
    """
    data = _dataset(job, job.ask["year"])
    trial = job.ask.get("what_if") or None
    made = draft_year_plan(
        data, job.ask["year"], job.scratch / "plan", _settings(job), job.tell, trial
    )
    save(job, made.plan, made.folder, data)


def change_plan(job: Job) -> None:
    """A new version that changes the published one for the accepted data, from a day on.

    Asked: plan_id, dataset_id, on, max_changes, time_limit_s, seed.
    """
    old = job.scratch / "old"
    with job.store.reading() as db:
        year = plans.get(db, plans.VISITS, job.ask["plan_id"]).year
        files.lay_out(db, "plan", job.ask["plan_id"], old)
    data = _dataset(job, year)
    ask = ReplanAsk(
        old, data, date.fromisoformat(job.ask["on"]), job.scratch / "plan", job.ask["max_changes"]
    )
    made = replan_year(ask, _settings(job), job.tell)
    save(job, made.plan, made.folder, data, previous_id=job.ask["plan_id"])


def save(job: Job, plan: Plan, folder: Path, data: Path, previous_id: int | None = None) -> None:
    """The plan as a draft with its rows and files, and the run as done: one transaction."""
    office = read_dataset(data, needed=PLAN_TABLES).office()
    names = {unit.unit_id: unit.name for unit in office.units}
    content = files.gathered(folder)
    made = {plans.MADE + name: content[name] for name in MADE_FILES}
    birth = plan.facts["birth"]
    with job.store.writing(job.by, job.clock()) as work:
        plans.in_turn(work.db)
        if runs.get(work.db, job.run.id).over:
            raise RunOver(job.run.id)
        plan_id = plans.add(
            work, plans.VISITS, plan.year, name=plan.facts["plan_id"], title=plan.facts["title"],
            trial=bool(birth.get("trial") or plan.facts.get("scenario")), status=DRAFT,
            dataset_id=job.ask["dataset_id"], previous_id=previous_id, run_id=job.run.id,
            facts=json.loads(content["plan.json"]),
        )  # fmt: skip
        visits.put(work.db, plan_id, plan.visits, names)
        visits.put_reserve(work.db, plan_id, plan.reserve)
        files.put(work.db, "plan", plan_id, {**content, **made})
        runs.finish(
            work, job.run.id,
            {"noun": "plan", "id": plan_id, "year": plan.year, "counts": plan.facts["counts"]},
        )  # fmt: skip


def _dataset(job: Job, year: int) -> Path:
    with job.store.reading() as db:
        return lay_out_dataset(db, job.ask["dataset_id"], job.scratch / "data", year)


def _settings(job: Job) -> Settings:
    return Settings(time_limit_s=job.ask["time_limit_s"], seed=job.ask["seed"])
