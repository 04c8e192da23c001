"""/runs: long work, how far it is, and what came of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.access import MayReadRuns
from api.deps import JobsDep, Lang, Now, StoreDep
from api.page import Page
from api.paging import PageDep
from api.rendering import render
from api.watching import watched
from data.store.runs import Run
from data.words import Message
from scheduler.journeys.online import runs

router = APIRouter(prefix="/runs")
STOPPING = Message("Đã yêu cầu dừng.")
KEEPING = Message("Đã yêu cầu dừng và giữ kế hoạch tốt nhất tìm được.")


def _seen(by: MayReadRuns, run_id: str, store: StoreDep) -> Run:
    return runs.one_run(store, by, run_id)


Seen = Annotated[Run, Depends(_seen)]


@router.get("")
def list_runs(
    by: MayReadRuns, page: Page, part: PageDep, store: StoreDep,
    everybody: Annotated[bool, Query()] = False,
) -> HTMLResponse:  # fmt: skip
    """Runs, newest first: one's own, or those of others, too."""
    found, total = runs.list_runs(store, by, part.offset, part.limit, everybody=everybody)
    listing = page.listing(total, part.offset, part.limit)
    return page("runs/list.html", runs=found, listing=listing, everybody=everybody)


@router.get("/{run_id}")
def show_run(by: MayReadRuns, page: Page, run: Seen) -> HTMLResponse:
    """One run, followed while it goes on."""
    return page("runs/show.html", run=run)


@router.post("/{run_id}/stop")
def stop_run(
    by: MayReadRuns, page: Page, run_id: str, store: StoreDep, jobs: JobsDep, now: Now
) -> Response:
    """The run, asked to stop."""
    runs.stop_run(store, by, now, run_id)
    jobs.stop(run_id)
    return page.go(f"/runs/{run_id}", STOPPING)


@router.post("/{run_id}/enough")
def enough_of_run(by: MayReadRuns, page: Page, run_id: str, store: StoreDep, now: Now) -> Response:
    """The run, asked to stop and keep the best found."""
    runs.enough_of_run(store, by, now, run_id)
    return page.go(f"/runs/{run_id}", KEEPING)


@router.get("/{run_id}/live", response_class=EventSourceResponse)
async def follow_run(
    by: MayReadRuns, run: Seen, request: Request, lang: Lang,
    whole: Annotated[bool, Query()] = False,
) -> AsyncIterator[ServerSentEvent]:  # fmt: skip
    """The run's progress, or the whole of it, as part of a page when it changes; `over` is the last event."""
    part = "runs/_whole.html" if whole else "runs/_progress.html"
    async for now in watched(request, run):
        yield ServerSentEvent(raw_data=render(lang, part, run=now))
        if now.over:
            yield ServerSentEvent(raw_data="over", event="over")
