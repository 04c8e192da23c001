"""Who asks: the account behind a session cookie or an API token, as an Actor."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from api.access import rights_of
from data.records.actors import Actor
from data.store import accounts, sessions, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fastapi import Request, Response

    from api.settings import ServerSettings
    from data.store.accounts import Account
    from data.store.store import Store


def cookie_name(settings: ServerSettings) -> str:
    """Name of the session cookie; the prefix binds it to this host over https."""
    return "__Host-congvu" if settings.secure else "congvu"


def keep_session(response: Response, settings: ServerSettings, secret: str) -> None:
    """Give the browser the secret of its session; the store alone says how long it is good."""
    response.set_cookie(
        cookie_name(settings), secret, path="/", httponly=True, samesite="strict",
        secure=settings.secure,
    )  # fmt: skip


def drop_session(response: Response, settings: ServerSettings) -> None:
    """Take the secret of the session out of the browser."""
    response.delete_cookie(
        cookie_name(settings), path="/", httponly=True, samesite="strict", secure=settings.secure
    )


def bearer_of(request: Request) -> str:
    """The API token of the request, or ""."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def has_credentials(request: Request, settings: ServerSettings) -> bool:
    """Whether there is anything to look up."""
    return bool(bearer_of(request) or request.cookies.get(cookie_name(settings)))


def identify(
    request: Request, store: Store, settings: ServerSettings, now: datetime, request_id: str,
    *, looking_on: bool = False,
) -> Actor | None:  # fmt: skip
    """The Actor of this request, or None when nobody has signed in or the session is over.

    `looking_on`: the request is still being answered; that does not keep a session from going idle.
    """
    if bearer := bearer_of(request):
        return _by_token(store, bearer, now, request_id)
    with store.reading() as db:
        idle = timedelta(minutes=settings.session_idle_min)
        session = sessions.find(db, request.cookies.get(cookie_name(settings), ""), now, idle)
        if session is None:
            return None
        account = accounts.get(db, session.account_id)
    if not account.active:
        return None
    if not looking_on and now - session.seen_at >= sessions.SEEN_EVERY:
        with store.upkeep() as db:
            sessions.seen(db, session, now)
    request.state.session_id = session.id
    return actor_of(account, request_id)


def _by_token(store: Store, secret: str, now: datetime, request_id: str) -> Actor | None:
    with store.reading() as db:
        token = tokens.find(db, secret, now)
        account = accounts.get(db, token.account_id) if token else None
    if token is None or account is None or not account.active:
        return None
    if token.used_at is None or now - token.used_at >= tokens.SEEN_EVERY:
        with store.upkeep() as db:
            tokens.used(db, token, now)
    return actor_of(account, request_id, token.scopes)


def actor_of(account: Account, request_id: str = "", scopes: Iterable[str] | None = None) -> Actor:
    """The account as the journeys see it."""
    return Actor(
        account.id, account.username, rights_of(account.roles, scopes), account.inspector_id,
        account.staff_id, account.lang, request_id,
    )  # fmt: skip
