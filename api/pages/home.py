"""/: each person's first page."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.access import SignedIn
from api.deps import StoreDep, Today
from api.page import Page
from scheduler.journeys.online import home

router = APIRouter()


@router.get("/")
def first_page(by: SignedIn, page: Page, store: StoreDep, today: Today) -> HTMLResponse:
    """What is due, what waits, what is under way, as far as it is this person's."""
    return page("home/show.html", home=home.home(store, by, today), today=today)
