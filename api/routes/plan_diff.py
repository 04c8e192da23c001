"""/plans/{id}/diff: two versions side by side, visit by visit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.access import MayReadPlans
from api.deps import Lang, StoreDep
from api.paging import Listed, PageDep
from data.records.changes import WHAT
from scheduler.changes import summary
from scheduler.journeys.online import plan_diff

if TYPE_CHECKING:
    from scheduler.journeys.online.plan_diff import Difference

router = APIRouter(prefix="/plans/{plan_id}", tags=["plans"])
What = Literal["kept", "moved", "new_team", "added", "dropped"]


class PlaceOut(BaseModel):
    """Where a visit stands in one version."""

    start: str = Field(examples=["2027-05-10"])
    end: str = Field(examples=["2027-05-11"])
    lead: str = Field(examples=["TV0007"])
    members: list[str] = Field(examples=[["TV0009"]])


class ChangeOut(BaseModel):
    """What became of one visit."""

    visit_id: str = Field(examples=["V-00199"])
    unit_id: str = Field(examples=["00199"])
    what: What = Field(examples=["moved"])
    what_words: str = Field(examples=["đổi ngày"])
    stands: str = Field(
        description="past, announced or pinned: was not to be touched", examples=[""]
    )
    before: PlaceOut | None
    after: PlaceOut | None
    out: list[str] = Field(description="people who are no longer on it", examples=[[]])
    joined: list[str] = Field(examples=[[]])
    reasons: list[str] = Field(examples=[["capacity.absent: …"]])


class FigureOut(BaseModel):
    """One figure in both versions."""

    name: str = Field(examples=["coverage.covered"])
    title: str = Field(examples=["đơn vị được kiểm tra"])
    before: Any = Field(examples=[141])
    after: Any = Field(examples=[143])


class DiffOut(Listed[ChangeOut]):
    """One change for each visit of either version, and the figures of both."""

    against: int = Field(description="the older version", examples=[6])
    counts: Mapping[str, int] = Field(examples=[{"kept": 140, "moved": 2, "added": 1}])
    summary: str = Field(examples=["Giữ nguyên 140, đổi ngày 2, đổi đoàn 0, thêm 1, bỏ 0."])
    figures: list[FigureOut]


@router.get("/diff")
def read_diff(
    by: MayReadPlans, plan_id: int, page: PageDep, store: StoreDep, lang: Lang,
    against: Annotated[int | None, Query(description="none: the version that it amends")] = None,
    what: Annotated[list[What], Query()] = [],  # noqa: B006
) -> DiffOut:  # fmt: skip
    """Every visit of two versions: kept, moved, with a new team, added, dropped."""
    found = plan_diff.difference(store, plan_id, against)
    rows = [change for change in found.changes if not what or change["what"] in what]
    part = rows[page.offset : page.offset + page.limit]
    return DiffOut(
        total=len(rows), offset=page.offset, items=[_change(row, lang) for row in part],
        against=found.old.id, counts=found.counts, summary=summary(found.counts).say(lang),
        figures=_figures(found, lang),
    )  # fmt: skip


def _change(row: Mapping[str, Any], lang: str) -> ChangeOut:
    return ChangeOut(
        visit_id=row["id"], unit_id=row["about"], what=row["what"],
        what_words=WHAT[row["what"]].say(lang), stands=row["stands"], before=_place(row, "before"),
        after=_place(row, "after"), out=row["out"], joined=row["joined"],
        reasons=row[f"reasons_{lang}"],
    )  # fmt: skip


def _place(row: Mapping[str, Any], side: str) -> PlaceOut | None:
    if f"start_{side}" not in row:
        return None
    members = [who for who in row[f"members_{side}"].split(";") if who]
    start, end, lead = (row[f"{name}_{side}"] for name in ("start", "end", "lead"))
    return PlaceOut(start=start, end=end, lead=lead, members=members)


def _figures(found: Difference, lang: str) -> list[FigureOut]:
    return [
        FigureOut(name=p.name, title=p.title[lang == "en"], before=p.a, after=p.b)
        for p in found.figures
    ]
