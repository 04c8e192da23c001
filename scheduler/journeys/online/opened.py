"""The accepted dataset laid out for the journeys that read a folder."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from data.dataset import Dataset
from data.store import datasets, files
from data.store.datasets import StoredDataset
from data.tables import read_dataset
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.flags import WHOLE_CITY
from scheduler.journeys.online import online_rows
from scheduler.journeys.online.recent import Recent

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.store.store import Store


def accepted(db: Connection) -> StoredDataset:
    """The dataset from which plans are made.

    Raises
    ------
    Refused
        None has been accepted yet.
    """
    found = datasets.current(db)
    if found is None:
        raise Refused(
            Message("Chưa có bộ dữ liệu nào được nhận. Tải lên và nhận một bộ dữ liệu trước.")
        )
    return found


def lay_out_dataset(db: Connection, dataset_id: int, target: Path) -> Path:
    """The dataset as a folder of CSV files, with the rows that were written online; gives the folder."""
    files.lay_out(db, "dataset", dataset_id, target, datasets.TABLES)
    online_rows.add_online_rows(db, target)
    return target


def open_dataset(store: Store, dataset_id: int | None = None) -> Dataset:
    """The dataset read and checked, with the rows that were written online; the last few are kept."""
    with store.reading() as db:
        chosen = accepted(db).id if dataset_id is None else dataset_id
        key = (store.url, chosen, online_rows.mark(db))
    return _recent.get(key, lambda: _read(store, chosen))


def _read(store: Store, dataset_id: int) -> Dataset:
    with TemporaryDirectory() as folder:
        with store.reading() as db:
            lay_out_dataset(db, dataset_id, Path(folder))
        return read_dataset(Path(folder), limits=WHOLE_CITY)


_recent: Recent[Dataset] = Recent(3)
