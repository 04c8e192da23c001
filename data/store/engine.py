"""Connections to the store: SQLite with nothing to install, or PostgreSQL by its address."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
from sqlalchemy.exc import DisconnectionError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

BUSY_MS = 10_000  # a writer waits this long for another


def open_engine(url: str) -> Engine:
    """An engine for "sqlite:///path" or "postgresql://...".

    SQLite gets a write-ahead log, foreign keys and `BEGIN IMMEDIATE`: two writers wait for each other
    instead of losing one's change. No engine ever tells the values of a statement in an error.
    """
    if url.startswith("sqlite"):
        engine = create_engine(
            url, connect_args={"timeout": BUSY_MS / 1000}, pool_size=20, hide_parameters=True
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        if engine.url.database and engine.url.database != ":memory:":
            _SameFile(engine, Path(engine.url.database))
        return engine
    return create_engine(
        url, pool_pre_ping=True, pool_size=10, max_overflow=20, pool_timeout=10, hide_parameters=True,
        connect_args={"connect_timeout": 5, "tcp_user_timeout": 15_000},  # ms: a cut cable is noticed
    )  # fmt: skip


class _SameFile:
    """Keeps the connections on the file that has the database's name.

    A file that was replaced (restored, say) would live on without a name: what is written to it is lost.
    One that was taken away must not come back as an empty database.
    """

    def __init__(self, engine: Engine, path: Path) -> None:
        self.path, self.seen = path, False
        event.listen(engine, "do_connect", self.before)
        event.listen(engine, "connect", self.opened)
        event.listen(engine, "checkout", self.taken)

    def before(self, *_: object) -> None:
        if self.seen and not self.path.exists():
            message = "the database file is gone"
            raise sqlite3.OperationalError(message)

    def opened(self, _connection: object, record: Any) -> None:
        self.seen, record.info["file"] = True, _identity(self.path)

    def taken(self, _connection: object, record: Any, _proxy: object) -> None:
        if record.info["file"] != _identity(self.path):
            raise DisconnectionError


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say so
    for pragma in (
        "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}",
    ):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get("reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
