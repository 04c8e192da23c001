"""/offline: what a browser keeps of an inspector's own pages, for days without a network."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.access import MayReadAssignments
from api.deps import StoreDep, Today
from api.page import Page
from scheduler.journeys.online import own_calendar

router = APIRouter()
GONE = "/signed-out"  # asks for no right: it says nothing of anybody


@router.get("/offline")
def offline_page(by: MayReadAssignments, page: Page) -> HTMLResponse:
    """What is shown instead of a page that is not kept."""
    return page("offline/show.html")


@router.get("/offline/pages")
def pages_to_keep(by: MayReadAssignments, store: StoreDep, today: Today) -> list[str]:
    """Paths of the pages to keep: the own calendar, and the own visits of today and seven days."""
    visits = own_calendar.kept_visits(store, by, today)
    return ["/offline", "/assignments", *(f"/assignments/{quote(v, safe='')}" for v in visits)]


@router.get(GONE)
def signed_out_page(page: Page) -> HTMLResponse:
    """What is shown when somebody signs out without a network."""
    return page("offline/signed_out.html")
