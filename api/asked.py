"""The answer to a request for long work: which run does it, and where to watch it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

if TYPE_CHECKING:
    from fastapi import Response

    from api.deps import Jobs


class RunAsked(BaseModel):
    """The run that does what was asked for; `Location` is its address."""

    run_id: str = Field(examples=["0b0f3c7e5d1a4c0f9a52d4f0a6f0b1c2"])


def started(jobs: Jobs, run_id: str, response: Response) -> RunAsked:
    """The run handed to whoever carries out long work, and its address in the response."""
    jobs.start(run_id)
    response.headers["Location"] = f"/api/v1/runs/{run_id}"
    return RunAsked(run_id=run_id)
