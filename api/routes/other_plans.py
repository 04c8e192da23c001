"""/other-plans: plans of other bodies, matched to our units, confirmed row by row into a new dataset."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile, status

from api import etags
from api.access import MayReadDatasets, MayWriteDatasets
from api.deps import JobsDep, Lang, Now, StoreDep
from api.etags import Revision
from api.idempotency import CreationRoute
from api.paging import Listed, PageDep
from api.routes.other_plan_models import (
    OtherPlanLine,
    OtherPlanOut,
    RowsIn,
    RowsTakenOut,
    WithdrawnOut,
    line_out,
    other_plan_out,
)
from scheduler.journeys.online import (
    other_plan_overlaps,
    other_plan_rows,
    other_plan_withdrawal,
    other_plans,
)

router = APIRouter(prefix="/other-plans", tags=["other plans"], route_class=CreationRoute)
Table = Annotated[UploadFile, File(description="one .xlsx or .csv with columns of units and times")]
Body = Annotated[
    str, Form(min_length=1, max_length=200, description="the other body", examples=["Kiểm toán A"])
]
Year = Annotated[
    int, Form(ge=2020, le=2100, description="of times that name no year", examples=[2027])
]


@router.get("")
def list_other_plans(by: MayReadDatasets, page: PageDep, store: StoreDep) -> Listed[OtherPlanLine]:
    """Plans of other bodies, newest first."""
    found, total = other_plans.list_other_plans(store, page.offset, page.limit)
    return Listed(total=total, offset=page.offset, items=[line_out(plan) for plan in found])


@router.post("/uploads", status_code=status.HTTP_201_CREATED)
def add_other_plan(
    by: MayWriteDatasets, file: Table, body: Body, year: Year, store: StoreDep, now: Now, lang: Lang,
    response: Response,
) -> OtherPlanOut:  # fmt: skip
    """The plan kept and each of its names matched; nothing of ours changes before `accept`."""
    made = other_plans.keep_other_plan(
        store, by, now, file.filename or "", file.file.read(), body, year
    )
    response.headers["Location"] = f"/api/v1/other-plans/{made}"
    return read_other_plan(by, made, store, lang, response)


@router.get("/{other_plan_id}")
def read_other_plan(
    by: MayReadDatasets, other_plan_id: int, store: StoreDep, lang: Lang, response: Response
) -> OtherPlanOut:
    """Every row with the units that it may mean, what was decided of it, and where it meets our plan."""
    shown = other_plans.show_other_plan(store, other_plan_id)
    etags.mark(response, shown.plan.revision)
    return other_plan_out(shown, other_plan_overlaps.our_plans(store, by, shown.plan.year), lang)


@router.post("/{other_plan_id}/accept")
def accept_rows(
    by: MayWriteDatasets, other_plan_id: int, ask: RowsIn, revision: Revision, store: StoreDep, now: Now,
    jobs: JobsDep, response: Response,
) -> RowsTakenOut:  # fmt: skip
    """Exactly these rows decided; their days as a new dataset, which is checked and accepted as any."""
    done = other_plan_rows.take_rows(
        store, by, now, other_plan_id, revision, [row.choice() for row in ask.rows]
    )
    if done.dataset and done.dataset.run_id:
        jobs.start(done.dataset.run_id)
    etags.mark(response, done.plan.revision)
    return RowsTakenOut(
        **line_out(done.plan).model_dump(), taken=done.taken, foreign=done.foreign,
        dataset_id=done.dataset.id if done.dataset else None,
    )  # fmt: skip


@router.delete("/{other_plan_id}")
def withdraw_other_plan(
    by: MayWriteDatasets, other_plan_id: int, revision: Revision, store: StoreDep, now: Now, jobs: JobsDep
) -> WithdrawnOut:  # fmt: skip
    """The plan taken back; a dataset without its days when some are in use, checked and accepted as any."""
    done = other_plan_withdrawal.withdraw_other_plan(store, by, now, other_plan_id, revision)
    if done.dataset and done.dataset.run_id:
        jobs.start(done.dataset.run_id)
    return WithdrawnOut(
        dataset_id=done.dataset.id if done.dataset else None, waiting=list(done.waiting)
    )
