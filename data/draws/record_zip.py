"""A record as a zip file: read with care when it comes from outside, written for whoever checks it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping

from data.draws.log import LOG, STATE, VERIFIER, LogError
from data.words import Message

LARGEST = 64 * 1024 * 1024  # unpacked, all files together
MOST = 20_000  # files
ONE_DAY = (1980, 1, 1, 0, 0, 0)  # so that equal records give equal bytes
OF_A_RECORD = re.compile(
    rf"(?:{re.escape(LOG)}|{re.escape(VERIFIER)}|planner/{re.escape(STATE)}"
    r"|(?:sealed|opened|anchors)/[A-Za-z0-9][A-Za-z0-9._-]{0,100})"
)


def read_zip(content: bytes) -> dict[str, bytes]:
    """Name in the record -> content of every file of a record; a folder around them all is left out.

    Raises
    ------
    LogError
        It is no zip, too large, or holds what no record has.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = [m for m in packed.infolist() if not m.is_dir()]
            if len(members) > MOST or sum(m.file_size for m in members) > LARGEST:
                raise LogError(
                    Message("Hồ sơ nén quá lớn khi mở ra. Chỉ nén thư mục hồ sơ rút thăm.")
                )
            around = _around([m.filename for m in members])
            found = {m.filename.removeprefix(around): m for m in members}
            strange = sorted(name for name in found if not _known(name))
            if strange or LOG not in found:
                raise LogError(
                    Message("Tệp nén không phải hồ sơ rút thăm ({names}). Chỉ nén thư mục hồ sơ, bỏ tệp khóa.",
                            {"names": ", ".join(strange[:3]) or f"thiếu {LOG}"})
                )  # fmt: skip
            return {
                name: _content(packed, member)
                for name, member in found.items()
                if OF_A_RECORD.fullmatch(name)
            }
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
    ):
        raise LogError(
            Message("Không mở được tệp nén. Nén lại thư mục hồ sơ thành tệp .zip.")
        ) from None


def _known(name: str) -> bool:
    return bool(OF_A_RECORD.fullmatch(name)) or name == ".lock"


def _content(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with packed.open(member) as file:
        content = file.read(member.file_size + 1)
    if len(content) > member.file_size:
        raise ValueError(member.filename)
    return content


def _around(names: list[str]) -> str:
    """The folder that stands around everything, with its slash, or ""."""
    tops = {name.split("/", 1)[0] for name in names}
    top = tops.pop() if len(tops) == 1 else ""
    return f"{top}/" if top and f"{top}/{LOG}" in names else ""


def written_zip(contents: Mapping[str, bytes]) -> bytes:
    """The files as a zip; equal contents give equal bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in sorted(contents.items()):
            packed.writestr(zipfile.ZipInfo(name, ONE_DAY), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()
