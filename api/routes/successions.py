"""/successions: answers to "did the reorganisation continue the work?"."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, Response, status
from pydantic import BaseModel, ConfigDict, Field

from api import etags
from api.access import MayReadPeople, MayWriteSuccessions
from api.deps import Now, StoreDep
from api.etags import Revision
from api.fields import PlainDay, RowId
from api.idempotency import CreationRoute
from api.paging import Listed, PageDep
from data.store.successions import StoredSuccession, SuccessionText
from scheduler.journeys.online import successions

router = APIRouter(prefix="/successions", tags=["successions"], route_class=CreationRoute)


class SuccessionIn(BaseModel):
    """An answer for every posting that starts on the day in the new unit or post."""

    model_config = ConfigDict(extra="forbid")

    date: PlainDay = Field(description="first day of the new assignments", examples=["2025-07-01"])
    unit_id: str = Field("", max_length=100, description="new unit", examples=["00199"])
    position_id: str = Field("", max_length=100, description="new post", examples=[""])
    from_unit_id: str = Field("", max_length=100, description="former unit", examples=["00187"])
    from_position_id: str = Field("", max_length=100, description="former post", examples=[""])
    continues: bool = Field(
        description="true: the work went on, the clock runs on; false: it starts anew",
        examples=[True],
    )
    event: str = Field("", max_length=500, examples=["Sắp xếp đơn vị hành chính cấp xã"])
    document_no: str = Field("", max_length=300, examples=["1656/NQ-UBTVQH15"])


class SuccessionOut(SuccessionIn):
    """An answer that holds."""

    id: int = Field(examples=[7])
    dataset_id: int | None = Field(description="the dataset it came with", examples=[None])


def _out(stored: StoredSuccession) -> SuccessionOut:
    return SuccessionOut(id=stored.id, dataset_id=stored.dataset_id, **asdict(stored.text))


@router.get("")
def list_successions(by: MayReadPeople, page: PageDep, store: StoreDep) -> Listed[SuccessionOut]:
    """Answers that hold, by date."""
    found, total = successions.list_successions(store, page.offset, page.limit)
    return Listed(total=total, offset=page.offset, items=[_out(each) for each in found])


@router.get("/{succession_id}")
def read_succession(
    by: MayReadPeople, succession_id: RowId, store: StoreDep, response: Response
) -> SuccessionOut:
    """One answer."""
    stored = successions.one_succession(store, succession_id)
    etags.mark(response, stored.revision)
    return _out(stored)


@router.post("", status_code=status.HTTP_201_CREATED)
def add_succession(
    by: MayWriteSuccessions, text: SuccessionIn, store: StoreDep, now: Now, response: Response
) -> SuccessionOut:
    """A new answer; the clocks that it settles have one reading from now on."""
    stored = successions.add_succession(store, by, now, SuccessionText(**text.model_dump()))
    etags.mark(response, stored.revision)
    response.headers["Location"] = f"/api/v1/successions/{stored.id}"
    return _out(stored)


@router.delete("/{succession_id}", status_code=status.HTTP_204_NO_CONTENT)
def withdraw_succession(
    by: MayWriteSuccessions, succession_id: RowId, revision: Revision, store: StoreDep, now: Now
) -> None:
    """The answer no longer holds."""
    successions.withdraw_succession(store, by, now, succession_id, revision)
