"""The store copied to a file while people write, and brought back from it."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from data.records.actors import PROGRAM
from data.store import backup, restoring, upgrading
from data.store.backup import Manifest
from data.store.errors import StoreUnavailable
from data.words import Message
from scheduler.errors import Refused

if TYPE_CHECKING:
    from data.store.store import Store


@dataclass(frozen=True)
class Made:
    """A backup that is in place; `noted`: whether the journal could take a line about it."""

    path: Path
    manifest: Manifest
    noted: bool


def make_backup(store: Store, target: Path, at: datetime) -> Made:
    """One picture of the whole store in `target`, which only its owner can read; others go on writing.

    It is written beside its place and put there when it is whole.

    Raises
    ------
    Refused
        There is a file of that name, or the database is not of this program's version.
    data.store.errors.StoreUnavailable, OSError
    """
    target = target.resolve()
    if target.exists():
        raise Refused(Message("Đã có tệp «{file}». Chọn tên khác.", {"file": target}))
    schema = upgrading.current(store)
    if schema != upgrading.newest():
        raise Refused(
            Message(
                "Cơ sở dữ liệu có phiên bản {found}, chương trình cần {newest}. Sao lưu bằng chương trình đã "
                "tạo ra nó, hoặc gọi «congvu migrate» trước.",
                {"found": schema or "0", "newest": upgrading.newest()},
            )
        )
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with open(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            with store.reading() as db:
                manifest = backup.write(db, file, version("congvu"), schema, at)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        _settle(target.parent)
    finally:
        part.unlink(missing_ok=True)
    return Made(target, manifest, _note(store, at, manifest))


def restore(
    store: Store, source: Path, at: datetime, noted: tuple[int, str] | None = None
) -> Manifest:
    """The backup in an empty store: all of it, or nothing.

    Long works that were open in the backup are still in the queue: the next server takes them up. Sessions
    and tokens hold as they did; end them by hand if the old server lives on.

    Raises
    ------
    data.store.backup.BackupFault, data.store.errors.Taken, data.store.errors.StoreUnavailable, OSError
    """
    return restoring.restore(store, source, PROGRAM, at, noted)


def _note(store: Store, at: datetime, manifest: Manifest) -> bool:
    """A line of the journal, if it can be written: a backup is most wanted when the disk is full."""
    with suppress(StoreUnavailable), store.writing(PROGRAM, at) as work:
        work.tell("store.backed_up", "store", "", {"rows": manifest.rows, "to": manifest.head[0]})
        return True
    return False


def _settle(folder: Path) -> None:
    """Make the new name safe against a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
