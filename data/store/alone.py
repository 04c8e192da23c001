"""Whether a server is the only one of its name on a database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import func, select

if TYPE_CHECKING:
    from data.store.store import Store


@contextmanager
def alone(store: Store, name: str) -> Iterator[bool]:
    """Whether nobody else holds this name on the PostgreSQL; held until the end, or until this process dies.

    On SQLite the lock of the home folder says it.
    """
    if store.dialect != "postgresql":
        yield True
        return
    number = func.hashtext(f"congvu server {name}")
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        is_alone = bool(db.execute(select(func.pg_try_advisory_lock(number))).scalar_one())
        try:
            yield is_alone
        finally:
            db.invalidate()  # ends the session, and its lock with it
