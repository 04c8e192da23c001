"""Sessions of people who signed in: revocable, with an idle and an absolute limit. Only hashes are kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from data.store.tables.people import sessions as table

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.store.store import Writing

SEEN_EVERY = timedelta(seconds=30)  # a shorter time since the last request is not written down


@dataclass(frozen=True)
class Session:
    """One signed-in device."""

    id: int
    account_id: int
    made_at: datetime
    seen_at: datetime
    expires_at: datetime
    device: str
    address: str


def hash_of(token: str) -> str:
    """What is kept of a random token."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin(work: Writing, account_id: int, hours: int, device: str, address: str) -> str:
    """A new session; gives the secret token for the cookie, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    work.db.execute(
        insert(table).values(
            token_hash=hash_of(token), account_id=account_id, made_at=work.at, seen_at=work.at,
            expires_at=work.at + timedelta(hours=hours), device=device[:300], address=address[:100],
        )
    )  # fmt: skip
    work.tell("session.begun", "account", account_id)
    return token


def find(db: Connection, token: str, now: datetime, idle: timedelta) -> Session | None:
    """The session of this token while it is good: not ended, not idle too long, not too old."""
    row = db.execute(select(table).where(table.c.token_hash == hash_of(token))).first()
    if row is None or row.ended_at or row.expires_at <= now or row.seen_at + idle <= now:
        return None
    return Session(
        row.id, row.account_id, row.made_at, row.seen_at, row.expires_at, row.device, row.address
    )


def seen(db: Connection, session: Session, now: datetime) -> None:
    """Note that the session is in use."""
    db.execute(update(table).where(table.c.id == session.id).values(seen_at=now))


def end(work: Writing, account_id: int, session_id: int) -> bool:
    """End one session of this account; False when there is none to end."""
    ended = work.db.execute(
        update(table)
        .where(
            table.c.id == session_id, table.c.account_id == account_id, table.c.ended_at.is_(None)
        )
        .values(ended_at=work.at)
    )
    work.tell("session.ended", "account", account_id, {"session": session_id})
    return bool(ended.rowcount)
