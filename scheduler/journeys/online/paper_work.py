"""The papers of a plan as a run: every kind, a file for each visit or person, kept beside the plan."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from data.records import Plan, RotationPlan
from data.store import files, plans, runs
from data.tables import read_dataset
from scheduler.journeys.flags import WHOLE_CITY
from scheduler.journeys.online.opened import lay_out_dataset
from scheduler.journeys.online.organisation import issuer
from scheduler.journeys.online.plan_papers import MADE, NOUN, is_draft
from scheduler.journeys.online.stored_plans import digest_of, plan_of, visit_plan
from scheduler.journeys.paper_choices import PapersAsk
from scheduler.journeys.paper_files import safe_name
from scheduler.journeys.papers import write_papers_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.store.plans import Version
    from scheduler.journeys.online.working import Job


def make_papers(job: Job) -> None:
    """Every paper of the version `ask["plan_id"]`, with the figures of the day `ask["on"]`.

    Raises
    ------
    data.papers.organisation_in.PapersRefused
        What is kept about the office that signs has faults.
    """
    with job.store.reading() as db:
        version = plans.get(db, job.ask["kind"], job.ask["plan_id"])
        plan = plan_of(db, version)
        amends = _amended(db, version)
        blocks = issuer(db)
        known = version.checked_on_id or version.dataset_id
        year = version.year if version.kind == plans.VISITS else None
        folder = lay_out_dataset(db, known, job.scratch / "data", year)
    office = read_dataset(folder, limits=WHOLE_CITY).office()
    out, draft = job.scratch / "papers", is_draft(version)
    ask = PapersAsk(
        folder, out, on=date.fromisoformat(job.ask["on"]), each=True, draft=draft, issuer=blocks
    )
    done = write_papers_of(plan, ask, office, amends=amends)
    contents = files.gathered(out)
    contents[MADE] = _made(job, plan, draft)
    with job.store.writing(job.by, job.clock()) as work:
        old = [kept.name for kept in files.listed(work.db, NOUN, version.id)]
        files.drop(work.db, NOUN, version.id, old)
        files.put(work.db, NOUN, version.id, contents)
        runs.finish(work, job.run.id, {"noun": "plan", "id": version.id, "papers": len(done.files)})
        work.tell("papers.made", "plan", version.id, {"papers": len(done.files), "draft": draft})


def _amended(db: Connection, version: Version) -> Plan | None:
    if version.kind != plans.VISITS or version.previous_id is None:
        return None
    return visit_plan(db, plans.get(db, version.kind, version.previous_id))


def _made(job: Job, plan: Plan | RotationPlan, draft: bool) -> bytes:
    facts: Mapping[str, Any] = {
        "run": job.run.id, "at": job.clock().isoformat(), "on": job.ask["on"], "draft": draft,
        "rows": digest_of(plan), "visits": _alone(plan),
    }  # fmt: skip
    return json.dumps(facts, ensure_ascii=False).encode()


def _alone(plan: Plan | RotationPlan) -> dict[str, str]:
    """Visit -> name of its files; a name that two visits share is nobody's."""
    if not isinstance(plan, Plan):
        return {}
    names = {row.visit_id: safe_name(row.visit_id) for row in plan.visits}
    times = Counter(names.values())
    return {visit: name for visit, name in names.items() if times[name] == 1}
