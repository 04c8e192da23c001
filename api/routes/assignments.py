"""/assignments: an inspector's own visits. Who asks is known from the session, never from the address."""

from __future__ import annotations

from datetime import date as Day
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from api.access import MayReadAssignments
from api.deps import StoreDep, Today
from api.fields import Code, PlainDay
from api.paging import Listed, PageDep
from api.sent_files import file_response
from scheduler.journeys.online import assignments, visit_papers
from scheduler.journeys.online.assignments import Assignment

router = APIRouter(prefix="/assignments", tags=["assignments"])


class PlaceOut(BaseModel):
    """The unit that is visited."""

    unit_id: str = Field(examples=["00199"])
    name: str = Field(examples=["Phường Ba Đình"])
    kind: str = Field(examples=["ward"])
    belongs_to: str = Field(description="the body that a section belongs to", examples=[""])
    area: str = Field(description="former district", examples=["Quận Ba Đình"])
    lat: float | None = Field(examples=[21.0338])
    lon: float | None = Field(examples=[105.8142])


class MemberOut(BaseModel):
    """Somebody who goes."""

    inspector_id: str = Field(examples=["TV0007"])
    name: str = Field(examples=["Nguyễn Thị Lan"])
    part: Literal["lead", "secretary", "member"] = Field(examples=["lead"])


class VisitPaperOut(BaseModel):
    """A paper of this visit; its address is that of the assignment, `/papers/` and its name."""

    name: str = Field(examples=["bien-ban.docx"])
    title: str = Field(examples=["Biên bản kiểm tra"])
    size: int = Field(examples=[24_310])


class AssignmentOut(BaseModel):
    """One of the own visits."""

    visit_id: str = Field(examples=["2027-DK-00199"])
    kind: Literal["periodic", "thematic", "follow_up"] = Field(examples=["periodic"])
    campaign_id: str = Field(examples=[""])
    follows: str = Field(description="the visit whose findings are looked at again", examples=[""])
    place: PlaceOut
    start: Day = Field(examples=["2027-05-10"])
    end: Day = Field(examples=["2027-05-11"])
    days: int = Field(description="working days", examples=[2])
    part: Literal["lead", "secretary", "member"] = Field(description="own part", examples=["lead"])
    team: list[MemberOut]
    report_due: Day = Field(description="last day for the report", examples=["2027-06-01"])
    remedy_due: Day = Field(description="proposed for remedies", examples=["2027-07-13"])
    state: Literal["coming", "under_way", "report_due", "over"] = Field(examples=["coming"])
    papers: list[VisitPaperOut]


def _out(told: Assignment) -> AssignmentOut:
    row, unit = told.visit.row, told.unit
    start, end = told.visit.days
    return AssignmentOut.model_validate(dict(
        visit_id=row.visit_id, kind=row.kind, campaign_id=row.campaign_id, follows=row.follows,
        place=PlaceOut(
            unit_id=unit.unit_id, name=unit.name, kind=unit.kind, belongs_to=told.part_of,
            area=unit.cluster, lat=unit.lat, lon=unit.lon,
        ),
        start=start, end=end, days=row.days, part=told.visit.part,
        team=[MemberOut.model_validate(who, from_attributes=True) for who in told.team],
        report_due=told.report_due, remedy_due=told.remedy_due, state=told.state,
        papers=[
            VisitPaperOut(name=name, title=paper.title, size=paper.file.size)
            for name, paper in told.papers.items()
        ],
    ))  # fmt: skip


@router.get("")
def list_assignments(
    by: MayReadAssignments, store: StoreDep, today: Today, page: PageDep,
    first: Annotated[PlainDay | None, Query(alias="from", description="1 January if left out")] = None,
    last: Annotated[
        PlainDay | None, Query(alias="to", description="end of the next year if left out")
    ] = None,
) -> Listed[AssignmentOut]:  # fmt: skip
    """Own visits of plans in force that touch these days, by date."""
    first = first or Day(today.year, 1, 1)
    last = last or Day(today.year + 1, 12, 31)
    found, total = assignments.my_assignments(
        store, by, today, first, last, page.offset, page.limit
    )
    return Listed(total=total, offset=page.offset, items=[_out(told) for told in found])


@router.get("/{visit_id}")
def read_assignment(
    by: MayReadAssignments, visit_id: Code, store: StoreDep, today: Today
) -> AssignmentOut:
    """One of the own visits."""
    return _out(assignments.my_assignment(store, by, today, visit_id))


@router.get("/{visit_id}/papers/{name}", response_class=Response)
def read_visit_paper(
    by: MayReadAssignments, visit_id: Code, name: Code, store: StoreDep
) -> Response:
    """A paper of this visit alone."""
    _, content = visit_papers.read_visit_paper(store, by, visit_id, name)
    return file_response(content, f"{visit_id.replace('/', '-')}-{name}")
