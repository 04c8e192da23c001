"""Another body's plan taken back, such as one brought in by mistake: its days go out of the data with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.proposals import blackouts_csv
from data.store import datasets, other_plans
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.online.datasets import put_upload
from scheduler.journeys.online.opened import accepted, open_office
from scheduler.journeys.online.other_plan_rows import MOST_PLANS, OVER, TABLE, waiting_days
from scheduler.journeys.online.other_plans import WAITING, blackout_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection

    from data.records import Blackout
    from data.records.actors import Actor
    from data.store.datasets import StoredDataset
    from data.store.other_plans import StoredOtherPlan
    from data.store.store import Store


@dataclass(frozen=True)
class Withdrawn:
    """A plan that is no longer kept.

    Attributes
    ----------
    dataset : the data without its days, being checked; None: none of them is in use
    waiting : ids of datasets not yet accepted that bring its days, and should not be accepted
    """

    plan: StoredOtherPlan
    dataset: StoredDataset | None
    waiting: tuple[int, ...]


def withdraw_other_plan(
    store: Store, by: Actor, at: datetime, other_plan_id: int, revision: int
) -> Withdrawn:
    """The plan out of the list; days of it that are in use leave with a new dataset, once that is accepted.

    Days that another plan of the same body brought as well stay.

    Raises
    ------
    Refused
        No dataset has been accepted, or another one just was.
    data.store.errors.NotFound, data.store.errors.Stale
    """
    with store.reading() as db:
        other_plans.at_revision(db, other_plan_id, revision)
        base = accepted(db).id
    there = open_office(store).blackouts
    with store.writing(by, at) as work:
        datasets.lock(work)
        if accepted(work.db).id != base:
            raise Refused(OVER)
        plan = other_plans.at_revision(work.db, other_plan_id, revision)
        rest = [one for one in other_plans.page(work.db, 0, MOST_PLANS)[0] if one.id != plan.id]
        gone = _days([plan]) - _days(rest)
        kept = [row for row in there if row not in gone]
        made = None
        if len(kept) < len(there):
            more = waiting_days(work.db, {(plan.id, number) for number in plan.decided})
            new = [row for row in dict.fromkeys(more) if row not in set(kept)]
            name = Message("Rút kế hoạch của {body}", {"body": plan.body}).say("vi")
            content = blackouts_csv([*kept, *new])
            made = put_upload(work, f"{name}, {plan.year}", {TABLE: content}, "current")
        waiting = _waiting(work.db, plan)
        other_plans.withdraw(work, plan)
        told = {"name": plan.name, "body": plan.body, "year": plan.year}
        work.tell(
            "other_plan.withdrawn", other_plans.NOUN, plan.id,
            {**told, "dataset": made.id if made else None},
        )  # fmt: skip
    return Withdrawn(plan, made, waiting)


def _days(plans: Iterable[StoredOtherPlan]) -> set[Blackout]:
    rows = [blackout_of(found, one.body) for one in plans for found in one.decided.values()]
    return {row for row in rows if row}


def _waiting(db: Connection, plan: StoredOtherPlan) -> tuple[int, ...]:
    sets = {found.dataset_id for found in plan.decided.values() if found.dataset_id is not None}
    return tuple(sorted(one for one in sets if datasets.get(db, one).status in WAITING))
