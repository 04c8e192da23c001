"""/plans/{id}/visits: the rows of a plan, moved with a live check of every rule, and moved back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Day
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api import breaches, etags
from api.access import MayDraftPlans, MayReadPlans
from api.breaches import BreachOut
from api.deps import Lang, Now, StoreDep
from api.etags import Revision
from api.paging import Listed, PageDep
from api.plan_shapes import PlanOut, plan_out
from data.records import PlannedVisit
from scheduler.hand_edits import VisitChange
from scheduler.journeys.online import plans, visits

if TYPE_CHECKING:
    from scheduler.journeys.online.visits import Tried

router = APIRouter(prefix="/plans/{plan_id}", tags=["plans"])
Ident = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class VisitOut(BaseModel):
    """One row of a plan."""

    visit_id: str = Field(examples=["V-00199"])
    unit_id: str = Field(examples=["00199"])
    unit_name: str = Field(examples=["UBND phường Ba Đình"])
    kind: str = Field(examples=["periodic"])
    campaign_id: str = Field(examples=[""])
    follows: str = Field(description="the past visit that it follows", examples=[""])
    start: Day | None = Field(examples=["2027-05-10"])
    end: Day | None = Field(examples=["2027-05-11"])
    days: int = Field(description="working days", examples=[2])
    lead: str = Field(examples=["TV0007"])
    members: list[str] = Field(description="the secretary first", examples=[["TV0009"]])
    status: Literal["scheduled", "dropped"] = Field(examples=["scheduled"])
    reason: str = Field(description="why it is owed, or why it was dropped", examples=["…"])
    owner: str = Field(description="the body whose plan it is", examples=["Sở Nội vụ"])


class VisitIn(BaseModel):
    """What is to change; what is left out stays. The last day follows by working days."""

    model_config = ConfigDict(extra="forbid")

    start: Day | None = Field(None, examples=["2027-05-12"])
    days: int | None = Field(None, ge=1, le=60, examples=[None])
    lead: Ident | None = Field(None, examples=["TV0007"])
    members: list[Ident] | None = Field(None, max_length=20, examples=[["TV0009"]])
    status: Literal["scheduled", "dropped"] | None = Field(
        None, description="dropped: given up, for a reason; scheduled: put back", examples=[None]
    )
    reason: str = Field("", max_length=2000, examples=[""])


class CellOut(BaseModel):
    """One cell that differs."""

    column: str = Field(examples=["start"])
    old: Any = Field(examples=["2027-05-10"])
    new: Any = Field(examples=["2027-05-12"])


class TriedOut(BaseModel):
    """A change and what comes of it; the ETag is the plan's revision, one on when it was saved."""

    saved: bool = Field(examples=[True])
    visit: VisitOut
    changes: list[CellOut]
    broken: list[BreachOut] = Field(description="rules that the change breaks", examples=[[]])
    mended: list[BreachOut] = Field(description="breaches that it takes away", examples=[[]])


class ReserveOut(BaseModel):
    """What one week keeps free."""

    week_start: Day = Field(examples=["2027-05-10"])
    team_days: int = Field(description="for surprise visits", examples=[4])
    follow_up_days: int = Field(description="for follow-ups still to come", examples=[0])


class EditOut(BaseModel):
    """One edit that holds."""

    seq: int = Field(examples=[3])
    by: str = Field(examples=["lan"])
    at: datetime
    rows: list[Mapping[str, Any]] = Field(
        description="table, key, before, after of each row",
        examples=[[{"table": "visits", "key": "V1", "before": None, "after": {"lead": "TV0001"}}]],
    )


def visit_out(row: PlannedVisit, unit_name: str) -> VisitOut:
    """A row as the API says it."""
    values = {name: getattr(row, name) for name in VisitOut.model_fields if name != "unit_name"}
    return VisitOut(**{**values, "members": list(row.members)}, unit_name=unit_name)


@router.get("/visits")
def list_visits(
    by: MayReadPlans, plan_id: int, page: PageDep, store: StoreDep,
    unit: Annotated[str, Query(max_length=100)] = "",
    inspector: Annotated[str, Query(max_length=100)] = "",
    status: Annotated[Literal["", "scheduled", "dropped"], Query()] = "",
) -> Listed[VisitOut]:  # fmt: skip
    """Rows of a plan in their order."""
    found, total = visits.list_visits(
        store, plan_id, page.offset, page.limit, unit_id=unit, inspector_id=inspector, status=status
    )
    items = [visit_out(visit.row, visit.unit_name) for visit in found]
    return Listed(total=total, offset=page.offset, items=items)


@router.get("/visits/{visit_id}")
def read_visit(
    by: MayReadPlans, plan_id: int, visit_id: str, store: StoreDep, response: Response
) -> VisitOut:
    """One row; the ETag is that of its plan."""
    visit, revision = visits.one_visit(store, plan_id, visit_id)
    etags.mark(response, revision)
    return visit_out(visit.row, visit.unit_name)


@router.patch("/visits/{visit_id}")
def change_visit(
    by: MayDraftPlans, plan_id: int, visit_id: str, change: VisitIn, revision: Revision,
    store: StoreDep, now: Now, lang: Lang, response: Response,
    dry_run: Annotated[bool, Query(description="only judge; save nothing")] = False,
    force: Annotated[bool, Query(description="save a draft that breaks rules; it cannot be checked")]
    = False,
) -> TriedOut:  # fmt: skip
    """A visit moved, given another team, dropped or put back; refused when it breaks a rule."""
    asked = VisitChange(
        change.start, change.days, change.lead,
        None if change.members is None else tuple(change.members), change.status, change.reason,
    )  # fmt: skip
    if dry_run:
        tried = visits.try_change(store, plan_id, revision, visit_id, asked)
    else:
        tried = visits.change_visit(store, by, now, plan_id, revision, visit_id, asked, force)
    etags.mark(response, tried.version.revision)
    return _tried(tried, not dry_run, lang)


@router.post("/undo")
def undo_edit(
    by: MayDraftPlans, plan_id: int, revision: Revision, store: StoreDep, now: Now, lang: Lang,
    response: Response,
) -> PlanOut:  # fmt: skip
    """The last edit taken back; again for the one before it."""
    version = visits.undo(store, by, now, plan_id, revision)
    etags.mark(response, version.revision)
    return plan_out(plans.one_plan(store, plan_id), lang)


@router.get("/edits")
def list_edits(by: MayReadPlans, plan_id: int, page: PageDep, store: StoreDep) -> Listed[EditOut]:
    """Edits that hold, the last one first: the next undo takes it back."""
    rows = visits.edits_of(store, plan_id)[::-1]
    part = rows[page.offset : page.offset + page.limit]
    items = [EditOut(seq=e.seq, by=e.actor, at=e.at, rows=e.rows) for e in part]
    return Listed(total=len(rows), offset=page.offset, items=items)


@router.get("/reserve")
def list_reserve(
    by: MayReadPlans, plan_id: int, page: PageDep, store: StoreDep
) -> Listed[ReserveOut]:
    """What each week keeps free."""
    rows = visits.reserve_of(store, plan_id)
    part = rows[page.offset : page.offset + page.limit]
    items = [ReserveOut(**{n: getattr(w, n) for n in ReserveOut.model_fields}) for w in part]
    return Listed(total=len(rows), offset=page.offset, items=items)


def _tried(tried: Tried, saved: bool, lang: str) -> TriedOut:
    return TriedOut(
        saved=saved, visit=visit_out(tried.visit, tried.unit_name),
        changes=[CellOut(**cell) for cell in tried.cells],
        broken=[breaches.found(breach, lang) for breach in tried.broken],
        mended=[breaches.found(breach, lang) for breach in tried.mended],
    )  # fmt: skip
