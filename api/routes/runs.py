"""/runs: long work that was asked for, how far it is, and what came of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import datetime as Moment
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Depends, Query, Request, status
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, Field

from api.access import MayReadRuns
from api.deps import JobsDep, Lang, Now, StoreDep
from api.paging import Listed, PageDep
from api.watching import watched
from data.store.runs import Run
from scheduler.journeys.online import runs

router = APIRouter(prefix="/runs", tags=["runs"])
Kind = Literal["check", "plan", "replan", "finish", "rotate", "repair", "papers", "tables", "flags"]
Status = Literal["queued", "running", "done", "failed", "cancelled"]


class RunOut(BaseModel):
    """One long work."""

    id: str = Field(examples=["0b0f3c7e5d1a4c0f9a52d4f0a6f0b1c2"])
    kind: str = Field(examples=["plan"])
    status: Status = Field(examples=["running"])
    progress: Mapping[str, Any] = Field(
        description="the last word of the solver: phase, seconds, best, bound",
        examples=[{"phase": "teams", "seconds": 12.5, "best": 1840, "bound": 1795, "note": ""}],
    )
    result: Mapping[str, Any] = Field(
        description="what was made, once it is done", examples=[{"noun": "plan", "id": 7}]
    )
    error: str = Field(description="why it failed, in the reader's language", examples=[""])
    stopping: bool = Field(description="somebody has asked for it to stop", examples=[False])
    keeping: bool = Field(
        description="somebody has asked for it to stop and keep the best found", examples=[False]
    )
    attempts: int = Field(description="how often it was begun", examples=[1])
    asked_by: int | None = Field(description="account", examples=[3])
    asked_at: Moment = Field(examples=["2027-03-01T02:00:00Z"])
    started_at: Moment | None = Field(examples=["2027-03-01T02:00:01Z"])
    ended_at: Moment | None = Field(examples=[None])


def _out(run: Run, lang: str) -> RunOut:
    return RunOut(
        id=run.id, kind=run.kind, status=cast("Status", run.status), progress=run.progress, result=run.result,
        error=run.error.get(lang, ""), stopping=run.cancel and not run.over,
        keeping=run.enough and not run.over, attempts=run.attempts,
        asked_by=run.account_id, asked_at=run.asked_at, started_at=run.started_at,
        ended_at=run.ended_at,
    )  # fmt: skip


def _seen(by: MayReadRuns, run_id: str, store: StoreDep) -> Run:
    return runs.one_run(store, by, run_id)


Seen = Annotated[Run, Depends(_seen)]


@router.get("")
def list_runs(
    by: MayReadRuns, page: PageDep, store: StoreDep, lang: Lang,
    everybody: Annotated[bool, Query(description="others', too, as far as one may see them")] = False,
    kind: Annotated[list[Kind], Query()] = [],  # noqa: B006
    status: Annotated[list[Status], Query()] = [],  # noqa: B006
) -> Listed[RunOut]:  # fmt: skip
    """One's own runs, newest first."""
    found, total = runs.list_runs(
        store, by, page.offset, page.limit, everybody=everybody, kinds=kind, statuses=status
    )
    return Listed(total=total, offset=page.offset, items=[_out(run, lang) for run in found])


@router.get("/{run_id}")
def read_run(by: MayReadRuns, run: Seen, lang: Lang) -> RunOut:
    """One run."""
    return _out(run, lang)


@router.post("/{run_id}/cancel", status_code=status.HTTP_202_ACCEPTED)
def cancel_run(
    by: MayReadRuns, run_id: str, store: StoreDep, jobs: JobsDep, now: Now, lang: Lang
) -> RunOut:
    """The run, asked to stop; `cancelled` once its process is gone."""
    run = runs.stop_run(store, by, now, run_id)
    jobs.stop(run_id)
    return _out(run, lang)


@router.post("/{run_id}/enough", status_code=status.HTTP_202_ACCEPTED)
def enough_of_run(by: MayReadRuns, run_id: str, store: StoreDep, now: Now, lang: Lang) -> RunOut:
    """The run, asked to stop and keep the best plan found; `done` once that is checked and saved."""
    return _out(runs.enough_of_run(store, by, now, run_id), lang)


@router.get("/{run_id}/events", response_class=EventSourceResponse)
async def stream_run(
    by: MayReadRuns, run: Seen, request: Request, lang: Lang
) -> AsyncIterator[ServerSentEvent]:
    """The run as server-sent events: `run` whenever it has changed, `over` as the last one.

    The stream ends with the run, with the session, or with the server; after `over` do not connect again.
    """
    async for now in watched(request, run):
        yield ServerSentEvent(data=_out(now, lang), event="over" if now.over else "run")
