"""Two versions of a rotation plan side by side, person by person. Free texts stay out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from data.records import Move
from data.records.changes import ADDED, CHANGED, DROPPED, KEPT

CHANGES = (CHANGED, ADDED, DROPPED, KEPT)
COMPARED = ("from_position", "to_position", "wave", "effective_date", "instrument", "cycle_id")


def move_changes(before: Sequence[Move], after: Sequence[Move]) -> list[dict[str, Any]]:
    """A row for everybody who moves in either version, what changed first, then by day and person.

    A move whose company alone changed (`cycle_id`) is kept.
    """
    old, new = ({move.staff_id: move for move in rows} for rows in (before, after))
    rows = [
        {"staff_id": who, "what": _what(old.get(who), new.get(who)),
         "before": _side(old.get(who)), "after": _side(new.get(who))}
        for who in {**old, **new}
    ]  # fmt: skip
    rows.sort(key=lambda row: (CHANGES.index(row["what"]), _day(row), row["staff_id"]))
    return rows


def _what(old: Move | None, new: Move | None) -> str:
    if old is None or new is None:
        return ADDED if old is None else DROPPED
    same = all(getattr(old, name) == getattr(new, name) for name in COMPARED[:-1])
    return KEPT if same else CHANGED


def _side(move: Move | None) -> dict[str, Any] | None:
    return {name: getattr(move, name) for name in COMPARED} if move else None


def _day(row: dict[str, Any]) -> str:
    side = row["after"] or row["before"]
    return str(side["effective_date"] or "")
