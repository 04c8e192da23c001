"""/system for the administrator; /healthz, /readyz and /metrics for machines that watch the server."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel, Field

from api.access import MayReadSystem, Requires
from api.deps import JobsDep, Lang, StoreDep
from api.problems import Problem, ProblemError
from data.store.errors import StoreError
from data.words import Message
from scheduler.journeys.online import system

router = APIRouter(prefix="/system", tags=["system"])
probes = APIRouter(tags=["probes"])

LOOPBACK = ("127.0.0.1", "::1")
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")  # a proxy stands on this very machine
RETRY_S = "10"


class HealthOut(BaseModel):
    """The process answers."""

    status: str = Field(examples=["ok"])


class CheckOut(BaseModel):
    """One thing that was looked at."""

    name: str = Field(examples=["database"])
    good: bool = Field(examples=[True])
    message: str | None = Field(None, description="what is wrong", examples=[None])


class SystemOut(BaseModel):
    """How the server is."""

    version: str = Field(examples=["0.1.0"])
    database: str = Field(description="sqlite or postgresql", examples=["sqlite"])
    ready: bool = Field(examples=[True])
    checks: list[CheckOut]
    queued: int | None = Field(description="long works that wait", examples=[0])
    running: int | None = Field(examples=[1])
    journal_lines: int | None = Field(examples=[3141])


@router.get("")
def read_system(by: MayReadSystem, store: StoreDep, jobs: JobsDep, lang: Lang) -> SystemOut:
    """Version, checks and figures of the server, also when something is not well."""
    looked = system.checks(store, jobs.alive())
    counted = _figures(store)
    return SystemOut(
        version=version("congvu"), database=store.dialect, ready=all(c.good for c in looked),
        checks=[_out(check, lang) for check in looked], queued=counted.queued if counted else None,
        running=counted.running if counted else None,
        journal_lines=counted.journal_lines if counted else None,
    )  # fmt: skip


@probes.get("/healthz")
def health() -> HealthOut:
    """Whether the process answers; asks nothing of the database."""
    return HealthOut(status="ok")


@probes.get("/readyz")
def ready(store: StoreDep, jobs: JobsDep) -> HealthOut:
    """Whether people can work: the store can be written, has the right version and room, jobs run."""
    bad = [check for check in system.checks(store, jobs.alive()) if not check.good]
    if bad:
        raise ProblemError(
            Problem(
                503, "not-ready", Message("Máy chủ chưa sẵn sàng"),
                Message("Có {n} điểm chưa ổn. Thử lại sau.", {"n": len(bad)}),
                [{"field": check.name, "message": check.message} for check in bad],
                headers={"Retry-After": RETRY_S},
            )
        )  # fmt: skip
    return HealthOut(status="ready")


def may_scrape(request: Request) -> None:
    """Let in who asks from this very machine, past no proxy, or has the right to see the system."""
    is_local = request.client is not None and request.client.host in LOOPBACK
    if not is_local or any(name in request.headers for name in FORWARDED):
        Requires("system.read")(request)


@probes.get("/metrics", response_class=Response)
def metrics(
    _may: Annotated[None, Depends(may_scrape)], request: Request, store: StoreDep
) -> Response:
    """Figures for Prometheus."""
    told = request.app.state.metrics.text(_figures(store))
    return Response(told, media_type=CONTENT_TYPE_LATEST)


def _figures(store: StoreDep) -> system.Figures | None:
    try:
        return system.figures(store)
    except StoreError:
        return None


def _out(check: system.Check, lang: str) -> CheckOut:
    said = check.message.say(lang) if check.message else None
    return CheckOut(name=check.name, good=check.good, message=said)
