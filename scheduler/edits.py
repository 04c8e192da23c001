"""What somebody changed in a plan by hand, row by row, and what each change breaks. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from data.words import Message
from scheduler.errors import Refused
from scheduler.rules.base import Breach

What = Literal["changed", "added", "removed"]
Same = Callable[[Any, Any], bool]
Audit = Callable[[Sequence["Edit"]], list[Breach]]


@dataclass(frozen=True)
class CellChange:
    """One cell: what it held and what it holds now; `derived` ones follow from the others."""

    column: str
    old: Any
    new: Any
    derived: bool = False


@dataclass(frozen=True)
class Edit:
    """One changed row of one table of a plan.

    Attributes
    ----------
    key : id of the row
    row : its row in the edited file; 0 when it is no longer there
    record : the row as it is to be; None when it leaves the table
    wants_reason : it gives something up and says no reason
    """

    table: str
    key: str
    row: int
    what: What
    cells: tuple[CellChange, ...]
    record: Any = None
    wants_reason: bool = False


@dataclass(frozen=True)
class Judged:
    """A change, and the breaches of binding rules that it brings when it is the only one."""

    edit: Edit
    alone: tuple[Breach, ...]


@dataclass(frozen=True)
class Rows:
    """One table before and after: records by id, in order, and the columns that the file has."""

    table: str
    key: str
    columns: tuple[str, ...]
    old: Sequence[Any]
    new: Sequence[Any]
    given: frozenset[str]


def differences(rows: Rows, same: Same) -> list[Edit]:
    """The rows that differ, in the order of the edited file; those that are gone come last.

    A column that the file does not have keeps its old values. Order of rows and columns is no
    difference. `same(old, new)` says whether the edited file would show the old value like the new.
    """
    before = {_id(rows, record): record for record in rows.old}
    edits = []
    for record in rows.new:
        name = _id(rows, record)
        old = before.pop(name, None)
        if old is None:
            cells = tuple(
                CellChange(column, None, value)
                for column in rows.columns
                if (value := getattr(record, column)) not in (None, "", (), 0)
            )
            edits.append(Edit(rows.table, name, _row(record), "added", cells, record))
            continue
        cells = tuple(
            CellChange(column, getattr(old, column), getattr(record, column))
            for column in rows.columns
            if column in rows.given and not same(getattr(old, column), getattr(record, column))
        )
        if cells:
            edits.append(Edit(rows.table, name, _row(record), "changed", cells, record))
    edits += [Edit(rows.table, name, 0, "removed", (), old) for name, old in before.items()]
    return edits


def _id(rows: Rows, record: Any) -> str:
    value = getattr(record, rows.key)
    return value if isinstance(value, str) else value.isoformat()


def _row(record: Any) -> int:
    return getattr(record, "row", 0)


def new_breaches(found: Iterable[Breach], before: Iterable[Breach]) -> tuple[Breach, ...]:
    """The breaches that were not there before; rows of the file do not tell them apart."""
    known = Counter(map(_name, before))
    fresh = []
    for breach in found:
        name = _name(breach)
        if known[name]:
            known[name] -= 1
        else:
            fresh.append(breach)
    return tuple(fresh)


def _name(breach: Breach) -> tuple[str, tuple[str, ...], str]:
    return breach.rule, breach.visits, breach.message.say("vi")


def judged(edits: Sequence[Edit], audit: Audit) -> tuple[list[Judged], tuple[Breach, ...]]:
    """Each change with what it breaks alone, and what all of them break together.

    `audit(edits)` gives the breaches of the old plan with these changes made.
    """
    before = audit(())
    alone = [Judged(edit, new_breaches(audit((edit,)), before)) for edit in edits]
    return alone, new_breaches(audit(edits), before)


def lawful_part(edits: Sequence[Edit], audit: Audit) -> list[Edit]:
    """Changes that break nothing together, each taken if it fits those taken before it.

    Taken in the order given, again and again until none more fits: half of an exchange is unlawful
    alone and lawful once its other half is in.
    """
    before = audit(())
    if not new_breaches(audit(edits), before):
        return list(edits)
    taken: list[Edit] = []
    left = list(edits)
    while True:
        fits = [e for e in left if not new_breaches(audit((*taken, e)), before)]
        if not fits:
            return [edit for edit in edits if edit in taken]
        for edit in fits:
            if not new_breaches(audit((*taken, edit)), before):
                taken.append(edit)
                left.remove(edit)


def chosen(edits: Sequence[Edit], words: str, main: str) -> list[Edit]:
    """The changes that a person names: "5", "7-9" (rows of the file) or ids, separated by commas.

    Row numbers speak of the table `main`; rows of other tables, and rows that are gone, are named by
    their id, or by table and id as in "reserve:2027-03-15".

    Raises
    ------
    Refused
        With every word that names no change.
    """
    picked: set[int] = set()
    unknown = []
    for word in filter(None, (part.strip() for part in words.replace(";", ",").split(","))):
        found = [n for n, edit in enumerate(edits) if _named(edit, word, main)]
        picked.update(found)
        if not found:
            unknown.append(word)
    if unknown:
        raise Refused(Message(
            "Không có thay đổi nào ở: {words}. Các dòng có thay đổi: {known}.",
            {"words": ", ".join(unknown), "known": ", ".join(name_of(e, main) for e in edits) or "-"},
        ))  # fmt: skip
    return [edit for n, edit in enumerate(edits) if n in picked]


def _named(edit: Edit, word: str, main: str) -> bool:
    if word in (edit.key, f"{edit.table}:{edit.key}"):
        return True
    first, _, last = word.partition("-")
    if edit.table != main or not edit.row or not first.isdecimal() or not (last or "0").isdecimal():
        return False
    return int(first) <= edit.row <= int(last or first)


def name_of(edit: Edit, main: str) -> str:
    """How a person names a change: its row in the file, or its id."""
    if edit.table == main:
        return str(edit.row or edit.key)
    return f"{edit.table}:{edit.key}"


def reason_for(reasons: Mapping[str, str], key: str) -> str:
    """The reason given for a row, or the one given for all."""
    return reasons.get(key) or reasons.get("", "")


def journal(edits: Iterable[Edit], parent: str, by: str, on: str) -> list[dict[str, Any]]:
    """The changes as plain values for the facts of the new plan."""
    return [
        {
            "from": parent, "by": by, "on": on, "table": edit.table, "id": edit.key,
            "what": edit.what,
            "cells": [
                {"column": c.column, "old": _plain(c.old), "new": _plain(c.new)} for c in edit.cells
            ],
        }
        for edit in edits
    ]  # fmt: skip


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, int, float)):
        return value
    return list(value) if isinstance(value, tuple) else value.isoformat()
