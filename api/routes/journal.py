"""/journal: who did what when, for the auditor; read only, for nobody writes it but the program."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.access import MayReadJournal
from api.deps import Lang, StoreDep
from api.paging import Listed, PageDep
from data.store.journal import Line
from scheduler.journeys.online import journal

router = APIRouter(prefix="/journal", tags=["journal"])
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class LineOut(BaseModel):
    """One line; its hash covers every other field and the hash of the line before."""

    seq: int = Field(examples=[41])
    at: datetime = Field(examples=["2027-03-01T02:00:00Z"])
    account_id: int | None = Field(description="none: the program itself", examples=[3])
    actor: str = Field(examples=["lan.anh"])
    action: str = Field(examples=["pin.made"])
    noun: str = Field(examples=["pin"])
    noun_id: str = Field(examples=["7"])
    details: dict[str, Any] = Field(examples=[{"unit_id": "00199"}])
    request_id: str = Field(examples=["f65c686b6a8b3931"])
    run_id: str = Field(examples=[""])
    previous: str = Field(description="hash of the line before", examples=[HASH])
    hash: str = Field(examples=[HASH])


class HeadOut(BaseModel):
    """The last line: noted outside, it shows later that nothing was cut off."""

    seq: int = Field(description="0: no line yet", examples=[41])
    hash: str = Field(examples=[HASH])


class FaultOut(BaseModel):
    """A place where the chain does not hold."""

    seq: int = Field(examples=[17])
    message: str = Field(examples=["Dòng 17 đã bị sửa."])


class VerdictOut(BaseModel):
    """Whether the chain holds."""

    holds: bool = Field(examples=[True])
    head: HeadOut
    total_faults: int = Field(examples=[0])
    faults: list[FaultOut] = Field(description=f"the first {journal.MOST}", examples=[[]])


Filter = Annotated[str, Query(max_length=200, description="only lines with exactly this value")]


@router.get("")
def list_lines(
    by: MayReadJournal, page: PageDep, store: StoreDep,
    noun: Annotated[Filter, Query(examples=["plan"])] = "",
    noun_id: Annotated[Filter, Query(examples=["7"])] = "",
    action: Annotated[Filter, Query(examples=["plan.published"])] = "",
    actor: Annotated[Filter, Query(examples=["lan.anh"])] = "",
) -> Listed[LineOut]:  # fmt: skip
    """Lines, newest first."""
    found, total = journal.list_lines(
        store, page.offset, page.limit, noun=noun, noun_id=noun_id, action=action, actor=actor
    )
    return Listed(total=total, offset=page.offset, items=[_out(line) for line in found])


@router.get("/head")
def read_head(by: MayReadJournal, store: StoreDep) -> HeadOut:
    """Number and hash of the last line, to be noted outside."""
    seq, seal = journal.head(store)
    return HeadOut(seq=seq, hash=seal)


@router.get("/verify")
def verify(
    by: MayReadJournal, store: StoreDep, lang: Lang,
    head: Annotated[
        str, Query(max_length=100, description="a head that was noted before", examples=[f"41:{HASH}"])
    ] = "",
) -> VerdictOut:  # fmt: skip
    """Every line looked at again: seconds for a hundred thousand lines."""
    found = journal.verify(store, journal.noted_head(head))
    return VerdictOut(
        holds=found.holds, head=HeadOut(seq=found.head[0], hash=found.head[1]),
        total_faults=found.n_faults,
        faults=[FaultOut(seq=f.seq, message=f.message.say(lang)) for f in found.faults],
    )  # fmt: skip


def _out(line: Line) -> LineOut:
    return LineOut(**vars(line))
