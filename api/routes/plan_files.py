"""/plans/{id}/files: the papers of a plan, as long as they belong to its rows."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from api.access import MayReadPlans
from api.deps import StoreDep
from api.paging import Listed, PageDep
from scheduler.journeys.online import plans

router = APIRouter(prefix="/plans/{plan_id}/files", tags=["plans"])
MEDIA = {
    "csv": "text/csv; charset=utf-8", "json": "application/json", "ics": "text/calendar; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip
BINARY = "application/octet-stream"
ANY: dict[int | str, dict[str, Any]] = {
    200: {"content": {kind.split(";")[0]: {} for kind in (*MEDIA.values(), BINARY)}}
}


class FileOut(BaseModel):
    """One file of a plan."""

    name: str = Field(description="with its folder", examples=["calendars/TV0007.ics"])
    size: int = Field(description="bytes", examples=[18_342])
    sha256: str = Field(
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]
    )


class FilesOut(Listed[FileOut]):
    """The files of a plan."""

    fresh: bool = Field(
        description="false: rows were edited since; check the plan to write them anew",
        examples=[True],
    )


@router.get("")
def list_files(by: MayReadPlans, plan_id: int, page: PageDep, store: StoreDep) -> FilesOut:
    """Files of a plan by name."""
    kept, fresh = plans.files_of(store, plan_id)
    part = kept[page.offset : page.offset + page.limit]
    items = [FileOut(name=f.name, size=f.size, sha256=f.sha256) for f in part]
    return FilesOut(total=len(kept), offset=page.offset, items=items, fresh=fresh)


@router.get("/{name:path}", response_class=Response, responses=ANY)
def download_file(by: MayReadPlans, plan_id: int, name: str, store: StoreDep) -> Response:
    """One file; refused while it does not belong to the rows."""
    content = plans.file_of(store, plan_id, name)
    suffix = name.rpartition(".")[2]
    shown = quote(name.rpartition("/")[2], safe="")
    # the report brings its own script: it opens from the reader's disk, never beside the session
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{shown}"}
    return Response(content, media_type=MEDIA.get(suffix, BINARY), headers=headers)
