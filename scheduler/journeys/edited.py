"""A plan edited by hand as a plan of its own: its id, its parent's, a journal, figures of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.records import Plan, RotationPlan
from data.words import Message
from scheduler import reports, rotation_reports
from scheduler.journeys.rotation import rotation_id
from scheduler.journeys.year import plan_id
from scheduler.reports import both

if TYPE_CHECKING:
    from scheduler.case import Case
    from scheduler.rotation_case import RotationCase

NOT_PROVEN = Message(
    "Kế hoạch đã sửa tay từ kế hoạch {parent}; các cận đã chứng minh là của kế hoạch đó, "
    "không còn là của kế hoạch này."
)
Told = Sequence[Mapping[str, Any]]  # rows of the journal, as `scheduler.edits.journal` gives them


def edited_year(old: Plan, plan: Plan, told: Told, case: Case) -> Plan:
    """The rows of `plan` with facts that follow from those of `old`, of which they are an edit."""
    rows = plan.visits
    birth = {**old.facts.get("birth", {}), "edited_from": str(old.facts.get("plan_id", ""))}
    facts = {
        **old.facts, **_family(old, told), "birth": birth,
        "plan_id": plan_id(birth, tuple(replace(row, row=0) for row in rows)),
        "status": "feasible", "goals": [], "objective": {}, "bound": None, "gap": None,
        "coverage": reports.coverage(case, rows), "load": reports.loads(case, rows),
        "counts": reports.counts(rows, plan.reserve), "reserve": {},
    }  # fmt: skip
    return replace(plan, facts=facts)


def edited_rotation(
    old: RotationPlan, plan: RotationPlan, told: Told, case: RotationCase
) -> RotationPlan:
    """The same for a plan of moves."""
    birth = {**old.facts.get("birth", {}), "edited_from": str(old.facts.get("plan_id", ""))}
    rows = [replace(move, row=0) for move in plan.moves]
    kept = {k: v for k, v in old.facts.items() if k not in rotation_reports.OF_THE_SEARCH}
    facts = {
        **kept, **_family(old, told), "birth": birth,
        "plan_id": rotation_id(birth, rows), "goals": [],
        **rotation_reports.standing_facts(case, plan.moves, plan.unplaced),
    }  # fmt: skip
    return replace(plan, facts=facts)


def _family(old: Plan | RotationPlan, told: Told) -> dict[str, Any]:
    """Where an edited plan comes from, and that its parent's proofs are not its own."""
    parent = str(old.facts.get("plan_id", ""))
    warnings = [
        w for w in old.facts.get("warnings", ()) if w != _not_proven(old.facts.get("parent"))
    ]
    return {
        "parent": parent,
        "journal": [*old.facts.get("journal", ()), *told],
        "warnings": [*warnings, _not_proven(parent)],
    }


def _not_proven(parent: Any) -> dict[str, str]:
    return both(replace(NOT_PROVEN, params={"parent": parent or "-"}))
