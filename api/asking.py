"""The outermost layer of ours: a request gets its id, is counted, logged; what nobody foresaw, a 500."""

from __future__ import annotations

import re
import secrets
import time
from typing import TYPE_CHECKING

import structlog
from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders

from api.identity import has_credentials, identify
from api.methods import methods_at
from api.metrics import route_of
from api.problems import Problem, answer, problem_of
from data.store.errors import StoreError
from data.words import Message

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Receive, Scope, Send
    from starlette.types import Message as Event

log = structlog.get_logger("congvu")
SECRET = re.compile(r"(?<=/feeds/)[^/]+", re.IGNORECASE)  # parts of paths that stand for a password
NOBODYS = (
    "/healthz",
    "/readyz",
    "/static/",
)  # ask for no session: they answer when the store does not
UNFORESEEN = Problem(
    500, "unforeseen", Message("Lỗi của chương trình"),
    Message("Chương trình gặp lỗi không lường trước; chưa lưu gì. Báo người quản trị mã yêu cầu này."),
)  # fmt: skip


class Asking:
    """Sets `request.state.request_id`; counts and logs each request once it is answered."""

    def __init__(self, app: ASGIApp, server: FastAPI) -> None:
        self.app = app
        self.server = server

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request, began = Request(scope, receive), time.monotonic()
        request.state.request_id = request_id_of(request.headers.get("x-request-id"))
        request.state.actor = None
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.state.request_id)
        answering = Answering(request, send)
        try:
            await self.app(scope, receive, answering)
        except Exception:
            log.exception("request.failed", path=told_path(scope["path"]))
            if answering.status == 0:
                await answer(request, UNFORESEEN)(scope, receive, answering)
        self._tell(request, answering.status, time.monotonic() - began)

    def _tell(self, request: Request, status: int, seconds: float) -> None:
        actor, method = request.state.actor, request.state.method
        self.server.state.metrics.asked(route_of(request.scope), method, status, seconds)
        log.info(
            "request", method=method, path=told_path(request.scope["path"]), status=status,
            ms=round(1000 * seconds), account=actor.account_id if actor else None,
        )  # fmt: skip


class Answering:
    """`send` that adds the request's id to the answer, and answers HEAD as GET without the body."""

    def __init__(self, request: Request, send: Send) -> None:
        self.request, self.send, self.status = request, send, 0
        request.state.method = request.method
        self.is_head = request.method == "HEAD"
        if self.is_head:
            request.scope["method"] = "GET"

    async def __call__(self, event: Event) -> None:
        """Pass one piece of the answer on."""
        if event["type"] == "http.response.start":
            self.status = event["status"]
            headers = MutableHeaders(scope=event)
            headers["X-Request-Id"] = self.request.state.request_id
            headers.setdefault("Cache-Control", "no-store")
            if self.status == 405:  # the framework names the methods of the first route only
                headers["Allow"] = ", ".join(methods_at(self.request.scope["path"]))
        elif self.is_head and event["type"] == "http.response.body":
            event = {**event, "body": b""}
        await self.send(event)


class Identifying:
    """The innermost layer: sets `request.state.actor`."""

    def __init__(self, app: ASGIApp, server: FastAPI) -> None:
        self.app = app
        self.server = server

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look up who asks, then pass the request on."""
        if scope["type"] == "http" and not scope["path"].startswith(NOBODYS):
            request, state = Request(scope, receive), self.server.state
            if has_credentials(request, state.settings):
                try:
                    actor = await run_in_threadpool(
                        identify, request, state.store, state.settings, state.clock(),
                        request.state.request_id,
                    )  # fmt: skip
                except StoreError as error:
                    await answer(request, problem_of(error))(scope, receive, send)
                    return
                request.state.actor = actor
                if actor is not None:
                    structlog.contextvars.bind_contextvars(account=actor.account_id)
        await self.app(scope, receive, send)


def told_path(path: str) -> str:
    """The path as a log may have it: what stands in for a password there is left out.

    >>> told_path("/api/v1/feeds/s3cret.ics")
    '/api/v1/feeds/{token}'
    """
    return SECRET.sub("{token}", path)


def request_id_of(header: str | None) -> str:
    """The caller's own id of the request when it is harmless, else a new one."""
    if header and len(header) <= 64 and header.isascii() and header.replace("-", "").isalnum():
        return header
    return secrets.token_hex(8)
