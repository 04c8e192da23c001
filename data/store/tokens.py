"""API tokens: for programs of people who have an account, with fewer rights. Only hashes are kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from data.store.errors import NotFound
from data.store.sessions import hash_of
from data.store.tables.people import tokens as table
from data.words import Message

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Row

    from data.store.store import Writing

WHAT = Message("mã truy cập API")
PREFIX = "cvt_"  # so that a token that strayed into a file is known for what it is
SEEN_EVERY = timedelta(minutes=1)  # a shorter time since the last use is not written down


@dataclass(frozen=True)
class ApiToken:
    """A token as its owner sees it: never the secret."""

    id: int
    account_id: int
    name: str
    scopes: tuple[str, ...]
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None


def make(
    work: Writing, account_id: int, name: str, scopes: tuple[str, ...], good_for: timedelta
) -> tuple[ApiToken, str]:
    """A new token, and its secret, which is kept nowhere."""
    secret = PREFIX + secrets.token_urlsafe(32)
    made = work.db.execute(
        insert(table).values(
            account_id=account_id, name=name, token_hash=hash_of(secret), scopes=list(scopes),
            made_at=work.at, expires_at=work.at + good_for,
        ).returning(table.c.id)
    ).scalar_one()  # fmt: skip
    work.tell("token.made", "token", made, {"account": account_id, "scopes": list(scopes)})
    return ApiToken(made, account_id, name, scopes, work.at, work.at + good_for, None), secret


def find(db: Connection, secret: str, now: datetime) -> ApiToken | None:
    """The token of this secret while it is good."""
    row = db.execute(
        select(table).where(
            table.c.token_hash == hash_of(secret),
            table.c.ended_at.is_(None),
            table.c.expires_at > now,
        )
    ).first()
    return _token(row) if row else None


def page(
    db: Connection, account_id: int, now: datetime, offset: int, limit: int
) -> tuple[list[ApiToken], int]:
    """Good tokens of this account, the newest first, and how many there are."""
    wanted = _good(account_id, now)
    total = db.execute(select(func.count()).select_from(table).where(*wanted)).scalar_one()
    rows = db.execute(
        select(table).where(*wanted).order_by(table.c.id.desc()).offset(offset).limit(limit)
    )
    return [_token(row) for row in rows], total


def get(db: Connection, account_id: int, token_id: int, now: datetime) -> ApiToken:
    """One good token of this account.

    Raises
    ------
    NotFound
    """
    row = db.execute(select(table).where(*_good(account_id, now), table.c.id == token_id)).first()
    if row is None:
        raise NotFound(WHAT, token_id)
    return _token(row)


def used(db: Connection, token: ApiToken, now: datetime) -> None:
    """Note that the token is in use."""
    db.execute(update(table).where(table.c.id == token.id).values(used_at=now))


def end(work: Writing, account_id: int, token_id: int) -> None:
    """Revoke one token of this account.

    Raises
    ------
    NotFound
        This account has none of that id that is still good.
    """
    ended = work.db.execute(
        update(table)
        .where(*_good(account_id, work.at), table.c.id == token_id)
        .values(ended_at=work.at)
    )
    if not ended.rowcount:
        raise NotFound(WHAT, token_id)
    work.tell("token.ended", "token", token_id, {"account": account_id})


def end_all(work: Writing, account_id: int) -> None:
    """Revoke every token of this account."""
    work.db.execute(update(table).where(*_good(account_id, work.at)).values(ended_at=work.at))
    work.tell("tokens.ended", "account", account_id)


def _good(account_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        table.c.account_id == account_id, table.c.ended_at.is_(None), table.c.expires_at > now,
    )  # fmt: skip


def _token(row: Row[Any]) -> ApiToken:
    return ApiToken(
        row.id, row.account_id, row.name, tuple(row.scopes), row.made_at, row.expires_at, row.used_at
    )  # fmt: skip
