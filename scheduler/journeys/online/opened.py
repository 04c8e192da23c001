"""The accepted dataset for whoever reads it: laid out as a folder, or opened and kept in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from data.store import assignments, datasets, files, ledgers
from data.store.datasets import StoredDataset
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.online import ledger_rows
from scheduler.journeys.online.earlier_visits import earlier_visits

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.dataset import Dataset
    from data.records import Office
    from data.store.store import Store

KEPT = 3  # opened datasets of a store that stay in memory


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


def lay_out_dataset(db: Connection, dataset_id: int, target: Path, year: int | None = None) -> Path:
    """The dataset as a folder of CSV files; gives the folder.

    The accepted one has the findings, deferrals, measures and pins that hold in the store at this moment, and
    for the plan of a year the visits planned here for earlier years; an older one has what it came with.
    """
    files.lay_out(db, "dataset", dataset_id, target, datasets.TABLES)
    for name, content in _live(db, dataset_id, year).items():
        (target / f"{name}.csv").write_bytes(content)
    return target


def open_dataset(store: Store, dataset_id: int | None = None) -> Dataset:
    """The dataset that `lay_out_dataset` lays out, as frames; None: the accepted one.

    Kept in memory until a ledger changes or another dataset is accepted: asked again, it costs a few counts.

    Raises
    ------
    Refused
        None has been accepted yet.
    data.store.errors.NotFound
    """
    return _opened(store, dataset_id).dataset


def open_office(store: Store, dataset_id: int | None = None, year: int | None = None) -> Office:
    """The records of that dataset, kept in the same way; for the plan of a year with its earlier visits.

    Raises
    ------
    Refused, data.store.errors.NotFound
    """
    return _opened(store, dataset_id, year).office


def bare_dataset(store: Store, dataset_id: int) -> Dataset:
    """The dataset as it was accepted, without what was written online since; kept in memory."""
    return _bare(store, dataset_id).dataset


@dataclass
class _Opened:
    dataset: Dataset
    bare: _Opened | None = None  # shares all tables but the ledgers

    @cached_property
    def office(self) -> Office:
        return self.dataset.office((self.bare.dataset, self.bare.office) if self.bare else None)


def _bare(store: Store, dataset_id: int) -> _Opened:
    from data.tables import read_dataset  # pandas: only who reads pays for it

    with store.reading() as db:
        key = ("bare", dataset_id, datasets.get(db, dataset_id).digest)
        found = _kept(store, key)
        if found is None:
            with TemporaryDirectory() as folder:
                files.lay_out(db, "dataset", dataset_id, Path(folder), datasets.TABLES)
                found = _keep(store, key, _Opened(read_dataset(Path(folder))))
    return found


def _opened(store: Store, dataset_id: int | None, year: int | None = None) -> _Opened:
    from data.tables import with_tables  # pandas: only who reads pays for it

    with store.reading() as db:
        dataset = accepted(db) if dataset_id is None else datasets.get(db, dataset_id)
        live = dataset.status == datasets.ACCEPTED
        before = assignments.plans_before(db, year) if live and year else ()
        held = ledgers.state(db) if live else ()
        key = (dataset.id, dataset.digest, year if before else None, before, *held)
        found = _kept(store, key)
        if found:
            return found
        contents = _live(db, dataset.id, year)
    bare = _bare(store, dataset.id)
    return _keep(store, key, _Opened(with_tables(bare.dataset, contents), bare))


def _live(db: Connection, dataset_id: int, year: int | None) -> dict[str, bytes]:
    """Tables that hold in the store instead of those that came; none for a dataset that is not accepted."""
    current = datasets.current(db)
    if current is None or current.id != dataset_id:
        return {}
    names = {kept.name for kept in files.listed(db, "dataset", dataset_id, datasets.TABLES)}
    visits = f"{datasets.TABLES}visits.csv"
    content = files.read(db, "dataset", dataset_id, visits) if visits in names else b""
    earlier = earlier_visits(db, dataset_id, year) if year else {}
    return ledger_rows.live_tables(db, content, earlier)


_memory: WeakKeyDictionary[Store, OrderedDict[tuple[object, ...], _Opened]] = WeakKeyDictionary()
_lock = threading.Lock()


def _kept(store: Store, key: tuple[object, ...]) -> _Opened | None:
    with _lock:
        mine = _memory.setdefault(store, OrderedDict())
        if key in mine:
            mine.move_to_end(key)
        return mine.get(key)


def _keep(store: Store, key: tuple[object, ...], opened: _Opened) -> _Opened:
    with _lock:
        mine = _memory.setdefault(store, OrderedDict())
        mine[key] = opened
        while len(mine) > 2 * KEPT:
            mine.popitem(last=False)
    return opened
