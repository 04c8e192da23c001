"""/forecast: how many come due in which quarter of the coming years."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from api.access import MayReadPeople
from api.deps import StoreDep, Today
from api.page import Page
from data.words import Message
from scheduler.journeys.online import forecasts, people

router = APIRouter(prefix="/forecast")
SPAN = 4  # years after the first
TITLE = Message("Dự báo đến hạn")
Year = Annotated[int | None, Query(ge=2000, le=2100)]


@router.get("")
def show_forecast(
    by: MayReadPeople, page: Page, store: StoreDep, today: Today,
    first: Annotated[Year, Query(alias="from")] = None, last: Annotated[Year, Query(alias="to")] = None,
    unit: Annotated[str, Query(max_length=100)] = "",
) -> HTMLResponse:  # fmt: skip
    """Bars by quarter with their table, in both readings, and how low the peak can be made."""
    if not people.has_people(store):
        return page("people/empty.html", title=TITLE)
    start = first or today.year
    end = last or start + SPAN
    years = (min(start, end), max(start, end))  # whoever types them the wrong way round means these
    found = forecasts.forecast_page(store, by, years, today, page.lang, unit)
    return page(
        "forecast/show.html", found=found, picture=Markup(found.picture), years=years, unit=unit,
        today=today,
    )  # fmt: skip
