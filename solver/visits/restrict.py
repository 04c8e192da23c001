"""A problem with fewer visits, or with fewer rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from solver.visits.problem import (
    Absent,
    AtMostOne,
    CoverAtLeast,
    DayCapacity,
    KeepApart,
    KeepFree,
    Limit,
    MonthDays,
    NotBoth,
    NotLeadAfter,
    OnePlace,
    Problem,
    WeekCapacity,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Sequence

_FOR_ALL = (DayCapacity, WeekCapacity, NotLeadAfter, Absent, MonthDays, OnePlace, KeepFree)


def restrict(problem: Problem, visits: Sequence[int]) -> Problem:
    """The problem of these visits alone, numbered anew in the order given.

    Limits on single visits that are gone go with them; a group keeps its remaining visits. A
    `CoverAtLeast` that lost a visit is left out: it no longer means what its rule says.
    """
    new = {old: number for number, old in enumerate(visits)}
    limits: list[Limit] = []
    for limit in problem.limits:
        if isinstance(limit, _FOR_ALL):
            limits.append(limit)
        elif isinstance(limit, CoverAtLeast):
            if all(v in new for group in limit.groups for v in group):
                groups = tuple(tuple(new[v] for v in group) for group in limit.groups)
                limits.append(replace(limit, groups=groups))
        elif isinstance(limit, KeepApart | AtMostOne | NotBoth):
            kept = tuple(new[v] for v in limit.visits if v in new)
            if len(kept) > 1:
                limits.append(replace(limit, visits=kept))
        elif limit.visit == -1:
            limits.append(limit)
        elif limit.visit in new:
            limits.append(replace(limit, visit=new[limit.visit]))
    return replace(problem, visits=tuple(problem.visits[v] for v in visits), limits=tuple(limits))


def without(problem: Problem, labels: frozenset[str]) -> Problem:
    """The problem without the limits that carry one of these labels."""
    return replace(problem, limits=tuple(x for x in problem.limits if x.label not in labels))
