"""/: each person's first page."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.access import MayReadPeople, SignedIn
from api.deps import StoreDep, Today
from api.page import Page
from scheduler.journeys.online import home

router = APIRouter()


@router.get("/first/people")
def people_due(by: MayReadPeople, page: Page, store: StoreDep, today: Today) -> HTMLResponse:
    """The part of the first page that reckons deadlines; it comes after the rest."""
    found = home.people_due(store, by, today, page.lang)
    return page("home/_people.html", found=found)


@router.get("/")
def first_page(by: SignedIn, page: Page, store: StoreDep, today: Today) -> HTMLResponse:
    """What is due, what waits, what is under way, as far as it is this person's."""
    return page("home/show.html", home=home.home(store, by, today), today=today)
