"""Which visits of a base cannot stand as they are, each looked at alone, and whose limits say so. No solver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from solver.visits import problem as given
from solver.visits.around.rest import what_is_left
from solver.visits.problem import Limit, Problem, Solution
from solver.visits.restrict import restrict
from solver.visits.verify import verify

ALONE = (given.DayCapacity, given.WeekCapacity, given.NotLeadAfter, given.Absent, given.MonthDays)


def broken_rules(
    problem: Problem, base: Solution, frozen: Sequence[int]
) -> dict[int, tuple[str, ...]]:
    """Visit -> labels of the limits that its old day or team breaks, beside the frozen visits alone.

    A team of the wrong form breaks a limit named "form". A visit in no such trouble may still have to give
    way to others.
    """
    rest = what_is_left(problem, base, frozen)
    common = [x for x in rest.problem.limits if isinstance(x, ALONE) or _of_all(x)]
    own: dict[int, list[Limit]] = defaultdict(list)
    for limit in rest.problem.limits:
        if not isinstance(limit, (*ALONE, given.KeepFree, given.Must)):
            number = getattr(limit, "visit", -1)
            if number >= 0:
                own[number].append(limit)
    part, found = rest.part(base), {}
    for v, number in enumerate(rest.visits):
        if part.starts[v] < 0:
            continue
        one = restrict(replace(rest.problem, limits=tuple(common + own[v])), [v])
        faults = verify(one, Solution((part.starts[v],), (part.teams[v],)))
        if faults:
            found[number] = tuple(dict.fromkeys(fault.split(": ")[0] for fault in faults))
    return found


def _of_all(limit: Limit) -> bool:
    """Whether a limit on one visit speaks of all."""
    return isinstance(limit, given.NotLead | given.Secretary) and limit.visit == -1
