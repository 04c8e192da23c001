"""The whole store in one file, whatever the engine: tables as JSON lines, contents as they are, a manifest.

backup.zip = tables/<name>.jsonl, blobs/<sha256>, manifest.json (last). Rows are streamed both ways.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import select

from data.store import journal
from data.store.errors import StoreError
from data.store.schema import metadata
from data.store.tables.work import blobs
from data.words import Message

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

FORMAT, MANIFEST, AT_ONCE = "congvu-backup/1", "manifest.json", 500
LARGEST_MANIFEST = 2**20


class BackupFault(StoreError):
    """The file is no backup that can be trusted: nothing was restored."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself.

    Attributes
    ----------
    version : of the program that wrote it
    schema : migration version of the database
    tables : name -> {"rows": number, "sha256": of its member}
    blobs : number of contents; the name of each is its digest
    head : number and hash of the last line of the journal
    """

    version: str
    schema: str
    made_at: str
    tables: Mapping[str, Mapping[str, Any]]
    blobs: int
    head: tuple[int, str]

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table["rows"] for table in self.tables.values())


def write(db: Connection, target: IO[bytes], version: str, schema: str, at: datetime) -> Manifest:
    """Everything that `db` sees, as a backup in `target`; `db` is one snapshot."""
    with ZipFile(target, "w") as archive:
        tables = {table.name: _write_table(db, archive, table) for table in metadata.sorted_tables}
        digests = db.execute(select(blobs.c.sha256).order_by(blobs.c.sha256)).scalars().all()
        for digest in digests:
            content = select(blobs.c.content).where(blobs.c.sha256 == digest)
            with archive.open(_member(f"blobs/{digest}"), "w") as member:
                member.write(db.execute(content).scalar_one())
        made = Manifest(
            version, schema, at.isoformat(), tables, len(digests), journal.head(db)
        )  # fmt: skip
        told = json.dumps({"format": FORMAT, **asdict(made)}, indent=1)
        archive.writestr(_member(MANIFEST), told)
    return made


def _write_table(db: Connection, archive: ZipFile, table: Table) -> dict[str, Any]:
    digest, rows = hashlib.sha256(), 0
    columns = [column for column in table.columns if column is not blobs.c.content]
    wanted = select(*columns).order_by(*table.primary_key)
    with archive.open(_member(f"tables/{table.name}.jsonl"), "w", force_zip64=True) as member:
        for row in db.execute(wanted).yield_per(AT_ONCE):
            plain = {name: _plain(value) for name, value in row._mapping.items()}
            line = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            member.write(line)
            digest.update(line)
            rows += 1
    return {"rows": rows, "sha256": digest.hexdigest()}


def _member(name: str) -> ZipInfo:
    info = ZipInfo(name)
    info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
    return info


def _plain(value: Any) -> Any:
    if isinstance(value, date):  # a datetime is one, too
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def manifest_of(archive: ZipFile) -> Manifest:
    """What the backup says of itself, after a look at whether all of it, and nothing else, is there.

    Raises
    ------
    BackupFault, KeyError, TypeError, ValueError
    """
    names = archive.namelist()
    if MANIFEST not in names or archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise BackupFault(Message("Tệp này không phải bản sao lưu của Công Vụ."))
    told = json.loads(archive.read(MANIFEST))
    if told.pop("format", None) != FORMAT:
        raise BackupFault(
            Message(
                "Bản sao lưu có dạng mà chương trình này không biết. Dùng chương trình mới hơn."
            )
        )
    seq, seal = told.pop("head")
    found = Manifest(**told, head=(int(seq), str(seal)))
    wanted = {MANIFEST, *(f"tables/{name}.jsonl" for name in found.tables)}
    others = [name for name in names if name not in wanted]
    complete = wanted <= set(names) and len(names) == len(set(names))
    if (
        not complete
        or len(others) != found.blobs
        or not all(n.startswith("blobs/") for n in others)
    ):
        raise BackupFault(
            Message("Bản sao lưu thiếu phần, hoặc có phần lạ. Dùng bản sao lưu khác.")
        )
    return found


def rows_of(archive: ZipFile, manifest: Manifest, name: str) -> Iterator[dict[str, Any]]:
    """The rows of one table as plain JSON values.

    Raises
    ------
    BackupFault
        At the end, when it was not the table that was written.
    """
    told, digest, rows = manifest.tables[name], hashlib.sha256(), 0
    with archive.open(f"tables/{name}.jsonl") as member:
        for line in member:
            digest.update(line)
            rows += 1
            yield json.loads(line)
    if digest.hexdigest() != told["sha256"] or rows != told["rows"]:
        raise BackupFault(
            Message("Bảng «{table}» trong bản sao lưu đã bị sửa hoặc hỏng.", {"table": name})
        )


def blob_of(archive: ZipFile, digest: str, size: int) -> bytes:
    """One content.

    Raises
    ------
    BackupFault
    """
    with archive.open(f"blobs/{digest}") as member:
        content = member.read(size + 1)
    if len(content) != size or hashlib.sha256(content).hexdigest() != digest:
        raise BackupFault(
            Message(
                "Nội dung «{digest}» trong bản sao lưu đã bị sửa hoặc hỏng.", {"digest": digest}
            )
        )
    return content
