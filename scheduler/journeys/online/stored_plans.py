"""A version out of the store as the plan that the journeys know."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from data.records import Plan, RotationPlan
from data.store import moves, plans, visits

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.store.plans import Version

ALL = 1_000_000


def plan_of(db: Connection, version: Version) -> Plan | RotationPlan:
    """The rows and facts of a version."""
    if version.kind == plans.VISITS:
        return visit_plan(db, version)
    left, _ = moves.unplaced_page(db, version.id, 0, ALL)
    rows = moves.all_rows(db, version.id)
    return RotationPlan(version.year, rows, tuple(left), dict(version.facts))


def visit_plan(db: Connection, version: Version) -> Plan:
    """The same for a version that is known to be one of visits."""
    rows, reserve = visits.all_rows(db, version.id), visits.reserve(db, version.id)
    return Plan(version.year, rows, reserve, dict(version.facts))


def digest_of(plan: Plan | RotationPlan) -> str:
    """Tells whether rows were changed since something was made from them."""
    rows: tuple[Any, ...] = plan.visits if isinstance(plan, Plan) else (*plan.moves, *plan.unplaced)
    told = json.dumps([asdict(row) for row in rows], ensure_ascii=False, default=str)
    return hashlib.sha256(told.encode()).hexdigest()
