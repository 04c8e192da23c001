"""/approvals: what waits for a leader's word, and one page of each plan that can be printed on one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.access import MayApprovePlans, MayApproveRotations
from api.deps import StoreDep
from api.page import Page
from api.plan_goals import GoalLine, goal_lines
from data.records.changes import ADDED, CHANGED, DROPPED, KEPT, MOVED, NEW_TEAM, WHAT
from scheduler.approval import busiest
from scheduler.changes import proof
from scheduler.journeys.online import approvals, plans

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from data.words import Message

router = APIRouter(prefix="/approvals")


@router.get("")
def list_waiting(by: MayApprovePlans, page: Page, store: StoreDep) -> HTMLResponse:
    """Plans that wait, each as a card."""
    return page("approvals/list.html", waiting=approvals.waiting(store, by))


@router.get("/plans/{plan_id}")
def plan_sheet(by: MayApprovePlans, page: Page, plan_id: int, store: StoreDep) -> HTMLResponse:
    """A yearly plan on one page, with the forms to approve it or to send it back."""
    sheet = approvals.visit_sheet(store, by, plan_id)
    version = sheet.found.version
    goals = goal_lines(version.facts.get("goals", ()), page.lang)
    return page(
        "approvals/plan.html", sheet=sheet, found=sheet.found, version=version, facts=version.facts,
        people=sheet.found.shown.people, goals=goals, widest=widest(goals), whole=None,
        load=busiest(version.facts.get("load", {})), fewest=_fewest(version.facts),
        moved=_moved(sheet.change.changes) if sheet.change else (), what=WHAT,
        names=plans.names_of(store), visits={visit.row.visit_id: visit for visit in sheet.found.dropped},
    )  # fmt: skip


@router.get("/rotations/{plan_id}")
def rotation_sheet(
    by: MayApproveRotations, page: Page, plan_id: int, store: StoreDep
) -> HTMLResponse:
    """A rotation plan on one page, with the forms to approve it or to send it back."""
    sheet = approvals.move_sheet(store, by, plan_id)
    version = sheet.seen.version
    goals = goal_lines(version.facts.get("goals", ()), page.lang)
    return page(
        "approvals/rotation.html", sheet=sheet, version=version, facts=version.facts,
        people=sheet.seen.people, goals=goals, widest=None,
        whole=next((goal for goal in goals if goal.name == "total"), None),
    )  # fmt: skip


def _moved(changes: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What does not stay, what weighs most first."""
    order = (DROPPED, MOVED, NEW_TEAM, CHANGED, ADDED)
    return sorted(
        (change for change in changes if change["what"] != KEPT),
        key=lambda change: order.index(change["what"]),
    )


def widest(goals: Sequence[GoalLine]) -> GoalLine | None:
    """The goal of which the largest share is not proven; None when there is none."""
    shares = [(goal.open, goal) for goal in goals if goal.open is not None and 0 < goal.open < 1]
    return max(shares, key=lambda share: share[0], default=(0.0, None))[1]


def _fewest(facts: Mapping[str, Any]) -> Message | None:
    """How far the changes of an amendment are from the fewest possible, where that was reckoned."""
    replan = facts.get("replan") or {}
    if "changed_bound" not in replan:
        return None
    return proof(replan["changed"], replan["changed_bound"])
