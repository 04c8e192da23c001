"""Datasets on the server: uploaded, checked in a run, looked at, accepted as what plans are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from data.papers.fixed_zip import zip_of
from data.store import datasets, files, runs
from data.store.datasets import StoredDataset
from data.store.errors import Stale
from data.upload_names import checked_names
from data.words import Message
from scheduler.errors import NotAllowed, Refused
from scheduler.journeys.online.dataset_rights import GROUNDS, shown_fault

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection

    from data.records.actors import Actor
    from data.store.store import Store, Writing


@dataclass(frozen=True)
class Download:
    """A file for somebody's machine."""

    name: str
    content: bytes


def upload(
    store: Store, by: Actor, at: datetime, sent: Sequence[tuple[str, bytes]], base: str
) -> StoredDataset:
    """A new dataset with the files as they came, and a run asked for that checks it.

    base : "current": tables that do not come are taken from the accepted dataset; "none": they are empty

    Raises
    ------
    data.upload_names.UploadRefused
    """
    named = checked_names(sent)
    with store.writing(by, at) as work:
        return put_upload(work, ", ".join(named), named, base)


def put_upload(work: Writing, name: str, contents: Mapping[str, bytes], base: str) -> StoredDataset:
    """A new dataset with these files, and a run asked for that checks it, in the caller's transaction."""
    made = datasets.add(work, name)
    kept = {f"{datasets.UPLOAD}{file}": content for file, content in contents.items()}
    files.put(work.db, "dataset", made, kept)
    return _ask(work, datasets.get(work.db, made), base)


def check_again(
    store: Store, by: Actor, at: datetime, dataset_id: int, revision: int, base: str
) -> StoredDataset:
    """The dataset on its way to be held once more against what is there now.

    Raises
    ------
    data.store.errors.NotFound, data.store.errors.Stale
    Refused
        It is being checked, or was accepted: plans may have been made from it.
    """
    with store.writing(by, at) as work:
        dataset = of_revision(work.db, dataset_id, revision)
        if dataset.status not in (datasets.READY, datasets.FAULTY, datasets.STOPPED):
            raise Refused(
                Message(
                    "Bộ dữ liệu này đang được kiểm tra, hoặc đã được nhận. Tải tệp lên lại nếu cần."
                )
            )
        if not files.listed(work.db, "dataset", dataset_id, datasets.UPLOAD):
            raise Refused(Message("Không còn tệp gốc của bộ dữ liệu này. Tải tệp lên lại."))
        work.tell("dataset.again", "dataset", dataset_id)
        return _ask(work, dataset, base)


def list_datasets(
    store: Store, offset: int, limit: int, statuses: Collection[str] = ()
) -> tuple[list[StoredDataset], int]:
    """A page of datasets, newest first, and how many there are."""
    with store.reading() as db:
        return datasets.page(db, offset, limit, statuses)


def one_dataset(store: Store, dataset_id: int) -> StoredDataset:
    """One dataset.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        return datasets.get(db, dataset_id)


def in_use(store: Store) -> StoredDataset | None:
    """The dataset from which plans are made; None before the first."""
    with store.reading() as db:
        return datasets.current(db)


def faults_of(
    store: Store, by: Actor, dataset_id: int, table: str, offset: int, limit: int
) -> tuple[list[Mapping[str, Any]], int]:
    """A page of the faults that are kept, of one table or all, as this person may read them; and how many.

    Raises
    ------
    data.store.errors.NotFound
    """
    found = one_dataset(store, dataset_id).faults
    wanted = [shown_fault(by, fault) for fault in found if table in ("", fault["table"])]
    return wanted[offset : offset + limit], len(wanted)


def download(store: Store, by: Actor, dataset_id: int) -> Download:
    """The file as it came, or a zip of the files.

    Raises
    ------
    data.store.errors.NotFound
    NotAllowed
        Somebody else's file, and this person may not read grounds.
    """
    with store.reading() as db:
        dataset = datasets.get(db, dataset_id)
        if dataset.account_id != by.account_id and not by.may(GROUNDS):
            raise NotAllowed(
                Message("Tệp gốc chỉ người đã tải lên và người làm công tác nhân sự được tải về.")
            )
        found = {
            kept.name.removeprefix(datasets.UPLOAD): files.read(
                db, "dataset", dataset_id, kept.name
            )
            for kept in files.listed(db, "dataset", dataset_id, datasets.UPLOAD)
        }
    if len(found) == 1:
        return Download(*next(iter(found.items())))
    if not found:
        raise Refused(Message("Không còn tệp gốc của bộ dữ liệu này. Tải tệp lên lại."))
    return Download(f"dataset-{dataset_id}.zip", zip_of(found))


def _ask(work: Writing, dataset: StoredDataset, base: str) -> StoredDataset:
    run_id = runs.ask(work, "check", {"dataset": dataset.id, "base": base})
    current = datasets.current(work.db) if base == "current" else None
    return datasets.change(
        work, dataset, dataset.revision, status=datasets.CHECKING, run_id=run_id,
        base_id=current.id if current else None, faults=[], fault_total=0, warnings=[], counts={},
        digest="",
    )  # fmt: skip


def of_revision(db: Connection, dataset_id: int, revision: int) -> StoredDataset:
    """The dataset as it was on the screen.

    Raises
    ------
    data.store.errors.NotFound, data.store.errors.Stale
    """
    dataset = datasets.get(db, dataset_id)
    if dataset.revision != revision:
        raise Stale(datasets.WHAT, dataset.revision)
    return dataset
