"""Private addresses of calendars: one for an account, only the hash is kept."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from data.store.sessions import hash_of
from data.store.tables.people import feeds as table

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from data.store.store import Writing

BYTES = 32


def renew(work: Writing, account_id: int) -> str:
    """A new token, which is kept nowhere; the old one is void."""
    token = secrets.token_urlsafe(BYTES)
    work.db.execute(delete(table).where(table.c.account_id == account_id))
    work.db.execute(
        insert(table).values(account_id=account_id, token_hash=hash_of(token), made_at=work.at)
    )
    work.tell("feed.made", "account", account_id)
    return token


def end(work: Writing, account_id: int) -> None:
    """No address any more; nothing happens when there is none."""
    work.db.execute(delete(table).where(table.c.account_id == account_id))
    work.tell("feed.ended", "account", account_id)


def made_at(db: Connection, account_id: int) -> datetime | None:
    """When the address that is good was made."""
    moment: datetime | None = db.execute(
        select(table.c.made_at).where(table.c.account_id == account_id)
    ).scalar_one_or_none()
    return moment


def owner(db: Connection, token: str) -> int | None:
    """The account of a token."""
    found: int | None = db.execute(
        select(table.c.account_id).where(table.c.token_hash == hash_of(token))
    ).scalar_one_or_none()
    return found
