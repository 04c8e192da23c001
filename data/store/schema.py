"""Every table of the store, in one place; `data/migrations` brings a database to this state."""

from __future__ import annotations

from sqlalchemy import MetaData

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# the tables register themselves; the order is that of the foreign keys
from data.store.tables import people, work, plans, ledgers  # noqa: E402, F401, I001
