"""/people: officials by days left, and one of them in full."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.access import MayReadPeople
from api.career_bars import scale_of
from api.deps import StoreDep, Today
from api.fields import Code
from api.page import Page
from api.paging import PageDep
from api.people_shapes import Standing
from data.words import Message
from scheduler.journeys.online import people, person_overview

router = APIRouter(prefix="/people")
TITLE = Message("Thời hạn vị trí")
ORDER = (  # what to look at first, and who is not subject at the end
    "overdue", "due", "due_soon", "missing_data", "may_move", "not_yet", "deferred", "exempt",
    "single_post", "not_subject",
)  # fmt: skip
Sort = Literal["days_left", "name", "unit", "-days_left", "-name", "-unit"]
Search = Annotated[str, Query(max_length=200)]


@router.get("")
def list_people(
    by: MayReadPeople, page: Page, part: PageDep, store: StoreDep, today: Today, q: Search = "",
    unit: Annotated[str, Query(max_length=100)] = "", standing: Standing | Literal[""] = "",
    sort: Sort = "days_left", unclear: bool = False,
) -> HTMLResponse:  # fmt: skip
    """A page of the officials sought; what to do first when there are no data."""
    if not people.has_people(store):
        return page("people/empty.html", title=TITLE)
    found = people.list_people(
        store, by, today, page.lang, part.offset, part.limit, q=q, unit=unit,
        standings=(standing,) if standing else (), sort=sort, unclear=unclear,
    )  # fmt: skip
    listing = page.listing(found.total, part.offset, part.limit)
    listing = replace(listing, query={**listing.query, "sort": sort})
    return page(
        "people/list.html", found=found, listing=listing, q=q, unit=unit, standing=standing,
        sort=sort, unclear=unclear, order=ORDER, today=today,
    )  # fmt: skip


@router.get("/{staff_id}")
def show_person(
    by: MayReadPeople, page: Page, staff_id: Code, store: StoreDep, today: Today
) -> HTMLResponse:
    """One official: both readings, career, derivation, what puts a move off, what is open."""
    found = person_overview.overview(store, by, staff_id, today, page.lang)
    deadlines = [each.cells["latest_date"] for each in found.person.readings]
    scale = scale_of(found.person.postings, deadlines, today)
    return page(
        "people/show.html", found=found, who=found.person.official, scale=scale, today=today
    )
