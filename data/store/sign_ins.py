"""Tries to sign in, good and bad: the throttle counts them, so they survive restarts.

A name that belongs to nobody is not kept: people type passwords into the name field. It is counted under
one of 65,536 buckets instead.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, text, update

from data.store.accounts import fold_username
from data.store.tables.people import sign_ins as table

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

KEPT = timedelta(days=30)
LOCK = 7_102_028  # PostgreSQL: two tries are not counted at the same moment


def bucket_of(username: str) -> str:
    """Under what tries with an unknown name are counted."""
    digest = hashlib.sha256(fold_username(username).encode("utf-8", "surrogatepass"))
    return f"?{digest.hexdigest()[:4]}"


def begin(db: Connection, username: str, address: str, at: datetime) -> int:
    """A try that counts as bad until it has turned out good; gives its id."""
    made = db.execute(
        insert(table)
        .values(username=username, address=address, at=at, good=False)
        .returning(table.c.id)
    ).scalar_one()
    if made % 100 == 0:
        db.execute(delete(table).where(table.c.at < at - KEPT))
    return int(made)


def one_at_a_time(db: Connection) -> None:
    """Until the end of the transaction nobody else counts tries (SQLite has one writer anyway)."""
    if db.dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


def good(db: Connection, attempt: int) -> None:
    """The try was good: earlier bad ones under this name no longer count."""
    db.execute(update(table).where(table.c.id == attempt).values(good=True))


def forget(db: Connection, attempt: int) -> None:
    """The try did not take place after all."""
    db.execute(delete(table).where(table.c.id == attempt))


def failures_of_name(db: Connection, username: str, since: datetime) -> tuple[int, datetime | None]:
    """Bad tries under this name after the last good one, and the moment of the last."""
    last_good = (
        select(func.coalesce(func.max(table.c.id), 0))
        .where(table.c.username == username, table.c.good)
        .scalar_subquery()
    )
    return _failures(db, since, table.c.username == username, table.c.id > last_good)


def failures_of_address(
    db: Connection, address: str, since: datetime
) -> tuple[int, datetime | None]:
    """Bad tries from this address, whatever the name, and the moment of the last."""
    return _failures(db, since, table.c.address == address)


def people_of_address(db: Connection, address: str, since: datetime) -> int:
    """How many people came in from this address; somebody who comes in twice is one."""
    return db.execute(
        select(func.count(table.c.username.distinct())).where(
            table.c.address == address, table.c.good, table.c.at > since
        )
    ).scalar_one()


def _failures(
    db: Connection, since: datetime, *wanted: ColumnElement[bool]
) -> tuple[int, datetime | None]:
    row = db.execute(
        select(func.count(), func.max(table.c.at)).where(*wanted, ~table.c.good, table.c.at > since)
    ).one()
    return row[0], row[1]
