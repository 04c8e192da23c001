"""Findings on the server: entered from the visit's first day on, changed, proved, closed, withdrawn.

Whoever reports them is limited to own visits of plans in force (`own=True`); planners see and write all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from data.store import assignments, dataset_rows, datasets, findings
from data.store.errors import NotFound
from data.store.findings import FindingText, StoredFinding
from data.store.visits import WHAT as VISIT
from data.words import Message
from scheduler.errors import Refused

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.records.actors import Actor
    from data.store.store import Store

LONGEST = timedelta(days=5 * 366)  # later than this after a visit is a slip of the pen
Values = dict[str, Any]


@dataclass(frozen=True)
class Proof:
    """What shows that something was remedied, and on which day."""

    text: str
    on: date


@dataclass(frozen=True)
class Found:
    """The visit that findings are entered for."""

    visit_id: str
    unit_id: str
    start: date
    end: date


def list_findings(
    store: Store, offset: int, limit: int, *, visit_id: str = "", unit_id: str = "",
    still_open: bool | None = None,
) -> tuple[list[StoredFinding], int]:  # fmt: skip
    """A page of all findings, and how many there are."""
    with store.reading() as db:
        return findings.page(
            db, offset, limit, visit_id=visit_id, unit_id=unit_id, still_open=still_open
        )


def list_own(
    store: Store, by: Actor, visit_id: str, offset: int, limit: int
) -> tuple[list[StoredFinding], int]:
    """A page of the findings of an own visit, and how many there are.

    Raises
    ------
    data.store.errors.NotFound
        The visit is not this person's.
    """
    with store.reading() as db:
        own = assignments.get(db, by.inspector_id, visit_id)
        return findings.page(db, offset, limit, visit_id=own.row.visit_id)


def one_finding(store: Store, by: Actor, ident: int, own: str | None = None) -> StoredFinding:
    """One finding; with `own` a visit id: of that own visit only.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        return _seen(db, by, ident, own)


def add_finding(
    store: Store, by: Actor, at: datetime, on: date, visit_id: str, text: FindingText,
    *, own: bool,
) -> StoredFinding:  # fmt: skip
    """A new finding of a visit that has begun.

    Raises
    ------
    data.store.errors.NotFound
        There is no such visit, or it is not this person's.
    Refused
        The visit has not begun; the remedy is due before it ends.
    """
    with store.writing(by, at) as work:
        visit = _visit(work.db, by, visit_id, own)
        if on < visit.start:
            raise Refused(Message(
                "Cuộc kiểm tra bắt đầu ngày {start}; chưa ghi được tồn tại trước ngày đó.",
                {"start": f"{visit.start:%d/%m/%Y}"},
            ))  # fmt: skip
        _refuse_due(visit, text)
        return findings.add(work, visit.visit_id, visit.unit_id, visit.start.year, text)


def change_finding(
    store: Store, by: Actor, at: datetime, ident: int, revision: int, text: FindingText,
    own: str | None = None,
) -> StoredFinding:  # fmt: skip
    """The finding with another text, severity or day.

    Raises
    ------
    data.store.errors.NotFound, data.store.errors.Stale
    Refused
        It is closed; the remedy is due before the visit ends.
    """

    def values(db: Connection, found: StoredFinding) -> Values:
        visit = _visit_or_none(db, found.visit_id)
        if visit is not None and text.remedy_due != found.text.remedy_due:
            _refuse_due(visit, text)
        return asdict(text)

    return _changed(store, by, at, ident, revision, own, "finding.changed", values)


def prove_finding(
    store: Store, by: Actor, at: datetime, on: date, ident: int, revision: int, proof: Proof,
    own: str | None = None,
) -> StoredFinding:  # fmt: skip
    """The finding with what the unit sent to show that it was remedied; it stays open until it is closed.

    Raises
    ------
    data.store.errors.NotFound, data.store.errors.Stale
    Refused
        It is closed; the day lies in the future, or before the visit.
    """

    def values(db: Connection, found: StoredFinding) -> Values:
        _refuse_day(db, found, proof.on, on)
        return {"proof": proof.text, "proof_on": proof.on}

    return _changed(store, by, at, ident, revision, own, "finding.proved", values)


def close_finding(
    store: Store, by: Actor, at: datetime, on: date, ident: int, revision: int, proof: Proof,
    own: str | None = None,
) -> StoredFinding:  # fmt: skip
    """The finding closed on the day of the proof.

    Raises
    ------
    data.store.errors.NotFound, data.store.errors.Stale
    Refused
        It is closed already; the day lies in the future, or before the visit.
    """

    def values(db: Connection, found: StoredFinding) -> Values:
        _refuse_day(db, found, proof.on, on)
        proved = found.proof_on if found.proof == proof.text else proof.on
        return {"proof": proof.text, "proof_on": proved or proof.on, "closed_on": proof.on}

    return _changed(store, by, at, ident, revision, own, "finding.closed", values)


def withdraw_finding(
    store: Store, by: Actor, at: datetime, ident: int, revision: int, reason: str,
    own: str | None = None,
) -> None:  # fmt: skip
    """The finding no longer counts; it stays in the store with moment and reason.

    Raises
    ------
    data.store.errors.NotFound, data.store.errors.Stale
    """
    with store.writing(by, at) as work:
        found = _seen(work.db, by, ident, own)
        gone = {"withdrawn_at": at, "withdrawn_why": reason}
        findings.change(work, found, revision, "finding.withdrawn", **gone)


def _changed(
    store: Store, by: Actor, at: datetime, ident: int, revision: int, own: str | None, action: str,
    values: Callable[[Connection, StoredFinding], Values],
) -> StoredFinding:  # fmt: skip
    with store.writing(by, at) as work:
        found = _seen(work.db, by, ident, own)
        if found.revision == revision and found.closed_on:
            raise Refused(Message(
                "Tồn tại {code} đã khắc phục xong ngày {day}; không sửa được nữa.",
                {"code": found.finding_id, "day": f"{found.closed_on:%d/%m/%Y}"},
            ))  # fmt: skip
        findings.change(work, found, revision, action, **values(work.db, found))
        return findings.get(work.db, ident)


def _seen(db: Connection, by: Actor, ident: int, own: str | None) -> StoredFinding:
    if own is not None:
        assignments.get(db, by.inspector_id, own)
    return findings.get(db, ident, own)


def _visit(db: Connection, by: Actor, visit_id: str, own: bool) -> Found:
    if own:
        mine = assignments.get(db, by.inspector_id, visit_id)
        return Found(mine.row.visit_id, mine.row.unit_id, *mine.days)
    found = _visit_or_none(db, visit_id)
    if found is None:
        raise NotFound(VISIT, visit_id)
    return found


def _visit_or_none(db: Connection, visit_id: str) -> Found | None:
    """The visit of a plan in force, else of the accepted dataset's past visits."""
    planned = assignments.find(db, visit_id)
    if planned is not None:
        return Found(planned.row.visit_id, planned.row.unit_id, *planned.days)
    dataset = datasets.current(db)
    past = dataset_rows.past_visits(db, dataset.id).get(visit_id) if dataset else None
    return Found(past.visit_id, past.unit_id, past.start, past.end) if past else None


def _refuse_due(visit: Found, text: FindingText) -> None:
    if not visit.end <= text.remedy_due <= visit.end + LONGEST:
        raise Refused(Message(
            "Hạn khắc phục {due} phải từ ngày kết thúc kiểm tra {end} trở đi và không quá năm năm sau đó.",
            {"due": f"{text.remedy_due:%d/%m/%Y}", "end": f"{visit.end:%d/%m/%Y}"},
        ))  # fmt: skip


def _refuse_day(db: Connection, found: StoredFinding, day: date, on: date) -> None:
    if day > on:
        raise Refused(Message(
            "Ngày {day} ở tương lai. Ghi ngày đã nhận minh chứng, muộn nhất là hôm nay.",
            {"day": f"{day:%d/%m/%Y}"},
        ))  # fmt: skip
    visit = _visit_or_none(db, found.visit_id)
    if visit is not None and day < visit.start:
        raise Refused(Message(
            "Ngày {day} trước ngày bắt đầu kiểm tra {start}. Ghi lại ngày.",
            {"day": f"{day:%d/%m/%Y}", "start": f"{visit.start:%d/%m/%Y}"},
        ))  # fmt: skip
