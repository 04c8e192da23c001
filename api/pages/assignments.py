"""/assignments: an inspector's own visits, their papers, and the address of the own calendar."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.access import MayReadAssignments
from api.deps import Now, StoreDep, Today
from api.fields import Code
from api.page import Page
from api.sent_files import file_response
from data.words import Message
from scheduler.journeys.online import feeds, own_calendar, visit_papers

router = APIRouter(prefix="/assignments")
Month = Annotated[str, Query(pattern=r"^2[01]\d\d-(0[1-9]|1[0-2])$")]
ENDED = Message("Đã xóa địa chỉ lịch. Ứng dụng lịch đang dùng địa chỉ ấy không đọc được nữa.")


@router.get("")
def list_own_visits(
    by: MayReadAssignments, page: Page, store: StoreDep, today: Today, month: Month = ""
) -> HTMLResponse:
    """Today, the next seven days, and a month."""
    shown = date.fromisoformat(f"{month}-01") if month else today
    found = own_calendar.my_calendar(store, by, today, shown)
    return page("assignments/list.html", found=found, today=today)


@router.post("/feed")
def renew_feed(
    by: MayReadAssignments, page: Page, store: StoreDep, now: Now, request: Request
) -> HTMLResponse:
    """A new address of the own calendar, shown on this page and on no other."""
    token = feeds.renew_feed(store, by, now)
    return page("assignments/feed.html", address=str(request.url_for("read_feed", token=token)))


@router.post("/feed/end")
def end_feed(by: MayReadAssignments, page: Page, store: StoreDep, now: Now) -> Response:
    """The address of the own calendar is void."""
    feeds.end_feed(store, by, now)
    return page.go("/assignments", ENDED)


@router.get("/{visit_id}")
def show_own_visit(
    by: MayReadAssignments, page: Page, visit_id: Code, store: StoreDep, today: Today
) -> HTMLResponse:
    """One own visit: place, team, papers, deadlines, findings."""
    found = own_calendar.my_visit(store, by, today, visit_id)
    return page("assignments/show.html", found=found, today=today)


@router.get("/{visit_id}/papers/{name}")
def save_visit_paper(
    by: MayReadAssignments, visit_id: Code, name: Code, store: StoreDep
) -> Response:
    """A paper of this visit alone, as a file."""
    _, content = visit_papers.read_visit_paper(store, by, visit_id, name)
    return file_response(content, f"{visit_id.replace('/', '-')}-{name}")
