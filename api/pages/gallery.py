"""/style: every part that pages are made of, with made-up contents."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.access import MayReadAccounts
from api.labels import LOOKS
from api.page import Page

router = APIRouter()


@router.get("/style")
def show_parts(by: MayReadAccounts, page: Page, offset: int = 0) -> HTMLResponse:
    """The parts, for those who build pages and for the browser tests."""
    return page(
        "style/show.html",
        codes=tuple(LOOKS),
        listing=page.listing(1234, offset=max(0, offset), limit=50),
    )
