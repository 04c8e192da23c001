"""The folder of a record: the chained log, sealed papers, opened papers, anchors, the planner's own state.

Every file is put in place whole: a stop or a full disk leaves what was there. Nothing else is written,
so no temporary file can hold what is to stay secret: only ciphertext and public lines come here.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from data.whole_folder import put_file
from data.words import Message

LOG, VERIFIER, LOCK, STATE = "log.jsonl", "verify_record.py", ".lock", "state.json"
SECRET = ("sealed", "planner")  # folders that only the owner of the machine reads


class LogError(Exception):
    """The folder cannot serve as a record; `message` says why and what to do."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.say("en"))


class DrawFolder:
    """One record on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def lines(self) -> list[bytes]:
        """The lines of the log, without their ends.

        Raises
        ------
        LogError
            There is no log, or its last line is cut.
        """
        file = self.path / LOG
        if not file.is_file():
            raise LogError(
                Message("«{path}» không phải hồ sơ rút thăm (không có {name}). Lập hồ sơ: congvu draw setup.",
                        {"path": self.path, "name": LOG})
            )  # fmt: skip
        content = file.read_bytes()
        if b"\r" in content:
            raise LogError(
                Message("{name} đã bị đổi kiểu xuống dòng (Windows) khi chép. Chép lại nguyên tệp, không qua "
                        "trình soạn thảo.", {"name": LOG})
            )  # fmt: skip
        if not content.endswith(b"\n"):
            raise LogError(
                Message("Dòng cuối của {name} bị cắt: tệp bị sửa hoặc chép dở. Lấy lại từ bản sao.",
                        {"name": LOG})
            )  # fmt: skip
        return content.split(b"\n")[:-1]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keeps every other process from writing meanwhile; what a stopped one left half-written goes.

        Raises
        ------
        LogError
            Another process is writing.
        """
        with (self.path / LOCK).open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise LogError(
                    Message("Hồ sơ đang được một người khác ghi. Đợi xong rồi làm lại.")
                ) from None
            for left in (*self.path.glob(".*.new-*"), *self.path.glob("*/.*.new-*")):
                left.unlink(missing_ok=True)
            yield

    def append(self, line: bytes, known: int) -> None:
        """One more line after the `known` ones; inside `locked`.

        Raises
        ------
        LogError
            Somebody has written meanwhile.
        """
        lines = self.current(known)
        put_file(self.path / LOG, b"".join(row + b"\n" for row in (*lines, line)))

    def current(self, known: int) -> list[bytes]:
        """The lines, if they are still the `known` ones.

        Raises
        ------
        LogError
            Somebody has written meanwhile.
        """
        lines = self.lines()
        if len(lines) != known:
            raise LogError(Message("Hồ sơ vừa có dòng mới của người khác. Làm lại."))
        return lines

    def put(self, kind: str, name: str, content: bytes) -> Path:
        """A file of a kind: sealed, opened, anchors or planner; answers where it is."""
        folder = self.path / kind
        folder.mkdir(parents=True, exist_ok=True)
        if kind in SECRET:
            folder.chmod(0o700)
        put_file(folder / name, content)
        return folder / name

    def get(self, kind: str, name: str) -> bytes:
        """A file's content.

        Raises
        ------
        LogError
            It is not there.
        """
        file = self.path / kind / name
        if not file.is_file():
            raise LogError(
                Message(
                    "Thiếu tệp {file} của hồ sơ. Lấy lại từ bản sao.", {"file": f"{kind}/{name}"}
                )
            )
        return file.read_bytes()

    def has(self, kind: str, name: str) -> bool:
        """Whether a file is there."""
        return (self.path / kind / name).is_file()

    def state(self) -> dict[str, Any]:
        """The planner's own state: teams' members, trial values, rates of each quarter, tables' debts.

        Raises
        ------
        LogError
            It is missing or damaged.
        """
        try:
            found = json.loads(self.get("planner", STATE))
            good = isinstance(found["trial"], dict) and well_formed(found)
        except (ValueError, LookupError, TypeError, AttributeError):
            good = False
        if not good:
            raise LogError(
                Message("Tệp {file} của người lập kế hoạch bị hỏng. Lấy lại từ bản sao; chưa có gì được ghi.",
                        {"file": f"planner/{STATE}"})
            )  # fmt: skip
        return dict(found)

    def put_state(self, state: dict[str, Any]) -> None:
        """Keeps the planner's state."""
        self.put("planner", STATE, state_bytes(state))


def well_formed(state: Mapping[str, Any]) -> bool:
    """Whether teams, rates, tables and rosters of a planner's state have the shape that is written.

    Raises
    ------
    LookupError, TypeError, AttributeError
        Where one is missing or of another kind, it is not.
    """
    rates, tables = state["rates"], state["tables"].values()
    names = [state["rosters"][day] for day in state.get("rosters", {})]
    names += [row["members"] for row in state["teams"]] + [table["teams"] for table in tables]
    names.append([row["team"] for row in state["teams"]] + [table["day"] for table in tables])
    numbers = [*rates, *(table["debt"] for table in tables)]
    return (
        all(type(own) is list and all(type(x) is str for x in own) for own in names)
        and all(type(own) is list and all(type(x) is int for x in own) for own in numbers)
        and len(rates) > 0
        and len({len(own) for own in numbers}) == 1
    )


def state_bytes(state: Mapping[str, Any]) -> bytes:
    """The planner's state as its file holds it."""
    return json.dumps(state, sort_keys=True).encode()


def verifier() -> bytes:
    """The stand-alone verifier, as it is laid beside every log."""
    return Path(__file__).with_name(VERIFIER).read_bytes()


def put_new(contents: Mapping[str, bytes], folder: Path) -> None:
    """A new folder that only its owner reads, with all of its files at once or not at all.

    A stop in the middle leaves nothing but a folder with the mark of its process beside the place.

    Raises
    ------
    OSError
        The place is taken, or cannot be written.
    """
    fresh = folder.parent / f".{folder.name}.new-{os.getpid()}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        for name, content in contents.items():
            (fresh / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            number = os.open(fresh / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(number, "wb") as target:
                target.write(content)
                target.flush()
                os.fsync(target.fileno())
        fresh.chmod(0o700)
        fresh.rename(folder)  # an empty folder gives way, a filled one does not
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
