"""/tour: what to try first, in a demonstration only."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from api import tour
from api.access import SignedIn
from api.deps import SettingsDep, StoreDep
from api.page import Page
from scheduler.journeys.online.demo_people import sign_ins
from scheduler.journeys.online.demo_tour import sights

router = APIRouter()


@router.get("/tour")
def tour_page(
    by: SignedIn, request: Request, page: Page, store: StoreDep, settings: SettingsDep
) -> HTMLResponse:
    """Things to try, each with a way in as the person who does them."""
    if not settings.demo:
        raise HTTPException(404)
    found = sign_ins(settings.home)
    people = {one.role: one for one in found.accounts} if found else {}
    stops = tour.stops(request.app.state.page_paths, sights(store))
    return page(
        "tour/show.html",
        stops=stops,
        people=people,
        password=found.password if found else "",
        by=by,
    )
