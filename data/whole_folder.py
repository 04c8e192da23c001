"""A folder of files put in place all at once: either the old one or the new one is there."""

from __future__ import annotations

import csv
import ctypes
import io
import json
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from data.faults import Fault
from data.plan_files import PlanFileError
from data.words import Message

NOTHING: Mapping[str, bytes] = MappingProxyType({})  # no further files


def put_folder(contents: Mapping[str, bytes], folder: Path) -> None:
    """Write the files (name inside the folder -> content) beside the folder, then swap them in.

    A stop in the middle leaves what was there.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = folder.parent / f".{folder.name}.new-{os.getpid()}"
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        for name, content in contents.items():
            _write(fresh / name, content)
        _put_in_place(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def put_file(path: Path, content: bytes) -> None:
    """Write one file beside its place, then put it there: the old one or the new one, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.parent / f".{path.name}.new-{os.getpid()}"
    try:
        _write(fresh, content)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def csv_bytes(rows: list[list[object]]) -> bytes:
    """A CSV file in UTF-8: commas, quotes where needed, a line feed after each row."""
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\n").writerows(rows)
    return target.getvalue().encode()


def refuse_foreign(folder: Path, facts_name: str, mark: str) -> None:
    """Raises PlanFileError when a plan must not be put here: a file, or a folder with other things.

    A folder is ours when its JSON file `facts_name` says that its `format` is `mark`.
    """
    if os.path.ismount(folder):
        message = Message(
            "«{path}» là điểm gắn đĩa. Chọn một thư mục con bên trong.", {"path": folder}
        )
    elif folder.exists() and not folder.is_dir():
        message = Message("«{path}» là một tệp. Chọn tên thư mục khác.", {"path": folder})
    elif folder.is_dir() and any(folder.iterdir()) and not _is_ours(folder / facts_name, mark):
        message = Message(
            "Thư mục «{path}» có tệp không phải của kế hoạch; không ghi đè. "
            "Chọn thư mục trống hoặc tên mới.",
            {"path": folder},
        )
    else:
        return
    raise PlanFileError([Fault("", 0, "", str(folder), message)], folder.name)


def _is_ours(path: Path, mark: str) -> bool:
    try:
        facts = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(facts, dict) and facts.get("format") == mark


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _put_in_place(fresh: Path, folder: Path) -> None:
    if folder.exists() and _exchange(fresh, folder):
        return
    old = folder.parent / f".{folder.name}.old-{os.getpid()}"
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step of the kernel; False where the system cannot."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    return (
        rename is not None
        and rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0
    )
