"""Long work looked at and stopped: one's own, and that of others where the kind's right allows it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from data.store import runs
from data.store.errors import NotFound
from data.store.runs import Run
from data.words import Message
from scheduler.errors import Refused

if TYPE_CHECKING:
    from data.records.actors import Actor
    from data.store.store import Store

KIND_RIGHT: Mapping[str, str] = MappingProxyType({  # who has the right sees runs of the kind, too
    "check": "datasets.read",
    "plan": "plans.read", "replan": "plans.read", "finish": "plans.read", "papers": "plans.read",
    "rotate": "rotations.read", "repair": "rotations.read",
    "tables": "draws.read",
    "flags": "people.read",
})  # fmt: skip


def list_runs(
    store: Store, by: Actor, offset: int, limit: int, *, everybody: bool = False,
    kinds: Collection[str] = (), statuses: Collection[str] = (),
) -> tuple[list[Run], int]:  # fmt: skip
    """A page of one's own runs, or of everybody's as far as one may see them; newest first."""
    wanted = set(kinds) or None
    if everybody:
        seen = {kind for kind, right in KIND_RIGHT.items() if by.may(right)}
        wanted = seen & wanted if wanted else seen
    with store.reading() as db:
        return runs.page(
            db, offset, limit, kinds=wanted, statuses=statuses,
            account_id=None if everybody else by.account_id,
        )  # fmt: skip


def one_run(store: Store, by: Actor, run_id: str) -> Run:
    """One run.

    Raises
    ------
    data.store.errors.NotFound
        There is none, or it is nothing for this person.
    """
    with store.reading() as db:
        return _seen(runs.get(db, run_id), by)


def stop_run(store: Store, by: Actor, at: datetime, run_id: str) -> Run:
    """The run, asked to stop: over at once when it has not begun, else as soon as its process is gone.

    Raises
    ------
    data.store.errors.NotFound, data.store.runs.RunOver
    Refused
        Somebody else asked for it.
    """
    with store.writing(by, at) as work:
        _own(runs.get(work.db, run_id), by)
        return runs.ask_to_stop(work, run_id)


def enough_of_run(store: Store, by: Actor, at: datetime, run_id: str) -> Run:
    """The run, asked to stop as soon as it has a plan; its best one is then checked and saved as usual.

    Raises
    ------
    data.store.errors.NotFound, data.store.runs.RunOver
    Refused
        Somebody else asked for it, or it is of a kind that has nothing to keep before its end.
    """
    with store.writing(by, at) as work:
        run = _own(runs.get(work.db, run_id), by)
        if not run.keeps:
            raise Refused(Message(
                "Loại lượt chạy này chỉ có kết quả khi chạy xong, không có gì để giữ giữa chừng. "
                "Chờ chạy xong, hoặc dừng và không giữ gì."
            ))  # fmt: skip
        return runs.ask_for_the_best(work, run_id)


def _own(run: Run, by: Actor) -> Run:
    if _seen(run, by).account_id != by.account_id:
        raise Refused(Message("Chỉ người đã yêu cầu lượt chạy này mới dừng được."))
    return run


def _seen(run: Run, by: Actor) -> Run:
    own = run.account_id is not None and run.account_id == by.account_id
    right = KIND_RIGHT.get(run.kind)
    if own or (right is not None and by.may(right)):
        return run
    raise NotFound(runs.WHAT, run.id)
