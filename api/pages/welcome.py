"""/welcome: the first administrator, by the one-time link that the server printed when it first started."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import HTMLResponse

from api.deps import CallerDep, Now, PasswordsDep, StoreDep
from api.page import Page
from data.words import Message
from scheduler.journeys.online import links

router = APIRouter()
MADE = Message("Đã lập tài khoản quản trị. Đăng nhập để bắt đầu.")


@router.get("/welcome")
def welcome_page(page: Page, token: str = "") -> HTMLResponse:
    """The form; whether the link is good is said when it is used."""
    return page("access/welcome.html", token=token)


@router.post("/welcome")
def make_first_admin(
    page: Page, store: StoreDep, passwords: PasswordsDep, caller: CallerDep, now: Now,
    token: Annotated[str, Form()], username: Annotated[str, Form(min_length=1, max_length=100)],
    name: Annotated[str, Form(min_length=1, max_length=200)], password: Annotated[str, Form()],
) -> Response:  # fmt: skip
    """The first administrator's account; on to signing in."""
    links.use_first_admin_link(store, passwords, token, username, name, password, now, caller)
    return page.go("/sign-in", MADE)
