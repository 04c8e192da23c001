"""/assignments/{visit_id}/findings: what an inspector found at an own visit, entered and followed by forms."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Response
from fastapi.responses import HTMLResponse

from api.access import MayReportFindings
from api.deps import Now, StoreDep, Today
from api.fields import Code, RowId
from api.finding_forms import ADDED, CHANGED, CLOSED, PROVED, WITHDRAWN, Found, Proved, Withdrawn
from api.page import Page
from api.routes.findings import FindingIn, text_of
from scheduler.journeys.online import findings

router = APIRouter(prefix="/assignments/{visit_id}/findings")


def _path(visit_id: str) -> str:
    return f"/assignments/{quote(visit_id, safe='')}"


@router.post("")
def add_finding(
    by: MayReportFindings, page: Page, visit_id: Code, told: Annotated[FindingIn, Form()],
    store: StoreDep, now: Now, today: Today,
) -> Response:  # fmt: skip
    """A new finding; back to the visit."""
    findings.add_finding(store, by, now, today, visit_id, text_of(told), own=True)
    return page.go(_path(visit_id), ADDED)


@router.get("/{ident}")
def show_finding(
    by: MayReportFindings, page: Page, visit_id: Code, ident: RowId, store: StoreDep, today: Today
) -> HTMLResponse:
    """One finding with its forms."""
    found = findings.one_finding(store, by, ident, visit_id)
    return page("assignments/finding.html", found=found, today=today, visit_path=_path(visit_id))


@router.post("/{ident}")
def change_finding(
    by: MayReportFindings, page: Page, visit_id: Code, ident: RowId, told: Annotated[Found, Form()],
    store: StoreDep, now: Now,
) -> Response:  # fmt: skip
    """The finding with another text, severity or day."""
    findings.change_finding(store, by, now, ident, told.revision, text_of(told), visit_id)
    return page.go(_path(visit_id), CHANGED)


@router.post("/{ident}/proof")
def prove_finding(
    by: MayReportFindings, page: Page, visit_id: Code, ident: RowId, told: Annotated[Proved, Form()],
    store: StoreDep, now: Now, today: Today,
) -> Response:  # fmt: skip
    """What the unit sent to show that it was remedied."""
    findings.prove_finding(store, by, now, today, ident, told.revision, told.told(), visit_id)
    return page.go(_path(visit_id), PROVED)


@router.post("/{ident}/closing")
def close_finding(
    by: MayReportFindings, page: Page, visit_id: Code, ident: RowId, told: Annotated[Proved, Form()],
    store: StoreDep, now: Now, today: Today,
) -> Response:  # fmt: skip
    """The finding closed, with its proof."""
    findings.close_finding(store, by, now, today, ident, told.revision, told.told(), visit_id)
    return page.go(_path(visit_id), CLOSED)


@router.post("/{ident}/withdrawal")
def withdraw_finding(
    by: MayReportFindings, page: Page, visit_id: Code, ident: RowId,
    told: Annotated[Withdrawn, Form()], store: StoreDep, now: Now,
) -> Response:  # fmt: skip
    """The finding no longer counts."""
    findings.withdraw_finding(store, by, now, ident, told.revision, told.reason, visit_id)
    return page.go(_path(visit_id), WITHDRAWN)
