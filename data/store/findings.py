"""Findings: what a visit found, until when it is to be remedied, what shows that it was."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from data.records import Finding
from data.store.errors import NotFound, Stale
from data.store.tables.ledgers import findings as table
from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement, Connection, Row

    from data.store.store import Writing

WHAT = Message("tồn tại, hạn chế")


@dataclass(frozen=True)
class FindingText:
    """What whoever was on the visit writes."""

    severity: str
    remedy_due: date
    text: str


@dataclass(frozen=True)
class StoredFinding:
    """A finding in the store.

    Attributes
    ----------
    proof, proof_on : what shows that it was remedied, and when that came; "" and None before
    closed_on : day on which it was found remedied
    dataset_id : the dataset that it came with; none: written online
    """

    id: int
    finding_id: str
    visit_id: str
    unit_id: str
    text: FindingText
    proof: str
    proof_on: date | None
    closed_on: date | None
    dataset_id: int | None
    revision: int


def page(
    db: Connection, offset: int, limit: int, *, visit_id: str = "", unit_id: str = "",
    still_open: bool | None = None, visit_ids: Collection[str] | None = None,
) -> tuple[list[StoredFinding], int]:  # fmt: skip
    """Findings that are not withdrawn, in the order in which they came, and how many there are."""
    wanted: list[ColumnElement[bool]] = [table.c.withdrawn_at.is_(None)]
    if visit_id:
        wanted.append(table.c.visit_id == visit_id)
    if visit_ids is not None:
        wanted.append(table.c.visit_id.in_(visit_ids))
    if unit_id:
        wanted.append(table.c.unit_id == unit_id)
    if still_open is not None:
        wanted.append(table.c.closed_on.is_(None) == still_open)
    total = db.execute(select(func.count()).select_from(table).where(*wanted)).scalar_one()
    rows = db.execute(select(table).where(*wanted).order_by(table.c.id).offset(offset).limit(limit))
    return [finding_of(row) for row in rows], total


def get(db: Connection, ident: int, visit_id: str | None = None) -> StoredFinding:
    """The finding; of this visit only, if one is named.

    Raises
    ------
    NotFound
        There is none, it was withdrawn, or it is another visit's.
    """
    wanted = [table.c.id == ident, table.c.withdrawn_at.is_(None)]
    if visit_id is not None:
        wanted.append(table.c.visit_id == visit_id)
    row = db.execute(select(table).where(*wanted)).first()
    if row is None:
        raise NotFound(WHAT, ident)
    return finding_of(row)


def all_of(db: Connection) -> tuple[Finding, ...]:
    """Every finding that is not withdrawn, as rows of the dataset's table `findings`."""
    rows = db.execute(select(table).where(table.c.withdrawn_at.is_(None)).order_by(table.c.id))
    return tuple(
        Finding(r.finding_id, r.visit_id, r.severity, r.remedy_due, r.closed_on, r.text) for r in rows
    )  # fmt: skip


def add(work: Writing, visit_id: str, unit_id: str, year: int, text: FindingText) -> StoredFinding:
    """A new finding of a visit; its code follows from its number in the store."""
    made = work.db.execute(
        insert(table)
        .values(
            **asdict(text), visit_id=visit_id, unit_id=unit_id, proof="", revision=1,
            account_id=work.by.account_id, made_at=work.at, finding_id=uuid.uuid4().hex,
        ).returning(table.c.id)
    ).scalar_one()  # fmt: skip
    code = f"TT-{year}-{made:05}"
    while work.db.execute(select(table.c.id).where(table.c.finding_id == code)).first():
        code += "b"  # an office's own code that looks like ours
    work.db.execute(update(table).where(table.c.id == made).values(finding_id=code))
    work.tell(
        "finding.added", "finding", made,
        {"code": code, "visit": visit_id, "unit": unit_id, "severity": text.severity},
    )  # fmt: skip
    return get(work.db, made)


def change(
    work: Writing, finding: StoredFinding, revision: int, action: str, **values: Any
) -> None:
    """Other values, one revision on; `action` for the journal.

    Raises
    ------
    Stale
    """
    if finding.revision != revision:
        raise Stale(WHAT, finding.revision)
    changed = work.db.execute(
        update(table)
        .where(table.c.id == finding.id, table.c.revision == revision)
        .values(**values, changed_at=work.at, revision=revision + 1)
    )
    if not changed.rowcount:  # between the two statements, on PostgreSQL
        raise Stale(WHAT, revision + 1)
    told = {k: str(v) for k, v in values.items() if k in ("severity", "remedy_due", "closed_on")}
    work.tell(action, "finding", finding.id, {"code": finding.finding_id, **told})


def finding_of(row: Row[Any]) -> StoredFinding:
    """The record of a row of the table."""
    return StoredFinding(
        row.id, row.finding_id, row.visit_id, row.unit_id,
        FindingText(row.severity, row.remedy_due, row.text), row.proof, row.proof_on, row.closed_on,
        row.dataset_id, row.revision,
    )  # fmt: skip
