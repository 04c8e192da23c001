"""The steps of a plan's life on the server, the same for plans of visits and of moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.store import datasets, files, plan_edits, plans
from data.store.plans import Version
from data.words import Message
from scheduler import lifecycle
from scheduler.errors import Refused
from scheduler.lifecycle import AMENDED, CHECKED, DRAFT

if TYPE_CHECKING:
    from datetime import datetime

    from data.records.actors import Actor
    from data.store.store import Store, Writing


@dataclass(frozen=True)
class Verdict:
    """What the independent checker says of a version on the accepted dataset.

    Attributes
    ----------
    dataset_id : the dataset that it was checked against
    breaches : plain values: rule, source, visits (or moves), vi, en
    files : everything in its folder, written anew; None when those that are kept belong to its rows
    """

    dataset_id: int
    breaches: Sequence[Mapping[str, Any]]
    files: Mapping[str, bytes] | None = None


Judge = Callable[["Store", Version], Verdict]


def check(
    store: Store, by: Actor, at: datetime, kind: str, plan_id: int, revision: int, judge: Judge
) -> Version:
    """The version as checked, or as a draft with its breaches; its files belong to its rows again.

    Raises
    ------
    Refused, data.store.errors.NotFound, data.store.errors.Stale
    """
    with store.reading() as db:
        version = plans.at_revision(db, kind, plan_id, revision)
    lifecycle.after("check", version.status)
    verdict = judge(store, version)
    with store.writing(by, at) as work:
        now = datasets.current(work.db)
        if now is None or now.id != verdict.dataset_id:
            raise Refused(Message("Bộ dữ liệu vừa được thay trong lúc kiểm tra. Kiểm tra lại."))
        status = DRAFT if verdict.breaches else CHECKED
        written = {} if verdict.files is None else {"edited": False}
        done = plans.change(
            work, version, revision, status=status, breaches=list(verdict.breaches),
            checked_on_id=verdict.dataset_id, checked_at=at, **written,
        )  # fmt: skip
        if verdict.files is not None:
            _write_anew(work, plan_id, verdict.files)
        work.tell("plan.checked", "plan", plan_id, {"breaches": len(verdict.breaches)})
        return done


def submit(
    store: Store, by: Actor, at: datetime, kind: str, plan_id: int, revision: int
) -> Version:
    """The version as submitted to the leaders.

    Raises
    ------
    Refused
        It is not checked, was checked on a dataset that has been replaced since, or is a trial.
    data.store.errors.NotFound, data.store.errors.Stale
    """
    with store.writing(by, at) as work:
        version = plans.at_revision(work.db, kind, plan_id, revision, lock=True)
        lifecycle.refuse_trial(version.trial)
        to = lifecycle.after("submit", version.status)
        current = datasets.current(work.db)
        if current is None or current.id != version.checked_on_id:
            raise Refused(Message(
                "Kế hoạch được kiểm tra theo bộ dữ liệu số {old}, nay đã được thay. Kiểm tra lại rồi trình.",
                {"old": version.checked_on_id},
            ))  # fmt: skip
        work.tell("plan.submitted", "plan", plan_id)
        return plans.change(
            work, version, revision, status=to, submitted_by=by.account_id, submitted_at=at
        )


def approve(
    store: Store, by: Actor, at: datetime, kind: str, plan_id: int, revision: int, note: str = ""
) -> Version:
    """The version as approved by somebody who neither made, edited nor submitted it.

    Raises
    ------
    Refused, data.store.errors.NotFound, data.store.errors.Stale
    """
    with store.writing(by, at) as work:
        version, to = _judged(work, kind, plan_id, revision, "approve")
        work.tell("plan.approved", "plan", plan_id, {"note": note})
        return plans.change(
            work, version, revision, status=to, approved_by=by.account_id, approved_at=at, note=note
        )


def send_back(
    store: Store, by: Actor, at: datetime, kind: str, plan_id: int, revision: int, note: str
) -> Version:
    """The version as a draft again, with the leader's word on what to change.

    Raises
    ------
    Refused, data.store.errors.NotFound, data.store.errors.Stale
    """
    if not note.strip():
        raise Refused(Message("Trả lại thì phải ghi điều cần sửa."))
    with store.writing(by, at) as work:
        version, to = _judged(work, kind, plan_id, revision, "send_back")
        work.tell("plan.sent_back", "plan", plan_id, {"note": note})
        return plans.change(
            work, version, revision, status=to, approved_by=None, approved_at=None, note=note
        )


def publish(
    store: Store, by: Actor, at: datetime, kind: str, plan_id: int, revision: int
) -> Version:
    """The version in force; the one that it amends is amended in the same transaction.

    Raises
    ------
    Refused
        It is not approved, or another version is in force than the one it amends.
    data.store.errors.NotFound, data.store.errors.Stale
    """
    with store.writing(by, at) as work:
        plans.in_turn(work.db)
        version = plans.at_revision(work.db, kind, plan_id, revision, lock=True)
        to = lifecycle.after("publish", version.status)
        before = plans.published(work.db, kind, version.year)
        if (before.id if before else None) != version.previous_id:
            raise Refused(_other_in_force(before, version))
        if before is not None:
            plans.change(work, before, before.revision, status=AMENDED)
            work.tell("plan.amended", "plan", before.id, {"by": plan_id})
        work.tell("plan.published", "plan", plan_id)
        return plans.change(
            work, version, revision, status=to, published_by=by.account_id, published_at=at
        )


def close(store: Store, by: Actor, at: datetime, kind: str, plan_id: int, revision: int) -> Version:
    """The version as closed: its year is over, nothing follows.

    Raises
    ------
    Refused, data.store.errors.NotFound, data.store.errors.Stale
    """
    return _plainly(store, by, at, kind, plan_id, revision, "close", "plan.closed")


def discard(
    store: Store, by: Actor, at: datetime, kind: str, plan_id: int, revision: int
) -> Version:
    """The draft as discarded; it stays in the store.

    Raises
    ------
    Refused, data.store.errors.NotFound, data.store.errors.Stale
    """
    return _plainly(store, by, at, kind, plan_id, revision, "discard", "plan.discarded")


def _plainly(
    store: Store, by: Actor, at: datetime, kind: str, plan_id: int, revision: int, step: str, told: str
) -> Version:  # fmt: skip
    with store.writing(by, at) as work:
        version = plans.at_revision(work.db, kind, plan_id, revision, lock=True)
        to = lifecycle.after(step, version.status)
        work.tell(told, "plan", plan_id)
        return plans.change(work, version, revision, status=to)


def _judged(
    work: Writing, kind: str, plan_id: int, revision: int, step: str
) -> tuple[Version, str]:
    """The version and its state after a step of a leader who must be somebody else."""
    version = plans.at_revision(work.db, kind, plan_id, revision, lock=True)
    to = lifecycle.after(step, version.status)
    behind = {version.account_id, version.submitted_by, *plan_edits.editors(work.db, plan_id)}
    lifecycle.refuse_same_person(step, work.by.account_id, behind)
    return version, to


def _write_anew(work: Writing, plan_id: int, content: Mapping[str, bytes]) -> None:
    kept = {f.name for f in files.listed(work.db, "plan", plan_id)}
    old = [name for name in kept - content.keys() if not name.startswith(plans.MADE)]
    files.drop(work.db, "plan", plan_id, old)
    files.put(work.db, "plan", plan_id, content)


def _other_in_force(before: Version | None, version: Version) -> Message:
    if before is None:
        return Message("Bản mà kế hoạch này điều chỉnh không còn hiệu lực. Lập kế hoạch mới.")
    return Message(
        "Năm {year} đang có bản số {n} được ban hành, kế hoạch này không điều chỉnh từ bản đó. Lập bản điều "
        "chỉnh từ bản số {n}, hoặc khép lại bản đó trước.",
        {"year": version.year, "n": before.number},
    )  # fmt: skip
