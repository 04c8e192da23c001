"""The journal: who did what when, each line sealed to the last; nobody changes or deletes one.

A line's hash is SHA-256 over the canonical JSON of its fields and the hash before it. Triggers refuse
UPDATE and DELETE on both engines (`data/migrations`); `faults_of` finds what was changed behind them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, text

from data.records.actors import Actor
from data.store.tables.people import journal
from data.words import Message

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

START = "0" * 64  # before the first line
LOCK = 7_102_027  # PostgreSQL: one writer of the chain at a time


@dataclass(frozen=True)
class Line:
    """One line of the journal."""

    seq: int
    at: datetime
    account_id: int | None
    actor: str
    action: str
    noun: str
    noun_id: str
    details: Mapping[str, Any]
    request_id: str
    run_id: str
    previous: str
    hash: str


@dataclass(frozen=True)
class ChainFault:
    """A place where the chain does not hold."""

    seq: int
    message: Message


def append(
    db: Connection, by: Actor, at: datetime, action: str, noun: str, noun_id: object,
    details: Mapping[str, Any] | None = None,
) -> Line:  # fmt: skip
    """Write one line at the end of the chain, in the caller's transaction.

    `details` are plain JSON values without secrets and without grounds of people.
    """
    if db.dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    last = db.execute(
        select(journal.c.seq, journal.c.hash).order_by(journal.c.seq.desc()).limit(1)
    ).first()
    seq, previous = (last.seq + 1, last.hash) if last else (1, START)
    told = json.dumps(details or {}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    row = {
        "seq": seq, "at": at, "account_id": by.account_id, "actor": by.name, "action": action,
        "noun": noun, "noun_id": str(noun_id), "details": told, "request_id": by.request_id,
        "run_id": by.run_id, "previous": previous,
    }  # fmt: skip
    seal = seal_of(row)
    db.execute(insert(journal).values(**row, hash=seal))
    return Line(**{**row, "details": json.loads(told), "hash": seal})


def seal_of(row: Mapping[str, Any]) -> str:
    """The hash of a line: of all its fields but the hash itself."""
    fields = {
        name: row[name].astimezone(UTC).isoformat() if name == "at" else row[name]
        for name in (c.name for c in journal.columns)
        if name != "hash"
    }
    content = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def head(db: Connection) -> tuple[int, str]:
    """Number and hash of the last line: noted outside, they show later that nothing was cut off."""
    last = db.execute(
        select(journal.c.seq, journal.c.hash).order_by(journal.c.seq.desc()).limit(1)
    ).first()
    return (last.seq, last.hash) if last else (0, START)


def lines(
    db: Connection, *, noun: str = "", noun_id: str = "", action: str = "", actor: str = "",
    offset: int = 0, limit: int = 50,
) -> tuple[list[Line], int]:  # fmt: skip
    """A page of lines, newest first, and how many there are in all."""
    wanted = [
        column == value
        for column, value in (
            (journal.c.noun, noun), (journal.c.noun_id, noun_id), (journal.c.action, action),
            (journal.c.actor, actor),
        )
        if value
    ]  # fmt: skip
    total = db.execute(select(func.count()).select_from(journal).where(*wanted)).scalar_one()
    rows = db.execute(
        select(journal).where(*wanted).order_by(journal.c.seq.desc()).offset(offset).limit(limit)
    )
    return [_line(row) for row in rows], total


def faults_of(db: Connection, noted: tuple[int, str] | None = None) -> Iterator[ChainFault]:
    """Every place where the chain is broken; `noted`: number and hash of a line noted outside before."""
    expected, previous = 1, START
    for row in db.execute(select(journal).order_by(journal.c.seq)).yield_per(1000):
        if row.seq != expected:
            yield ChainFault(row.seq, Message("Thiếu dòng {seq} trong nhật ký.", {"seq": expected}))
        elif row.previous != previous:
            yield ChainFault(
                row.seq, Message("Dòng {seq} không nối với dòng trước.", {"seq": row.seq})
            )
        if _seal(row) != row.hash:
            yield ChainFault(row.seq, Message("Dòng {seq} đã bị sửa.", {"seq": row.seq}))
        if noted and noted[0] == row.seq and noted[1] != row.hash:
            yield ChainFault(
                row.seq, Message("Dòng {seq} khác với dấu đã ghi ở ngoài.", {"seq": row.seq})
            )
        expected, previous = row.seq + 1, row.hash
    if noted and noted[0] >= expected:
        yield ChainFault(
            expected,
            Message(
                "Nhật ký đến dòng {last}, nhưng dòng {seq} đã được ghi nhận ở ngoài: phần cuối bị cắt.",
                {"last": expected - 1, "seq": noted[0]},
            ),
        )


def _seal(row: Row[Any]) -> str:
    return seal_of(dict(row._mapping))


def _line(row: Row[Any]) -> Line:
    return Line(**{**row._mapping, "details": json.loads(row.details)})
