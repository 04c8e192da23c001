"""/plans/{id}/papers and /rotations/{id}/papers: the official papers of a version, made as a run."""

from __future__ import annotations

from datetime import date as Day
from datetime import datetime

from fastapi import APIRouter, Response, status
from pydantic import BaseModel, Field

from api.access import MayDraftPlans, MayDraftRotations, MayReadPlans, MayReadRotations
from api.deps import JobsDep, Now, StoreDep, Today
from api.fields import RowId
from api.idempotency import CreationRoute
from api.paging import Listed, PageDep
from api.paging import Page as Part
from api.sent_files import file_response
from data.store.plans import MOVES, VISITS
from scheduler.journeys.online import plan_papers
from scheduler.journeys.online.plan_papers import Shelf

plans = APIRouter(prefix="/plans/{plan_id}/papers", tags=["papers"], route_class=CreationRoute)
rotations = APIRouter(
    prefix="/rotations/{plan_id}/papers", tags=["papers"], route_class=CreationRoute
)


class PapersRunOut(BaseModel):
    """The run that makes the papers."""

    run_id: str = Field(examples=["5b0c2a4e9d0f4a7e8a1f0c6d2b3e4f5a"])


class PaperOut(BaseModel):
    """One file; its address is that of the list, `/files/` and its name."""

    name: str = Field(examples=["quyet-dinh-doan/2027-DK-00199.docx"])
    kind: str = Field(examples=["quyet-dinh-doan"])
    title: str = Field(examples=["Quyết định lập đoàn kiểm tra"])
    copy_of: str = Field(
        description="visit, person or month in the name of the file; blank: the whole plan",
        examples=["2027-DK-00199"],
    )
    size: int = Field(examples=[24_310])


class ShelfOut(Listed[PaperOut]):
    """The papers of a version that the reader may see.

    `draft`: they say that they are drafts. `current`: they would come out the same way now.
    """

    made_at: datetime | None = Field(description="none before papers were made")
    figures_of: Day | None = Field(examples=["2027-03-01"])
    draft: bool = Field(examples=[False])
    current: bool = Field(examples=[True])


def _out(shelf: Shelf, part: Part) -> ShelfOut:
    made = shelf.made
    shown = shelf.papers[part.offset : part.offset + part.limit]
    return ShelfOut(
        total=len(shelf.papers), offset=part.offset,
        items=[
            PaperOut(name=p.name, kind=p.kind, title=p.title, copy_of=p.copy, size=p.file.size)
            for p in shown
        ],
        made_at=made.at if made else None, figures_of=made.on if made else None,
        draft=made.draft if made else False, current=shelf.current,
    )  # fmt: skip


def _asked(run_id: str, jobs: JobsDep, response: Response) -> PapersRunOut:
    jobs.start(run_id)
    response.headers["Location"] = f"/api/v1/runs/{run_id}"
    return PapersRunOut(run_id=run_id)


@plans.post("", status_code=status.HTTP_202_ACCEPTED)
def ask_for_plan_papers(
    by: MayDraftPlans, plan_id: RowId, store: StoreDep, jobs: JobsDep, now: Now, today: Today,
    response: Response,
) -> PapersRunOut:  # fmt: skip
    """Every paper of a plan of visits, with the figures of today, instead of those made before."""
    run_id = plan_papers.ask_for_papers(store, by, now, VISITS, plan_id, today)
    return _asked(run_id, jobs, response)


@plans.get("")
def list_plan_papers(by: MayReadPlans, plan_id: RowId, store: StoreDep, page: PageDep) -> ShelfOut:
    """The papers of a plan of visits."""
    return _out(plan_papers.list_papers(store, by, VISITS, plan_id), page)


@plans.get("/files/{name:path}", response_class=Response)
def read_plan_paper(by: MayReadPlans, plan_id: RowId, name: str, store: StoreDep) -> Response:
    """One paper."""
    _, content = plan_papers.read_paper(store, by, VISITS, plan_id, name)
    return file_response(content, name)


@plans.get("/all.zip", response_class=Response)
def zipped_plan_papers(by: MayReadPlans, plan_id: RowId, store: StoreDep) -> Response:
    """All papers in one zip file."""
    content = plan_papers.zipped_papers(store, by, VISITS, plan_id)
    return file_response(content, f"van-ban-{plan_id}.zip")


@rotations.post("", status_code=status.HTTP_202_ACCEPTED)
def ask_for_rotation_papers(
    by: MayDraftRotations, plan_id: RowId, store: StoreDep, jobs: JobsDep, now: Now, today: Today,
    response: Response,
) -> PapersRunOut:  # fmt: skip
    """Every paper of a rotation plan, with the figures of today, instead of those made before."""
    run_id = plan_papers.ask_for_papers(store, by, now, MOVES, plan_id, today)
    return _asked(run_id, jobs, response)


@rotations.get("")
def list_rotation_papers(
    by: MayReadRotations, plan_id: RowId, store: StoreDep, page: PageDep
) -> ShelfOut:
    """The papers of a rotation plan; without those that tell why people are spared, unless one may know."""
    return _out(plan_papers.list_papers(store, by, MOVES, plan_id), page)


@rotations.get("/files/{name:path}", response_class=Response)
def read_rotation_paper(
    by: MayReadRotations, plan_id: RowId, name: str, store: StoreDep
) -> Response:
    """One paper."""
    _, content = plan_papers.read_paper(store, by, MOVES, plan_id, name)
    return file_response(content, name)


@rotations.get("/all.zip", response_class=Response)
def zipped_rotation_papers(by: MayReadRotations, plan_id: RowId, store: StoreDep) -> Response:
    """All papers that the reader may see, in one zip file."""
    content = plan_papers.zipped_papers(store, by, MOVES, plan_id)
    return file_response(content, f"van-ban-chuyen-doi-{plan_id}.zip")
