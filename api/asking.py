"""The innermost layer around the app: a request gets its id and its Actor; what nobody foresaw, a clear 500."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

import structlog
from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders

from api.identity import has_credentials, identify
from api.problems import Problem, answer, problem_of
from data.store.errors import StoreError
from data.words import Message

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Receive, Scope, Send
    from starlette.types import Message as Event

log = structlog.get_logger("congvu")
SECRET = {
    "/api/v1/feeds/": "/api/v1/feeds/{token}.ics"
}  # paths with a secret in them -> as logs have them
UNFORESEEN = Problem(
    500, "unforeseen", Message("Lỗi của chương trình"),
    Message("Chương trình gặp lỗi không lường trước; chưa lưu gì. Báo người quản trị mã yêu cầu này."),
)  # fmt: skip


class Asking:
    """Sets `request.state.request_id` and `.actor`; logs each request once it is answered."""

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
        status = 0

        async def answered(event: Event) -> None:
            nonlocal status
            if event["type"] == "http.response.start":
                status = event["status"]
                headers = MutableHeaders(scope=event)
                headers["X-Request-Id"] = request.state.request_id
                headers.setdefault("Cache-Control", "no-store")
            await send(event)

        try:
            await self._ask(request, scope, receive, answered)
        except Exception:
            where = told_path(scope["path"])
            log.exception("request.failed", request_id=request.state.request_id, path=where)
            if status == 0:
                await answer(request, UNFORESEEN)(scope, receive, answered)
        self._tell(request, status, time.monotonic() - began)

    async def _ask(self, request: Request, scope: Scope, receive: Receive, send: Send) -> None:
        state = self.server.state
        if has_credentials(request, state.settings):
            try:
                request.state.actor = await run_in_threadpool(
                    identify, request, state.store, state.settings, state.clock(),
                    request.state.request_id,
                )  # fmt: skip
            except StoreError as error:
                await answer(request, problem_of(error))(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _tell(self, request: Request, status: int, seconds: float) -> None:
        actor = request.state.actor
        log.info(
            "request", request_id=request.state.request_id, method=request.method,
            path=told_path(request.url.path), status=status, ms=round(1000 * seconds),
            account=actor.account_id if actor else None,
        )  # fmt: skip


def told_path(path: str) -> str:
    """The path as a log may have it: what stands in for a password there is left out.

    >>> told_path("/api/v1/feeds/s3cret.ics")
    '/api/v1/feeds/{token}.ics'
    """
    for start, told in SECRET.items():
        if path.startswith(start):
            return told
    return path


def request_id_of(header: str | None) -> str:
    """The caller's own id of the request when it is harmless, else a new one."""
    if header and len(header) <= 64 and header.isascii() and header.replace("-", "").isalnum():
        return header
    return secrets.token_hex(8)
