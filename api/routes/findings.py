"""/findings: all of them, for planners; who was on a visit writes under /assignments (`own_findings.py`)."""

from __future__ import annotations

from datetime import date as Day
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response, status
from pydantic import BaseModel, ConfigDict, Field

from api import etags
from api.access import MayReadFindings, MayWriteFindings
from api.deps import Now, StoreDep, Today
from api.etags import Revision
from api.fields import Line, Line500, PlainDay, RowId, Text
from api.idempotency import CreationRoute
from api.paging import Listed, PageDep
from data.store.findings import FindingText, StoredFinding
from scheduler.journeys.online import findings
from scheduler.journeys.online.findings import Proof

router = APIRouter(prefix="/findings", tags=["findings"], route_class=CreationRoute)
Severity = Literal["minor", "major", "critical"]


class FindingIn(BaseModel):
    """What was found."""

    model_config = ConfigDict(extra="forbid")

    severity: Severity = Field(examples=["major"])
    remedy_due: PlainDay = Field(description="last day to remedy it", examples=["2027-07-13"])
    text: Text = Field(examples=["Chưa công khai đầy đủ thủ tục hành chính"])


class VisitFindingIn(FindingIn):
    """What was found at which visit."""

    visit_id: Line = Field(min_length=1, max_length=100, examples=["2027-DK-00199"])


class ProofIn(BaseModel):
    """What shows that it was remedied."""

    model_config = ConfigDict(extra="forbid")

    proof: Text = Field(examples=["Báo cáo số 15/BC-UBND kèm ảnh niêm yết"])
    on: PlainDay = Field(
        description="day of the proof, today at the latest", examples=["2027-07-01"]
    )

    def told(self) -> Proof:
        """The proof as the journeys know it."""
        return Proof(self.proof, self.on)


class WithdrawalIn(BaseModel):
    """Why a finding no longer counts."""

    model_config = ConfigDict(extra="forbid")

    reason: Text = Field(examples=["Ghi trùng với tồn tại khác"])


class FindingOut(BaseModel):
    """A finding."""

    id: int = Field(examples=[7])
    finding_id: str = Field(description="its code", examples=["TT-2027-00007"])
    visit_id: str = Field(examples=["2027-DK-00199"])
    unit_id: str = Field(examples=["00199"])
    severity: Severity = Field(examples=["major"])
    remedy_due: Day = Field(examples=["2027-07-13"])
    text: str = Field(examples=["Chưa công khai đầy đủ thủ tục hành chính"])
    proof: str = Field(examples=[""])
    proof_on: Day | None = Field(examples=[None])
    closed_on: Day | None = Field(examples=[None])
    dataset_id: int | None = Field(description="the dataset that it came with", examples=[None])
    revision: int = Field(description="its ETag is r and this number", examples=[1])


def out(found: StoredFinding) -> FindingOut:
    """The finding as it is answered."""
    text = found.text
    return FindingOut.model_validate(dict(
        id=found.id, finding_id=found.finding_id, visit_id=found.visit_id, unit_id=found.unit_id,
        severity=text.severity, remedy_due=text.remedy_due, text=text.text, proof=found.proof,
        proof_on=found.proof_on, closed_on=found.closed_on, dataset_id=found.dataset_id,
        revision=found.revision,
    ))  # fmt: skip


def marked(found: StoredFinding, response: Response) -> FindingOut:
    """The same, with its ETag."""
    etags.mark(response, found.revision)
    return out(found)


def text_of(told: FindingIn) -> FindingText:
    """The text as the journeys know it."""
    return FindingText(told.severity, told.remedy_due, told.text)


@router.get("")
def list_findings(
    by: MayReadFindings, store: StoreDep, page: PageDep,
    visit_id: Annotated[Line500, Query()] = "", unit_id: Annotated[Line500, Query()] = "",
    still_open: Annotated[bool | None, Query(alias="open", description="blank: both")] = None,
) -> Listed[FindingOut]:  # fmt: skip
    """Findings that are not withdrawn, in the order in which they came."""
    found, total = findings.list_findings(
        store, page.offset, page.limit, visit_id=visit_id, unit_id=unit_id, still_open=still_open
    )
    return Listed(total=total, offset=page.offset, items=[out(one) for one in found])


@router.get("/{ident}")
def read_finding(
    by: MayReadFindings, ident: RowId, store: StoreDep, response: Response
) -> FindingOut:
    """One finding."""
    return marked(findings.one_finding(store, by, ident), response)


@router.post("", status_code=status.HTTP_201_CREATED)
def add_finding(
    by: MayWriteFindings, told: VisitFindingIn, store: StoreDep, now: Now, today: Today,
    response: Response,
) -> FindingOut:  # fmt: skip
    """A new finding of a visit that has begun: of a plan in force, or of the accepted dataset."""
    made = findings.add_finding(store, by, now, today, told.visit_id, text_of(told), own=False)
    response.headers["Location"] = f"/api/v1/findings/{made.id}"
    return marked(made, response)


@router.put("/{ident}")
def change_finding(
    by: MayWriteFindings, ident: RowId, told: FindingIn, revision: Revision, store: StoreDep, now: Now,
    response: Response,
) -> FindingOut:  # fmt: skip
    """The finding with another text, severity or day."""
    text = text_of(told)
    return marked(findings.change_finding(store, by, now, ident, revision, text), response)


@router.put("/{ident}/proof")
def prove_finding(
    by: MayWriteFindings, ident: RowId, told: ProofIn, revision: Revision, store: StoreDep, now: Now,
    today: Today, response: Response,
) -> FindingOut:  # fmt: skip
    """What the unit sent to show that it was remedied; the finding stays open until it is closed."""
    proof = told.told()
    return marked(findings.prove_finding(store, by, now, today, ident, revision, proof), response)


@router.put("/{ident}/closing")
def close_finding(
    by: MayWriteFindings, ident: RowId, told: ProofIn, revision: Revision, store: StoreDep, now: Now,
    today: Today, response: Response,
) -> FindingOut:  # fmt: skip
    """The finding closed, with its proof."""
    proof = told.told()
    return marked(findings.close_finding(store, by, now, today, ident, revision, proof), response)


@router.put("/{ident}/withdrawal", status_code=status.HTTP_204_NO_CONTENT)
def withdraw_finding(
    by: MayWriteFindings, ident: RowId, told: WithdrawalIn, revision: Revision, store: StoreDep, now: Now
) -> None:  # fmt: skip
    """The finding no longer counts."""
    findings.withdraw_finding(store, by, now, ident, revision, told.reason)
