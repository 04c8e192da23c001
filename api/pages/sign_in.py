"""/sign-in and /sign-out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import HTMLResponse

from api.access import SignedIn
from api.deps import CallerDep, Now, PasswordsDep, SessionId, SettingsDep, StoreDep
from api.identity import drop_session, keep_session
from api.page import Page, local
from data.words import Message
from scheduler.journeys.online import demo_people, signing_in

router = APIRouter()
OUT = Message("Đã đăng xuất.")


@router.get("/sign-in")
def sign_in_page(page: Page, settings: SettingsDep, next: str = "/") -> HTMLResponse:
    """The form; who has signed in already may go on. A demonstration offers its accounts."""
    demo = demo_people.sign_ins(settings.home) if settings.demo else None
    return page("access/sign_in.html", next=local(next), username="", demo=demo)


@router.post("/sign-in")
def sign_in(
    page: Page, store: StoreDep, passwords: PasswordsDep, caller: CallerDep, settings: SettingsDep,
    now: Now, username: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "", next: Annotated[str, Form()] = "/",
) -> Response:  # fmt: skip
    """On to where the person wanted to go, with a new session."""
    _, secret = signing_in.sign_in(
        store, passwords, username, password, now, caller, settings.session_hours
    )
    response = page.go(local(next))
    keep_session(response, settings, secret)
    return response


@router.post("/sign-out")
def sign_out(
    by: SignedIn, page: Page, store: StoreDep, settings: SettingsDep, session: SessionId, now: Now
) -> Response:
    """The session is over."""
    if session is not None:
        signing_in.sign_out(store, by, now, session)
    response = page.go("/sign-in", OUT)
    drop_session(response, settings)
    return response
