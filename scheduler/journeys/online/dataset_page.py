"""One dataset as its page shows it: the check, the faults or the changes, the tables that are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.columns import Table
from data.columns import tables as contract
from data.store import datasets, files
from data.store.datasets import StoredDataset
from data.store.runs import Run
from scheduler.journeys.online import dataset_tables, runs
from scheduler.journeys.online.dataset_rights import (
    GROUNDS,
    not_brought,
    shown_fault,
    visible_columns,
)
from scheduler.journeys.online.dataset_tables import Changes, TablePage

if TYPE_CHECKING:
    from data.records.actors import Actor
    from data.store.store import Store

OPENED = (datasets.READY, datasets.ACCEPTED, datasets.REPLACED)  # their tables can be looked at


@dataclass(frozen=True)
class DatasetPage:
    """A dataset, and what this person may see of it.

    Attributes
    ----------
    run : the check while it goes on or when it ended without a word, else None
    faults, n_faults : a page of the faults that are kept, those of the file first, and how many there are
    fault_tables : table -> faults that are kept of it
    tables : tables with rows that this person may read, with their number of rows
    foreign : tables that came and that somebody else has to accept
    """

    dataset: StoredDataset
    run: Run | None
    faults: list[Mapping[str, Any]]
    n_faults: int
    fault_tables: Mapping[str, int]
    changes: Changes | None
    tables: list[tuple[Table, int]]
    foreign: list[str]
    may_download: bool


@dataclass(frozen=True)
class ShownTable:
    """A page of the rows of a table, with the dataset it is of."""

    dataset: StoredDataset
    table: Table
    page: TablePage
    others: list[tuple[Table, int]]


def dataset_page(
    store: Store, by: Actor, dataset_id: int, table: str, offset: int, limit: int
) -> DatasetPage:
    """What the page of a dataset shows; `table`: only faults of this table.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        dataset = datasets.get(db, dataset_id)
        came = bool(files.listed(db, "dataset", dataset_id, datasets.UPLOAD))
    waits = dataset.status in (datasets.CHECKING, datasets.STOPPED) and dataset.run_id
    run = runs.one_run(store, by, dataset.run_id) if waits and dataset.run_id else None
    wanted = [fault for fault in dataset.faults if not table or fault["table"] == table]
    kept = [shown_fault(by, fault) for fault in sorted(wanted, key=lambda f: not f["came"])]
    changes = dataset_tables.changes(store, by, dataset_id) if dataset.status in OPENED else None
    return DatasetPage(
        dataset, run, kept[offset : offset + limit], len(kept),
        Counter(fault["table"] for fault in dataset.faults), changes, _readable(by, dataset),
        not_brought(by, dataset.came), came and (dataset.account_id == by.account_id or by.may(GROUNDS)),
    )  # fmt: skip


def shown_table(
    store: Store, by: Actor, dataset_id: int, table: str, q: str, offset: int, limit: int
) -> ShownTable:
    """A page of the rows of a table in which all words of `q` stand.

    Raises
    ------
    data.store.errors.NotFound, NotAllowed
    """
    found = dataset_tables.table_page(store, by, dataset_id, table, q, offset, limit)
    with store.reading() as db:
        dataset = datasets.get(db, dataset_id)
    return ShownTable(dataset, contract()[table], found, _readable(by, dataset))


def _readable(by: Actor, dataset: StoredDataset) -> list[tuple[Table, int]]:
    return [
        (table, dataset.counts[name])
        for name, table in contract().items()
        if dataset.counts.get(name) and visible_columns(by, name)
    ]
