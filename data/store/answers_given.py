"""Answers to creations with an idempotency key, kept so that a repeated request creates nothing twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from data.store.tables.people import answers_given as table

if TYPE_CHECKING:
    from data.store.store import Store

KEPT = timedelta(hours=24)
GIVEN_UP = timedelta(minutes=2)  # the server stopped in the middle of the first request


@dataclass(frozen=True)
class Given:
    """An answer that was given before; without a status it is still being made."""

    request_digest: str
    status: int | None
    headers: dict[str, str]
    body: bytes


def claim(store: Store, account_id: int, key: str, digest: str, at: datetime) -> Given | None:
    """None: the key is new and now ours; else what was given, or is being made, under it."""
    row = (table.c.account_id == account_id, table.c.key == key)
    try:
        with store.upkeep() as db:
            db.execute(delete(table).where(table.c.at < at - KEPT))
            db.execute(
                delete(table).where(*row, table.c.status.is_(None), table.c.at < at - GIVEN_UP)
            )
            db.execute(
                insert(table).values(account_id=account_id, key=key, request_digest=digest, at=at)
            )
    except IntegrityError:
        with store.reading() as db:
            found = db.execute(select(table).where(*row)).first()
        if found is None:
            return claim(store, account_id, key, digest, at)
        return Given(found.request_digest, found.status, found.headers or {}, found.body or b"")
    return None


def keep(
    store: Store, account_id: int, key: str, status: int, headers: dict[str, str], body: bytes
) -> None:
    """The answer to a claimed key."""
    with store.upkeep() as db:
        db.execute(
            update(table)
            .where(table.c.account_id == account_id, table.c.key == key)
            .values(status=status, headers=headers, body=body)
        )


def release(store: Store, account_id: int, key: str) -> None:
    """Forget a claimed key: the request failed and may come again."""
    with store.upkeep() as db:
        db.execute(delete(table).where(table.c.account_id == account_id, table.c.key == key))
