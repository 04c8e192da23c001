"""A run watched while it goes on, for as long as the one who watches may see it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from api.identity import identify
from data.store.errors import NotFound, StoreUnavailable
from scheduler.journeys.online import runs

if TYPE_CHECKING:
    from fastapi import Request

    from data.store.runs import Run

LOOK_S = 0.5


async def watched(request: Request, run: Run) -> AsyncIterator[Run]:
    """The run each time that it has changed, the last time when it is over.

    Ends early when the session was ended, the right was taken away, or the server closes. Between two looks
    nothing is held: no connection, no thread.
    """
    told = None
    while True:
        if run != told:
            yield run
            told = run
        if run.over or getattr(request.app.state, "leaving", False):
            return
        await asyncio.sleep(LOOK_S)
        found = await run_in_threadpool(_look, request, run)
        if found is None:
            return
        run = found


def _look(request: Request, run: Run) -> Run | None:
    state = request.app.state
    try:
        by = identify(
            request, state.store, state.settings, state.clock(), request.state.request_id,
            looking_on=True,
        )  # fmt: skip
        return runs.one_run(state.store, by, run.id) if by else None
    except NotFound:
        return None
    except StoreUnavailable:
        return run  # it may come back; until then nothing has changed
