"""/measures: the register of temporary measures, apart from rotation; which measure, only for HR."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response, status
from pydantic import BaseModel, ConfigDict, Field

from api import etags
from api.access import MayReadPeople, MayWriteMeasures
from api.deps import Now, StoreDep, Today
from api.etags import Revision
from api.fields import PlainDay, RowId
from api.idempotency import CreationRoute
from api.paging import Listed, PageDep
from data.store.measures import MeasureText
from scheduler.journeys.online import measures
from scheduler.journeys.online.measures import SeenMeasure

router = APIRouter(prefix="/measures", tags=["measures"], route_class=CreationRoute)
Kind = Literal["temporary_transfer", "suspension", "warning"]


class MeasureIn(BaseModel):
    """What a measure says."""

    model_config = ConfigDict(extra="forbid")

    staff_id: str = Field(min_length=1, max_length=100, examples=["CB0042"])
    kind: Kind = Field(examples=["temporary_transfer"])
    start: PlainDay = Field(description="first day", examples=["2027-03-01"])
    end: PlainDay | None = Field(None, description="last day", examples=["2027-05-29"])
    decision_no: str = Field(min_length=1, max_length=300, examples=["15/QĐ-SNV"])


class MeasureOut(BaseModel):
    """A measure of the register; kind and decision number are null for who may not know them."""

    id: int = Field(examples=[7])
    staff_id: str = Field(examples=["CB0042"])
    name: str = Field(description="blank: no longer in the dataset", examples=["Nguyễn Thị Lan"])
    start: date = Field(examples=["2027-03-01"])
    end: date | None = Field(examples=["2027-05-29"])
    kind: str | None = Field(examples=[None])
    decision_no: str | None = Field(examples=[None])
    dataset_id: int | None = Field(description="the dataset it came with", examples=[None])


def _out(seen: SeenMeasure) -> MeasureOut:
    text, stored = seen.stored.text, seen.stored
    return MeasureOut(
        id=stored.id, staff_id=text.staff_id, name=seen.name, start=text.start, end=text.end,
        kind=text.kind, decision_no=text.decision_no, dataset_id=stored.dataset_id,
    )  # fmt: skip


@router.get("")
def list_measures(
    by: MayReadPeople, page: PageDep, store: StoreDep,
    staff_id: Annotated[str, Query(max_length=100)] = "",
    on: Annotated[date | None, Query(description="only those that cover this day")] = None,
) -> Listed[MeasureOut]:  # fmt: skip
    """Measures of the register, the latest first."""
    found, total = measures.list_measures(
        store, by, page.offset, page.limit, staff_id=staff_id, on=on
    )
    return Listed(total=total, offset=page.offset, items=[_out(each) for each in found])


@router.get("/{measure_id}")
def read_measure(
    by: MayReadPeople, measure_id: RowId, store: StoreDep, response: Response
) -> MeasureOut:
    """One measure."""
    seen = measures.one_measure(store, by, measure_id)
    etags.mark(response, seen.stored.revision)
    return _out(seen)


@router.post("", status_code=status.HTTP_201_CREATED)
def add_measure(
    by: MayWriteMeasures, text: MeasureIn, store: StoreDep, now: Now, today: Today,
    response: Response,
) -> MeasureOut:  # fmt: skip
    """A new measure; it neither stops nor resets anybody's clock."""
    seen = measures.add_measure(store, by, now, today, MeasureText(**text.model_dump()))
    etags.mark(response, seen.stored.revision)
    response.headers["Location"] = f"/api/v1/measures/{seen.stored.id}"
    return _out(seen)


@router.put("/{measure_id}")
def change_measure(
    by: MayWriteMeasures, measure_id: RowId, text: MeasureIn, revision: Revision, store: StoreDep,
    now: Now, today: Today, response: Response,
) -> MeasureOut:  # fmt: skip
    """The measure with another text."""
    wanted = MeasureText(**text.model_dump())
    seen = measures.change_measure(store, by, now, today, measure_id, revision, wanted)
    etags.mark(response, seen.stored.revision)
    return _out(seen)


@router.delete("/{measure_id}", status_code=status.HTTP_204_NO_CONTENT)
def withdraw_measure(
    by: MayWriteMeasures, measure_id: RowId, revision: Revision, store: StoreDep, now: Now
) -> None:
    """The measure leaves the register."""
    measures.withdraw_measure(store, by, now, measure_id, revision)
