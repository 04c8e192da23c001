"""/search: everything that a person may read, with where it leads; and the finder's part of it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.access import SignedIn
from api.deps import StoreDep, Today
from api.found_places import KINDS, pages, path_of
from api.page import Page
from api.paging import PageDep
from scheduler.journeys.online.search import search

router = APIRouter(prefix="/search")
SHORT, IN_FINDER = (
    5,
    3,
)  # things of each kind on the page of all kinds, and beneath the finder's field
Text = Annotated[str, Query(max_length=200)]
Kind = Literal[
    "",
    "page",
    "unit",
    "former_unit",
    "visit",
    "person",
    "inspector",
    "plan",
    "rotation",
    "finding",
    "rule",
]


@router.get("")
def search_page(
    by: SignedIn, page: Page, part: PageDep, store: StoreDep, today: Today, q: Text = "",
    kind: Annotated[Kind, Query()] = "",
) -> HTMLResponse:  # fmt: skip
    """The first things of each kind, or one kind page by page."""
    offset, limit = (part.offset, part.limit) if kind else (0, SHORT)
    found = search(
        store, by, today, page.lang, q, kind=kind, offset=offset, limit=limit,
        pages=pages(page.places, page.lang),
    )  # fmt: skip
    return page(
        "search/show.html", found=found, q=q, kind=kind, kinds=KINDS, short=SHORT,
        listing=page.listing(found.total, offset, limit), path=lambda thing: path_of(thing, found, by),
    )  # fmt: skip


@router.get("/found")
def found_part(
    by: SignedIn, page: Page, store: StoreDep, today: Today, q: Text = ""
) -> HTMLResponse:
    """What the finder shows beneath the pages of the menu, which it knows itself."""
    found = search(store, by, today, page.lang, q, limit=IN_FINDER)
    return page(
        "search/_found.html", found=found, q=q, kinds=KINDS,
        path=lambda thing: path_of(thing, found, by),
    )  # fmt: skip
