"""What became of each visit from one yearly plan to another. Pure, and the same for replans and edits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.records.changes import ADDED, DROPPED, KEPT, MOVED, NEW_TEAM, Changed, Values
from data.words import Message
from scheduler.changes import counted, told

if TYPE_CHECKING:
    from data.records import Plan, PlannedVisit

BY_HAND = Message("sửa tay trên bản dự thảo")


def what_became(old: PlannedVisit | None, now: PlannedVisit | None) -> Changed:
    """The change of one visit; at least one of the rows is there. Reasons are for others to tell."""
    one = now or old
    assert one is not None
    held = old is not None and old.status == "scheduled"
    holds = now is not None and now.status == "scheduled"
    before = when(old) if old and held else ()
    after = when(now) if now and holds else ()
    who_before = set(_team(old)) if old and held else set()
    who_after = set(_team(now)) if now and holds else set()
    what = KEPT
    if not holds and (held or old is None or now is None):
        what, after, who_after = DROPPED, (), who_before
    elif holds and not held:
        what, who_before = ADDED, who_after
    elif old and now and held and (old.start, old.end) != (now.start, now.end):
        what = MOVED
    elif old and now and held and _team(old) != _team(now):
        what = NEW_TEAM
    return Changed(
        item=one.visit_id, what=what, about=one.unit_id, before=before, after=after,
        out=tuple(sorted(who_before - who_after)), joined=tuple(sorted(who_after - who_before)),
    )  # fmt: skip


def changes_between(
    old: Sequence[PlannedVisit], new: Sequence[PlannedVisit]
) -> tuple[Changed, ...]:
    """One change for each visit of either plan, by id."""
    before, after = ({row.visit_id: row for row in rows} for rows in (old, new))
    return tuple(
        what_became(before.get(name), after.get(name))
        for name in sorted(before.keys() | after.keys())
    )


def replan_by_hand(published: Plan, made: Plan, plan: Plan) -> dict[str, Any]:
    """The facts of a change after edits: its list and counts tell of the rows as they are now.

    A visit that nobody edited keeps the reasons and marks that the search gave it; nothing is proven of
    the others.
    """
    facts: Mapping[str, Any] = made.facts["replan"]
    known = {row["id"]: row for row in facts["changes"]}
    searched = {row.visit_id: replace(row, row=0) for row in made.visits}
    now = {row.visit_id: row for row in plan.visits}
    changes = changes_between(published.visits, plan.visits)
    rows = []
    for change in changes:
        row = now.get(change.item)
        if change.item in known and row == searched.get(change.item):
            rows.append(known[change.item])
        else:
            reasons = () if change.what == KEPT else (BY_HAND,)
            rows.append(told(replace(change, reasons=reasons)))
    stood = [change for change in changes if change.what in (MOVED, NEW_TEAM)]
    dropped = [change for change in changes if change.what == DROPPED and change.before]
    return {
        **facts, "visits": counted(changes), "changed": len(stood) + len(dropped), "proven": False,
        "people": sum(len(change.joined) for change in stood), "changes": rows,
    }  # fmt: skip


def when(row: PlannedVisit) -> Values:
    """Dates and team of a row that takes place; nothing for one that was dropped."""
    if row.status != "scheduled":
        return ()
    return (
        ("start", row.start.isoformat() if row.start else ""),
        ("end", row.end.isoformat() if row.end else ""),
        ("lead", row.lead),
        ("members", ";".join(row.members)),
    )


def _team(row: PlannedVisit) -> tuple[str, ...]:
    return tuple(who for who in (row.lead, *row.members) if who)
