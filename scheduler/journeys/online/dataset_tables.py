"""Tables of a dataset row by row, and what it would change, as each person may see them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from data.columns import Column, unaccented
from data.columns import tables as contract
from data.store import datasets, files, ledgers
from data.store.errors import NotFound
from data.table_changes import EXAMPLES, plain_frame
from data.words import Message
from scheduler.errors import NotAllowed
from scheduler.journeys.online import ledger_rows
from scheduler.journeys.online.accepting import ledgers_of, told_changes
from scheduler.journeys.online.dataset_rights import visible_columns

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

    from data.records.actors import Actor
    from data.store.datasets import StoredDataset
    from data.store.ledgers import LedgerRow
    from data.store.store import Store

WHAT = Message("bảng")
KEPT = 4  # tables in memory
Row = dict[str, str]


@dataclass(frozen=True)
class TablePage:
    """Rows of a table, with the columns that this person may see."""

    columns: list[Column]
    rows: list[Row]
    total: int


@dataclass(frozen=True)
class LedgerChange:
    """What accepting would do to a ledger.

    Attributes
    ----------
    vanish : rows that came with an earlier dataset and come no more: they would be withdrawn
    stays : rows written, changed or withdrawn online of which the dataset says something else: they stay
    vanish_rows, stays_rows : the first of them; none where this person may not see the table
    """

    table: str
    fresh: int
    kept: int
    renewed: int
    vanish: int
    stays: int
    vanish_rows: list[Row]
    stays_rows: list[Row]


@dataclass(frozen=True)
class Changes:
    """What accepting would change.

    Attributes
    ----------
    against : the dataset it was held against; None: there was none
    over : whether another one has been accepted since, so that it has to be checked again
    tables : as `data.table_changes` tells them
    """

    against: int | None
    over: bool
    tables: list[Mapping[str, Any]]
    ledgers: list[LedgerChange]


@dataclass
class _Kept:
    frame: pd.DataFrame
    folded: dict[tuple[str, ...], list[str]] = field(
        default_factory=dict
    )  # columns -> row as searched

    def found(self, columns: list[str], words: list[str]) -> pd.DataFrame:
        """These columns of the rows in which, in these columns, every word stands."""
        seen = self.frame[columns]
        if not words:
            return seen
        if tuple(columns) not in self.folded:
            rows = zip(*(seen[name].tolist() for name in columns), strict=True)
            self.folded[tuple(columns)] = [unaccented("\n".join(row)) for row in rows]
        texts = self.folded[tuple(columns)]
        return seen[[all(word in text for word in words) for text in texts]]


def table_page(
    store: Store, by: Actor, dataset_id: int, table: str, q: str, offset: int, limit: int
) -> TablePage:
    """A page of the rows in which all words of `q` stand, with or without accents.

    Raises
    ------
    data.store.errors.NotFound
        No such dataset, or no table of this name in a dataset.
    NotAllowed
        The table is for HR only.
    """
    if table not in contract():
        raise NotFound(WHAT, table)
    with store.reading() as db:
        dataset = datasets.get(db, dataset_id)
        names = visible_columns(by, table)
        if not names:
            raise NotAllowed(Message("Bảng này chỉ người làm công tác nhân sự được xem."))
        content = _content(db, dataset, table)
    found = _rows_of(table, content).found(names, unaccented(q).split())
    page = found[offset : offset + limit].itertuples(index=False, name=None)
    rows = [dict(zip(names, row, strict=True)) for row in page]
    return TablePage([contract()[table][name] for name in names], rows, len(found))


def changes(store: Store, by: Actor, dataset_id: int) -> Changes:
    """What accepting the dataset would change; for one that is in use, what it did change.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        dataset = datasets.get(db, dataset_id)
        told, now = told_changes(db, dataset_id), datasets.current(db)
        ready = dataset.status == datasets.READY
        over = ready and told["against"] != (now.id if now else None)
        merges = _ledger_changes(db, by, dataset) if ready else []
    return Changes(told["against"], over, [_shown(by, change) for change in told["tables"]], merges)


def _content(db: Connection, dataset: StoredDataset, table: str) -> bytes:
    if table in ledgers.LEDGERS and dataset.status == datasets.ACCEPTED:
        return ledger_rows.held_table(db, table)
    name = f"{datasets.TABLES}{table}.csv"
    there = {kept.name for kept in files.listed(db, "dataset", dataset.id, datasets.TABLES)}
    return files.read(db, "dataset", dataset.id, name) if name in there else b""


def _ledger_changes(db: Connection, by: Actor, dataset: StoredDataset) -> list[LedgerChange]:
    found = []
    for name, content in ledgers_of(db, dataset).items():
        if name not in ledgers.LEDGERS:
            continue
        merge = ledger_rows.merged(
            name, ledgers.rows(db, name), ledger_rows.table_rows(name, content)
        )
        change = LedgerChange(
            name, len(merge.fresh), len(merge.kept), len(merge.renewed), len(merge.vanish),
            len(merge.online), _examples(by, name, merge.vanish), _examples(by, name, merge.online),
        )  # fmt: skip
        if change.fresh or change.renewed or change.vanish or change.stays:
            found.append(change)
    return found


def _examples(by: Actor, name: str, rows: list[LedgerRow]) -> list[Row]:
    names = visible_columns(by, name)
    content = ledger_rows.ledger_csv(name, (row.values for row in rows[:EXAMPLES]))
    plain = plain_frame(contract()[name], content).to_dict("records")
    return [{column: row[column] for column in names} for row in plain] if names else []


def _shown(by: Actor, change: Mapping[str, Any]) -> Mapping[str, Any]:
    """The change with what this person may see of its examples; the counts stay."""
    seen = set(visible_columns(by, change["table"]))
    examples = change["examples"]
    if not seen:
        return {**change, "examples": {"added": [], "removed": [], "changed": []}}
    changed = [
        {"who": _only(c["who"], seen), "columns": _only(c["columns"], seen)}
        for c in examples["changed"]
    ]
    rows = {kind: [_only(row, seen) for row in examples[kind]] for kind in ("added", "removed")}
    return {**change, "examples": {**rows, "changed": changed}}


def _only(row: Mapping[str, Any], seen: set[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name in seen}


_memory: OrderedDict[tuple[str, str], _Kept] = OrderedDict()
_lock = threading.Lock()


def _rows_of(table: str, content: bytes) -> _Kept:
    """The rows of a table, kept in memory by their content."""
    key = (table, sha256(content).hexdigest())
    with _lock:
        if key in _memory:
            _memory.move_to_end(key)
            return _memory[key]
    frame = plain_frame(contract()[table], content)
    with _lock:
        kept = _memory.setdefault(key, _Kept(frame))
        while len(_memory) > KEPT:
            _memory.popitem(last=False)
    return kept
