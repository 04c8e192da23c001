"""Rotation plans asked for, mended, and judged by the checker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data import rulefiles
from data.records import RotationPlan
from data.store import moves, plans, runs
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.online.lifecycle import Verdict
from scheduler.journeys.online.opened import accepted, open_dataset
from scheduler.journeys.online.rotation_work import REPAIR, ROTATE
from scheduler.journeys.online.versions import Effort, in_force
from scheduler.journeys.rotation import as_asked, rotation_desk, rotation_view
from scheduler.rotation_audit import audit_rotation
from scheduler.rulebook import in_force as rules_in_force

if TYPE_CHECKING:
    from data.records.actors import Actor
    from data.store.plans import Version
    from data.store.store import Store


def ask_for_rotation(
    store: Store, by: Actor, at: datetime, year: int, on: date | None, reading: str,
    effort: Effort, what_if: Mapping[str, Any],
) -> str:  # fmt: skip
    """A run that plans the year's moves from the accepted dataset; gives its id.

    Raises
    ------
    Refused
        No dataset has been accepted.
    scheduler.rulebook.TrialRefused
        A what-if value names no rule, or is of another kind.
    """
    rules_in_force(rulefiles.read_rules(), max(on or date.min, date(year, 1, 1)), what_if)
    with store.writing(by, at) as work:
        wanted = {
            "year": year, "dataset_id": accepted(work.db).id, "reading": reading,
            "on": on.isoformat() if on else "", "what_if": dict(what_if),
            "time_limit_s": effort.time_limit_s, "seed": effort.seed,
        }  # fmt: skip
        return runs.ask(work, ROTATE, wanted)


def ask_for_repair(
    store: Store, by: Actor, at: datetime, plan_id: int, on: date, without: Sequence[str],
    effort: Effort,
) -> str:  # fmt: skip
    """A run that mends a published plan for the accepted dataset, without some people; gives its id.

    Raises
    ------
    Refused
        The plan is not in force, the day is not in its year, or no dataset has been accepted.
    data.store.errors.NotFound
    """
    with store.writing(by, at) as work:
        version = in_force(work.db, plans.MOVES, plan_id)
        if on.year > version.year:
            raise Refused(Message(
                "Ngày {day} sau năm {year} của kế hoạch.",
                {"day": f"{on:%d/%m/%Y}", "year": version.year},
            ))  # fmt: skip
        wanted = {
            "plan_id": plan_id, "year": version.year, "dataset_id": accepted(work.db).id,
            "on": on.isoformat(), "without": sorted(set(without)),
            "time_limit_s": effort.time_limit_s, "seed": effort.seed,
        }  # fmt: skip
        return runs.ask(work, REPAIR, wanted)


def judge(store: Store, version: Version) -> Verdict:
    """What the checker says of the version on the accepted data; a rotation's rows are never edited."""
    with store.reading() as db:
        dataset_id, rows = accepted(db).id, moves.all_rows(db, version.id)
        left, _ = moves.unplaced_page(db, version.id, 0, 10_000_000)
    plan = RotationPlan(version.year, rows, tuple(left), dict(version.facts))
    desk = rotation_desk(open_dataset(store, dataset_id), as_asked(plan, Path()))
    policies = desk.case.rulebook.policies
    found = []
    for breach in audit_rotation(rotation_view(desk, plan)):
        policy = policies.get(breach.rule)
        found.append({
            "rule": breach.rule, "source": breach.source, "visits": [*breach.visits],
            "vi": breach.message.say("vi"), "en": breach.message.say("en"),
            "title_vi": policy.title_vi if policy else "", "title_en": policy.title_en if policy else "",
        })  # fmt: skip
    return Verdict(dataset_id, found)
