"""Sessions of people who signed in: revocable, with an idle and an absolute limit. Only hashes are kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from data.store.errors import NotFound
from data.store.tables.people import sessions as table
from data.words import Message

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Row

    from data.store.store import Writing

WHAT = Message("phiên làm việc")
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
    made = work.db.execute(
        insert(table).values(
            token_hash=hash_of(token), account_id=account_id, made_at=work.at, seen_at=work.at,
            expires_at=work.at + timedelta(hours=hours), device=device[:300], address=address[:100],
        ).returning(table.c.id)
    ).scalar_one()  # fmt: skip
    work.tell("session.begun", "account", account_id, {"session": made, "address": address[:100]})
    return token


def find(db: Connection, token: str, now: datetime, idle: timedelta) -> Session | None:
    """The session of this token while it is good: not ended, not idle too long, not too old."""
    row = db.execute(select(table).where(table.c.token_hash == hash_of(token))).first()
    if row is None or row.ended_at or row.expires_at <= now or row.seen_at + idle <= now:
        return None
    return _session(row)


def page(
    db: Connection, account_id: int, now: datetime, idle: timedelta, offset: int, limit: int
) -> tuple[list[Session], int]:
    """Good sessions of this account, the last used first, and how many there are."""
    wanted = (
        table.c.account_id == account_id, table.c.ended_at.is_(None), table.c.expires_at > now,
        table.c.seen_at > now - idle,
    )  # fmt: skip
    total = db.execute(select(func.count()).select_from(table).where(*wanted)).scalar_one()
    rows = db.execute(
        select(table).where(*wanted).order_by(table.c.seen_at.desc(), table.c.id.desc())
        .offset(offset).limit(limit)
    )  # fmt: skip
    return [_session(row) for row in rows], total


def seen(db: Connection, session: Session, now: datetime) -> None:
    """Note that the session is in use."""
    db.execute(update(table).where(table.c.id == session.id).values(seen_at=now))


def end(work: Writing, account_id: int, session_id: int) -> None:
    """End one session of this account.

    Raises
    ------
    NotFound
        This account has none of that id that is still open.
    """
    if not _end(work, table.c.account_id == account_id, table.c.id == session_id):
        raise NotFound(WHAT, session_id)
    work.tell("session.ended", "account", account_id, {"session": session_id})


def end_all(work: Writing, account_id: int, but: int | None = None) -> int:
    """End every session of this account, except one; gives how many ended."""
    ended = _end(work, table.c.account_id == account_id, table.c.id != (but or 0))
    work.tell("sessions.ended", "account", account_id, {"n": ended})
    return ended


def _end(work: Writing, *wanted: ColumnElement[bool]) -> int:
    return work.db.execute(
        update(table).where(*wanted, table.c.ended_at.is_(None)).values(ended_at=work.at)
    ).rowcount


def _session(row: Row[Any]) -> Session:
    return Session(
        row.id, row.account_id, row.made_at, row.seen_at, row.expires_at, row.device, row.address
    )
