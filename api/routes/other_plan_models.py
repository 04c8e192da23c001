"""What /other-plans gives and takes: plans of other bodies, their rows, what was decided of each."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from scheduler.journeys.online.other_plan_rows import Choice
from scheduler.journeys.online.other_plans import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.store.other_plans import StoredOtherPlan
    from scheduler.journeys.online.other_plan_overlaps import Meeting, OurPlans
    from scheduler.journeys.online.other_plans import OtherPlanRow, OtherPlanShown


class OtherPlanLine(BaseModel):
    """Another body's plan in a list."""

    id: int = Field(examples=[3])
    name: str = Field(description="of the file as it came", examples=["ke-hoach-2027.xlsx"])
    body: str = Field(examples=["Thanh tra thành phố"])
    year: int = Field(examples=[2027])
    rows: int = Field(description="names of units in it", examples=[42])
    open: int = Field(description="rows of which nobody has said anything", examples=[5])
    by: str = Field(description="who brought it", examples=["lan.anh"])
    at: datetime
    revision: int = Field(examples=[1])


class UnitOut(BaseModel):
    """A unit of ours that a written name may mean."""

    unit_id: str = Field(examples=["00475"])
    name: str = Field(examples=["Xã Thư Lâm"])
    score: float = Field(description="how like the names are, 0 to 1", examples=[0.98])
    old_name: str = Field(
        description="by which name of old it was found; blank: by its own",
        examples=["Xã Liên Hà, Huyện Đông Anh"],
    )
    part: bool = Field(description="only a part of the old unit went to it", examples=[True])


class MeetingOut(BaseModel):
    """One of our visits on days on which the other body is there, and what the law says to do."""

    plan_id: int = Field(examples=[7])
    visit_id: str = Field(examples=["V-00475"])
    days: list[date] = Field(examples=[["2027-05-11"]])
    source: str = Field(examples=["Nghị định 217/2025/NĐ-CP, Điều 4"])
    answer: str = Field(examples=["Thanh tra thành phố đi trước; V-00475 chuyển sang ngày khác."])


class DecidedOut(BaseModel):
    """What was decided of a row."""

    unit_id: str = Field(description="blank: none of our units", examples=["00475"])
    start: date | None
    end: date | None
    dataset_id: int | None = Field(description="the dataset into which it went", examples=[8])
    by: str = Field(examples=["lan.anh"])
    at: datetime


class WithdrawnOut(BaseModel):
    """What became of the days of a plan that was taken back."""

    dataset_id: int | None = Field(
        description="the dataset without its days; none: none is in use", examples=[9]
    )
    waiting: list[int] = Field(
        description="datasets not yet accepted that still bring its days", examples=[[8]]
    )


class OtherPlanRowOut(BaseModel):
    """One name in another body's plan."""

    number: int = Field(description="how `accept` names it", examples=[2])
    sheet: str = Field(examples=["Phụ lục"])
    row: int = Field(description="in the file as it came", examples=[6])
    found: str = Field(
        description="the name as written", examples=["UBND xã Liên Hà, huyện Đông Anh"]
    )
    time: str = Field(description="the time as written", examples=["từ 03/5 đến 14/5"])
    content: str = Field(examples=["Đất đai"])
    start: date | None
    end: date | None
    exact: bool = Field(description="days are named, not a month or a quarter", examples=[True])
    note: str = Field(description="why its days are not known", examples=[""])
    sure: bool = Field(description="very like, well ahead of the next, with days", examples=[False])
    candidates: list[UnitOut] = Field(description="best first; empty: none is alike")
    state: State = Field(
        description="open; foreign: none of ours; taken: in the data in use; waiting: in a dataset that is "
        "not accepted yet; lost: that dataset was not accepted, or the days were taken out since",
        examples=["open"],
    )
    decided: DecidedOut | None
    meetings: list[MeetingOut] = Field(
        description="our visits on these days; empty for who may not read plans"
    )


class LineOut(BaseModel):
    """A line of the file that names no unit."""

    sheet: str = Field(examples=["Phụ lục"])
    row: int = Field(examples=[4])


class OtherPlanOut(OtherPlanLine):
    """Another body's plan with every row; the ETag is its revision."""

    items: list[OtherPlanRowOut]
    skipped: list[LineOut] = Field(
        description="lines that name no unit, such as headings inside the table"
    )


class RowIn(BaseModel):
    """What is said of one row."""

    model_config = ConfigDict(extra="forbid")

    number: int = Field(ge=1, le=1_000, examples=[2])
    ours: bool = Field(True, description="false: it is none of our units", examples=[True])
    unit_id: Annotated[str, StringConstraints(max_length=300)] = Field(
        "", description="our unit, by its id or its whole name", examples=["00475"]
    )
    start: date | None = Field(None, examples=["2027-05-03"])
    end: date | None = Field(None, examples=["2027-05-14"])

    def choice(self) -> Choice:
        """The same for the journey."""
        return Choice(self.number, self.unit_id, self.start, self.end, self.ours)


class RowsIn(BaseModel):
    """The rows that are confirmed; the others stay as they are."""

    model_config = ConfigDict(extra="forbid")

    rows: list[RowIn] = Field(min_length=1, max_length=1_000)


class RowsTakenOut(OtherPlanLine):
    """What came of it."""

    taken: int = Field(description="rows with a unit of ours", examples=[3])
    foreign: int = Field(description="rows that are none of ours", examples=[1])
    dataset_id: int | None = Field(
        description="the dataset to be accepted; none when no day is new", examples=[8]
    )


def line_out(plan: StoredOtherPlan) -> OtherPlanLine:
    """The plan in a list."""
    return OtherPlanLine.model_validate(plan, from_attributes=True)


def other_plan_out(shown: OtherPlanShown, ours: OurPlans, lang: str) -> OtherPlanOut:
    """The plan with its rows in the reader's language."""
    return OtherPlanOut(
        **line_out(shown.plan).model_dump(),
        items=[_row(shown, row, ours, lang) for row in shown.rows],
        skipped=[LineOut(sheet=sheet, row=row) for sheet, row in shown.skipped],
    )


def _row(shown: OtherPlanShown, row: OtherPlanRow, ours: OurPlans, lang: str) -> OtherPlanRowOut:
    read, proposal, told = row.proposed.row, row.proposed.proposal, row.decision
    return OtherPlanRowOut(
        number=row.number, sheet=read.sheet, row=read.row, found=read.name, time=read.time,
        content=read.content, start=read.period.start if read.period else None,
        end=read.period.end if read.period else None,
        exact=bool(read.period and read.period.exact), note=read.note.say(lang) if read.note else "",
        sure=row.proposed.sure,
        candidates=[
            UnitOut(
                unit_id=c.unit_id, name=shown.names.get(c.unit_id, ""), score=c.score,
                old_name=c.old_name, part=c.part,
            )
            for c in proposal.candidates
        ],
        state=row.state,
        decided=DecidedOut.model_validate(told, from_attributes=True) if told else None,
        meetings=_meetings(ours.of_row(row, shown.plan.body), lang),
    )  # fmt: skip


def _meetings(found: Sequence[Meeting], lang: str) -> list[MeetingOut]:
    return [
        MeetingOut(
            plan_id=met.version.id, visit_id=met.overlap.visit.visit_id, days=list(met.overlap.days),
            source=met.overlap.source, answer=met.overlap.answer.say(lang),
        )
        for met in found
    ]  # fmt: skip
