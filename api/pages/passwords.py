"""/password: a new password, by the one-time link that an administrator handed over."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import HTMLResponse

from api.deps import CallerDep, Now, PasswordsDep, StoreDep
from api.page import Page
from data.words import Message
from scheduler.journeys.online import links

router = APIRouter()
SET = Message("Đã đặt mật khẩu. Đăng nhập bằng mật khẩu mới.")


@router.get("/password")
def password_page(page: Page, store: StoreDep, now: Now, token: str = "") -> HTMLResponse:
    """The form, with whose password it is; a problem when the link cannot be used."""
    account = links.account_of_password_link(store, token, now)
    return page("access/password.html", token=token, account=account)


@router.post("/password")
def set_password(
    page: Page, store: StoreDep, passwords: PasswordsDep, caller: CallerDep, now: Now,
    token: Annotated[str, Form()], password: Annotated[str, Form()],
) -> Response:  # fmt: skip
    """The account with the new password; on to signing in."""
    links.use_password_link(store, passwords, token, password, now, caller)
    return page.go("/sign-in", SET)
