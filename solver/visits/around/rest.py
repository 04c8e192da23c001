"""What frozen visits leave to the others: a smaller problem, exact for the visits that may change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from solver.visits import problem as given
from solver.visits.problem import Limit, Problem, Solution
from solver.visits.verify import Plan, free_teams


@dataclass(frozen=True)
class Rest:
    """The visits that may change, numbered anew; limits are what the frozen visits leave of them.

    What frozen visits break among themselves binds nobody else: their days and people are simply used up,
    and a reserve that they leave no room for asks for what they leave.
    """

    problem: Problem
    visits: tuple[int, ...]  # number of each in the whole problem

    def part(self, plan: Solution) -> Solution:
        """The part of a whole plan that may change."""
        return Solution(
            tuple(plan.starts[v] for v in self.visits), tuple(plan.teams[v] for v in self.visits)
        )

    def whole(self, base: Solution, part: Solution) -> Solution:
        """The whole plan: the base, with this part put in."""
        starts, teams = list(base.starts), list(base.teams)
        for v, start, team in zip(self.visits, part.starts, part.teams, strict=True):
            starts[v], teams[v] = start, team
        return Solution(tuple(starts), tuple(teams))

    def numbers(self, visits: Sequence[int]) -> tuple[int, ...]:
        """The new numbers of those of these visits that may change."""
        new = {old: number for number, old in enumerate(self.visits)}
        return tuple(new[v] for v in visits if v in new)


def what_is_left(problem: Problem, base: Solution, frozen: Sequence[int]) -> Rest:
    """The problem of all visits that are not frozen, beside those that are."""
    still = set(frozen)
    visits = tuple(v for v in range(len(problem.visits)) if v not in still)
    stands = Solution(
        tuple(s if v in still else -1 for v, s in enumerate(base.starts)),
        tuple(t if v in still else () for v, t in enumerate(base.teams)),
    )
    plan = Plan(problem, stands)
    new = {old: number for number, old in enumerate(visits)}
    limits = [left for limit in problem.limits for left in _left(plan, new, limit)]
    limits += _busy(plan)
    small = replace(problem, visits=tuple(problem.visits[v] for v in visits), limits=tuple(limits))
    return Rest(small, visits)


def _left(plan: Plan, new: dict[int, int], limit: Limit) -> Iterator[Limit]:
    """What is left of one limit for the visits in `new`."""
    match limit:
        case given.DayCapacity():
            room = zip(limit.capacity, plan.out_on(), strict=True)
            yield replace(limit, capacity=tuple(max(0, c - out) for c, out in room))
        case given.WeekCapacity():
            used = [0] * len(limit.capacity)
            for day, out in enumerate(plan.out_on()):
                used[plan.problem.week_of[day]] += out
            room = zip(limit.capacity, used, strict=True)
            yield replace(limit, capacity=tuple(max(0, c - n) for c, n in room))
        case given.MonthDays():
            worked = [0] * len(limit.capacity)
            for day in plan.busy[limit.inspector]:
                worked[plan.problem.month_of[day]] += 1
            room = zip(limit.capacity, worked, strict=True)
            yield replace(limit, capacity=tuple(max(0, c - n) for c, n in room))
        case given.KeepFree():
            could = free_teams(plan, limit)
            teams = zip(limit.teams, could, strict=True)
            yield replace(limit, teams=tuple(min(wanted, n) for wanted, n in teams))
        case given.CoverAtLeast():
            yield from _coverage(plan, new, limit)
        case given.KeepApart() | given.AtMostOne() | given.NotBoth():
            yield from _groups(plan, new, limit)
        case given.OnePlace() | given.Absent() | given.NotLeadAfter():
            yield limit
        case _:
            if limit.visit == -1:
                yield limit
            elif limit.visit in new:
                yield replace(limit, visit=new[limit.visit])


def _coverage(
    plan: Plan, new: dict[int, int], limit: given.CoverAtLeast
) -> Iterator[given.CoverAtLeast]:
    done = sum(any(plan.starts[v] >= 0 for v in group) for group in limit.groups)
    open_groups = [g for g in limit.groups if not any(plan.starts[v] >= 0 for v in g)]
    groups = tuple(tuple(new[v] for v in group if v in new) for group in open_groups)
    yield replace(limit, groups=groups, at_least=max(0, limit.at_least - done))


def _groups(
    plan: Plan, new: dict[int, int], limit: given.KeepApart | given.AtMostOne | given.NotBoth
) -> Iterator[Limit]:
    """The group among those that may change, and what its frozen visits forbid to each of them."""
    inside = [v for v in limit.visits if v in new]
    if len(inside) > 1:
        yield replace(limit, visits=tuple(new[v] for v in inside))
    for other in sorted(set(limit.visits)):
        if plan.starts[other] < 0:
            continue
        for v in inside:
            if isinstance(limit, given.NotBoth):
                yield given.Barred(new[v], plan.teams[other], limit.label)
            else:
                near = _too_near(plan, limit, v, other)
                yield given.ForbidStarts(new[v], near, limit.label)


def _too_near(
    plan: Plan, limit: given.KeepApart | given.AtMostOne, v: int, other: int
) -> tuple[int, ...]:
    """Starts of visit `v` that the other visit forbids."""
    if isinstance(limit, given.AtMostOne):
        return tuple(range(plan.problem.n_days))
    gap, length = max(0, limit.gap), plan.problem.visits[v].days
    begun, end = plan.starts[other], plan.days(other)[-1] + 1
    return tuple(range(max(0, begun - gap - length + 1), min(plan.problem.n_days, end + gap)))


def _busy(plan: Plan) -> Iterator[given.Absent]:
    """Days on which people are out on frozen visits, under the name of the rule that keeps them apart."""
    places = [limit for limit in plan.problem.limits if isinstance(limit, given.OnePlace)]
    for place in places[:1]:
        days: dict[int, list[int]] = defaultdict(list)
        for i, busy in enumerate(plan.busy):
            days[i] += sorted(busy)
        for i, each in sorted(days.items()):
            if each:
                yield given.Absent(i, tuple(each), place.label)
