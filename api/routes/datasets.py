"""/datasets: tables uploaded, checked in a run, looked at, accepted as what plans are made from."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, File, Form, Query, Response, UploadFile, status
from pydantic import BaseModel

from api import etags
from api.access import MayReadDatasets, MayWriteDatasets
from api.deps import JobsDep, Lang, Now, StoreDep
from api.etags import Revision
from api.idempotency import CreationRoute
from api.paging import Listed, PageDep
from api.routes.dataset_models import (
    ChangesOut,
    DatasetOut,
    FaultOut,
    TableOut,
    changes_out,
    column_out,
    dataset_out,
    fault_out,
)
from data.store.datasets import StoredDataset
from scheduler.journeys.online import accepting, dataset_tables, datasets
from scheduler.journeys.tables import make_template

router = APIRouter(prefix="/datasets", tags=["datasets"], route_class=CreationRoute)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA = {".xlsx": XLSX, ".zip": "application/zip", ".csv": "text/csv; charset=utf-8"}
Status = Literal["checking", "stopped", "faulty", "ready", "accepted", "replaced"]
Base = Annotated[
    Literal["current", "none"],
    Form(
        description="current: tables that do not come stay as accepted; none: they are empty",
        examples=["current"],
    ),
]  # fmt: skip


@router.get("")
def list_datasets(
    by: MayReadDatasets, page: PageDep, store: StoreDep, lang: Lang,
    state: Annotated[list[Status] | None, Query(description="only these states")] = None,
) -> Listed[DatasetOut]:  # fmt: skip
    """Datasets, newest first; their faults and tables have addresses of their own."""
    found, total = datasets.list_datasets(store, page.offset, page.limit, state or ())
    items = [dataset_out(dataset, lang) for dataset in found]
    return Listed(total=total, offset=page.offset, items=items)


@router.post("/uploads", status_code=status.HTTP_202_ACCEPTED)
def upload_dataset(
    by: MayWriteDatasets, store: StoreDep, now: Now, jobs: JobsDep, lang: Lang, response: Response,
    files: Annotated[list[UploadFile], File(description="one .xlsx, or one .zip of CSV files, or CSV files")],
    base: Base = "current",
) -> DatasetOut:  # fmt: skip
    """A new dataset that is being checked: its run says how far, its faults or its changes what came of it."""
    sent = [(file.filename or "", file.file.read()) for file in files]
    made = datasets.upload(store, by, now, sent, base)
    return _under_way(made, jobs, lang, response)


@router.get("/template", response_class=Response, responses={200: {"content": {XLSX: {}}}})
def read_template(by: MayReadDatasets, lang: Lang) -> Response:
    """The empty workbook with headers, notes and drop-down lists."""
    with TemporaryDirectory() as folder:
        made = make_template(Path(folder), lang)
        return _file(made.name, made.read_bytes())


@router.get("/{dataset_id}")
def read_dataset(
    by: MayReadDatasets, dataset_id: int, store: StoreDep, lang: Lang, response: Response
) -> DatasetOut:
    """One dataset."""
    dataset = datasets.one_dataset(store, dataset_id)
    etags.mark(response, dataset.revision)
    return dataset_out(dataset, lang)


@router.get("/{dataset_id}/faults")
def list_faults(
    by: MayReadDatasets, dataset_id: int, page: PageDep, store: StoreDep, lang: Lang,
    table: Annotated[str, Query(max_length=40, description="only of this table")] = "",
) -> Listed[FaultOut]:  # fmt: skip
    """Faults by table and row. Of very many, some of each kind are kept; `fault_total` counts all."""
    found, total = datasets.faults_of(store, by, dataset_id, table, page.offset, page.limit)
    items = [fault_out(fault, lang) for fault in found]
    return Listed(total=total, offset=page.offset, items=items)


@router.get("/{dataset_id}/changes")
def read_changes(by: MayReadDatasets, dataset_id: int, store: StoreDep) -> ChangesOut:
    """What accepting it would change: rows by table, with examples, and ledger rows that would be withdrawn."""
    return changes_out(dataset_tables.changes(store, by, dataset_id))


@router.post("/{dataset_id}/accept")
def accept_dataset(
    by: MayWriteDatasets, dataset_id: int, revision: Revision, store: StoreDep, now: Now, lang: Lang,
    response: Response,
) -> DatasetOut:  # fmt: skip
    """The dataset as the one from which plans are made; the one before is replaced."""
    dataset = accepting.accept(store, by, now, dataset_id, revision)
    etags.mark(response, dataset.revision)
    return dataset_out(dataset, lang)


class AgainIn(BaseModel):
    """How to check once more."""

    base: Literal["current", "none"] = "current"


@router.post("/{dataset_id}/checks", status_code=status.HTTP_202_ACCEPTED)
def check_again(
    by: MayWriteDatasets, dataset_id: int, wanted: AgainIn, revision: Revision, store: StoreDep, now: Now,
    jobs: JobsDep, lang: Lang, response: Response,
) -> DatasetOut:  # fmt: skip
    """The same files held once more against what is accepted now."""
    dataset = datasets.check_again(store, by, now, dataset_id, revision, wanted.base)
    return _under_way(dataset, jobs, lang, response)


@router.get("/{dataset_id}/tables/{table}")
def read_table(
    by: MayReadDatasets, dataset_id: int, table: str, page: PageDep, store: StoreDep, lang: Lang,
    q: Annotated[str, Query(max_length=200, description="words, with or without accents")] = "",
) -> TableOut:  # fmt: skip
    """Rows of a table; columns and tables about people only for who may read grounds."""
    found = dataset_tables.table_page(store, by, dataset_id, table, q, page.offset, page.limit)
    columns = [column_out(column, lang) for column in found.columns]
    return TableOut(total=found.total, offset=page.offset, items=found.rows, columns=columns)


@router.get("/{dataset_id}/download", response_class=Response)
def download_dataset(by: MayReadDatasets, dataset_id: int, store: StoreDep) -> Response:
    """The file as it came, for who uploaded it or may read grounds; of several files a zip."""
    found = datasets.download(store, by, dataset_id)
    return _file(found.name, found.content)


def _under_way(made: StoredDataset, jobs: JobsDep, lang: str, response: Response) -> DatasetOut:
    if made.run_id:
        jobs.start(made.run_id)
    etags.mark(response, made.revision)
    response.headers["Location"] = f"/api/v1/datasets/{made.id}"
    return dataset_out(made, lang)


def _file(name: str, content: bytes) -> Response:
    ending = Path(name).suffix.lower()
    return Response(
        content, media_type=MEDIA.get(ending, "application/octet-stream"),
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"},
    )  # fmt: skip
