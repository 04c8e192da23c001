"""The run "check": an upload becomes a dataset that is ready, or a list of faults."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from data.columns import tables as contract
from data.store import datasets, files, ledgers, runs
from data.table_changes import table_changes
from data.words import LANGUAGES, Message
from scheduler.journeys.online import ledger_rows
from scheduler.journeys.online.dataset_check import Beside, Outcome, checked
from scheduler.journeys.online.opened import open_dataset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from data.faults import Fault
    from data.store.datasets import StoredDataset
    from data.store.store import Writing
    from scheduler.journeys.online.working import Job

FAULTS = 500  # kept of a dataset; how many there are is told
ALIKE = 20  # of the same fault, before others get their turn
WARNINGS = 100
WORDS = 1_000  # letters of a sentence
CHANGES = "changes.json"


def check(job: Job) -> None:
    """Read what was uploaded in a process of its own, and save what it is together with the end of the run."""
    with job.store.reading() as db:
        dataset = datasets.get(db, job.ask["dataset"])
        uploaded = _uploaded(db, dataset.id)
        against = datasets.current(db)
    base = against if job.ask["base"] == "current" else None
    tables = open_dataset(job.store, base.id).tables if base else {}
    with job.store.reading() as db:
        beside = Beside(tables, _online(db), _planned(db))
        before = _contents(db, against)
    outcome = checked(uploaded, beside, job.by, job.scratch)
    changes = {"against": against.id if against else None, "tables": _changes(before, outcome)}
    with job.store.writing(job.by, job.clock()) as work:
        now = datasets.get(work.db, dataset.id)
        if now.status == datasets.CHECKING and now.run_id == job.run.id:
            _save(work, now, outcome, base, changes)
        runs.finish(
            work, job.run.id, {"noun": "dataset", "id": dataset.id, "faults": len(outcome.faults)}
        )


def _save(
    work: Writing, dataset: StoredDataset, outcome: Outcome, base: StoredDataset | None,
    changes: Mapping[str, Any],
) -> None:  # fmt: skip
    status = datasets.FAULTY if outcome.faults else datasets.READY
    tables = [kept.name for kept in files.listed(work.db, "dataset", dataset.id, datasets.TABLES)]
    files.drop(work.db, "dataset", dataset.id, [*tables, CHANGES])
    if not outcome.faults:
        kept = {f"{datasets.TABLES}{n}.csv": content for n, content in outcome.contents.items()}
        told = json.dumps(changes, ensure_ascii=False).encode()
        files.put(work.db, "dataset", dataset.id, {**kept, CHANGES: told})
    datasets.change(
        work, dataset, dataset.revision, status=status, base_id=base.id if base else None,
        digest=outcome.digest, counts=outcome.counts, came=outcome.came,
        faults=[_plain(fault, outcome.came) for fault in _chosen(outcome.faults)],
        fault_total=len(outcome.faults), warnings=_warnings(outcome.warnings),
    )  # fmt: skip
    details = {"status": status, "faults": len(outcome.faults), "came": outcome.came}
    work.tell("dataset.checked", "dataset", dataset.id, details)


def _uploaded(db: Connection, dataset_id: int) -> dict[str, bytes]:
    return {
        kept.name.removeprefix(datasets.UPLOAD): files.read(db, "dataset", dataset_id, kept.name)
        for kept in files.listed(db, "dataset", dataset_id, datasets.UPLOAD)
    }


def _online(db: Connection) -> dict[str, bytes]:
    """Rows that no dataset takes away: written or changed online."""
    return {
        name: ledger_rows.ledger_csv(
            name, (r.values for r in ledgers.rows(db, name) if r.holds and (r.touched or r.came_as is None))
        )
        for name in ledgers.LEDGERS
    }  # fmt: skip


def _planned(db: Connection) -> bytes:
    """Visits of plans in force of which a finding speaks that was written online, as rows of `visits`."""
    return ledger_rows.live_tables(db, b"").get("visits", b"")


def _contents(db: Connection, dataset: StoredDataset | None) -> dict[str, bytes]:
    if dataset is None:
        return {}
    names = [kept.name for kept in files.listed(db, "dataset", dataset.id, datasets.TABLES)]
    return {
        name.removeprefix(datasets.TABLES).removesuffix(".csv"): files.read(db, "dataset", dataset.id, name)
        for name in names
    }  # fmt: skip


def _changes(before: Mapping[str, bytes], outcome: Outcome) -> list[dict[str, Any]]:
    """Per table what is different; the ledgers are held against the store when somebody asks."""
    if outcome.faults:
        return []
    told = [
        table_changes(table, before.get(name, b""), outcome.contents.get(name, b""))
        for name, table in contract().items()
        if name not in ledgers.LEDGERS
    ]
    return [change for change in told if change]


def _chosen(faults: Sequence[Fault]) -> list[Fault]:
    """At most `FAULTS` of them, so that thousands of one kind hide no other."""
    if len(faults) <= FAULTS:
        return list(faults)
    alike: dict[tuple[str, str, str], int] = {}
    first: list[int] = []
    later: list[int] = []
    for place, fault in enumerate(faults):
        kind = (fault.table, fault.column, fault.message.text)
        alike[kind] = alike.get(kind, 0) + 1
        (first if alike[kind] <= ALIKE else later).append(place)
    return [faults[place] for place in sorted([*first, *later][:FAULTS])]


def _plain(fault: Fault, came: Sequence[str]) -> dict[str, Any]:
    return {
        "table": fault.table, "row": fault.row, "column": _cut(fault.column, 200),
        "value": _cut(fault.value, 200), "came": not fault.table or fault.table in came,
        **_said(fault.message),
    }  # fmt: skip


def _warnings(warnings: Sequence[Message]) -> list[dict[str, str]]:
    told = [_said(message) for message in warnings[:WARNINGS]]
    left = len(warnings) - len(told)
    return told + ([_said(Message("... và {n} điều nữa.", {"n": left}))] if left else [])


def _said(message: Message) -> dict[str, str]:
    return {lang: _cut(message.say(lang), WORDS) for lang in LANGUAGES}


def _cut(text: str, most: int) -> str:
    """The text without what a database refuses, and not longer than this."""
    plain = text.replace("\0", "").encode("utf-8", "ignore").decode()
    return plain if len(plain) <= most else plain[: most - 1] + "…"
