"""The database is what the tables say, and one migration after the other brings it there and back."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from data.store import upgrading
from data.store.schema import metadata
from data.store.store import Store
from tests.databases import ENGINES, empty_url


@pytest.fixture(params=ENGINES)
def empty(request, tmp_path):
    store = Store(empty_url(request.param, tmp_path))
    yield store
    store.close()


def test_the_migrations_lead_to_the_tables_of_the_schema(store):
    with store.engine.begin() as db:
        context = MigrationContext.configure(db)
        assert compare_metadata(context, metadata) == []


def test_an_empty_database_goes_up_and_all_the_way_back(empty):
    assert upgrading.current(empty) == ""
    assert upgrading.upgrade(empty) == upgrading.newest() == upgrading.current(empty)
    with empty.engine.begin() as db:
        command.downgrade(upgrading._config(db), "base")
    assert upgrading.current(empty) == ""


def test_upgrading_twice_changes_nothing(store):
    assert upgrading.upgrade(store) == upgrading.newest()
