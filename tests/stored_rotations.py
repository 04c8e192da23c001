"""Rotation plans put into a store as they are, without a solve: filled ones to look at, and large ones."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from data.records import Office as Records
from data.records import RotationPlan
from data.store import files, moves, plans
from tests.clients import Office
from tests.hr_office import accept, written
from tests.rotation_offices import LISTED
from tests.rotation_plans import rotation_plan


@cache
def filled(n_moves: int = 60) -> tuple[RotationPlan, dict[str, bytes]]:
    """A plan with people on every list, and the tables of its office."""
    plan, records = rotation_plan(n_moves)
    return plan, written(_whole(records))


def keep(
    office: Office, plan: RotationPlan, dataset_id: int, *, status: str = "draft", by: str = "hr",
    previous: int | None = None, content: dict[str, bytes] | None = None, **more: Any,
) -> int:  # fmt: skip
    """The plan as a version made by this officer, in any state; gives its id."""
    who = office.actor(office.account("hr", name=by))
    with office.store.writing(who, office.now) as work:
        made = plans.add(
            work, plans.MOVES, plan.year, name=str(plan.facts["plan_id"]), title=plan.facts["title"],
            trial=False, status="draft", dataset_id=dataset_id, previous_id=previous, facts=plan.facts,
        )  # fmt: skip
        moves.put(work.db, made, plan.moves, plan.unplaced)
        usual = {"rotation.xlsx": b"PK", "public/rotation.xlsx": b"PK"}
        files.put(work.db, "plan", made, usual if content is None else content)
        plans.change(work, plans.get(work.db, plans.MOVES, made), 1, status=status, **more)
    return made


def filled_rotation(office: Office, n_moves: int = 60, **more: Any) -> int:
    """Such a plan on the dataset that it speaks of; gives its id."""
    plan, tables = filled(n_moves)
    return keep(office, plan, accept(office, tables), **more)


def _whole(records: Records) -> Records:
    """The records with posts of the catalogue, as a dataset has them."""
    posts = tuple(replace(post, category=LISTED) for post in records.positions)
    return replace(records, positions=posts)
