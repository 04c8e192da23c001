"""API tokens: for programs of people who have an account, with fewer rights than they have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from data.store.sessions import hash_of
from data.store.tables.people import tokens as table

if TYPE_CHECKING:
    from sqlalchemy import Connection


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


def find(db: Connection, secret: str, now: datetime) -> ApiToken | None:
    """The token of this secret while it is good."""
    row = db.execute(select(table).where(table.c.token_hash == hash_of(secret))).first()
    if row is None or row.ended_at or row.expires_at <= now:
        return None
    return ApiToken(
        row.id,
        row.account_id,
        row.name,
        tuple(row.scopes),
        row.made_at,
        row.expires_at,
        row.used_at,
    )
