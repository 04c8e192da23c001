"""The visits of a plan on the server: listed, tried out, changed, changed back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from data.records import Plan, PlannedVisit
from data.store import plan_edits, plans, visits
from data.store.errors import NotFound
from data.words import Message
from scheduler import lifecycle
from scheduler.edits import new_breaches
from scheduler.errors import PlanRefused, Refused
from scheduler.hand_edits import VisitChange, edit_of
from scheduler.journeys.online.plan_desk import OpenPlan, Sources, open_plan
from scheduler.journeys.online.plan_rows import applied, cells_of, stored_rows

if TYPE_CHECKING:
    from datetime import datetime

    from data.records import ReserveWeek
    from data.records.actors import Actor
    from data.store.plans import Version
    from data.store.store import Store, Writing
    from data.store.visits import StoredVisit
    from scheduler.rules.base import Breach

WHAT = Message("cuộc kiểm tra")


@dataclass(frozen=True)
class Tried:
    """A change of one visit and what comes of it.

    Attributes
    ----------
    version : the plan as it is now; one revision on when the change was saved
    visit : the row as it is to be
    cells : each {"column", "old", "new"} that differs
    broken, mended : breaches that the change brings, and those that it takes away
    """

    version: Version
    visit: PlannedVisit
    unit_name: str
    cells: Sequence[dict[str, Any]]
    broken: Sequence[Breach]
    mended: Sequence[Breach]


def list_visits(
    store: Store, plan_id: int, offset: int, limit: int, *, unit_id: str = "", inspector_id: str = "",
    status: str = "",
) -> tuple[list[StoredVisit], int]:  # fmt: skip
    """Rows of a plan in their order, and how many there are.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        plans.get(db, plans.VISITS, plan_id)
        return visits.page(
            db, plan_id, offset, limit, unit_id=unit_id, inspector_id=inspector_id, status=status
        )


def one_visit(store: Store, plan_id: int, visit_id: str) -> tuple[StoredVisit, int]:
    """One row, and the revision of its plan.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        version = plans.get(db, plans.VISITS, plan_id)
        return visits.get(db, plan_id, visit_id), version.revision


def reserve_of(store: Store, plan_id: int) -> tuple[ReserveWeek, ...]:
    """The weeks of a plan's reserve.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        plans.get(db, plans.VISITS, plan_id)
        return visits.reserve(db, plan_id)


def try_change(
    store: Store, plan_id: int, revision: int, visit_id: str, change: VisitChange
) -> Tried:
    """What would come of a change; nothing is saved.

    Raises
    ------
    data.store.errors.NotFound, data.store.errors.Stale, Refused
    """
    return _tried(open_to_edit(store, plan_id, revision), visit_id, change)[0]


def change_visit(
    store: Store, by: Actor, at: datetime, plan_id: int, revision: int, visit_id: str,
    change: VisitChange, force: bool = False,
) -> Tried:  # fmt: skip
    """The visit changed, and the plan a draft again.

    Raises
    ------
    PlanRefused
        The change breaks rules that the plan kept, and is not forced; each is named, nothing is saved.
    data.store.errors.NotFound, data.store.errors.Stale, Refused
    """
    opened = open_to_edit(store, plan_id, revision)
    tried, rows = _tried(opened, visit_id, change)
    if tried.broken and not force:
        raise PlanRefused(list(tried.broken))
    told = {
        "visit": visit_id,
        "columns": [c["column"] for c in tried.cells],
        "forced": bool(tried.broken),
    }
    with store.writing(by, at) as work:
        work.tell("plan.edited", "plan", plan_id, told)
        version = save_edit(work, opened, rows)
    return replace(tried, version=version)


def undo(store: Store, by: Actor, at: datetime, plan_id: int, revision: int) -> Version:
    """The plan without its last edit, a draft again.

    Raises
    ------
    Refused
        There is nothing to undo, or the plan is past editing.
    data.store.errors.NotFound, data.store.errors.Stale
    """
    opened = open_to_edit(store, plan_id, revision)
    with store.writing(by, at) as work:
        plans.at_revision(work.db, plans.VISITS, plan_id, revision, lock=True)
        taken = plan_edits.take_back(work, plan_id)
        if taken is None:
            raise Refused(Message("Không còn sửa đổi nào để hoàn tác."))
        work.tell("plan.undone", "plan", plan_id, {"edit": taken.seq})
        return _save_rows(work, opened, applied(opened.sources.now, taken.rows[::-1], "before"))


def edits_of(store: Store, plan_id: int) -> list[plan_edits.StoredEdit]:
    """The edits that hold, oldest first.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        plans.get(db, plans.VISITS, plan_id)
        return plan_edits.listed(db, plan_id)


def open_to_edit(store: Store, plan_id: int, revision: int) -> OpenPlan:
    """The plan opened for an edit at a revision.

    Raises
    ------
    data.store.errors.NotFound, data.store.errors.Stale, Refused
    """
    with store.reading() as db:
        version = plans.at_revision(db, plans.VISITS, plan_id, revision)
    lifecycle.after("edit", version.status)
    return open_plan(store, plan_id)


def save_edit(work: Writing, opened: OpenPlan, rows: Sequence[dict[str, Any]]) -> Version:
    """The rows changed, the edit kept, figures anew, the plan a draft; the caller writes the journal line."""
    plans.at_revision(work.db, plans.VISITS, opened.version.id, opened.version.revision, lock=True)
    plan_edits.add(work, opened.version.id, rows)
    return _save_rows(work, opened, applied(opened.sources.now, rows))


def _save_rows(work: Writing, opened: OpenPlan, plan: Plan) -> Version:
    case, version = opened.desk.case, opened.version
    sources: Sources = opened.sources
    visits.put(work.db, version.id, plan.visits, {u: unit.name for u, unit in case.units.items()})
    visits.put_reserve(work.db, version.id, plan.reserve)
    told = sources.edited(plan, plan_edits.listed(work.db, version.id), case)
    return plans.change(
        work, version, version.revision, status=lifecycle.after("edit", version.status), edited=True,
        name=told.facts["plan_id"], facts=told.facts, breaches=[],
    )  # fmt: skip


def _tried(
    opened: OpenPlan, visit_id: str, change: VisitChange
) -> tuple[Tried, list[dict[str, Any]]]:
    now = opened.sources.now
    row = next((v for v in now.visits if v.visit_id == visit_id), None)
    if row is None:
        raise NotFound(WHAT, visit_id)
    found, edit = edit_of(now, row, change, opened.desk.case)
    rows = stored_rows(now, [edit])
    after = opened.breaches_of(found.applied([edit]))
    tried = Tried(
        opened.version, edit.record, _unit_name(opened, row.unit_id), cells_of(rows[0]),
        new_breaches(after, opened.standing), new_breaches(opened.standing, after),
    )  # fmt: skip
    return tried, rows


def _unit_name(opened: OpenPlan, unit_id: str) -> str:
    unit = opened.desk.case.units.get(unit_id)
    return unit.name if unit else ""
