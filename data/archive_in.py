"""A zip of CSV files -> their contents, within limits; what is unsafe or not ours is refused with a word."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib

from data.columns import fold, tables
from data.faults import Spelling
from data.opening import MB, CannotOpen, Limits
from data.words import Message

ENTRIES = 100  # more files than any dataset has tables
LITTER = ("__MACOSX/", ".DS_Store", "desktop.ini", "Thumbs.db")  # what systems add by themselves


def unpack_tables(content: bytes, limits: Limits) -> dict[str, bytes]:
    """File name -> content of the CSV files of a zip; sizes are checked before anything is unpacked.

    Raises
    ------
    CannotOpen
        No zip, a password, links, folders, files that are no table of a dataset, a zip bomb, damage.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [e for e in archive.infolist() if not e.filename.startswith(LITTER)]
            _refuse_unsafe(entries)
            _refuse_large(entries, len(content), limits)
            return {entry.filename: _read(archive, entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise _damaged() from None


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise _damaged()
    return content


def _refuse_unsafe(entries: list[zipfile.ZipInfo]) -> None:
    known = {fold(name) for name in tables()}
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        if entry.flag_bits & 0x1:
            raise CannotOpen(Message("Tệp nén có mật khẩu. Nén lại không đặt mật khẩu."))
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise CannotOpen(
                Message("«{name}» trong tệp nén là liên kết. Nén tệp thật.", {"name": name})
            )
        if entry.is_dir() or any(mark in name for mark in "/\\:") or name in (".", ".."):
            raise CannotOpen(
                Message(
                    "Tệp nén có thư mục («{name}»). Chọn các tệp CSV rồi nén thẳng, không nén thư mục.",
                    {"name": name},
                )
            )
        stem, dot, ending = name.rpartition(".")
        if not dot or ending.lower() != "csv" or fold(stem) not in known:
            raise CannotOpen(
                Message(
                    "«{name}» trong tệp nén không phải bảng CSV của bộ dữ liệu (units.csv, "
                    "inspectors.csv ...). Bỏ tệp này rồi nén lại.{hint}",
                    {"name": name, "hint": Spelling(tables()).hint(stem or name)},
                )
            )
        if name in seen:
            raise _damaged()
        seen.add(name)
    if not entries:
        raise CannotOpen(Message("Tệp nén không có bảng CSV nào. Nén các tệp units.csv ..."))


def _refuse_large(entries: list[zipfile.ZipInfo], packed: int, limits: Limits) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    bomb = unpacked > limits.small_bytes and unpacked > limits.ratio * packed
    if bomb or unpacked > limits.unpacked_bytes or len(entries) > ENTRIES:
        raise CannotOpen(
            Message(
                "Tệp nén có {n} tệp và nở ra {size} MB từ {packed} MB, giống tệp nén độc hại; "
                "chưa đọc gì. Chia nhỏ dữ liệu rồi nén lại.",
                {"n": len(entries), "size": unpacked // MB, "packed": max(1, packed // MB)},
            )
        )


def _damaged() -> CannotOpen:
    return CannotOpen(
        Message("Tệp không phải tệp nén .zip đọc được, hoặc đã hỏng. Nén lại các tệp CSV.")
    )
