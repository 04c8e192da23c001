"""Around every request: who asks, limits of size, no cross-site writes, strict headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asgi_cross_origin_protection import CrossOriginProtection
from fastapi import FastAPI, Request
from secure import (
    ContentSecurityPolicy,
    ReferrerPolicy,
    Secure,
    StrictTransportSecurity,
    XContentTypeOptions,
    XFrameOptions,
)
from secure.middleware import SecureASGIMiddleware
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware

from api.problems import Problem, answer, problem_of
from data.words import Message

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from api.settings import ServerSettings

FOREIGN = Problem(
    403, "cross-origin", Message("Yêu cầu đến từ trang khác"),
    Message("Yêu cầu thay đổi dữ liệu phải đến từ chính trang này."),
)  # fmt: skip


class Limits:
    """Two sizes of request bodies: uploads, and everything else."""

    def __init__(self, app: ASGIApp, settings: ServerSettings) -> None:
        self.upload = RequestBodyLimitMiddleware(app, settings.upload_mb * 1024 * 1024)
        self.other = RequestBodyLimitMiddleware(app, settings.body_kb * 1024)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request through the limit that its path has; one that says it is larger is not read."""
        is_upload = scope["type"] == "http" and scope["path"].endswith("/uploads")
        limit = self.upload if is_upload else self.other
        told = Headers(scope=scope).get("content-length", "") if scope["type"] == "http" else ""
        if told.isdigit() and int(told[:20]) > limit.max_body_size:
            await answer(Request(scope), problem_of(HTTPException(413)))(scope, receive, send)
            return
        await limit(scope, receive, send)


async def _refuse_foreign(scope: Scope, receive: Receive, send: Send) -> None:
    await answer(Request(scope), FOREIGN)(scope, receive, send)


def headers(settings: ServerSettings) -> Secure:
    """Headers of every response: nothing from outside, nothing inline, not framed."""
    policy = (
        ContentSecurityPolicy()
        .default_src("'self'").img_src("'self'", "data:").object_src("'none'").base_uri("'none'")
        .frame_ancestors("'none'").form_action("'self'")
    )  # fmt: skip
    hsts = StrictTransportSecurity().max_age(31_536_000) if settings.secure else None
    return Secure(
        csp=policy, hsts=hsts, referrer=ReferrerPolicy().same_origin(),
        xcto=XContentTypeOptions(), xfo=XFrameOptions().deny(),
    )  # fmt: skip


def protect(app: FastAPI, settings: ServerSettings) -> None:
    """Put the layers around the app; the one added last is the outermost."""
    app.add_middleware(Limits, settings=settings)
    app.add_middleware(CrossOriginProtection, deny_app=_refuse_foreign)
    app.add_middleware(SecureASGIMiddleware, secure=headers(settings))
