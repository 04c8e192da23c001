"""Who asks: the account behind a session cookie or an API token, as an Actor."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from api.access import rights_of
from data.records.actors import Actor
from data.store import accounts, sessions, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fastapi import Request

    from api.settings import ServerSettings
    from data.store.accounts import Account
    from data.store.store import Store


def cookie_name(settings: ServerSettings) -> str:
    """Name of the session cookie; the prefix binds it to this host over https."""
    return "__Host-congvu" if settings.secure else "congvu"


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
    bearer, cookie = bearer_of(request), request.cookies.get(cookie_name(settings), "")
    with store.reading() as db:
        if bearer:
            token = tokens.find(db, bearer, now)
            if token is None:
                return None
            account = accounts.get(db, token.account_id)
            return actor_of(account, request_id, token.scopes) if account.active else None
        idle = timedelta(minutes=settings.session_idle_min)
        session = sessions.find(db, cookie, now, idle)
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


def actor_of(account: Account, request_id: str = "", scopes: Iterable[str] | None = None) -> Actor:
    """The account as the journeys see it."""
    return Actor(
        account.id, account.username, rights_of(account.roles, scopes), account.inspector_id,
        account.staff_id, account.lang, request_id,
    )  # fmt: skip
