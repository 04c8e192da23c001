"""API tokens of a person: listed, made, revoked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from data.store import tokens
from data.store.tokens import ApiToken
from data.words import Message
from scheduler.errors import Refused

if TYPE_CHECKING:
    from data.records.actors import Actor
    from data.store.store import Store

MOST = 50


def list_tokens(
    store: Store, by: Actor, at: datetime, offset: int, limit: int
) -> tuple[list[ApiToken], int]:
    """The person's own good tokens, the newest first, and how many there are."""
    with store.reading() as db:
        return tokens.page(db, by.account_id or 0, at, offset, limit)


def one_token(store: Store, by: Actor, at: datetime, token_id: int) -> ApiToken:
    """One good token of the person's own.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        return tokens.get(db, by.account_id or 0, token_id, at)


def make_token(
    store: Store, by: Actor, at: datetime, name: str, scopes: tuple[str, ...], days: int
) -> tuple[ApiToken, str]:
    """A new token and its secret, which is shown once.

    Raises
    ------
    Refused
        There are too many already.
    """
    with store.writing(by, at) as work:
        if tokens.page(work.db, by.account_id or 0, at, 0, 1)[1] >= MOST:
            raise Refused(
                Message("Đã có {n} mã truy cập API. Thu hồi mã không dùng nữa trước.", {"n": MOST})
            )
        return tokens.make(work, by.account_id or 0, name, scopes, timedelta(days=days))


def revoke_token(store: Store, by: Actor, at: datetime, token_id: int) -> None:
    """The token lets nobody in any more.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.writing(by, at) as work:
        tokens.end(work, by.account_id or 0, token_id)
