"""Around every request: nothing odd comes in, no cross-site writes, strict headers go out."""

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

from api.asking import Asking, Identifying
from api.doorway import Doorway
from api.problems import Problem, answer
from data.words import Message

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from api.settings import ServerSettings

FOREIGN = Problem(
    403, "cross-origin", Message("Yêu cầu đến từ trang khác"),
    Message("Yêu cầu thay đổi dữ liệu phải đến từ chính trang này."),
)  # fmt: skip


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
    app.add_middleware(Identifying, server=app)
    app.add_middleware(Doorway, settings=settings)
    app.add_middleware(CrossOriginProtection, deny_app=_refuse_foreign)
    app.add_middleware(Asking, server=app)
    app.add_middleware(SecureASGIMiddleware, secure=headers(settings))
