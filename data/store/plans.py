"""Versions of plans: of visits and of moves; their rows stand in `visits.py` and `moves.py`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, text, update

from data.store.errors import NotFound, Stale
from data.store.tables.plans import plans as table
from data.words import Message

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from data.store.store import Writing

WHAT = Message("kế hoạch")
VISITS, MOVES = "visits", "moves"
MADE = "made/"  # folder of the files as the program made them, before any edit
LOCK = 7_102_028  # PostgreSQL: numbers are given and versions published one after the other
IN_LISTS = ("counts", "coverage")  # facts that a list shows; all of them are half a megabyte


@dataclass(frozen=True)
class Version:
    """One version of a year's plan.

    Attributes
    ----------
    kind : "visits" or "moves"
    number : version of this kind and year, from 1
    name : digest of the birth certificate
    status : see `scheduler/lifecycle.py`
    edited : whether rows were changed since its files were written
    facts : plan.json or rotation.json
    breaches : of the last check
    checked_on_id : the dataset of the last check
    """

    id: int
    kind: str
    year: int
    number: int
    name: str
    title: str
    status: str
    trial: bool
    dataset_id: int
    previous_id: int | None
    run_id: str | None
    facts: Mapping[str, Any]
    breaches: list[Mapping[str, Any]]
    edited: bool
    checked_on_id: int | None
    checked_at: datetime | None
    account_id: int | None
    made_at: datetime
    submitted_by: int | None
    submitted_at: datetime | None
    approved_by: int | None
    approved_at: datetime | None
    published_by: int | None
    published_at: datetime | None
    note: str
    revision: int


def add(
    work: Writing, kind: str, year: int, *, name: str, title: str, trial: bool, dataset_id: int,
    facts: Mapping[str, Any], status: str, previous_id: int | None = None, run_id: str | None = None,
) -> int:  # fmt: skip
    """A new version; gives its id. Its number follows the highest of its kind and year."""
    in_turn(work.db)
    last = work.db.execute(
        select(func.max(table.c.number)).where(table.c.kind == kind, table.c.year == year)
    ).scalar_one()
    made = work.db.execute(
        insert(table).values(
            kind=kind, year=year, number=(last or 0) + 1, name=name, title=title, status=status,
            trial=trial, dataset_id=dataset_id, previous_id=previous_id, run_id=run_id,
            facts=dict(facts), breaches=[], edited=False, account_id=work.by.account_id,
            made_at=work.at, note="", revision=1,
        ).returning(table.c.id)
    ).scalar_one()  # fmt: skip
    work.tell(
        "plan.made", "plan", made,
        {"kind": kind, "year": year, "number": (last or 0) + 1, "name": name, "run": run_id or ""},
    )  # fmt: skip
    return int(made)


def in_turn(db: Connection) -> None:
    """Wait until nobody else numbers or publishes versions; SQLite has one writer in any case."""
    if db.dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


def get(
    db: Connection, kind: str, plan_id: int, statuses: Collection[str] = (), *, lock: bool = False
) -> Version:
    """The version of this kind, in one of these states if any are named.

    `lock`: nobody else changes it before the end of the transaction.

    Raises
    ------
    NotFound
    """
    wanted = [table.c.id == plan_id, table.c.kind == kind]
    if statuses:
        wanted.append(table.c.status.in_(statuses))
    query = select(table).where(*wanted)
    row = db.execute(query.with_for_update() if lock else query).first()
    if row is None:
        raise NotFound(WHAT, plan_id)
    return _version(row)


def at_revision(
    db: Connection, kind: str, plan_id: int, revision: int, *, lock: bool = False
) -> Version:
    """The version as somebody read it; `lock` as in `get`.

    Raises
    ------
    NotFound, Stale
    """
    version = get(db, kind, plan_id, lock=lock)
    if version.revision != revision:
        raise Stale(WHAT, version.revision)
    return version


def published(db: Connection, kind: str, year: int) -> Version | None:
    """The version in force of a kind and year."""
    row = db.execute(
        select(table).where(
            table.c.kind == kind, table.c.year == year, table.c.status == "published"
        )
    ).first()
    return _version(row) if row else None


def issued(db: Connection, kind: str, statuses: Collection[str]) -> list[Version]:
    """Versions in these states, by year and in the order in which they were published."""
    rows = db.execute(
        select(table)
        .where(table.c.kind == kind, table.c.status.in_(statuses), table.c.trial.is_(False))
        .order_by(table.c.year, table.c.published_at, table.c.number)
    )
    return [_version(row) for row in rows]


def marks(db: Connection, kind: str, statuses: Collection[str]) -> list[tuple[int, str, int]]:
    """Id, state and revision of the same versions: tells cheaply whether anything is new."""
    rows = db.execute(
        select(table.c.id, table.c.status, table.c.revision)
        .where(table.c.kind == kind, table.c.status.in_(statuses), table.c.trial.is_(False))
        .order_by(table.c.id)
    )
    return [(row.id, row.status, row.revision) for row in rows]


def page(
    db: Connection, kind: str, offset: int, limit: int, *, year: int | None = None,
    statuses: Collection[str] = (),
) -> tuple[list[Version], int]:  # fmt: skip
    """Versions, newest first, with the facts `IN_LISTS` only, and how many there are."""
    wanted = [table.c.kind == kind]
    if year is not None:
        wanted.append(table.c.year == year)
    if statuses:
        wanted.append(table.c.status.in_(statuses))
    total = db.execute(select(func.count()).select_from(table).where(*wanted)).scalar_one()
    plain = [column for column in table.columns if column.name != "facts"]
    shown = [table.c.facts[name].label(f"facts_{name}") for name in IN_LISTS]
    rows = db.execute(
        select(*plain, *shown)
        .where(*wanted)
        .order_by(table.c.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [_listed(row) for row in rows], total


def change(work: Writing, version: Version, revision: int, **values: Any) -> Version:
    """The version with other values, one revision on; whoever calls writes the journal line.

    Raises
    ------
    Stale
        Somebody changed it since revision `revision` was read.
    """
    if version.revision != revision:
        raise Stale(WHAT, version.revision)
    changed = work.db.execute(
        update(table)
        .where(table.c.id == version.id, table.c.revision == revision)
        .values(**values, revision=revision + 1)
    )
    if not changed.rowcount:
        raise Stale(WHAT, revision + 1)
    return get(work.db, version.kind, version.id)


def _listed(row: Row[Any]) -> Version:
    values = dict(row._mapping)
    facts = {name: values.pop(f"facts_{name}") for name in IN_LISTS}
    return Version(**values, facts={name: told for name, told in facts.items() if told is not None})


def _version(row: Row[Any]) -> Version:
    return Version(**row._mapping)
