"""The store: reading in one snapshot, writing in one transaction with its journal line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from data.records.actors import Actor
from data.store import journal
from data.store.engine import open_engine
from data.store.trouble import clear_errors

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


@dataclass
class Writing:
    """A transaction that is being written: `db`, and the journal lines that go with it."""

    db: Connection
    by: Actor
    at: datetime
    lines: list[journal.Line] = field(default_factory=list)
    _told: list[tuple[str, str, object, Mapping[str, Any] | None]] = field(default_factory=list)

    def tell(
        self, action: str, noun: str, noun_id: object, details: Mapping[str, Any] | None = None
    ) -> None:
        """A journal line for what is saved: written at the end of the transaction."""
        self._told.append((action, noun, noun_id, details))

    def seal(self) -> None:
        """Write the journal lines; a write without one is a mistake of ours and saves nothing."""
        if not self._told:
            message = "a write without a journal line"
            raise AssertionError(message)
        for action, noun, noun_id, details in self._told:
            self.lines.append(
                journal.append(self.db, self.by, self.at, action, noun, noun_id, details)
            )


class Store:
    """The database of a department.

    >>> store = Store("sqlite://")
    >>> store.dialect
    'sqlite'
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine: Engine = open_engine(url)
        self.dialect = self.engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one picture of the data and changes nothing.

        Raises
        ------
        StoreUnavailable
        """
        with clear_errors():
            options: dict[str, Any] = (
                {"reads": True}
                if self.dialect == "sqlite"
                else {"isolation_level": "REPEATABLE READ"}
            )
            with self.engine.connect().execution_options(**options) as db, db.begin() as work:
                yield db
                work.rollback()

    @contextmanager
    def writing(self, by: Actor, at: datetime) -> Iterator[Writing]:
        """One transaction: all of it is saved with its journal lines, or nothing.

        Raises
        ------
        StoreUnavailable
        """
        with clear_errors(), self.engine.begin() as db:
            work = Writing(db, by, at)
            yield work
            work.seal()

    @contextmanager
    def upkeep(self) -> Iterator[Connection]:
        """One transaction without a journal line: last seen, progress, answers given; never people's data."""
        with clear_errors(), self.engine.begin() as db:
            yield db

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
