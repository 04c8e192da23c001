"""Opens what a user names, a folder of CSV files or one workbook; refuses what is unsafe."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from data.words import Message

MB = 1_000_000


@dataclass(frozen=True)
class Limits:
    """How much a reader takes on; bytes, cells, and bytes unpacked for each byte packed."""

    file_bytes: int = 200 * MB
    unpacked_bytes: int = 1_500 * MB
    ratio: int = (
        100  # above it, and above `small_bytes` unpacked, a workbook is taken for a zip bomb
    )
    small_bytes: int = 50 * MB
    cells: int = 12_000_000  # of the rectangle that a sheet fills
    columns: int = 500  # of a table; the contract's widest has not twenty


class CannotOpen(Exception):
    """A file or folder that is not read at all; `message` says why and what to do."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.text)


def too_wide(found: int, most: int) -> Message:
    """The word for a table of too many columns."""
    return Message(
        "Bảng có {found} cột; nhiều nhất {most}. Xóa các cột thừa.", {"found": found, "most": most}
    )


def kind_of(path: Path) -> str:
    """Whether the path is a "folder" or a "file".

    Raises
    ------
    CannotOpen
        When there is nothing, or something that is neither.
    """
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise CannotOpen(
            Message("Không có tệp hay thư mục «{path}». Kiểm tra lại đường dẫn.", {"path": path})
        ) from None
    except (OSError, ValueError) as error:
        raise CannotOpen(
            Message("Không mở được «{path}»: {error}.", {"path": path, "error": _why(error)})
        ) from None
    if stat.S_ISDIR(mode):
        return "folder"
    if stat.S_ISREG(mode):
        return "file"
    raise CannotOpen(
        Message(
            "«{path}» không phải tệp thường hay thư mục (thiết bị, ống dẫn ...).", {"path": path}
        )
    )


def read_bytes(path: Path, limits: Limits, follow: bool = False) -> bytes:
    """The content of a regular file of at most `limits.file_bytes`.

    A symbolic link is refused unless `follow`; a device or a pipe always, without waiting for it.

    Raises
    ------
    CannotOpen
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if not follow:
        if path.is_symlink():
            raise CannotOpen(
                Message("«{name}» là liên kết. Chép tệp thật vào thư mục.", {"name": path.name})
            )
        flags |= getattr(os, "O_NOFOLLOW", 0)
    try:
        with open(os.open(path, flags), "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise CannotOpen(Message("«{name}» không phải tệp thường.", {"name": path.name}))
            if found.st_size > limits.file_bytes:
                raise CannotOpen(
                    Message(
                        "«{name}» nặng {size} MB, giới hạn là {limit} MB; chưa đọc gì. "
                        "Bỏ các cột, hình, trang tính không cần, hoặc chia dữ liệu.",
                        {
                            "name": path.name,
                            "size": -(-found.st_size // MB),
                            "limit": limits.file_bytes // MB,
                        },
                    )
                )
            return file.read(limits.file_bytes + 1)
    except OSError as error:
        raise CannotOpen(
            Message("Không mở được «{path}»: {error}.", {"path": path.name, "error": _why(error)})
        ) from None


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
