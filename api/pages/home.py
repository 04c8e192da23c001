"""/: each person's first page."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.access import MayReadPeople, SignedIn
from api.deps import StoreDep, Today
from api.page import Page
from scheduler.journeys.online import first_steps, home

router = APIRouter()


@router.get("/first/people")
def people_due(by: MayReadPeople, page: Page, store: StoreDep, today: Today) -> HTMLResponse:
    """The part of the first page that reckons deadlines; it comes after the rest."""
    found = home.people_due(store, by, today, page.lang)
    return page("home/_people.html", found=found)


@router.get("/")
def first_page(by: SignedIn, page: Page, store: StoreDep, today: Today) -> HTMLResponse:
    """What is due, what waits, what is under way, as far as it is this person's."""
    steps = first_steps.first_steps(store, by) if by.may("datasets.read") else None
    people = first_steps.first_people(store) if by.may("accounts.read") else None
    return page(
        "home/show.html", home=home.home(store, by, today), steps=steps, people=people, today=today
    )
