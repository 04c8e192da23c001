"""Long work on rotation: a year's moves from the accepted dataset, a published plan mended."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from data.store import files, moves, plans, runs
from data.store.runs import RunOver
from data.words import Message
from scheduler.errors import PlanRefused, Refused
from scheduler.journeys.mending import repair_rotation
from scheduler.journeys.online.opened import lay_out_dataset
from scheduler.journeys.rotation import Rotated, RotationAsk, rotate
from scheduler.lifecycle import DRAFT
from solver.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scheduler.journeys.online.working import Job

ROTATE, REPAIR = "rotate", "repair"


def draft_rotation(job: Job) -> None:
    """A new version of the year's rotation plan, with its public copy.

    Asked: year, dataset_id, on, reading, what_if (rule id -> trial value), time_limit_s, seed.
    """
    ask = RotationAsk(
        _laid_out(job), job.ask["year"], _day(job), job.ask["reading"] or None,
        job.ask["what_if"] or {}, job.scratch / "rotation", public=True,
    )  # fmt: skip
    save(job, _judged(lambda: rotate(ask, _settings(job), job.tell)))


def repair_published(job: Job) -> None:
    """A new version that mends the published one with the fewest changed moves, with its public copy.

    Asked: plan_id, year, dataset_id, on, without (staff ids), time_limit_s, seed.
    """
    old = job.scratch / "old"
    with job.store.reading() as db:
        files.lay_out(db, "plan", job.ask["plan_id"], old)
    ask = RotationAsk(
        _laid_out(job), job.ask["year"], _day(job), out=job.scratch / "rotation", public=True
    )
    without = job.ask["without"]
    made = _judged(lambda: repair_rotation(ask, old, without, _settings(job), job.tell))
    save(job, made, previous_id=job.ask["plan_id"])


def save(job: Job, made: Rotated, previous_id: int | None = None) -> None:
    """The plan as a draft with its rows and files, and the run as done: one transaction."""
    plan, content = made.plan, files.gathered(made.folder)
    facts = json.loads(content["rotation.json"])
    with job.store.writing(job.by, job.clock()) as work:
        plans.in_turn(work.db)
        if runs.get(work.db, job.run.id).over:
            raise RunOver(job.run.id)
        plan_id = plans.add(
            work, plans.MOVES, plan.year, name=facts["plan_id"], title=facts["title"],
            trial=bool(facts["birth"].get("trial")), status=DRAFT, dataset_id=job.ask["dataset_id"],
            previous_id=previous_id, run_id=job.run.id, facts=facts,
        )  # fmt: skip
        moves.put(work.db, plan_id, plan.moves, plan.unplaced)
        files.put(work.db, "plan", plan_id, content)
        counts = {key: facts["counts"][key] for key in ("due", "placed", "unplaced", "helpers")}
        runs.finish(
            work, job.run.id,
            {"noun": "rotation", "id": plan_id, "year": plan.year, "counts": counts},
        )  # fmt: skip


def _judged(make: Callable[[], Rotated]) -> Rotated:
    """What is made; a refusal of the checker names its rules and nobody: others than HR read it, too."""
    try:
        return make()
    except PlanRefused as refused:
        rules = sorted({breach.rule for breach in refused.breaches})
        raise Refused(Message(
            "Bộ kiểm tra độc lập phát hiện {n} vi phạm ({rules}); chưa lưu gì.",
            {"n": len(refused.breaches), "rules": ", ".join(rules)},
        )) from None  # fmt: skip


def _laid_out(job: Job) -> Path:
    with job.store.reading() as db:
        return lay_out_dataset(db, job.ask["dataset_id"], job.scratch / "data")


def _day(job: Job) -> date | None:
    return date.fromisoformat(job.ask["on"]) if job.ask.get("on") else None


def _settings(job: Job) -> Settings:
    return Settings(time_limit_s=job.ask["time_limit_s"], seed=job.ask["seed"])
