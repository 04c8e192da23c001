"""Plans of other bodies as they came, and what was decided of each row: files under one noun, no table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from data.store import datasets, files
from data.store.errors import NotFound, Stale
from data.store.tables.work import blobs
from data.store.tables.work import files as table
from data.words import Message

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.store.store import Writing

WHAT = Message("kế hoạch của cơ quan khác")
NOUN = "other_plan"
ABOUT, DECIDED, CAME = (
    "about.json",
    "decided.json",
    "came/",
)  # a plan taken back keeps the last alone


@dataclass(frozen=True)
class Decision:
    """What somebody said of one row of another body's plan.

    Attributes
    ----------
    number : of the row, from 1 in reading order
    unit_id : our unit that is meant; "": none of ours
    dataset_id : the dataset into which its days went
    """

    number: int
    unit_id: str
    start: date | None
    end: date | None
    reason: str
    dataset_id: int | None
    by: str
    at: datetime


@dataclass(frozen=True)
class StoredOtherPlan:
    """Another body's plan.

    Attributes
    ----------
    name : of the file as it came
    body : the other body, as it is to stand among the days without visits
    year : of times that name none
    rows : how many names of units it has
    decided : by number of the row
    revision : goes up with every decision
    """

    id: int
    name: str
    body: str
    year: int
    rows: int
    by: str
    at: datetime
    decided: Mapping[int, Decision]
    revision: int

    @property
    def open(self) -> int:
        """Rows of which nobody has said anything."""
        return self.rows - len(self.decided)


def add(work: Writing, name: str, content: bytes, body: str, year: int, rows: int) -> int:
    """A new plan of another body; gives its id."""
    datasets.lock(work)
    last = work.db.execute(select(func.max(table.c.noun_id)).where(table.c.noun == NOUN)).scalar()
    made = int(last or 0) + 1
    about = {
        "name": name, "body": body, "year": year, "rows": rows, "by": work.by.name,
        "at": work.at.isoformat(),
    }  # fmt: skip
    files.put(work.db, NOUN, made, {ABOUT: _json(about), f"{CAME}{name}": content})
    told = {"name": name, "body": body, "year": year, "rows": rows}
    work.tell("other_plan.came", NOUN, made, told)
    return made


def get(db: Connection, other_plan_id: int) -> StoredOtherPlan:
    """The plan.

    Raises
    ------
    NotFound
    """
    found = _read(db, [other_plan_id])
    if not found:
        raise NotFound(WHAT, other_plan_id)
    return found[0]


def at_revision(db: Connection, other_plan_id: int, revision: int) -> StoredOtherPlan:
    """The plan as it was on the screen.

    Raises
    ------
    NotFound, Stale
    """
    found = get(db, other_plan_id)
    if found.revision != revision:
        raise Stale(WHAT, found.revision)
    return found


def content(db: Connection, plan: StoredOtherPlan) -> bytes:
    """The file as it came."""
    return files.read(db, NOUN, plan.id, f"{CAME}{plan.name}")


def page(db: Connection, offset: int, limit: int) -> tuple[list[StoredOtherPlan], int]:
    """Plans, newest first, and how many there are."""
    mine = select(table.c.noun_id).where(table.c.noun == NOUN, table.c.name == ABOUT)
    total = db.execute(select(func.count()).select_from(mine.subquery())).scalar_one()
    ids = db.execute(mine.order_by(table.c.noun_id.desc()).offset(offset).limit(limit)).scalars()
    return _read(db, list(ids)), total


def decide(work: Writing, plan: StoredOtherPlan, decisions: Iterable[Decision]) -> StoredOtherPlan:
    """The plan with these decisions, one revision on; whoever calls writes the journal line.

    Raises
    ------
    Stale
    """
    datasets.lock(work)
    now = at_revision(work.db, plan.id, plan.revision)
    decided = {**now.decided, **{found.number: found for found in decisions}}
    kept = {
        "revision": now.revision + 1,
        "decided": [
            {key: _plain(value) for key, value in asdict(found).items()}
            for _, found in sorted(decided.items())
        ],
    }
    files.put(work.db, NOUN, plan.id, {DECIDED: _json(kept)})
    return get(work.db, plan.id)


def withdraw(work: Writing, plan: StoredOtherPlan) -> None:
    """The plan is no longer kept; its file stays, so that its number is not given again.

    Whoever calls has looked at the revision and writes the journal line.
    """
    files.drop(work.db, NOUN, plan.id, [ABOUT, DECIDED])


def _read(db: Connection, ids: list[int]) -> list[StoredOtherPlan]:
    rows = db.execute(
        select(table.c.noun_id, table.c.name, blobs.c.content)
        .join(blobs, blobs.c.sha256 == table.c.sha256)
        .where(table.c.noun == NOUN, table.c.noun_id.in_(ids), table.c.name.in_([ABOUT, DECIDED]))
    )
    found: dict[int, dict[str, Any]] = {}
    for noun_id, name, written in rows:
        found.setdefault(noun_id, {})[name] = json.loads(written)
    return [_plan(noun_id, found[noun_id]) for noun_id in ids if noun_id in found]


def _plan(noun_id: int, told: Mapping[str, Any]) -> StoredOtherPlan:
    about, kept = told[ABOUT], told.get(DECIDED, {"revision": 1, "decided": []})
    decided = {row["number"]: _decision(row) for row in kept["decided"]}
    at = datetime.fromisoformat(about["at"])
    return StoredOtherPlan(
        **{**about, "at": at}, id=noun_id, decided=decided, revision=kept["revision"]
    )


def _decision(row: Mapping[str, Any]) -> Decision:
    days = {key: date.fromisoformat(row[key]) if row[key] else None for key in ("start", "end")}
    return Decision(**{**row, **days, "at": datetime.fromisoformat(row["at"])})


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()
