"""A backup read into an empty database: all of it, or nothing."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from sqlalchemy import (
    JSON,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    event,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)  # fmt: skip
from sqlalchemy.exc import IntegrityError, StatementError

from data.store import backup, journal, upgrading
from data.store.backup import AT_ONCE, BackupFault, Manifest
from data.store.errors import Taken
from data.store.tables.people import sessions
from data.store.trouble import clear_errors
from data.store.types import Moment
from data.words import Message

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Column, Connection

    from data.records.actors import Actor
    from data.store.store import Store

LARGE, VERSIONS = "blobs", "alembic_version"
PLANS, OPEN = (
    "plans",
    "draft",
)  # triggers refuse rows of a published plan: it is that once all are there
BROKEN = Message("Không đọc được bản sao lưu: tệp bị cắt hoặc hỏng. Dùng bản sao lưu khác.")


def restore(
    store: Store, source: Path, by: Actor, at: datetime, noted: tuple[int, str] | None = None
) -> Manifest:
    """The backup in the empty store, at the newest version; `noted`: a head of its journal written down.

    Sessions end: one that was ended after the backup would live again.

    Raises
    ------
    BackupFault
        The file is cut, changed, newer than this program, or its journal does not hold.
    Taken
        The database is not empty.
    data.store.errors.StoreUnavailable, OSError
    """
    with _told(), ZipFile(source) as archive:
        manifest = backup.manifest_of(archive)
        if not manifest.schema or not upgrading.is_known(manifest.schema):
            raise BackupFault(
                Message(
                    "Bản sao lưu của phiên bản {version} (cơ sở dữ liệu {schema}), mới hơn chương trình này. "
                    "Cài phiên bản ấy rồi khôi phục.",
                    {"version": manifest.version, "schema": manifest.schema},
                )
            )
        with clear_errors(), store.engine.begin() as db:
            _make_room(db, manifest.schema)
            _load(db, archive, manifest)
            _look_at_journal(db, noted or manifest.head)
            upgrading.bring(db, "head")
            db.execute(update(sessions).where(sessions.c.ended_at.is_(None)).values(ended_at=at))
            journal.append(
                db, by, at, "store.restored", "store", "",
                {"made_at": manifest.made_at, "version": manifest.version, "rows": manifest.rows},
            )  # fmt: skip
    return manifest


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (BadZipFile, zlib.error, EOFError, KeyError, TypeError, ValueError, NotImplementedError,
            RuntimeError, IntegrityError, StatementError) as error:  # fmt: skip
        raise BackupFault(BROKEN) from error


def _make_room(db: Connection, schema: str) -> None:
    """The tables of that version, empty."""
    there = set(inspect(db).get_table_names())
    version = (
        db.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar()
        if VERSIONS in there
        else ""
    )
    if (there and not version) or any(_has_rows(db, name) for name in there - {VERSIONS}):
        raise Taken(
            Message(
                "Cơ sở dữ liệu đích không trống. Khôi phục vào cơ sở dữ liệu mới, hoặc thư mục mới bằng "
                "--home."
            )
        )
    if version and version != schema:
        upgrading.take_down(db)
    upgrading.bring(db, schema)


def _has_rows(db: Connection, name: str) -> bool:
    table = Table(name, MetaData())
    return db.execute(select(text("1")).select_from(table).limit(1)).first() is not None


def _load(db: Connection, archive: ZipFile, manifest: Manifest) -> None:
    """Every row; the tables are those of the backup's version, so they are looked up and not assumed."""
    tables = MetaData()
    event.listen(tables, "column_reflect", _as_we_keep_it)
    tables.reflect(db, only=[name for name in manifest.tables])
    if set(inspect(db).get_table_names()) - {VERSIONS} != set(manifest.tables):
        raise BackupFault(
            Message("Bản sao lưu thiếu phần, hoặc có phần lạ. Dùng bản sao lưu khác.")
        )
    states: dict[int, str] = {}
    for table in tables.sorted_tables:
        rows = backup.rows_of(archive, manifest, table.name)
        while part := list(islice(rows, 1 if table.name == LARGE else AT_ONCE)):
            if table.name == LARGE:
                digest, size = str(part[0]["sha256"]), int(part[0]["size"])
                part[0]["content"] = base64.b64encode(
                    backup.blob_of(archive, digest, size)
                ).decode()
            values = [_values(table, row) for row in part]
            if table.name == PLANS:
                states |= {row["id"]: row["status"] for row in values}
                values = [{**row, "status": OPEN} for row in values]
            db.execute(insert(table), values)
        _count_on(db, table)
    plans = tables.tables[PLANS]
    for plan_id, status in states.items():
        db.execute(update(plans).where(plans.c.id == plan_id).values(status=status))


def _as_we_keep_it(_inspector: object, _table: object, column: dict[str, Any]) -> None:
    if isinstance(column["type"], DateTime):
        column["type"] = Moment()
    elif isinstance(column["type"], JSON):
        column["type"] = JSON(none_as_null=True)


def _values(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    if set(row) != {column.name for column in table.columns}:
        raise BackupFault(BROKEN)
    return {column.name: _value(column, row[column.name]) for column in table.columns}


def _value(column: Column[Any], value: Any) -> Any:
    if value is None:
        return JSON.NULL if isinstance(column.type, JSON) and not column.nullable else None
    if isinstance(column.type, Moment):
        return datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    return base64.b64decode(value) if isinstance(column.type, LargeBinary) else value


def _count_on(db: Connection, table: Table) -> None:
    """New rows get numbers after those that came (SQLite does so by itself)."""
    if db.dialect.name != "postgresql" or "id" not in table.columns:
        return
    sequence = db.execute(select(func.pg_get_serial_sequence(table.name, "id"))).scalar()
    last = db.execute(select(func.max(table.c.id))).scalar()
    if sequence and last:
        db.execute(select(func.setval(sequence, last)))


def _look_at_journal(db: Connection, noted: tuple[int, str]) -> None:
    fault = next(journal.faults_of(db, noted), None)
    if fault is not None:
        raise BackupFault(
            Message(
                "Nhật ký trong bản sao lưu không còn nguyên: {fault} Chưa khôi phục gì.",
                {"fault": fault.message},
            )
        )
