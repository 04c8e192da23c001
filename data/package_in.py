"""The zip package of a workbook, unpacked within limits."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree

from data.opening import MB, CannotOpen, Limits
from data.words import Message

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True)
class Package:
    """The XML parts of a workbook: name -> bytes, all of known size."""

    parts: dict[str, bytes]

    def plain_zip(self) -> io.BytesIO:
        """The same parts as a new zip without compression: nothing in it can grow any more."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        target.seek(0)
        return target

    def sheets(self) -> dict[str, bytes]:
        """Sheet name, as in the file -> its XML, worksheets only.

        Raises
        ------
        CannotOpen
            When the parts that tie a workbook together cannot be read, or two sheets have one name.
        """
        try:
            book = ElementTree.fromstring(self.parts["xl/workbook.xml"])  # no DTD: see unpack
            links = ElementTree.fromstring(self.parts["xl/_rels/workbook.xml.rels"])
        except (LookupError, ValueError, ElementTree.ParseError):  # also strange encodings
            raise damaged() from None
        targets = {link.get("Id"): link.get("Target", "") for link in links}
        found = {}
        for sheet in book.iter():
            if _local(sheet.tag) == "sheet":
                target = targets.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION), "")
                part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
                name = sheet.get("name", "")
                if name in found:
                    raise CannotOpen(
                        Message(
                            "Sổ tính có hai trang tính cùng tên «{name}». Đổi tên một trang rồi lưu lại.",
                            {"name": name},
                        )
                    )
                if part in self.parts and b"sheetData" in self.parts[part]:
                    found[name] = self.parts[part]
        return found


def unpack(content: bytes, limits: Limits) -> Package:
    """The XML parts of a workbook, after everything dangerous is refused.

    Sizes are checked in the directory of the zip before anything is unpacked, and hold while
    unpacking.

    Raises
    ------
    CannotOpen
        A password, the old .xls format, no zip, no workbook, a zip bomb, damage, a DTD.
    """
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise CannotOpen(
                Message(
                    "Tệp có mật khẩu. Mở bằng Excel, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ) "
                    "rồi lưu lại."
                )
            )
        raise CannotOpen(Message("Tệp có định dạng Excel cũ (.xls). Lưu lại dạng .xlsx."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = _checked(archive.infolist(), len(content), limits)
            parts = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise damaged() from None
    except RuntimeError:  # zipfile's word for an entry under a password
        raise CannotOpen(Message("Tệp có mật khẩu. Bỏ mật khẩu rồi lưu lại.")) from None
    for name, part in parts.items():
        if b"<!DOCTYPE" in part or b"\0" in part:  # a zero byte: UTF-16, which could hide one
            raise CannotOpen(
                Message(
                    "Phần «{name}» của tệp có khai báo lạ, không an toàn. Lưu lại bằng Excel.",
                    {"name": name},
                )
            )
    return Package(parts)


def _checked(entries: list[zipfile.ZipInfo], packed: int, limits: Limits) -> list[zipfile.ZipInfo]:
    names = [entry.filename for entry in entries]
    if "xl/workbook.xml" not in names:
        if "xl/workbook.bin" in names:
            raise CannotOpen(Message("Tệp có định dạng .xlsb. Lưu lại dạng .xlsx."))
        raise CannotOpen(
            Message(
                "Tệp nén này không phải sổ tính Excel. Lưu lại dạng .xlsx, "
                "hoặc giải nén thư mục CSV."
            )
        )
    if len(set(names)) < len(names):
        raise damaged()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked_bytes or (
        unpacked > limits.small_bytes and unpacked > limits.ratio * packed
    ):
        raise CannotOpen(
            Message(
                "Tệp nở ra {size} MB từ {packed} MB khi giải nén, giống tệp nén độc hại; "
                "chưa đọc gì. "
                "Chép dữ liệu sang sổ tính mới, bỏ các dòng và định dạng thừa.",
                {"size": unpacked // MB, "packed": max(1, packed // MB)},
            )
        )
    return [entry for entry in entries if entry.filename.endswith((".xml", ".rels"))]


def _local(tag: object) -> str:
    return re.sub(r"^\{.*\}", "", str(tag))


def damaged() -> CannotOpen:
    """The refusal of a file that is no readable workbook."""
    return CannotOpen(
        Message(
            "Tệp không phải sổ tính Excel (.xlsx) đọc được, hoặc đã hỏng. "
            "Mở bằng Excel rồi lưu lại."
        )
    )
