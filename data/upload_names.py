"""Names of files as people's machines send them -> names that are safe to keep."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from data.words import Message

LONGEST = 80
ENDINGS = (".xlsx", ".zip", ".csv")
KINDS = Message(
    "«{name}» không nhận được. Gửi sổ tính .xlsx, tệp nén .zip các bảng CSV, hoặc các tệp .csv."
)
TABLE_ENDINGS = (".xlsx", ".csv")
TABLE_KINDS = Message("«{name}» không nhận được. Gửi một sổ tính .xlsx hoặc một tệp .csv.")


class UploadRefused(Exception):
    """Files that are not taken in; `message` says why and what to do."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.say("en"))


def clean_name(sent: str) -> str:
    r"""The last part of the name, in NFC, without marks that a file system or a page would stumble on.

    >>> clean_name("C:\\Dữ liệu\\..\\units.CSV")
    'units.CSV'
    >>> clean_name("../../etc/pass\0wd<.csv>")
    'passwd.csv'
    """
    last = sent.replace("\\", "/").rpartition("/")[2]
    plain = unicodedata.normalize("NFC", last.encode("utf-8", "ignore").decode())
    seen = "".join(c for c in plain if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')
    name = " ".join(seen.split()).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return name[:LONGEST]
    return f"{stem[: LONGEST - len(ending[:10]) - 1].strip()}.{ending[:10]}"


def checked_table(raw: str, content: bytes) -> str:
    """The clean name of the one table that was sent, a workbook or a CSV file.

    Raises
    ------
    UploadRefused
    """
    return _whole(raw, content, TABLE_ENDINGS, TABLE_KINDS)


def checked_names(sent: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """Clean name -> content, of one workbook, or one zip, or CSV files.

    Raises
    ------
    UploadRefused
    """
    found: dict[str, bytes] = {}
    for raw, content in sent:
        name = _whole(raw, content, ENDINGS, KINDS)
        if name.lower() in {known.lower() for known in found}:
            raise UploadRefused(
                Message("Có hai tệp cùng tên «{name}». Bỏ hoặc đổi tên một tệp.", {"name": name})
            )
        found[name] = content
    if not found:
        raise UploadRefused(
            Message("Chưa có tệp nào. Chọn sổ tính .xlsx, tệp .zip hoặc các tệp .csv.")
        )
    if len(found) > 1 and not all(name.lower().endswith(".csv") for name in found):
        raise UploadRefused(
            Message("Gửi một sổ tính .xlsx, hoặc một tệp .zip, hoặc nhiều tệp .csv; không lẫn lộn.")
        )
    return found


def _whole(raw: str, content: bytes, endings: tuple[str, ...], kinds: Message) -> str:
    name = clean_name(raw)
    if not name.lower().endswith(endings) or name.startswith("."):
        raise UploadRefused(replace(kinds, params={"name": name or "?"}))
    if not content:
        raise UploadRefused(Message("Tệp «{name}» trống (0 byte). Chọn lại tệp.", {"name": name}))
    return name
