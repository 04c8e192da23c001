"""Findings, deferrals, measures and pins: a table of the accepted dataset, and rows of the store.

A row that came with a dataset keeps the hash of what it was then (`came_as`): so it is known again in the next
dataset, even after somebody changed or withdrew it online. What was written or changed online stays; a row that
only ever came with datasets goes when the next one no longer has it.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from data.columns import tables as contract
from data.csv_rows import csv_rows, csv_table
from data.raw import clean
from data.store import ledgers
from data.store.ledgers import LedgerRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.store.store import Writing

Values = tuple[Any, ...]
NO_VISITS: Mapping[str, Mapping[str, Any]] = MappingProxyType({})


def live_tables(
    db: Connection, visits: bytes, earlier: Mapping[str, Mapping[str, Any]] = NO_VISITS
) -> dict[str, bytes]:
    """Table -> CSV of the rows that hold; with `visits` when visits that were planned here belong to it.

    Those belong to it of which a finding speaks, and all of `earlier`.

    visits : CSV of the dataset's table, b"" without one
    earlier : id -> row, of visits that the dataset does not have
    """
    found = {name: held_table(db, name) for name in ledgers.LEDGERS}
    more = _visits_planned_here(db, visits, earlier)
    return found | ({"visits": more} if more else {})


def held_table(db: Connection, name: str) -> bytes:
    """CSV of one ledger: the rows that hold, in the order in which they came."""
    return ledger_csv(name, (row.values for row in ledgers.rows(db, name) if row.holds))


def ledger_csv(name: str, rows: Iterable[Values]) -> bytes:
    """CSV of rows of a ledger; where people wrote only blanks online, a dash, so that it can be read."""
    needed = [column.needed and column.type == "text" for column in contract()[name].columns]
    return csv_table(
        contract()[name],
        (
            tuple("-" if must and not clean(value) else value for must, value in zip(needed, row, strict=True))
            for row in rows
        ),
    )  # fmt: skip


def _visits_planned_here(
    db: Connection, visits: bytes, earlier: Mapping[str, Mapping[str, Any]]
) -> bytes:
    """The table of visits with those that were planned here; b"" when it has them all."""
    place = ledgers.columns("findings").index("visit_id")
    known = {row["visit_id"] for row in csv_rows(contract()["visits"], visits)}
    named = {row.values[place] for row in ledgers.rows(db, "findings") if row.holds} - known
    named -= set(earlier)
    planned = {**(ledgers.planned_visits(db, sorted(named)) if named else {}), **earlier}
    if not planned:
        return b""
    table = contract()["visits"]
    rows = [_values(row) for row in csv_rows(table, visits)]
    rows += [_values({**planned[name], "visit_id": name}) for name in sorted(planned)]
    return csv_table(table, rows)


def _values(row: Mapping[str, Any]) -> Values:
    members = row["members"]
    joined = members if isinstance(members, str) else ";".join(members)
    plain = {**row, "members": joined}
    return tuple(plain[column.name] for column in contract()["visits"].columns)


@dataclass(frozen=True)
class Merge:
    """What becomes of a ledger when a dataset with its table is accepted.

    Attributes
    ----------
    fresh : hash and values of rows that are new
    kept : rows that came again
    renewed : findings known by their code, with hash and values that are now theirs
    vanish : rows that came earlier and come no more
    online : rows that the dataset would say otherwise, but which were written or changed online: they stay
    """

    fresh: list[tuple[str, Values]] = field(default_factory=list)
    kept: list[LedgerRow] = field(default_factory=list)
    renewed: list[tuple[LedgerRow, str, Values]] = field(default_factory=list)
    vanish: list[LedgerRow] = field(default_factory=list)
    online: list[LedgerRow] = field(default_factory=list)


def merged(name: str, existing: Sequence[LedgerRow], incoming: Iterable[Values]) -> Merge:
    """The rows of a ledger held against those of a dataset's table."""
    found = Merge()
    known: dict[str, deque[LedgerRow]] = defaultdict(deque)
    for old in existing:
        if old.came_as is not None:
            known[old.came_as].append(old)
    spare = {
        row.values[0]: row for row in existing if row.came_as is None
    }  # findings by their code
    for values in incoming:
        came = _hash(name, values)
        row: LedgerRow | None = known[came].popleft() if known[came] else None
        if row is None and name == "findings":
            row = spare.get(values[0])
        if row is None:
            found.fresh.append((came, values))
        elif _online(row):
            found.online.append(row)
        elif row.came_as is not None and row.values == values:
            found.kept.append(row)
        else:
            found.renewed.append((row, came, values))
    left = {row.id for rows in known.values() for row in rows}
    found.vanish.extend(row for row in existing if row.id in left and not row.touched)
    return found


def take_in(
    work: Writing, name: str, dataset_id: int, content: bytes, units: Mapping[str, str]
) -> Merge:
    """Put a table of the dataset that is being accepted into the store; gives what became of its rows.

    `content` : CSV of the table; `units` : visit -> unit, for findings
    """
    found = merged(name, ledgers.rows(work.db, name), table_rows(name, content))
    ledgers.add(work, name, dataset_id, [(came, _row(name, v, units)) for came, v in found.fresh])
    for row, came, values in found.renewed:
        ledgers.settle(
            work, name, row, **_row(name, values, units), came_as=came, dataset_id=dataset_id,
            withdrawn_at=None,
        )  # fmt: skip
    for row in found.vanish:
        ledgers.settle(work, name, row, came_as=None, withdrawn_at=work.at)
    again = [row.id for row in (*found.kept, *found.online) if row.dataset_id is not None]
    ledgers.moved(work, name, again, dataset_id)
    return found


def take_in_all(
    work: Writing, dataset_id: int, names: Iterable[str], tables: Mapping[str, bytes]
) -> dict[str, Merge]:
    """Put these ledgers of a dataset into the store; `tables`: table -> CSV, as they are kept."""
    visits = csv_rows(contract()["visits"], tables.get("visits", b""))
    units = {row["visit_id"]: row["unit_id"] for row in visits}
    return {name: take_in(work, name, dataset_id, tables.get(name, b""), units) for name in names}


def table_rows(name: str, content: bytes) -> list[Values]:
    """Values of the rows of a ledger's table, in the order of its columns."""
    return [tuple(row.values()) for row in csv_rows(contract()[name], content)]


def _online(row: LedgerRow) -> bool:
    """Whether people spoke online for this row: written there, changed or withdrawn there."""
    return row.dataset_id is None or (row.came_as is not None and row.touched)


def _hash(name: str, values: Values) -> str:
    told = values[:1] if name == "findings" else values
    return hashlib.sha256(json.dumps(told, default=str, ensure_ascii=False).encode()).hexdigest()


def _row(name: str, values: Values, units: Mapping[str, str]) -> dict[str, Any]:
    row = dict(zip(ledgers.columns(name), values, strict=True))
    if name == "findings":
        row |= {"unit_id": units.get(row["visit_id"], ""), "proof": ""}
    return row
