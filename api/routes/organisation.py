"""/organisation: who issues and signs the papers, from which day on."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from api import etags
from api.access import MayReadOrganisation, MayWriteOrganisation
from api.deps import Now, StoreDep
from api.etags import Revision
from api.fields import Line500, PlainDay
from data.store.organisation import StoredOrganisation
from scheduler.journeys.online import organisation

router = APIRouter(prefix="/organisation", tags=["organisation"])
Lines = Annotated[list[Line500], Field(max_length=30)]


class OfPaper(BaseModel):
    """What is different in one kind of paper; what is left out is as in all others."""

    model_config = ConfigDict(extra="forbid")

    symbol: Line500 | None = Field(None, examples=[None])
    authority: Line500 | None = Field(None, examples=[None])
    signature: Lines | None = Field(None, examples=[["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]])
    signer: Line500 | None = Field(None, examples=["Trần Thị Hoa"])
    bases: Lines | None = Field(None, examples=[None])
    recipients: Lines | None = Field(None, examples=[["Như Điều 5", "Lưu: VT, CCHC"]])


class Block(BaseModel):
    """The issuing body as it is from a day on."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    from_: PlainDay = Field(alias="from", examples=["2027-01-01"])
    name: Line500 = Field(description="in sentences", examples=["Sở Nội vụ"])
    superior: Lines = Field(
        description="body above, line by line", examples=[["UBND THÀNH PHỐ HÀ NỘI"]]
    )
    body: Lines = Field(description="issuing body, line by line", examples=[["SỞ NỘI VỤ"]])
    place: Line500 = Field(examples=["Hà Nội"])
    symbol: Line500 = Field(description="after the kind: 05/KH-SNV", examples=["SNV"])
    authority: Line500 = Field(description="who decides", examples=["GIÁM ĐỐC SỞ NỘI VỤ"])
    signature: Lines = Field(examples=[["GIÁM ĐỐC"]])
    signer: Line500 = Field(description="name; blank: written by hand", examples=[""])
    budget: Line500 = Field(examples=["Kinh phí thực hiện từ nguồn ngân sách nhà nước."])
    start_time: Line500 = Field(description="when a visit begins", examples=["08 giờ 00"])
    bases: Lines = Field(description="own lines among the bases", examples=[[]])
    recipients: Lines = Field(examples=[["UBND Thành phố (để báo cáo)", "Lưu: VT, CCHC"]])
    papers: dict[Line500, OfPaper] = Field(
        {}, max_length=30, description="kind of paper -> what is different in it", examples=[{}]
    )


class OrganisationIn(BaseModel):
    """Dated blocks; the latest that has begun holds."""

    model_config = ConfigDict(extra="forbid")

    blocks: list[Block] = Field(min_length=1, max_length=50)


class OrganisationOut(BaseModel):
    """Who issues and signs; before anybody has changed it, the sample city's."""

    blocks: list[Block]
    changed_at: datetime | None = Field(examples=["2027-03-01T02:00:00Z"])


def _plain(told: OrganisationIn) -> list[dict[str, Any]]:
    return [block.model_dump(by_alias=True, exclude_none=True) for block in told.blocks]


def _out(found: StoredOrganisation, response: Response) -> OrganisationOut:
    etags.mark(response, found.revision)
    blocks = [Block.model_validate(block) for block in found.blocks]
    return OrganisationOut(blocks=blocks, changed_at=found.changed_at)


@router.get("")
def read_organisation(
    by: MayReadOrganisation, store: StoreDep, response: Response
) -> OrganisationOut:
    """Who issues and signs the papers."""
    return _out(organisation.read_organisation(store), response)


@router.put("")
def change_organisation(
    by: MayWriteOrganisation, told: OrganisationIn, revision: Revision, store: StoreDep, now: Now,
    response: Response,
) -> OrganisationOut:  # fmt: skip
    """Other blocks, all at once; every fault is told."""
    changed = organisation.change_organisation(store, by, now, revision, _plain(told))
    return _out(changed, response)
