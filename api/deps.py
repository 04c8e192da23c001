"""What routes ask for besides a right: the store, the moment, today, the reader's language."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Annotated, Protocol

from fastapi import Depends, Request

from api.callers import address_of
from api.settings import ServerSettings
from data.passwords import Passwords
from data.store.store import Store
from data.words import LANGUAGES
from scheduler.journeys.online.signing_in import Caller

if TYPE_CHECKING:
    from starlette.datastructures import Headers

VIETNAM = timezone(timedelta(hours=7))


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


class Jobs(Protocol):
    """Who carries out long work; `api/jobs.py` does it with durable workflows."""

    def start(self, run_id: str) -> None:
        """Take up a run that is in the queue; a second call for the same run changes nothing."""

    def stop(self, run_id: str) -> None:
        """End the child of a run that was asked to stop."""

    def alive(self) -> bool:
        """Whether work that is asked for now will be taken up."""


def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs


def _settings(request: Request) -> ServerSettings:
    settings: ServerSettings = request.app.state.settings
    return settings


def _passwords(request: Request) -> Passwords:
    passwords: Passwords = request.app.state.passwords
    return passwords


def _caller(request: Request) -> Caller:
    device = "".join(c for c in request.headers.get("user-agent", "") if c.isprintable())
    address = address_of(request, request.app.state.settings.trusted_proxies)
    return Caller(address, device[:300], request.state.request_id)


def _session_id(request: Request) -> int | None:
    return getattr(request.state, "session_id", None)


def _now(request: Request) -> datetime:
    moment: datetime = request.app.state.clock()
    return moment


def _today(now: Annotated[datetime, Depends(_now)]) -> date:
    return now.astimezone(VIETNAM).date()


def language(request: Request) -> str:
    """The reader's language: asked for (`?lang=`), set by the switch, of the account, of the browser."""
    actor = getattr(request.state, "actor", None)
    for wanted in (
        request.query_params.get("lang"), request.cookies.get("lang"), actor and actor.lang,
    ):  # fmt: skip
        if wanted in LANGUAGES:
            return str(wanted)
    return _preferred(request.headers)


def _preferred(headers: Headers) -> str:
    for part in headers.get("accept-language", "").split(","):
        wanted = part.split(";")[0].strip().lower()[:2]
        if wanted in LANGUAGES:
            return wanted
    return "vi"


StoreDep = Annotated[Store, Depends(_store)]
JobsDep = Annotated[Jobs, Depends(_jobs)]
SettingsDep = Annotated[ServerSettings, Depends(_settings)]
PasswordsDep = Annotated[Passwords, Depends(_passwords)]
CallerDep = Annotated[Caller, Depends(_caller)]
SessionId = Annotated[int | None, Depends(_session_id)]  # none: an API token, or nobody
Now = Annotated[datetime, Depends(_now)]
Today = Annotated[date, Depends(_today)]
Lang = Annotated[str, Depends(language)]
