"""Datasets that were uploaded and checked; the accepted one is what plans are made from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, insert, select, text, update

from data.store.errors import NotFound, Stale
from data.store.tables.work import datasets as table
from data.store.tables.work import runs
from data.words import Message

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Row, Select

    from data.store.store import Writing

WHAT = Message("bộ dữ liệu")
CHECKING, FAULTY, READY, ACCEPTED, REPLACED = "checking", "faulty", "ready", "accepted", "replaced"
STOPPED = "stopped"  # never in the table: the run of a dataset that is being checked has failed
LOCK = 7_102_028  # PostgreSQL: one dataset is accepted at a time
UPLOAD, TABLES = "upload/", "tables/"  # folders of a dataset's files: as it came; as checked CSV


@dataclass(frozen=True)
class StoredDataset:
    """One dataset of the store; its files stand under `UPLOAD` and `TABLES`.

    Attributes
    ----------
    base_id : the dataset whose tables stand in for those that did not come
    status : checking, stopped, faulty, ready, accepted, replaced
    counts : table -> rows
    came : names of the tables that came with the upload
    faults, warnings : plain JSON values with their words in both languages; in a list of datasets no faults
    fault_total : all there were
    """

    id: int
    name: str
    status: str
    base_id: int | None
    run_id: str | None
    digest: str
    counts: Mapping[str, int]
    came: list[str]
    faults: list[Mapping[str, Any]]
    fault_total: int
    warnings: list[Mapping[str, Any]]
    account_id: int | None
    made_at: datetime
    accepted_at: datetime | None
    revision: int


def add(
    work: Writing, name: str, *, status: str = CHECKING, base_id: int | None = None,
    run_id: str | None = None, **more: Any,
) -> int:  # fmt: skip
    """A new dataset; gives its id."""
    values = {
        "digest": "",
        "counts": {},
        "came": [],
        "faults": [],
        "fault_total": 0,
        "warnings": [],
        **more,
    }
    made = work.db.execute(
        insert(table).values(
            name=name[:300], status=status, base_id=base_id, run_id=run_id,
            account_id=work.by.account_id, made_at=work.at, revision=1, **values,
        ).returning(table.c.id)
    ).scalar_one()  # fmt: skip
    work.tell("dataset.came", "dataset", made, {"name": name[:300]})
    return int(made)


def get(db: Connection, dataset_id: int) -> StoredDataset:
    """The dataset.

    Raises
    ------
    NotFound
    """
    row = db.execute(_asked(table.c.faults).where(table.c.id == dataset_id)).first()
    if row is None:
        raise NotFound(WHAT, dataset_id)
    return _dataset(row)


def current(db: Connection) -> StoredDataset | None:
    """The accepted dataset, from which plans are made; None before the first."""
    row = db.execute(_asked(table.c.faults).where(table.c.status == ACCEPTED)).first()
    return _dataset(row) if row else None


def lock(work: Writing) -> None:
    """Wait until nobody else accepts a dataset; SQLite has one writer anyhow."""
    if work.db.dialect.name == "postgresql":
        work.db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


def page(
    db: Connection, offset: int, limit: int, statuses: Collection[str] = ()
) -> tuple[list[StoredDataset], int]:
    """Datasets, newest first, and how many there are."""
    listed = _asked().subquery()
    wanted = [listed.c.status.in_(statuses)] if statuses else []
    total = db.execute(select(func.count()).select_from(listed).where(*wanted)).scalar_one()
    rows = db.execute(
        select(listed).where(*wanted).order_by(listed.c.id.desc()).offset(offset).limit(limit)
    )
    return [_dataset(row) for row in rows], total


def change(work: Writing, dataset: StoredDataset, revision: int, **values: Any) -> StoredDataset:
    """The dataset with other values, one revision on; whoever calls writes the journal line.

    Raises
    ------
    Stale
    """
    changed = work.db.execute(
        update(table)
        .where(table.c.id == dataset.id, table.c.revision == revision)
        .values(**values, revision=revision + 1)
    )
    if not changed.rowcount:
        raise Stale(WHAT, dataset.revision)
    return get(work.db, dataset.id)


def _asked(*more: ColumnElement[Any]) -> Select[Any]:
    """Datasets with their status; whose check has ended without a word to them are stopped."""
    over = (table.c.status == CHECKING) & runs.c.status.in_(("failed", "cancelled"))
    plain = [column for column in table.c if column.name not in ("status", "faults")]
    status = case((over, STOPPED), else_=table.c.status).label("status")
    return select(*plain, status, *more).select_from(
        table.outerjoin(runs, runs.c.id == table.c.run_id)
    )


def _dataset(row: Row[Any]) -> StoredDataset:
    return StoredDataset(**{"faults": [], **row._mapping})
