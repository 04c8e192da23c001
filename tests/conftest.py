"""What tests of the server share: a fresh store on each engine."""

from __future__ import annotations

import pytest
import structlog

from api import logs
from data.store.store import Store
from tests.clients import Office
from tests.databases import ENGINES, fresh_url

structlog.configure(  # as the server traces, for the default one takes seconds to draw variables
    processors=[
        structlog.contextvars.merge_contextvars, logs.trace, logs.hide,
        structlog.dev.ConsoleRenderer(colors=False),
    ]
)  # fmt: skip


@pytest.fixture(params=ENGINES)
def store(request, tmp_path):
    """A fresh store, once on SQLite and once on PostgreSQL."""
    opened = Store(fresh_url(request.param, tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(tmp_path):
    """A fresh store on SQLite."""
    opened = Store(fresh_url("sqlite", tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def office(store):
    """A server with an empty store, once on SQLite and once on PostgreSQL."""
    opened = Office(store)
    yield opened
    opened.close()


@pytest.fixture
def small_office(sqlite_store):
    """A server with an empty store on SQLite, where the engine makes no difference."""
    opened = Office(sqlite_store)
    yield opened
    opened.close()
