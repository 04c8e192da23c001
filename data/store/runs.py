"""Runs: long work that was asked for, how far it is, and what came of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from data.store.errors import NotFound, StoreError
from data.store.tables.work import runs as table
from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement, Connection, Row

    from data.store.store import Writing

WHAT = Message("lượt chạy")
QUEUED, RUNNING, DONE, FAILED, CANCELLED = "queued", "running", "done", "failed", "cancelled"
OPEN = (QUEUED, RUNNING)
KEEPS = frozenset({"plan", "rotate"})  # kinds whose best so far is a plan that may be kept


class RunOver(StoreError):
    """The run has ended already: what it made is saved, or it was cancelled; nothing is saved again."""

    def __init__(self, run_id: str) -> None:
        super().__init__(Message("Lượt chạy «{run}» đã kết thúc.", {"run": run_id}))


@dataclass(frozen=True)
class Run:
    """One long work.

    Attributes
    ----------
    ask : what was asked for, plain JSON values; the kind says which
    progress : phase, seconds, best, bound, note of the last word from the worker
    result : noun and id of what was made, with figures
    error : {"vi": ..., "en": ...} when it failed
    cancel : whether somebody has asked for it to stop
    enough : whether somebody has asked for it to stop and keep the best found
    """

    id: str
    kind: str
    ask: Mapping[str, Any]
    status: str
    progress: Mapping[str, Any]
    result: Mapping[str, Any]
    error: Mapping[str, Any]
    cancel: bool
    enough: bool
    attempts: int
    account_id: int | None
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    @property
    def over(self) -> bool:
        """Whether nothing will change any more."""
        return self.status not in OPEN

    @property
    def keeps(self) -> bool:
        """Whether a run of this kind may be stopped so that the best found is kept."""
        return self.kind in KEEPS


def ask(work: Writing, kind: str, wanted: Mapping[str, Any]) -> str:
    """A new run in the queue; gives its id. Whoever calls hands it to the jobs after the transaction."""
    run_id = uuid.uuid4().hex
    work.db.execute(
        insert(table).values(
            id=run_id, kind=kind, ask=dict(wanted), status=QUEUED, progress={}, result={}, error={},
            cancel=False, attempts=0, account_id=work.by.account_id, asked_at=work.at,
        )
    )  # fmt: skip
    work.tell("run.asked", "run", run_id, {"kind": kind})
    return run_id


def get(db: Connection, run_id: str) -> Run:
    """The run.

    Raises
    ------
    NotFound
    """
    row = db.execute(select(table).where(table.c.id == run_id)).first()
    if row is None:
        raise NotFound(WHAT, run_id)
    return _run(row)


def page(
    db: Connection, offset: int, limit: int, *, kinds: Collection[str] | None = None,
    account_id: int | None = None, statuses: Collection[str] = (),
) -> tuple[list[Run], int]:  # fmt: skip
    """Runs, newest first, and how many there are."""
    wanted: list[ColumnElement[bool]] = []
    if kinds is not None:
        wanted.append(table.c.kind.in_(kinds))
    if account_id is not None:
        wanted.append(table.c.account_id == account_id)
    if statuses:
        wanted.append(table.c.status.in_(statuses))
    total = db.execute(select(func.count()).select_from(table).where(*wanted)).scalar_one()
    rows = db.execute(
        select(table).where(*wanted).order_by(table.c.asked_at.desc(), table.c.id)
        .offset(offset).limit(limit)
    )  # fmt: skip
    return [_run(row) for row in rows], total


def begin(db: Connection, run_id: str, at: datetime) -> Run:
    """The run as running, one attempt more.

    Raises
    ------
    NotFound, RunOver
    """
    _set(db, run_id, status=RUNNING, attempts=table.c.attempts + 1, started_at=at)
    return get(db, run_id)


def put_back(db: Connection, run_id: str) -> None:
    """The run back in the queue after a stop that was nobody's fault: the attempt is not counted.

    Raises
    ------
    RunOver
    """
    _set(db, run_id, status=QUEUED, attempts=table.c.attempts - 1)


def tell(db: Connection, run_id: str, progress: Mapping[str, Any]) -> bool:
    """Keep the last word of the worker; gives whether the best found so far is enough."""
    db.execute(
        update(table)
        .where(table.c.id == run_id, table.c.status.in_(OPEN))
        .values(progress=dict(progress))
    )
    return get(db, run_id).enough


def finish(work: Writing, run_id: str, result: Mapping[str, Any]) -> None:
    """The run as done, in the transaction that saves what it made: both or neither, and only once.

    Raises
    ------
    RunOver
        It was saved before, or cancelled meanwhile.
    """
    _set(work.db, run_id, status=DONE, result=dict(result), ended_at=work.at)
    work.tell("run.done", "run", run_id, {k: v for k, v in result.items() if k in ("noun", "id")})


def fail(work: Writing, run_id: str, error: Mapping[str, Any]) -> None:
    """The run as failed, with a word in both languages.

    Raises
    ------
    RunOver
    """
    _set(work.db, run_id, status=FAILED, error=dict(error), ended_at=work.at)
    work.tell("run.failed", "run", run_id)


def ask_to_stop(work: Writing, run_id: str) -> Run:
    """The run is asked to stop; one that has not begun is over at once."""
    run = get(work.db, run_id)
    if run.over:
        raise RunOver(run_id)
    if run.status == QUEUED:
        _set(work.db, run_id, status=CANCELLED, cancel=True, ended_at=work.at)
    else:
        _set(work.db, run_id, cancel=True)
    work.tell("run.cancelled", "run", run_id)
    return get(work.db, run_id)


def ask_for_the_best(work: Writing, run_id: str) -> Run:
    """The run is asked to stop as soon as it has a plan, and keep the best it has.

    Raises
    ------
    RunOver
        It has ended, or is to stop without keeping anything.
    """
    if get(work.db, run_id).cancel:
        raise RunOver(run_id)
    _set(work.db, run_id, enough=True)
    work.tell("run.enough", "run", run_id)
    return get(work.db, run_id)


def stopped(work: Writing, run_id: str) -> None:
    """The run as cancelled: its child is gone.

    Raises
    ------
    RunOver
    """
    _set(work.db, run_id, status=CANCELLED, ended_at=work.at)
    work.tell("run.stopped", "run", run_id)


def _set(db: Connection, run_id: str, **values: Any) -> None:
    changed = db.execute(
        update(table).where(table.c.id == run_id, table.c.status.in_(OPEN)).values(**values)
    )
    if not changed.rowcount:
        get(db, run_id)
        raise RunOver(run_id)


def _run(row: Row[Any]) -> Run:
    return Run(**row._mapping)
