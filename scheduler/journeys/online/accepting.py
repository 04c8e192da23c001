"""A dataset is accepted: plans are made from it, its ledgers become rows of the store."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from data.columns import tables as contract
from data.csv_rows import csv_frame
from data.store import datasets, files, ledgers
from data.tables import read_dataset, typed_table
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.online import ledger_rows
from scheduler.journeys.online.dataset_check import misfits
from scheduler.journeys.online.dataset_rights import refuse_unless_brought
from scheduler.journeys.online.datasets import of_revision
from scheduler.journeys.online.opened import bare_dataset

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    from sqlalchemy import Connection

    from data.records.actors import Actor
    from data.store.datasets import StoredDataset
    from data.store.store import Store, Writing

CHANGES = "changes.json"
OVER = Message(
    "Bộ dữ liệu đang dùng đã được thay sau khi kiểm tra bộ này; chưa nhận gì. Kiểm tra lại để xem thay đổi so "
    "với bộ mới, rồi nhận."
)
NOT_READY: Mapping[str, Message] = MappingProxyType({
    datasets.CHECKING: Message("Bộ dữ liệu đang được kiểm tra. Đợi kiểm tra xong rồi nhận."),
    datasets.STOPPED: Message("Lượt kiểm tra không xong. Kiểm tra lại, hoặc tải tệp lên lại."),
    datasets.FAULTY: Message("Bộ dữ liệu còn lỗi. Sửa các chỗ đã nêu rồi tải lên lại."),
    datasets.ACCEPTED: Message("Bộ dữ liệu này đang được dùng."),
    datasets.REPLACED: Message("Bộ dữ liệu này đã được thay. Muốn dùng lại thì tải tệp lên lại."),
})  # fmt: skip


def accept(store: Store, by: Actor, at: datetime, dataset_id: int, revision: int) -> StoredDataset:
    """The dataset as the one from which plans are made, instead of the one before.

    Raises
    ------
    data.store.errors.NotFound, data.store.errors.Stale
    NotAllowed
        It brings tables that are not this person's.
    Refused
        It is not ready, another one was accepted since it was checked, or rows written online do not fit it.
    """
    with store.reading() as db:
        _refuse_unready(of_revision(db, dataset_id, revision))
    frames = bare_dataset(store, dataset_id).tables  # read before anybody has to wait for us
    with store.writing(by, at) as work:
        datasets.lock(work)
        dataset = of_revision(work.db, dataset_id, revision)
        _refuse_unready(dataset)
        refuse_unless_brought(by, dataset.came)
        before = datasets.current(work.db)
        if told_changes(work.db, dataset_id)["against"] != (before.id if before else None):
            raise Refused(OVER)
        return _put_in_use(work, dataset, before, frames)


def accept_folder(store: Store, by: Actor, at: datetime, path: Path) -> StoredDataset:
    """A dataset from this machine's own disk, accepted at once: for the first start and for demonstrations.

    Raises
    ------
    data.faults.DatasetError, Refused
    """
    checked = read_dataset(path)
    frames = {name: frame for name, frame in checked.tables.items() if len(frame)}
    contents = {
        f"{datasets.TABLES}{name}.csv": csv_frame(contract()[name], frame)
        for name, frame in frames.items()
    }
    with store.writing(by, at) as work:
        datasets.lock(work)
        made = datasets.add(
            work, path.name, status=datasets.READY, digest=checked.digest, came=list(frames),
            counts={name: len(frame) for name, frame in frames.items()},
        )  # fmt: skip
        files.put(work.db, "dataset", made, contents)
        dataset, before = datasets.get(work.db, made), datasets.current(work.db)
        return _put_in_use(work, dataset, before, checked.tables)


def told_changes(db: Connection, dataset_id: int) -> dict[str, Any]:
    """What the check wrote down: {"against": id or None, "tables": [...]}."""
    names = {kept.name for kept in files.listed(db, "dataset", dataset_id)}
    if CHANGES not in names:
        return {"against": None, "tables": []}
    told: dict[str, Any] = json.loads(files.read(db, "dataset", dataset_id, CHANGES))
    return told


def ledgers_of(db: Connection, dataset: StoredDataset) -> dict[str, bytes]:
    """Ledgers about which the dataset says something: table -> CSV; with `visits`, for findings."""
    told = [n for n in ledgers.LEDGERS if dataset.base_id is None or n in dataset.came]
    there = {kept.name for kept in files.listed(db, "dataset", dataset.id, datasets.TABLES)}
    found = {}
    for name in ("visits", *told):
        file = f"{datasets.TABLES}{name}.csv"
        found[name] = files.read(db, "dataset", dataset.id, file) if file in there else b""
    return found


def _put_in_use(
    work: Writing, dataset: StoredDataset, before: StoredDataset | None,
    frames: Mapping[str, pd.DataFrame],
) -> StoredDataset:  # fmt: skip
    told = ledgers_of(work.db, dataset)
    names = [name for name in told if name in ledgers.LEDGERS]
    taken = ledger_rows.take_in_all(work, dataset.id, names, told)
    _refuse_misfits(work.db, frames, told["visits"])
    if before:
        datasets.change(work, before, before.revision, status=datasets.REPLACED)
    now = datasets.change(
        work, dataset, dataset.revision, status=datasets.ACCEPTED, accepted_at=work.at
    )
    work.tell(
        "dataset.accepted", "dataset", dataset.id,
        {
            "digest": dataset.digest, "instead_of": before.id if before else None,
            "withdrawn": {name: len(m.vanish) for name, m in taken.items() if m.vanish},
        },
    )  # fmt: skip
    return now


def _refuse_misfits(db: Connection, frames: Mapping[str, pd.DataFrame], visits: bytes) -> None:
    """Raises Refused when rows that hold in the store name what the dataset does not have."""
    live = ledger_rows.live_tables(db, visits)
    if "visits" in live:
        frames = {**frames, "visits": typed_table("visits", live.pop("visits"))}
    wrong = misfits(frames, live)
    if wrong:
        raise Refused(
            Message(
                "{n} dòng ghi trên máy chủ sau khi kiểm tra không khớp với bộ dữ liệu này (bảng {tables}); "
                "chưa nhận gì. Kiểm tra lại để xem từng chỗ.",
                {"n": len(wrong), "tables": ", ".join(sorted({fault.table for fault in wrong}))},
            )
        )


def _refuse_unready(dataset: StoredDataset) -> None:
    if dataset.status != datasets.READY:
        raise Refused(NOT_READY[dataset.status])
