"""The mended rotation plan as rows: what stands keeps its ids, and what changed is listed in the facts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.records import Move, RotationPlan, Unplaced
from data.records.changes import ADDED, CHANGED, DROPPED, KEPT, Changed, Values
from data.words import Message
from scheduler.changes import counted, told
from scheduler.rotation_rows import to_moves
from solver.moves.problem import MovesSolution

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.rotation_case import RotationCase
    from scheduler.rotation_repair import RepairOrder
    from solver.moves.repaired import Repaired

Key = tuple[str, str, int]  # staff id, new post, wave of the row


def repaired_plan(
    plan: RotationPlan, case: RotationCase, order: RepairOrder, repaired: Repaired, lang: str = "vi"
) -> RotationPlan:
    """The plan after mending; `facts["repair"]` says what stands, what fell away and what is new.

    Rows that stand keep their ids, and their cycle's unless others move with them now. New rows are
    numbered after the last one. People who fell out and are due, or who lost their place, are listed as
    unplaced.
    """
    old = {_key(move): move for move in plan.moves}
    before, now = set(order.solution.exchanges), repaired.solution.exchanges
    standing = {
        (order.problem.people[p].label, order.problem.desks[d].label, e.wave + 1)
        for e in now
        if e in before
        for p, d in zip(e.people, e.desks, strict=True)
    }
    new = tuple(e for e in now if e not in before)
    rows = [move for key, move in old.items() if key in standing]
    rows += _numbered(to_moves(case, order.problem, MovesSolution(new)), plan)
    rows.sort(key=lambda move: (move.wave, move.cycle_id, move.move_id))
    kept = {_key(move) for move in rows}
    changes = _changes(plan, rows, order)
    facts = {
        "on": order.on.isoformat(),
        "without": list(order.without),
        "kept": len(kept & old.keys()),
        "removed": [_told(move) for key, move in old.items() if key not in kept],
        "new": [_told(move) for move in rows if _key(move) not in old],
        "unplaced": [order.problem.people[p].label for p in repaired.lost],
        "changed": repaired.changed,
        "proven": repaired.proven,
        "counts": counted(changes),
        "changes": [told(change) for change in changes],
    }
    unplaced = _unplaced(plan, case, order, repaired, {move.staff_id for move in rows}, lang)
    return RotationPlan(plan.year, tuple(rows), unplaced, {**plan.facts, "repair": facts})


def _key(move: Move) -> Key:
    return move.staff_id, move.to_position, move.wave


def _told(move: Move) -> dict[str, Any]:
    return {
        "move_id": move.move_id,
        "staff_id": move.staff_id,
        "from_position": move.from_position,
        "to_position": move.to_position,
        "wave": move.wave,
        "cycle_id": move.cycle_id,
    }


def _numbered(rows: Iterable[Move], plan: RotationPlan) -> list[Move]:
    """New rows with ids after the plan's own; a move that stands keeps its id in its new company."""
    old = {_key(move): move for move in plan.moves}
    move = max((_number(m.move_id) for m in plan.moves), default=0)
    cycle = max((_number(m.cycle_id) for m in plan.moves), default=0)
    cycles: dict[str, str] = {}
    found = []
    for row in rows:
        if row.cycle_id not in cycles:
            cycle += 1
            cycles[row.cycle_id] = f"V-{plan.year}-{cycle:03}"
        known = old.get(_key(row))
        if known is None:
            move += 1
        move_id = f"CD-{plan.year}-{move:04}" if known is None else known.move_id
        found.append(replace(row, move_id=move_id, cycle_id=cycles[row.cycle_id]))
    return found


def _number(row_id: str) -> int:
    last = row_id.rpartition("-")[2]
    return int(last) if last.isdecimal() else 0


def _unplaced(
    plan: RotationPlan,
    case: RotationCase,
    order: RepairOrder,
    repaired: Repaired,
    moved: set[str],
    lang: str,
) -> tuple[Unplaced, ...]:
    due = set(case.part("due"))
    rows = {row.staff_id: row for row in plan.unplaced if row.staff_id not in moved}
    left = Message("Rút khỏi kế hoạch đã công bố từ ngày {on} (có lý do)", {"on": _day(order)})
    torn = set(order.torn)
    gone = Message(
        "Người cùng chuyển đã rút khỏi kế hoạch từ ngày {on}; chưa tìm được vị trí hợp lệ khác",
        {"on": _day(order)},
    )
    for who in order.without:
        if who in due:
            rows[who] = Unplaced(who, left.say(lang))
    for person in repaired.lost:
        label = order.problem.people[person].label
        reason = _broken(order, label) if person in torn else gone
        rows[label] = Unplaced(label, reason.say(lang))
    return tuple(rows.values())


def _broken(order: RepairOrder, label: str) -> Message:
    reasons = order.why.get(label, ())
    return Message(
        "Lượt chuyển đã công bố không còn thực hiện được từ ngày {on}: {why}; chưa tìm được vị trí hợp lệ khác",
        {"on": _day(order), "why": reasons[0] if reasons else "–"},
    )


def _changes(plan: RotationPlan, rows: Iterable[Move], order: RepairOrder) -> list[Changed]:
    """One change for each move of the old plan or the new, in the words that plans of visits use."""
    old, new = {m.staff_id: m for m in plan.moves}, {m.staff_id: m for m in rows}
    found = []
    for who in sorted(old.keys() | new.keys()):
        before, after = old.get(who), new.get(who)
        one = before or after
        assert one is not None
        if before and after:
            what = KEPT if _key(before) == _key(after) else CHANGED
        else:
            what = DROPPED if before else ADDED
        happened = before is not None and before.effective_date and before.effective_date < order.on
        found.append(Changed(
            item=one.move_id, what=what, about=who, before=_values(before), after=_values(after),
            reasons=() if what == KEPT else order.why.get(who, ()), stands="past" if happened else "",
        ))  # fmt: skip
    return found


def _values(move: Move | None) -> Values:
    if move is None:
        return ()
    day = move.effective_date.isoformat() if move.effective_date else ""
    return (("post", move.to_position), ("wave", str(move.wave)), ("date", day))


def _day(order: RepairOrder) -> str:
    return f"{order.on:%d/%m/%Y}"
