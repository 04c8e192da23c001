"""/assignments/{visit_id}/findings: what an inspector found at an own visit."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Response, status

from api.access import MayReportFindings
from api.deps import Now, StoreDep, Today
from api.etags import Revision
from api.fields import Code, RowId
from api.idempotency import CreationRoute
from api.paging import Listed, PageDep
from api.routes.findings import (
    FindingIn,
    FindingOut,
    ProofIn,
    WithdrawalIn,
    marked,
    out,
    text_of,
)
from scheduler.journeys.online import findings

router = APIRouter(
    prefix="/assignments/{visit_id}/findings", tags=["findings"], route_class=CreationRoute
)


@router.get("")
def list_own_findings(
    by: MayReportFindings, visit_id: Code, store: StoreDep, page: PageDep
) -> Listed[FindingOut]:
    """What was found at an own visit, whoever wrote it down."""
    found, total = findings.list_own(store, by, visit_id, page.offset, page.limit)
    return Listed(total=total, offset=page.offset, items=[out(one) for one in found])


@router.get("/{ident}")
def read_own_finding(
    by: MayReportFindings, visit_id: Code, ident: RowId, store: StoreDep, response: Response
) -> FindingOut:
    """One finding of an own visit."""
    return marked(findings.one_finding(store, by, ident, visit_id), response)


@router.post("", status_code=status.HTTP_201_CREATED)
def add_own_finding(
    by: MayReportFindings, visit_id: Code, told: FindingIn, store: StoreDep, now: Now, today: Today,
    response: Response,
) -> FindingOut:  # fmt: skip
    """A new finding of an own visit that has begun."""
    made = findings.add_finding(store, by, now, today, visit_id, text_of(told), own=True)
    where = f"/api/v1/assignments/{quote(visit_id, safe='')}/findings/{made.id}"
    response.headers["Location"] = where
    return marked(made, response)


@router.put("/{ident}")
def change_own_finding(
    by: MayReportFindings, visit_id: Code, ident: RowId, told: FindingIn, revision: Revision,
    store: StoreDep, now: Now, response: Response,
) -> FindingOut:  # fmt: skip
    """The finding with another text, severity or day."""
    text = text_of(told)
    return marked(
        findings.change_finding(store, by, now, ident, revision, text, visit_id), response
    )


@router.put("/{ident}/proof")
def prove_own_finding(
    by: MayReportFindings, visit_id: Code, ident: RowId, told: ProofIn, revision: Revision,
    store: StoreDep, now: Now, today: Today, response: Response,
) -> FindingOut:  # fmt: skip
    """What the unit sent to show that it was remedied."""
    proof = told.told()
    return marked(
        findings.prove_finding(store, by, now, today, ident, revision, proof, visit_id), response
    )


@router.put("/{ident}/closing")
def close_own_finding(
    by: MayReportFindings, visit_id: Code, ident: RowId, told: ProofIn, revision: Revision,
    store: StoreDep, now: Now, today: Today, response: Response,
) -> FindingOut:  # fmt: skip
    """The finding closed, with its proof."""
    proof = told.told()
    return marked(
        findings.close_finding(store, by, now, today, ident, revision, proof, visit_id), response
    )


@router.put("/{ident}/withdrawal", status_code=status.HTTP_204_NO_CONTENT)
def withdraw_own_finding(
    by: MayReportFindings, visit_id: Code, ident: RowId, told: WithdrawalIn, revision: Revision,
    store: StoreDep, now: Now,
) -> None:  # fmt: skip
    """The finding no longer counts."""
    findings.withdraw_finding(store, by, now, ident, revision, told.reason, visit_id)
