"""One-time links: for the first administrator, and for a new password. Only hashes are kept."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from data.store.sessions import hash_of
from data.store.tables.people import links as table

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

    from data.store.store import Writing

FIRST_ADMIN, PASSWORD = "first_admin", "password"
GOOD_FOR = timedelta(hours=24)


def make(work: Writing, purpose: str, account_id: int | None = None) -> str:
    """A new link, which voids the older ones of its kind; gives the secret, which is kept nowhere."""
    void(work, purpose, account_id)
    secret = secrets.token_urlsafe(32)
    work.db.execute(
        insert(table).values(
            token_hash=hash_of(secret), account_id=account_id, purpose=purpose,
            expires_at=work.at + GOOD_FOR,
        )
    )  # fmt: skip
    work.tell("link.made", "account", account_id or "", {"purpose": purpose})
    return secret


def is_good(db: Connection, secret: str, purpose: str, now: datetime) -> bool:
    """Whether the link can still be used."""
    return (
        db.execute(select(table.c.token_hash).where(*_good(secret, purpose, now))).first()
        is not None
    )


def account_of(db: Connection, secret: str, purpose: str, now: datetime) -> int | None:
    """The account for which a link that can still be used was made, or None."""
    found = db.execute(select(table.c.account_id).where(*_good(secret, purpose, now))).first()
    return found.account_id if found else None


def use(work: Writing, secret: str, purpose: str) -> bool:
    """Use the link up; False when it cannot be used, or somebody was faster."""
    used = work.db.execute(
        update(table).where(*_good(secret, purpose, work.at)).values(used_at=work.at)
    )
    return bool(used.rowcount)


def void(work: Writing, purpose: str, account_id: int | None) -> None:
    """Links of this kind for this account can no longer be used."""
    work.db.execute(
        update(table)
        .where(
            table.c.purpose == purpose, table.c.account_id.is_not_distinct_from(account_id),
            table.c.used_at.is_(None), table.c.expires_at > work.at,
        )
        .values(expires_at=work.at)
    )  # fmt: skip


def _good(secret: str, purpose: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        table.c.token_hash == hash_of(secret), table.c.purpose == purpose,
        table.c.used_at.is_(None), table.c.expires_at > now,
    )  # fmt: skip
