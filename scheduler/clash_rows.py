"""The rows of the data behind single limits of a clash, in words: leave, blackouts, who is barred."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.words import Message
from solver.visits.problem import Absent, Barred, Cover, ForbidStarts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.records import Blackout
    from scheduler.case import Case
    from solver.visits.problem import Limit


def row_in_words(limit: Limit, case: Case, visits: Sequence[int]) -> Message:
    """The row or rows that a limit stands for.

    Parameters
    ----------
    limit : a limit of the clash, its visit numbered within `visits`
    visits : numbers of the clash's visits in the case
    """
    if isinstance(limit, Absent):
        words = {"who": _people((limit.inspector,), case), "what": absence_words(limit, case)}
        return Message("{who} {what}", words)
    if isinstance(limit, Barred):
        owed = case.owed[visits[limit.visit]]
        return Message("{who} không được kiểm tra {unit}", {
            "who": _people(limit.inspectors, case), "unit": case.units[owed.unit_id].name,
        })  # fmt: skip
    if isinstance(limit, ForbidStarts):
        return _blackouts(limit, case, case.owed[visits[limit.visit]].unit_id)
    if isinstance(limit, Cover):
        owed = case.owed[visits[limit.visit]]
        held = [s for s in owed.skills if _holders(case, s) == limit.inspectors]
        return Message("{visit} cần kỹ năng {skill}, {n} người có", {
            "visit": owed.visit_id, "skill": ", ".join(held), "n": len(limit.inspectors),
        })  # fmt: skip
    return Message(case.rulebook[limit.label].title_vi)


def absence_words(limit: Absent, case: Case) -> Message:
    """From when to when the row of an absence keeps somebody away, and why."""
    who = case.office.inspectors[limit.inspector]
    row = next(
        a
        for a in case.office.absences
        if a.inspector_id == who.inspector_id
        and tuple(case.numbers_between(a.start, a.end)) == limit.days
    )
    return Message("vắng mặt từ {first} đến {last} ({reason})", {
        "first": f"{row.start:%d/%m/%Y}", "last": f"{row.end:%d/%m/%Y}", "reason": row.reason or "-",
    })  # fmt: skip


def _blackouts(limit: ForbidStarts, case: Case, unit_id: str) -> Message:
    by_other_body = limit.label == "blackout.other-body"
    rows = [
        b
        for b in case.office.blackouts
        if b.unit_id in ("", unit_id) and bool(b.body) == by_other_body and _near(b, limit, case)
    ]
    spans = "; ".join(f"{b.start:%d/%m/%Y} - {b.end:%d/%m/%Y} {b.body or b.reason}" for b in rows)
    return Message(
        "{unit} không nhận kiểm tra: {spans}", {"unit": case.units[unit_id].name, "spans": spans}
    )


def _near(blackout: Blackout, limit: ForbidStarts, case: Case) -> bool:
    """Whether the blackout closes one of the starts."""
    return any(blackout.start <= case.days[s] <= blackout.end for s in limit.starts)


def _holders(case: Case, skill: str) -> tuple[int, ...]:
    return tuple(n for n, who in enumerate(case.office.inspectors) if skill in who.skills)


def _people(numbers: Sequence[int], case: Case) -> str:
    people = (case.office.inspectors[n] for n in numbers)
    return ", ".join(f"{who.name} ({who.inspector_id})" for who in people)
