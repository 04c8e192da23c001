"""/help: what each role does step by step, and the glossary."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from api.access import SignedIn
from api.help_pages import JOURNEYS, contents, for_reader, journeys_of
from api.page import Page
from api.rendering import render
from scheduler.journeys.online.glossary import find_terms

router = APIRouter(prefix="/help")


@router.get("")
def help_index(by: SignedIn, page: Page) -> HTMLResponse:
    """The journeys, the reader's own first."""
    own = journeys_of(by)
    order = sorted(JOURNEYS.values(), key=lambda one: one.role not in own)
    return page("help/list.html", journeys=order, own=own)


@router.get("/glossary")
def glossary(
    by: SignedIn, page: Page, q: Annotated[str, Query(max_length=100)] = ""
) -> HTMLResponse:
    """Terms in both languages, found with accents or without."""
    return page("help/glossary.html", terms=find_terms(q, page.lang), q=q)


@router.get("/{journey}")
def help_page(by: SignedIn, page: Page, journey: str) -> HTMLResponse:
    """One journey in the reader's language."""
    if journey not in JOURNEYS:
        raise HTTPException(404)
    text = for_reader(render(page.lang, f"help/{page.lang}/{journey}.html"), by)
    return page(
        "help/show.html", journey=JOURNEYS[journey], text=Markup(text), parts=contents(text)
    )
