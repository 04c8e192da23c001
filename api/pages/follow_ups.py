"""/follow-ups: the board of findings, from remedy and proof to re-inspection; each with its forms."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import HTMLResponse

from api.access import MayReadFindings, MayWriteFindings
from api.deps import Now, StoreDep, Today
from api.fields import Line500, RowId
from api.finding_forms import CHANGED, CLOSED, PROVED, WITHDRAWN, Found, Proved, Withdrawn
from api.page import Page
from api.paging import PageDep
from api.routes.findings import text_of
from data.store.follow_ups import Asked
from scheduler.journeys.online import findings, follow_ups

router = APIRouter(prefix="/follow-ups")
SOON = timedelta(days=14)
IN_COLUMN = 8  # cards of a column; the rest stands behind its link
State = Literal["", "overdue", "due_soon", "open", "proof", "closed"]
Again = Literal["", "owed", "planned", "done", "none"]
Severity = Literal["", "minor", "major", "critical"]


@router.get("")
def show_board(
    by: MayReadFindings, page: Page, part: PageDep, store: StoreDep, today: Today, state: State = "",
    reinspection: Again = "", severity: Severity = "", unit_id: Annotated[Line500, Query()] = "",
) -> HTMLResponse:  # fmt: skip
    """A column for each state; of one state, all of it as a list."""
    unit = unit_id.strip()
    units = follow_ups.units_called(store, unit) if unit else None
    asked = Asked(today, today + SOON, state, reinspection, severity, units=units)
    if state:
        board = follow_ups.follow_up_board(store, asked, part.offset, part.limit)
        listing = page.listing(board.total, part.offset, part.limit)
        return page("follow_ups/list.html", board=board, asked=asked, unit=unit, listing=listing)
    columns = follow_ups.follow_up_columns(store, asked, IN_COLUMN)
    total = sum(column.total for column in columns.values())
    listing = page.listing(total)
    return page("follow_ups/board.html", columns=columns, asked=asked, unit=unit, listing=listing)


@router.get("/{ident}")
def show_finding(
    by: MayReadFindings, page: Page, ident: RowId, store: StoreDep, today: Today
) -> HTMLResponse:
    """One finding: its way so far, and its forms for who may write."""
    card = follow_ups.follow_up_card(store, today, ident)
    return page("follow_ups/show.html", card=card, found=card.step.finding, today=today)


@router.post("/{ident}")
def change_finding(
    by: MayWriteFindings, page: Page, ident: RowId, told: Annotated[Found, Form()], store: StoreDep,
    now: Now,
) -> Response:  # fmt: skip
    """The finding with another text, severity or day."""
    findings.change_finding(store, by, now, ident, told.revision, text_of(told))
    return page.go(f"/follow-ups/{ident}", CHANGED)


@router.post("/{ident}/proof")
def prove_finding(
    by: MayWriteFindings, page: Page, ident: RowId, told: Annotated[Proved, Form()], store: StoreDep,
    now: Now, today: Today,
) -> Response:  # fmt: skip
    """What the unit sent to show that it was remedied."""
    findings.prove_finding(store, by, now, today, ident, told.revision, told.told())
    return page.go(f"/follow-ups/{ident}", PROVED)


@router.post("/{ident}/closing")
def close_finding(
    by: MayWriteFindings, page: Page, ident: RowId, told: Annotated[Proved, Form()], store: StoreDep,
    now: Now, today: Today,
) -> Response:  # fmt: skip
    """The finding closed, with its proof."""
    findings.close_finding(store, by, now, today, ident, told.revision, told.told())
    return page.go(f"/follow-ups/{ident}", CLOSED)


@router.post("/{ident}/withdrawal")
def withdraw_finding(
    by: MayWriteFindings, page: Page, ident: RowId, told: Annotated[Withdrawn, Form()],
    store: StoreDep, now: Now,
) -> Response:  # fmt: skip
    """The finding no longer counts; back to the board."""
    findings.withdraw_finding(store, by, now, ident, told.revision, told.reason)
    return page.go("/follow-ups", WITHDRAWN)
