"""`Idempotency-Key` on creations: a request that is sent again gets its first answer, nothing is doubled."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from api.access import Requires
from api.problems import Problem, ProblemError
from data.store import answers_given
from data.words import Message

if TYPE_CHECKING:
    from data.store.answers_given import Given

BAD_KEY = Problem(
    400, "idempotency-key", Message("Khóa chống lặp không dùng được"),
    Message("Idempotency-Key dài 8 đến 200 ký tự ASCII in được."),
)  # fmt: skip
OTHER_REQUEST = Problem(
    422, "idempotency-other", Message("Khóa đã dùng cho yêu cầu khác"),
    Message("Khóa này đã dùng cho một yêu cầu có nội dung khác. Dùng khóa mới cho yêu cầu mới."),
)  # fmt: skip
UNDER_WAY = Problem(
    409, "idempotency-running", Message("Yêu cầu đầu đang được làm"),
    Message("Yêu cầu đầu tiên với khóa này chưa xong. Đợi một lát rồi gửi lại."),
    headers={"Retry-After": "1"},
)  # fmt: skip
KEPT_HEADERS = ("content-type", "etag", "location", "content-language")
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class CreationRoute(APIRoute):
    """A route whose POST may carry an `Idempotency-Key`."""

    def get_route_handler(self) -> Handler:
        """The handler, asked only once for a key."""
        handle = super().get_route_handler()
        if "POST" not in (self.methods or ()):
            return handle

        rights = [p.call.right for p in self.dependant.dependencies if isinstance(p.call, Requires)]

        async def once(request: Request) -> Response:
            key, actor = request.headers.get("idempotency-key"), request.state.actor
            if key is None or actor is None or actor.account_id is None:
                return await handle(request)
            if not all(actor.may(right) for right in rights):  # nor a kept answer without the right
                return await handle(request)
            return await _once(request, key, actor.account_id, handle)

        return once


async def _once(request: Request, key: str, account_id: int, handle: Handler) -> Response:
    if not (8 <= len(key) <= 200 and key.isascii() and key.isprintable()):
        raise ProblemError(BAD_KEY)
    store, now = request.app.state.store, request.app.state.clock()
    asked = f"{request.method} {request.url.path}?{request.url.query}\0".encode()
    digest = hashlib.sha256(asked + await request.body()).hexdigest()
    given = await run_in_threadpool(answers_given.claim, store, account_id, key, digest, now)
    if given is not None:
        return _again(given, digest)
    try:
        response = await handle(request)
    except BaseException:
        await run_in_threadpool(answers_given.release, store, account_id, key)
        raise
    headers = {k: response.headers[k] for k in KEPT_HEADERS if k in response.headers}
    await run_in_threadpool(
        answers_given.keep,
        store,
        account_id,
        key,
        response.status_code,
        headers,
        bytes(response.body),
    )
    return response


def _again(given: Given, digest: str) -> Response:
    if given.request_digest != digest:
        raise ProblemError(OTHER_REQUEST)
    if given.status is None:
        raise ProblemError(UNDER_WAY)
    return Response(given.body, given.status, {**given.headers, "Idempotency-Replayed": "true"})
