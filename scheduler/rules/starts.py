"""What several `enforce` functions need: start days that are wrong, visits that are mandatory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from datetime import date
from typing import TYPE_CHECKING

from solver.visits.problem import ForbidStarts, Must

if TYPE_CHECKING:
    from scheduler.case import Case
    from scheduler.rules.base import Policy

Wrong = Callable[[tuple[date, ...]], bool]  # working days of a visit -> may not be


def meets(closed: Set[date]) -> Wrong:
    """Visits with a day among these."""
    return lambda days: not closed.isdisjoint(days)


def not_inside(first: date, last: date) -> Wrong:
    """Visits that do not lie wholly from `first` to `last`, both included."""
    return lambda days: days[0] < first or days[-1] > last


def not_begun_inside(first: date, last: date) -> Wrong:
    """Visits that do not begin from `first` to `last`, both included."""
    return lambda days: not first <= days[0] <= last


def forbid_starts(case: Case, visit: int, label: str, wrong: Wrong) -> Iterator[ForbidStarts]:
    """At most one limit: the starts from which the visit's working days are `wrong`."""
    length = case.owed[visit].days
    starts = tuple(
        start
        for start in range(len(case.days) - length + 1)
        if wrong(case.days[start : start + length])
    )
    if starts:
        yield ForbidStarts(visit, starts, label)


def mandatory(policy: Policy, case: Case) -> Iterator[Must]:
    """The owed visits that this rule makes mandatory."""
    for number, owed in enumerate(case.owed):
        if owed.must == policy.id:
            yield Must(number, policy.id)


def earliest_start(case: Case, visit: int) -> date:
    """The first day on which the visit may begin, as far as campaign and follow-up windows tell."""
    owed = case.owed[visit]
    return case.days[0] if owed.kind == "periodic" else max(case.days[0], owed.due_from)


def visits_by_unit(case: Case) -> dict[str, list[int]]:
    """Unit id -> numbers of the visits owed there."""
    found: dict[str, list[int]] = {}
    for number, owed in enumerate(case.owed):
        found.setdefault(owed.unit_id, []).append(number)
    return found
