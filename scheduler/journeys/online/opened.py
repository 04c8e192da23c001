"""The accepted dataset laid out for the journeys that read a folder."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from data.store import datasets, files
from data.store.datasets import StoredDataset
from data.tables import read_dataset
from data.words import Message
from scheduler.errors import Refused

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.records import Office
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
    return target


def open_office(store: Store, dataset_id: int | None = None) -> Office:
    """The records of a dataset; None: the accepted one."""
    with store.reading() as db, TemporaryDirectory() as folder:
        which = accepted(db).id if dataset_id is None else dataset_id
        return read_dataset(lay_out_dataset(db, which, Path(folder))).office()
