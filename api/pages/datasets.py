"""/datasets: tables uploaded, their faults by cell, what they would change, accepted; looked at row by row."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, Query, Response, UploadFile
from fastapi.responses import HTMLResponse

from api.access import MayReadDatasets, MayWriteDatasets
from api.deps import JobsDep, Now, StoreDep
from api.page import Page
from api.paging import PageDep
from data.words import Message
from scheduler.journeys.online import accepting, dataset_page, datasets, first_steps

router = APIRouter(prefix="/datasets")
CAME = Message("Đã nhận tệp; đang soát.")
IN_USE = Message("Bộ dữ liệu này đang được dùng: kế hoạch mới được lập từ đây.")
AGAIN = Message("Đang soát lại.")
Base = Annotated[Literal["current", "none"], Form()]
Revision = Annotated[int, Form(ge=1, le=999_999_999)]


@router.get("")
def list_datasets(by: MayReadDatasets, page: Page, part: PageDep, store: StoreDep) -> HTMLResponse:
    """The dataset in use and all others, newest first; on an empty installation the first steps."""
    found, total = datasets.list_datasets(store, part.offset, part.limit)
    steps = first_steps.first_steps(store, by)
    listing = page.listing(total, part.offset, part.limit)
    return page("datasets/list.html", datasets=found, listing=listing, steps=steps)


@router.get("/new")
def new_dataset(by: MayWriteDatasets, page: Page, store: StoreDep) -> HTMLResponse:
    """The form for files, with the empty workbook to fill in."""
    return page("datasets/new.html", current=datasets.in_use(store))


@router.post("/uploads")
def upload_dataset(
    by: MayWriteDatasets, page: Page, store: StoreDep, now: Now, jobs: JobsDep,
    files: Annotated[list[UploadFile], File()], base: Base = "current",
) -> Response:  # fmt: skip
    """On to the new dataset, which is being checked."""
    sent = [(file.filename or "", file.file.read()) for file in files]
    made = datasets.upload(store, by, now, sent, base)
    jobs.start(made.run_id or "")
    return page.go(f"/datasets/{made.id}", CAME)


@router.get("/{dataset_id}")
def show_dataset(
    by: MayReadDatasets, page: Page, dataset_id: int, part: PageDep, store: StoreDep,
    table: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:  # fmt: skip
    """How far the check is; its faults; what would change; the tables."""
    found = dataset_page.dataset_page(store, by, dataset_id, table, part.offset, part.limit)
    listing = page.listing(found.n_faults, part.offset, part.limit)
    return page("datasets/show.html", found=found, listing=listing, table=table)


@router.get("/{dataset_id}/wait")
def wait_for_check(by: MayReadDatasets, page: Page, dataset_id: int, store: StoreDep) -> Response:
    """Nothing while the check goes on, then the page anew."""
    if datasets.one_dataset(store, dataset_id).status == "checking":
        return Response(status_code=204)
    return page.go(f"/datasets/{dataset_id}")


@router.post("/{dataset_id}/accept")
def accept_dataset(
    by: MayWriteDatasets, page: Page, dataset_id: int, revision: Revision, store: StoreDep, now: Now
) -> Response:
    """The dataset as the one from which plans are made."""
    accepting.accept(store, by, now, dataset_id, revision)
    return page.go(f"/datasets/{dataset_id}", IN_USE)


@router.post("/{dataset_id}/checks")
def check_again(
    by: MayWriteDatasets, page: Page, dataset_id: int, revision: Revision, store: StoreDep, now: Now,
    jobs: JobsDep, base: Base = "current",
) -> Response:  # fmt: skip
    """The same files held once more against what is there now."""
    made = datasets.check_again(store, by, now, dataset_id, revision, base)
    jobs.start(made.run_id or "")
    return page.go(f"/datasets/{dataset_id}", AGAIN)


@router.get("/{dataset_id}/tables/{table}")
def show_table(
    by: MayReadDatasets, page: Page, dataset_id: int, table: str, part: PageDep, store: StoreDep,
    q: Annotated[str, Query(max_length=200)] = "",
) -> HTMLResponse:  # fmt: skip
    """Rows of a table, searched with or without accents."""
    found = dataset_page.shown_table(store, by, dataset_id, table, q, part.offset, part.limit)
    listing = page.listing(found.page.total, part.offset, part.limit)
    return page("datasets/table.html", found=found, listing=listing, q=q)
