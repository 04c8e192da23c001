"""Whether the store can be used right now, and how much is in it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import func, select, text

from data.store import journal
from data.store.engine import BUSY_MS
from data.store.errors import StoreUnavailable
from data.store.tables.plans import plans
from data.store.tables.work import runs
from data.store.trouble import UNAVAILABLE

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.store.store import Store

PATIENCE_MS = 3000  # another writer is not a fault; one that never ends is


def written_version(store: Store) -> str:
    """Migration version of the database, after a try whether it can be written.

    Raises
    ------
    StoreUnavailable
        It does not answer, or can only be read.
    """
    with store.reading() as db:
        if store.dialect == "sqlite":
            db.exec_driver_sql(f"PRAGMA busy_timeout={PATIENCE_MS}")
            try:  # takes the lock of a writer, changes no row
                db.exec_driver_sql("UPDATE alembic_version SET version_num = version_num WHERE 0")
            finally:
                db.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_MS}")
        elif db.execute(text("SELECT pg_is_in_recovery()")).scalar_one():
            raise StoreUnavailable(UNAVAILABLE)
        return MigrationContext.configure(db).get_current_revision() or ""


def free_mb(store: Store) -> int | None:
    """Room on the disk of an SQLite database, in MB; None for PostgreSQL, whose disk is not ours to see."""
    if store.dialect != "sqlite" or not store.engine.url.database:
        return None
    try:
        return shutil.disk_usage(Path(store.engine.url.database).parent).free // 2**20
    except OSError:
        return 0


def runs_by_kind(db: Connection) -> dict[tuple[str, str], int]:
    """(kind, status) -> number of long works."""
    counted = select(runs.c.kind, runs.c.status, func.count()).group_by(runs.c.kind, runs.c.status)
    return {(kind, status): n for kind, status, n in db.execute(counted)}


def newest_facts(db: Connection) -> dict[str, Mapping[str, Any]]:
    """Kind of plan -> facts of the newest one."""
    newest = select(func.max(plans.c.id)).group_by(plans.c.kind)
    rows = db.execute(select(plans.c.kind, plans.c.facts).where(plans.c.id.in_(newest)))
    return {kind: facts for kind, facts in rows}


def journal_lines(db: Connection) -> int:
    """Lines of the journal: its numbers have no gap."""
    return journal.head(db)[0]
