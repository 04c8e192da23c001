"""Rows of a yearly plan as plain values in its list of edits, and back. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, timedelta, timezone
from typing import TYPE_CHECKING, Any

from data.records import Plan, PlannedVisit, ReserveWeek
from scheduler.visit_edits import MAIN, RESERVE_COLUMNS, VISIT_COLUMNS

if TYPE_CHECKING:
    from data.store.plan_edits import StoredEdit
    from scheduler.edits import Edit

VIETNAM = timezone(timedelta(hours=7))
_KINDS: Mapping[str, Any] = {MAIN: PlannedVisit, "reserve": ReserveWeek}
_COLUMNS = {MAIN: VISIT_COLUMNS, "reserve": RESERVE_COLUMNS}


def stored_rows(plan: Plan, edits: Iterable[Edit]) -> list[dict[str, Any]]:
    """What the edits do to the rows of a plan, as plain values."""
    before = _by_key(plan)
    return [
        {
            "table": edit.table, "key": edit.key, "before": plain(before.get((edit.table, edit.key))),
            "after": plain(edit.record),
        }
        for edit in edits
    ]  # fmt: skip


def applied(plan: Plan, rows: Iterable[Mapping[str, Any]], side: str = "after") -> Plan:
    """The plan with one side of stored changes: `after` makes them, `before` takes them back."""
    found = _by_key(plan)
    for row in rows:
        name = (row["table"], row["key"])
        if row[side] is None:
            found.pop(name, None)
        else:
            found[name] = record(row["table"], row[side])
    weeks = [week for (table, _), week in found.items() if table == "reserve"]
    return replace(
        plan,
        visits=tuple(visit for (table, _), visit in found.items() if table == MAIN),
        reserve=tuple(sorted(weeks, key=lambda week: week.week_start)),
    )


def reverted(plan: Plan, edits: Sequence[StoredEdit]) -> Plan:
    """The plan before its edits."""
    for edit in reversed(edits):
        plan = applied(plan, reversed(edit.rows), "before")
    return plan


def journal_of(edits: Sequence[StoredEdit], parent: str) -> list[dict[str, Any]]:
    """The edits for the facts of the plan: who, when, which row, which cells."""
    return [
        {
            "from": parent, "by": edit.actor, "table": row["table"], "id": row["key"],
            "on": edit.at.astimezone(VIETNAM).date().isoformat(), "what": _what(row),
            "cells": cells_of(row),
        }
        for edit in edits
        for row in edit.rows
    ]  # fmt: skip


def cells_of(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The cells in which both sides of a stored change differ."""
    before, after = row["before"] or {}, row["after"] or {}
    return [
        {"column": column, "old": before.get(column), "new": after.get(column)}
        for column in _COLUMNS[row["table"]]
        if before.get(column) != after.get(column)
    ]


def plain(row: PlannedVisit | ReserveWeek | None) -> dict[str, Any] | None:
    """A row as plain JSON values."""
    if row is None:
        return None
    values = {part.name: getattr(row, part.name) for part in fields(row) if part.name != "row"}
    return {name: shown_cell(value) for name, value in values.items()}


def shown_cell(value: Any) -> Any:
    """A cell as a plain JSON value."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def record(table: str, values: Mapping[str, Any]) -> Any:
    """The row again."""
    days = {name for name in ("start", "end", "week_start") if values.get(name)}
    return _KINDS[table](**{
        name: date.fromisoformat(value) if name in days
        else tuple(value) if isinstance(value, list)
        else value
        for name, value in values.items()
    })  # fmt: skip


def _what(row: Mapping[str, Any]) -> str:
    if row["before"] is None:
        return "added"
    return "removed" if row["after"] is None else "changed"


def _by_key(plan: Plan) -> dict[tuple[str, str], Any]:
    return {
        **{(MAIN, v.visit_id): v for v in plan.visits},
        **{("reserve", w.week_start.isoformat()): w for w in plan.reserve},
    }
