"""/me: my own devices, password, language, API tokens and calendar address."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse

from api.access import IN_PERSON, InPerson, MayReadAssignments
from api.deps import CallerDep, Now, PasswordsDep, SessionId, SettingsDep, StoreDep
from api.fields import Line, RowId
from api.page import Page, Pages
from api.routes.tokens import own_rights
from data.records.actors import Actor
from data.store.store import Store
from data.words import Message
from scheduler.journeys.online import feeds, own_account, own_page, signing_in, tokens

router = APIRouter(prefix="/me")
PASSWORD_SET = Message("Đã đổi mật khẩu; các thiết bị khác phải đăng nhập lại.")
LANGUAGE_SET = Message("Đã lưu ngôn ngữ.")
ENDED = Message("Thiết bị ấy phải đăng nhập lại.")
OTHERS_ENDED = Message("Các thiết bị khác phải đăng nhập lại.")
REVOKED = Message("Đã thu hồi mã truy cập.")
FEED_ENDED = Message("Địa chỉ lịch không còn dùng được.")
Secret = Annotated[str, Form(max_length=1000)]


def _shown(
    page: Pages, store: Store, by: Actor, now: datetime, session: int | None, **secrets: Any
) -> HTMLResponse:
    idle = timedelta(minutes=page.settings.session_idle_min)
    found = own_page.own_page(store, by, now, idle)
    rights = sorted(by.rights - IN_PERSON)
    shown = {"token": None, "feed": None, **secrets}
    return page("me/show.html", found=found, current=session, rights=rights, **shown)


@router.get("")
def show_me(
    by: InPerson, page: Page, store: StoreDep, now: Now, session: SessionId
) -> HTMLResponse:
    """My account, and everything that lets somebody in under my name."""
    return _shown(page, store, by, now, session)


@router.post("/language")
def change_language(
    by: InPerson, page: Page, store: StoreDep, now: Now, lang: Annotated[Literal["vi", "en"], Form()],
    revision: Annotated[int, Form(ge=1, le=999_999_999)],
) -> Response:  # fmt: skip
    """My language: of pages here, and of what the program writes for me."""
    own_account.change_language(store, by, now, revision, lang)
    response = page.go("/me", LANGUAGE_SET)
    page.keep(response, "lang", lang)
    return response


@router.post("/password")
def change_password(
    by: InPerson, page: Page, store: StoreDep, passwords: PasswordsDep, caller: CallerDep, now: Now,
    session: SessionId, old: Secret, new: Secret,
) -> Response:  # fmt: skip
    """A new password; every other session of mine ends."""
    own_account.change_password(store, passwords, by, old, new, now, caller, session)
    return page.go("/me", PASSWORD_SET)


@router.post("/sessions/others/end")
def end_other_sessions(
    by: InPerson, page: Page, store: StoreDep, now: Now, session: SessionId
) -> Response:
    """My sessions on all other devices are over."""
    signing_in.end_other_sessions(store, by, now, session or 0)
    return page.go("/me", OTHERS_ENDED)


@router.post("/sessions/{session_id}/end")
def end_session(by: InPerson, page: Page, session_id: RowId, store: StoreDep, now: Now) -> Response:
    """One of my sessions is over."""
    signing_in.sign_out(store, by, now, session_id)
    return page.go("/me", ENDED)


@router.post("/tokens")
def make_token(
    by: InPerson, page: Page, store: StoreDep, now: Now, session: SessionId, settings: SettingsDep,
    name: Annotated[Line, Form(min_length=1, max_length=200)],
    scopes: Annotated[list[Line], Form(min_length=1, max_length=50)],
    days: Annotated[int, Form(ge=1, le=365)] = 90,
) -> HTMLResponse:  # fmt: skip
    """My account with the new token's secret, which is shown this once."""
    made, secret = tokens.make_token(store, by, now, name, own_rights(by, scopes), days)
    return _shown(page, store, by, now, session, token=(made, secret))


@router.post("/tokens/{token_id}/revoke")
def revoke_token(by: InPerson, page: Page, token_id: RowId, store: StoreDep, now: Now) -> Response:
    """The token lets nobody in any more."""
    tokens.revoke_token(store, by, now, token_id)
    return page.go("/me", REVOKED)


@router.post("/feed")
def renew_feed(
    by: MayReadAssignments,
    page: Page,
    store: StoreDep,
    now: Now,
    session: SessionId,
    request: Request,
) -> HTMLResponse:
    """My account with a new private address of my calendar, which is shown this once."""
    token = feeds.renew_feed(store, by, now)
    return _shown(
        page, store, by, now, session, feed=str(request.url_for("read_feed", token=token))
    )


@router.post("/feed/end")
def end_feed(by: MayReadAssignments, page: Page, store: StoreDep, now: Now) -> Response:
    """The address of my calendar is void."""
    feeds.end_feed(store, by, now)
    return page.go("/me", FEED_ENDED)
