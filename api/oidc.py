"""/oidc: the door of the city's own sign-in; there only when an issuer is set. Needs the extra `oidc`.

Nobody gets an account by coming through it: an administrator has entered who this is.
"""

from __future__ import annotations

import html
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response, status
from fastapi.responses import HTMLResponse, RedirectResponse

from api.deps import CallerDep, Lang, Now, SettingsDep, StoreDep
from api.identity import keep_session
from api.oidc_issuer import DENIED, GOOD_FOR_S, STRAY, Issuer
from api.problems import ProblemError
from api.settings import ServerSettings
from data.words import Message
from scheduler.journeys.online import signing_in

router = APIRouter(prefix="/oidc", tags=["sessions"])
DONE = Message("Đã đăng nhập. Mở trang đầu")


def install(app: FastAPI, settings: ServerSettings, prefix: str) -> None:
    """Add the door to the app."""
    back = f"{settings.public_url.rstrip('/')}{prefix}/oidc/callback"
    app.state.issuer = Issuer(settings, back)
    app.include_router(router, prefix=prefix)


def cookie_name(settings: ServerSettings) -> str:
    """Name of the short cookie that knows the browser again when it comes back from the issuer."""
    return "__Host-congvu-oidc" if settings.secure else "congvu-oidc"


def _issuer(request: Request) -> Issuer:
    issuer: Issuer = request.app.state.issuer
    return issuer


IssuerDep = Annotated[Issuer, Depends(_issuer)]
Told = Annotated[str, Query(max_length=4096)]


@router.get("/start", status_code=status.HTTP_303_SEE_OTHER, response_class=RedirectResponse)
def start(issuer: IssuerDep, settings: SettingsDep, now: Now) -> Response:
    """Send the browser to the city's own sign-in."""
    where, cookie = issuer.start(now)
    response = RedirectResponse(where, status.HTTP_303_SEE_OTHER)
    response.set_cookie(  # lax: it has to come back from another site
        cookie_name(settings), cookie, max_age=GOOD_FOR_S, path="/", httponly=True, samesite="lax",
        secure=settings.secure,
    )  # fmt: skip
    return response


@router.get("/callback", response_class=HTMLResponse)
def callback(
    request: Request, issuer: IssuerDep, store: StoreDep, settings: SettingsDep, now: Now,
    caller: CallerDep, lang: Lang, state: Told = "", code: Told = "",
) -> Response:  # fmt: skip
    """Sign in whoever comes back; a page, for a redirect from another site carries no strict cookie."""
    cookie = request.cookies.get(cookie_name(settings), "")
    if not cookie or not state:
        raise ProblemError(STRAY)
    if not code:
        raise ProblemError(DENIED)
    person = issuer.finish(cookie, state, code, now)
    secret = signing_in.sign_in_vouched(
        store, person.subject, person.username, now, caller, settings.session_hours
    )
    response = HTMLResponse(_page(lang))
    response.delete_cookie(cookie_name(settings), path="/", secure=settings.secure)
    keep_session(response, settings, secret)
    return response


def _page(lang: str) -> str:
    words = html.escape(DONE.say(lang))
    return (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>Công Vụ</title>'
        f'<meta http-equiv="refresh" content="0; url=/"><p><a href="/">{words}</a></p></html>'
    )
