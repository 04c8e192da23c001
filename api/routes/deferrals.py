"""/deferrals: who must not be moved yet, until when; why, only for HR."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response, status
from pydantic import BaseModel, ConfigDict, Field

from api import etags
from api.access import MayReadPeople, MayWriteDeferrals
from api.deps import Lang, Now, StoreDep, Today
from api.etags import Revision
from api.fields import PlainDay, RowId
from api.idempotency import CreationRoute
from api.paging import Listed, PageDep
from data.store.deferrals import DeferralText
from scheduler.journeys.online import deferrals
from scheduler.journeys.online.deferrals import SeenDeferral

router = APIRouter(prefix="/deferrals", tags=["deferrals"], route_class=CreationRoute)
Ground = Literal[
    "discipline", "investigation", "illness", "study", "secondment", "pregnancy_or_child"
]


class DeferralIn(BaseModel):
    """What a deferral says."""

    model_config = ConfigDict(extra="forbid")

    staff_id: str = Field(min_length=1, max_length=100, examples=["CB0042"])
    ground: Ground = Field(description="Decree 59/2019, article 38", examples=["study"])
    start: PlainDay = Field(description="first day", examples=["2027-03-01"])
    end: PlainDay | None = Field(None, description="last day; none: open", examples=["2028-02-28"])
    evidence: str = Field(
        min_length=1, max_length=2000, description="document that proves it",
        examples=["Quyết định số 12/QĐ-SNV ngày 20/02/2027"],
    )  # fmt: skip


class DeferralOut(BaseModel):
    """A deferral that holds; ground and evidence are null for who may not know them."""

    id: int = Field(examples=[7])
    staff_id: str = Field(examples=["CB0042"])
    name: str = Field(description="blank: no longer in the dataset", examples=["Nguyễn Thị Lan"])
    start: date = Field(examples=["2027-03-01"])
    end: date | None = Field(examples=["2028-02-28"])
    ground: str | None = Field(examples=[None])
    evidence: str | None = Field(examples=[None])
    dataset_id: int | None = Field(description="the dataset it came with", examples=[None])
    warnings: list[str] = Field(description="allowed, but look at it", examples=[[]])


def _out(seen: SeenDeferral, lang: str) -> DeferralOut:
    text, stored = seen.stored.text, seen.stored
    return DeferralOut(
        id=stored.id, staff_id=text.staff_id, name=seen.name, start=text.start, end=text.end,
        ground=text.ground, evidence=text.evidence, dataset_id=stored.dataset_id,
        warnings=[message.say(lang) for message in seen.warnings],
    )  # fmt: skip


@router.get("")
def list_deferrals(
    by: MayReadPeople, page: PageDep, store: StoreDep, lang: Lang, today: Today,
    staff_id: Annotated[str, Query(max_length=100)] = "",
    on: Annotated[date | None, Query(description="only those that cover this day")] = None,
    expiring_by: Annotated[
        date | None, Query(description="only those whose last day lies between today and this day")
    ] = None,
) -> Listed[DeferralOut]:  # fmt: skip
    """Deferrals that hold, those that end first at the top, open ones last."""
    ends = (today, expiring_by) if expiring_by else None
    found, total = deferrals.list_deferrals(
        store, by, page.offset, page.limit, staff_id=staff_id, on=on, ends=ends
    )
    return Listed(total=total, offset=page.offset, items=[_out(each, lang) for each in found])


@router.get("/{deferral_id}")
def read_deferral(
    by: MayReadPeople, deferral_id: RowId, store: StoreDep, lang: Lang, response: Response
) -> DeferralOut:
    """One deferral."""
    seen = deferrals.one_deferral(store, by, deferral_id)
    etags.mark(response, seen.stored.revision)
    return _out(seen, lang)


@router.post("", status_code=status.HTTP_201_CREATED)
def add_deferral(
    by: MayWriteDeferrals, text: DeferralIn, store: StoreDep, now: Now, today: Today, lang: Lang,
    response: Response,
) -> DeferralOut:  # fmt: skip
    """A new deferral; from now on the flags follow it, and come back by themselves when it ends."""
    seen = deferrals.add_deferral(store, by, now, today, DeferralText(**text.model_dump()))
    etags.mark(response, seen.stored.revision)
    response.headers["Location"] = f"/api/v1/deferrals/{seen.stored.id}"
    return _out(seen, lang)


@router.put("/{deferral_id}")
def change_deferral(
    by: MayWriteDeferrals, deferral_id: RowId, text: DeferralIn, revision: Revision, store: StoreDep,
    now: Now, today: Today, lang: Lang, response: Response,
) -> DeferralOut:  # fmt: skip
    """The deferral with another text."""
    wanted = DeferralText(**text.model_dump())
    seen = deferrals.change_deferral(store, by, now, today, deferral_id, revision, wanted)
    etags.mark(response, seen.stored.revision)
    return _out(seen, lang)


@router.delete("/{deferral_id}", status_code=status.HTTP_204_NO_CONTENT)
def withdraw_deferral(
    by: MayWriteDeferrals, deferral_id: RowId, revision: Revision, store: StoreDep, now: Now
) -> None:
    """The deferral no longer holds."""
    deferrals.withdraw_deferral(store, by, now, deferral_id, revision)
