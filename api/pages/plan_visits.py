"""/plans/{id}/visits/{visit}: one visit beside the grid: why it is there, moved, dropped, pinned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Query, Response
from fastapi.responses import HTMLResponse

from api.access import MayDraftPlans, MayReadPlans, MayWritePins
from api.deps import Now, StoreDep
from api.page import Page, local
from data.store.pins import PinText
from data.words import Message
from scheduler.hand_edits import VisitChange
from scheduler.journeys.answers import AskAbout
from scheduler.journeys.online import pins, plan_answers, plan_visit, visits
from scheduler.lifecycle import EDITABLE

router = APIRouter(prefix="/plans/{plan_id}")
SAVED = Message("Đã sửa cuộc {visit}. Ctrl+Z để hoàn tác.")
DROPPED = Message("Đã bỏ cuộc {visit} khỏi kế hoạch. Ctrl+Z để hoàn tác.")
UNDONE = Message("Đã hoàn tác lần sửa cuối.")
PINNED = Message("Đã ghi yêu cầu ghim; có hiệu lực ở lần lập kế hoạch sau.")
WITHOUT_NUL = r"^[^\x00]*$"
Revision = Annotated[int, Form(ge=1)]
Back = Annotated[str, Form(max_length=2000)]
Ident = Annotated[str, Form(max_length=100, pattern=WITHOUT_NUL)]
Reason = Annotated[str, Form(max_length=2000, pattern=WITHOUT_NUL)]


def _asked(
    start: Annotated[date | None, Form()] = None, days: Annotated[int | None, Form(ge=1, le=60)] = None,
    lead: Ident = "", secretary: Ident = "",
    members: Annotated[list[Ident], Form(max_length=20)] = [],  # noqa: B006
    reason: Reason = "",
) -> VisitChange:  # fmt: skip
    team = tuple(dict.fromkeys(who for who in (secretary, *members) if who and who != lead))
    return VisitChange(start, days, lead or None, team, "scheduled", reason)


Asked = Annotated[VisitChange, Depends(_asked)]


@router.get("/visits/{visit_id}")
def show_visit(
    by: MayReadPlans, page: Page, plan_id: int, visit_id: str, store: StoreDep,
    back: Annotated[str, Query(max_length=2000)] = "",
) -> HTMLResponse:  # fmt: skip
    """One visit: a part beside the grid, or a page of its own."""
    shown = plan_visit.plan_visit(store, plan_id, visit_id)
    drafting = shown.version.status in EDITABLE and by.may("plans.draft")
    from_day = (shown.version.facts.get("replan") or {}).get("on", "") if drafting else ""
    begun = bool(shown.visit.row.start and shown.visit.row.start.isoformat() < from_day)
    template = "plans/_visit.html" if page.from_script else "plans/visit.html"
    return page(
        template, shown=shown, version=shown.version, row=shown.visit.row,
        editable=drafting and not begun, begun=date.fromisoformat(from_day) if begun else None,
        back=_back(plan_id, back),
    )  # fmt: skip


@router.get("/visits/{visit_id}/why")
def why_visit(
    by: MayReadPlans, page: Page, plan_id: int, visit_id: str, store: StoreDep
) -> HTMLResponse:
    """Why it is in the plan, why in this week and with this team, and what else would cost."""
    answer = plan_answers.why(store, plan_id, AskAbout(visit=visit_id))
    return page("plans/_why.html", answer=answer)


@router.post("/visits/{visit_id}/try")
def try_visit(
    by: MayDraftPlans, page: Page, plan_id: int, visit_id: str, store: StoreDep, change: Asked,
    revision: Revision,
) -> HTMLResponse:  # fmt: skip
    """What would come of a change; nothing is saved."""
    tried = visits.try_change(store, plan_id, revision, visit_id, change)
    return page("plans/_verdict.html", tried=tried)


@router.post("/visits/{visit_id}")
def change_visit(
    by: MayDraftPlans, page: Page, plan_id: int, visit_id: str, store: StoreDep, now: Now,
    change: Asked, revision: Revision, back: Back = "",
) -> Response:  # fmt: skip
    """The visit moved, given another team, or put back; refused when that breaks a rule."""
    visits.change_visit(store, by, now, plan_id, revision, visit_id, change)
    return page.go(_back(plan_id, back), replace(SAVED, params={"visit": visit_id}))


@router.post("/visits/{visit_id}/drop")
def drop_visit(
    by: MayDraftPlans, page: Page, plan_id: int, visit_id: str, store: StoreDep, now: Now,
    revision: Revision, reason: Reason = "", back: Back = "",
) -> Response:  # fmt: skip
    """The visit given up, for a reason."""
    change = VisitChange(status="dropped", reason=reason)
    visits.change_visit(store, by, now, plan_id, revision, visit_id, change)
    return page.go(_back(plan_id, back), replace(DROPPED, params={"visit": visit_id}))


@router.post("/undo")
def undo_edit(
    by: MayDraftPlans, page: Page, plan_id: int, store: StoreDep, now: Now, revision: Revision,
    back: Back = "",
) -> Response:  # fmt: skip
    """The last edit taken back; again for the one before it."""
    visits.undo(store, by, now, plan_id, revision)
    return page.go(_back(plan_id, back), UNDONE)


@router.post("/visits/{visit_id}/pin")
def pin_visit(
    by: MayWritePins, page: Page, plan_id: int, visit_id: str, store: StoreDep, now: Now,
    what: Annotated[Literal["day", "week", "lead"], Form()],
    must: Annotated[Literal["yes", "no"], Form()] = "yes", reason: Reason = "", back: Back = "",
) -> Response:  # fmt: skip
    """A wish for the next plan: this day, week or leader must be, or must not be."""
    row = visits.one_visit(store, plan_id, visit_id)[0].row
    text = PinText(
        unit_id=row.unit_id, kind=row.kind, date=row.start if what == "day" else None,
        week=row.start if what == "week" else None, inspector_id=row.lead if what == "lead" else "",
        must=must == "yes", reason=reason,
    )  # fmt: skip
    pins.add_pin(store, by, now, text)
    return page.go(_back(plan_id, back), PINNED)


def _back(plan_id: int, back: str) -> str:
    """Where the visit was opened from, when that is a page of the same plan."""
    home = f"/plans/{plan_id}/year"
    return local(back) if back.startswith(f"/plans/{plan_id}/") else home
