"""/plans/{id}/year: the visits of a version over the year, by unit, by person, or as a list."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.access import MayReadPlans
from api.deps import StoreDep, Today
from api.labels import LABELS, VISIT_LETTERS
from api.page import Page
from api.paging import PageDep
from api.year_period import period
from data.exports import labels
from data.words import Message
from scheduler.journeys.online import plan_year
from scheduler.journeys.online.plan_year import YearAsk
from scheduler.lifecycle import EDITABLE

router = APIRouter(prefix="/plans/{plan_id}")
Text = Annotated[str, Query(max_length=200)]
KINDS = tuple(labels.KINDS)
SHORT_DAYS = (
    Message("T2"), Message("T3"), Message("T4"), Message("T5"), Message("T6"), Message("T7"),
    Message("CN"),
)  # fmt: skip


@router.get("/year")
def show_year(
    by: MayReadPlans, page: Page, plan_id: int, store: StoreDep, today: Today, part: PageDep,
    view: Literal["unit", "team", "list"] = "unit",
    zoom: Literal["year", "quarter", "month", "week"] = "year",
    at: date | None = None, q: Text = "", team: Text = "",
    kind: Literal["", "periodic", "thematic", "follow_up"] = "",
    status: Literal["", "scheduled", "dropped", "none"] = "",
) -> HTMLResponse:  # fmt: skip
    """The grid or the list, with filters that know Vietnamese without accents."""
    found = plan_year.plan_year(store, plan_id, YearAsk(view, q, kind, team, status))
    version = found.version
    holidays = version.facts.get("holidays", ()) or ()
    shown = period(version.year, zoom, at or today, today, holidays, page.lang)
    total = len(found.visits) if view == "list" else len(found.rows)
    return page(
        "plans/year.html", found=found, version=version, period=shown, view=view, state=status, q=q,
        team=team, kind=kind, kinds=KINDS, today=today,
        letters=VISIT_LETTERS[page.lang], kind_words={k: LABELS[f"visit.{k}"].say(page.lang) for k in KINDS},
        weekday_short=[day.say(page.lang) for day in SHORT_DAYS],
        dates=[column.first.isoformat() for column in shown.columns],
        listing=page.listing(total, part.offset, part.limit),
        part=slice(part.offset, part.offset + part.limit),
        editable=version.status in EDITABLE and by.may("plans.draft"),
    )  # fmt: skip
