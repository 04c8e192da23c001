"""The folder of a record: the chained log, sealed papers, opened papers, anchors, the planner's own state.

Every file is put in place whole: a stop or a full disk leaves what was there. Nothing else is written,
so no temporary file can hold what is to stay secret: only ciphertext and public lines come here.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from data.whole_folder import put_file
from data.words import Message

LOG, VERIFIER = "log.jsonl", "verify_record.py"
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
        if not content.endswith(b"\n"):
            raise LogError(
                Message("Dòng cuối của {name} bị cắt: tệp bị sửa hoặc chép dở. Lấy lại từ bản sao.",
                        {"name": LOG})
            )  # fmt: skip
        return content.split(b"\n")[:-1]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keeps every other process from writing meanwhile.

        Raises
        ------
        LogError
            Another process is writing.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / ".lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise LogError(
                    Message("Hồ sơ đang được một người khác ghi. Đợi xong rồi làm lại.")
                ) from None
            yield

    def append(self, line: bytes, known: int) -> None:
        """One more line after the `known` ones.

        Raises
        ------
        LogError
            Somebody has written meanwhile.
        """
        lines = self.lines() if known else []
        if len(lines) != known or (not known and (self.path / LOG).exists()):
            raise LogError(Message("Hồ sơ vừa có dòng mới của người khác. Làm lại."))
        put_file(self.path / LOG, b"".join(row + b"\n" for row in (*lines, line)))

    def put(self, kind: str, name: str, content: bytes) -> Path:
        """A file of a kind: sealed, opened, anchors or planner; answers where it is."""
        folder = self.path / kind
        folder.mkdir(parents=True, exist_ok=True)
        if kind in SECRET:
            folder.chmod(0o700)
        put_file(folder / name, content)
        if kind in SECRET:
            (folder / name).chmod(0o600)
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

    def put_verifier(self) -> str:
        """Lays the stand-alone verifier beside the log; answers its text's bytes as they stand there."""
        content = Path(__file__).with_name(VERIFIER).read_bytes()
        put_file(self.path / VERIFIER, content)
        return content.decode()

    def state(self) -> dict[str, Any]:
        """The planner's own state: an empty one before the first commit."""
        if not self.has("planner", "state.json"):
            return {}
        return dict(json.loads(self.get("planner", "state.json")))

    def put_state(self, state: dict[str, Any]) -> None:
        """Keeps the planner's state."""
        self.put("planner", "state.json", json.dumps(state, sort_keys=True).encode())


def put_key(folder: Path, name: str, content: bytes) -> Path:
    """A key file that nobody else can read; never over another file.

    Raises
    ------
    LogError
        A file of this name is there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.key"
    try:
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise LogError(
            Message(
                "«{file}» đã có; không ghi đè một tệp khóa. Chọn thư mục khóa khác.", {"file": file}
            )
        ) from None
    with os.fdopen(number, "wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    return file
