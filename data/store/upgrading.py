"""A database brought to the newest state, and a word on which state it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.store.store import Store


LOCK = 8270_0001  # any number, the same in every program that migrates


def upgrade(store: Store) -> str:
    """Run the migrations that are missing; gives the version reached. One process at a time does it."""
    with store.engine.begin() as db:
        if store.dialect == "postgresql":  # SQLite's own write lock does the same
            db.execute(select(func.pg_advisory_xact_lock(LOCK)))
        command.upgrade(_config(db), "head")
    return newest()


def bring(db: Connection, version: str) -> None:
    """The database at this version ("head": the newest), in the caller's transaction."""
    command.upgrade(_config(db), version)


def take_down(db: Connection) -> None:
    """All tables away, in the caller's transaction."""
    command.downgrade(_config(db), "base")


def current(store: Store) -> str:
    """Version of the database; "" for an empty one."""
    with store.reading() as db:
        return MigrationContext.configure(db).get_current_revision() or ""


def newest() -> str:
    """Version that this program needs."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def is_known(version: str) -> bool:
    """Whether this program has the way from this version to the newest; "" is an empty database."""
    steps = ScriptDirectory.from_config(_config()).walk_revisions()
    return version in {"", *(step.revision for step in steps)}


def _config(db: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", "data:migrations")
    config.attributes["connection"] = db
    return config
