"""Shapes of what /people answers."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from api.paging import Listed

Standing = Literal[
    "not_subject", "not_yet", "may_move", "due_soon", "due", "overdue", "missing_data", "exempt",
    "deferred", "single_post",
]  # fmt: skip


class ReadingOut(BaseModel):
    """A person's clock in one reading of the papers."""

    reading: Literal["continuous", "restarted"] = Field(examples=["continuous"])
    regime: str = Field(description="R1: statute, R2: city, both, or blank", examples=["R1"])
    status: str = Field(examples=["due_soon"])
    clock_start: date | None = Field(examples=["2022-04-01"])
    months_served: int | None = Field(examples=[59])
    earliest_date: date | None = Field(examples=["2024-04-01"])
    latest_date: date | None = Field(description="the deadline", examples=["2027-04-01"])
    days_left: int | None = Field(examples=[31])
    overlay: str = Field(description="what puts the move off", examples=["deferred"])
    overlay_since: date | None = Field(examples=["2027-01-01"])
    overlay_until: date | None = Field(description="none: open", examples=["2027-06-30"])
    ground: str | None = Field(description="null for who may not know grounds", examples=[None])
    legal_basis: str = Field(examples=["Luật 36/2018/QH14, Điều 24; Nghị định 59/2019/NĐ-CP"])


class PersonOut(BaseModel):
    """An official, by the reading with the earlier deadline, and both readings where papers are unclear."""

    staff_id: str = Field(examples=["CB0042"])
    name: str = Field(examples=["Nguyễn Thị Lan"])
    unit_id: str = Field(examples=["00199"])
    unit_name: str = Field(examples=["Phường Cửa Nam"])
    position_id: str = Field(examples=["VT0042"])
    title: str = Field(examples=["Công chức địa chính"])
    category: str = Field(description="code in the list of posts", examples=["DC-01"])
    standing: Standing = Field(description="the overlay, or else the status", examples=["due_soon"])
    deadline: date | None = Field(examples=["2027-04-01"])
    days_left: int | None = Field(examples=[31])
    readings: list[ReadingOut]


class PeopleOut(Listed[PersonOut]):
    """A page of officials, with how many stand where."""

    counts: dict[str, int] = Field(
        description="of the people sought, whatever `status` asks for", examples=[{"overdue": 12}]
    )


class PostingOut(BaseModel):
    """One written assignment of a career."""

    position_id: str = Field(examples=["VT0042"])
    title: str = Field(examples=["Công chức địa chính"])
    unit_id: str = Field(examples=["00199"])
    unit_name: str = Field(examples=["Phường Cửa Nam"])
    start: date | None = Field(examples=["2022-04-01"])
    end: date | None = Field(description="none: still there", examples=[None])
    document_no: str = Field(examples=["12/QĐ-UBND"])
    is_probation: bool = Field(examples=[False])
    continues_previous: str = Field(description="yes, no, unknown or blank", examples=["unknown"])


class SpanOut(BaseModel):
    """A deferral of a person: why, only for who may know grounds."""

    start: date = Field(examples=["2027-01-01"])
    end: date | None = Field(description="none: open", examples=["2027-06-30"])
    ground: str | None = Field(examples=[None])
    evidence: str | None = Field(examples=[None])


class TakenOut(BaseModel):
    """A temporary measure: which, only for who may know grounds."""

    start: date = Field(examples=["2027-01-01"])
    end: date | None = Field(examples=["2027-03-31"])
    kind: str | None = Field(examples=[None])
    decision_no: str | None = Field(examples=[None])


class DerivedOut(BaseModel):
    """How one reading came about, a sentence a step, in the caller's language."""

    reading: str = Field(examples=["continuous"])
    steps: list[str] = Field(
        examples=[["Ngày 01/03/2027 đang giữ vị trí «Công chức địa chính» ..."]]
    )


class PersonInFull(PersonOut):
    """An official with career, derivation, deferrals and measures."""

    on: date = Field(examples=["2027-03-01"])
    postings: list[PostingOut]
    derivations: list[DerivedOut]
    deferrals: list[SpanOut]
    measures: list[TakenOut]


class RelativeOut(BaseModel):
    """Kin of an official."""

    staff_id: str = Field(examples=["CB0172"])
    name: str = Field(examples=["Trần Văn Bình"])
    relation: str = Field(examples=["vợ"])
    told_by: str = Field(description="whose row in the table says so", examples=["CB0042"])
    unit_id: str = Field(examples=["00199"])
    unit_name: str = Field(examples=["Phường Cửa Nam"])


class UnclearOut(BaseModel):
    """A posting of which the papers do not say whether the work went on."""

    staff_id: str = Field(examples=["CB0042"])
    name: str = Field(examples=["Nguyễn Thị Lan"])
    start: date = Field(examples=["2025-07-01"])
    position_id: str = Field(examples=["VT0042"])
    unit_id: str = Field(examples=["00199"])
    unit_name: str = Field(examples=["Phường Cửa Nam"])
    from_position_id: str = Field(examples=["VT0007"])
    from_unit_id: str = Field(examples=["00187"])
    from_unit_name: str = Field(examples=["Phường Hàng Bông"])
    document_no: str = Field(examples=["12/QĐ-UBND"])
    alike: int = Field(description="people whom one answer would settle", examples=[14])


class PeriodOut(BaseModel):
    """Dues of a quarter, or of the time before and after all quarters."""

    period: str = Field(examples=["2027-Q1"])
    words: str = Field(examples=["Quý I/2027"])
    due: int = Field(examples=[31])
    deferred: int = Field(examples=[2])
    exempt: int = Field(examples=[1])
    flat: int | None = Field(
        description="due, when the peak is made as low as it can be", examples=[24]
    )


class DuesOut(BaseModel):
    """Dues of the coming years in one reading."""

    reading: str = Field(examples=["continuous"])
    wave: str = Field(examples=["Cao điểm: quý III/2030 ..."])
    flattening: str = Field(examples=["San phẳng: đỉnh thấp nhất 24 người ..."])
    periods: list[PeriodOut]


class ForecastOut(BaseModel):
    """The forecast in both readings."""

    on: date = Field(examples=["2027-01-01"])
    readings: list[DuesOut]
