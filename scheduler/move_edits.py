"""Edits of a rotation plan: what follows from them, and the plan with some of them made. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from data.drop_reasons import BY_HAND
from data.records import Move, RotationPlan, Unplaced
from scheduler.edits import CellChange, Edit, Rows, Same, differences, reason_for

MAIN = "moves"
MOVE_COLUMNS = (
    "staff_id", "from_position", "to_position", "wave", "effective_date", "instrument", "cycle_id",
    "cycle_kind", "days_before_limit", "distance_km", "reason",
)  # fmt: skip
UNPLACED_COLUMNS = ("reason", "rules", "relaxation")


@dataclass(frozen=True)
class MoveEdits:
    """The plan before (rows numbered as in the edited file), every change, and who is due.

    `reasons` holds, for people whose move is given up, why.
    """

    plan: RotationPlan
    edits: tuple[Edit, ...]
    due: Collection[str]
    reasons: Mapping[str, str]

    def applied(self, some: Iterable[Edit]) -> RotationPlan:
        """The plan with these changes made.

        Whoever is due and has lost the move is listed as unplaced with the reason; whoever has a move
        now is no longer listed.
        """
        moves = {m.move_id: m for m in self.plan.moves}
        left = {u.staff_id: u for u in self.plan.unplaced}
        before = {m.staff_id for m in self.plan.moves}
        for edit in some:
            rows: dict[str, Any] = moves if edit.table == MAIN else left
            if edit.record is None:
                rows.pop(edit.key, None)
            else:
                rows[edit.key] = edit.record
        moved = {m.staff_id for m in moves.values()}
        for who in sorted(before - moved):
            if who in self.due and who not in left:
                left[who] = Unplaced(who, self.reasons.get(who, ""), (BY_HAND,))
        unplaced = tuple(row for who, row in left.items() if who not in moved)
        return replace(self.plan, moves=tuple(moves.values()), unplaced=unplaced)


def move_edits(
    old: RotationPlan,
    new: RotationPlan,
    given: Mapping[str, frozenset[str]],
    same: Same,
    latest: Mapping[str, date | None],
    due: Collection[str],
    letters: int,
    reasons: Mapping[str, str],
) -> MoveEdits:
    """Every change of a rotation plan.

    The wave follows the day when only the day changed; the days before the limit follow day and
    person; a distance is unknown after another post was written in.

    Parameters
    ----------
    latest : staff id -> last lawful day in the present post
    letters : fewest letters of the reason for a move of somebody due that is given up
    reasons : move id (or "" for all) -> that reason
    """
    rows_now = {move.move_id: move.row for move in new.moves}
    old = replace(old, moves=tuple(replace(m, row=rows_now.get(m.move_id, 0)) for m in old.moves))
    before = {m.move_id: m for m in old.moves}
    moves = Rows(MAIN, "move_id", MOVE_COLUMNS, old.moves, new.moves, given.get(MAIN, frozenset()))
    edits: list[Edit] = []
    told: dict[str, str] = {}
    still = {m.staff_id for m in new.moves}
    for edit in differences(moves, same):
        if edit.what != "removed":
            edits.append(_settled(edit, before.get(edit.key), latest))
            continue
        who = edit.record.staff_id
        reason = reason_for(reasons, edit.key).strip()
        told[who] = reason
        short = who in due and who not in still and len(reason) < letters
        edits.append(replace(edit, record=None, wants_reason=short))
    if "unplaced" in given:
        lists = Rows(
            "unplaced", "staff_id", UNPLACED_COLUMNS, old.unplaced, new.unplaced, given["unplaced"]
        )
        for edit in differences(lists, same):
            if edit.what == "removed":
                edit = replace(edit, record=None)
            elif edit.what == "changed":
                known = next(u for u in old.unplaced if u.staff_id == edit.key)
                kept = {cell.column: cell.new for cell in edit.cells}
                edit = replace(edit, record=replace(known, **kept))
            edits.append(edit)
    return MoveEdits(old, tuple(edits), due, told)


def _settled(edit: Edit, known: Move | None, latest: Mapping[str, date | None]) -> Edit:
    """The row as it is to be, with what follows from its changed cells."""
    record: Move = edit.record
    changed = {cell.column for cell in edit.cells}
    if known is not None:
        record = replace(known, **{c.column: c.new for c in edit.cells}, row=edit.row)
    follows: dict[str, Any] = {}
    day, limit = record.effective_date, latest.get(record.staff_id)
    if limit is None and known is not None and "staff_id" not in changed:
        limit = _told_limit(known)
    if day and "effective_date" in changed and "wave" not in changed:
        follows["wave"] = day.month
    if day and changed & {"effective_date", "staff_id"} and "days_before_limit" not in changed:
        follows["days_before_limit"] = (limit - day).days if limit else None
    if changed & {"to_position", "staff_id"} and "distance_km" not in changed:
        follows["distance_km"] = None
    derived = tuple(
        CellChange(column, getattr(record, column), value, derived=True)
        for column, value in follows.items()
        if getattr(record, column) != value
    )
    return replace(edit, record=replace(record, **follows), cells=(*edit.cells, *derived))


def _told_limit(move: Move) -> date | None:
    """The last lawful day that a row itself implies."""
    if move.effective_date is None or move.days_before_limit is None:
        return None
    return move.effective_date + timedelta(days=move.days_before_limit)
