"""What the freed visits cost on each goal of the year, exactly, the other visits staying as they are.

Each function adds what it needs to the model and gives the goal's value as an expression, up to what the
visits that stay cost. `whole` is the best whole plan so far: it fixes how many person-days are shared out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

from solver.visits.around.changes import Changes, Expr, both_on
from solver.visits.goals import fair_loads, load_of
from solver.visits.problem import Problem, Solution
from solver.visits.together.limits import total


@dataclass(frozen=True)
class Beside:
    """The whole problem, the part of the plan that stays, and the best whole plan so far."""

    problem: Problem
    stays: Solution  # freed visits are out
    whole: Solution


def drops(changes: Changes, beside: Beside) -> Expr:
    """Risk points of freed visits left out"""
    visits = changes.roster.problem.visits
    return total([visits[v].drop_cost * x.dropped for v, x in changes.model.freed.items()])


def timing(changes: Changes, beside: Beside) -> Expr:
    """Price of the starts"""
    terms = [
        cost * free.start[s]
        for free in changes.model.freed.values()
        for s, cost in free.cost.items()
        if cost
    ]
    return total(terms)


def load_max(changes: Changes, beside: Beside) -> Expr:
    """The least m with m * usable days >= 1000 * load for everybody"""
    have, loads = beside.problem.goals.available, _loads(changes, beside)
    most = sum(v.days for v in beside.problem.visits)
    top = max((-(-1000 * most // n) for n in have if n > 0), default=0)
    largest = changes.cp.new_int_var(0, top, "")
    for i, load in enumerate(loads):
        if have[i] > 0:
            changes.cp.add(have[i] * largest >= 1000 * load)
    return largest


def load_spread(changes: Changes, beside: Beside) -> Expr:
    """Sum of |10 load - fair share|, the person-days in all staying as they are now"""
    now = sum(load_of(beside.problem, beside.whole))
    loads, fair = _loads(changes, beside), fair_loads(beside.problem, now)
    changes.cp.add(total(loads) == now)
    most = 10 * sum(v.days for v in beside.problem.visits) + max(fair, default=0)
    away: list[Expr] = []
    for load, wish in zip(loads, fair, strict=True):
        if isinstance(load, int):
            away.append(abs(10 * load - wish))
            continue
        off = changes.cp.new_int_var(0, most, "")
        changes.cp.add(off >= 10 * load - wish)
        changes.cp.add(off >= wish - 10 * load)
        away.append(off)
    return sum(away)


def pairs(changes: Changes, beside: Beside) -> Expr:
    """Sum over pairs of common visits above the limit"""
    limit = beside.problem.goals.pair_limit
    common = Counter(p for team in beside.stays.teams for p in combinations(sorted(team), 2))
    mine: dict[tuple[int, int], list[Expr]] = defaultdict(list)
    for v in changes.model.freed:
        for i, j, both in both_on(changes, v):
            mine[i, j].append(both)
    return _excess(changes, {pair: (common[pair], found) for pair, found in mine.items()}, limit)


def clusters(changes: Changes, beside: Beside) -> Expr:
    """Sum over people and clusters of visits above the limit"""
    visits, limit = changes.roster.problem.visits, beside.problem.goals.cluster_limit
    seen = Counter(
        (i, beside.problem.visits[v].cluster)
        for v, team in enumerate(beside.stays.teams)
        for i in team
    )
    mine: dict[tuple[int, int], list[Expr]] = defaultdict(list)
    for v, free in changes.model.freed.items():
        if visits[v].cluster >= 0:
            for i, member in free.member.items():
                mine[i, visits[v].cluster].append(member)
    return _excess(changes, {key: (seen[key], found) for key, found in mine.items()}, limit)


def travel(changes: Changes, beside: Beside) -> Expr:
    """Distances of the members"""
    visits, distance = changes.roster.problem.visits, beside.problem.goals.distance
    terms = [
        distance[i][visits[v].unit] * member
        for v, free in changes.model.freed.items()
        for i, member in free.member.items()
    ]
    return total(terms)


def spread(changes: Changes, beside: Beside) -> Expr:
    """Sum over weeks of |team-days - wish|"""
    problem = beside.problem
    worked: dict[int, list[Expr]] = defaultdict(list)
    for v, start in enumerate(beside.stays.starts):
        for day in range(start, start + problem.visits[v].days) if start >= 0 else ():
            worked[problem.week_of[day]].append(1)
    for v, free in changes.model.freed.items():
        for s, x in free.start.items():
            for day in range(s, s + changes.roster.length(v)):
                worked[problem.week_of[day]].append(x)
    most = sum(v.days for v in problem.visits) + max(problem.goals.week_target, default=0)
    away = []
    for week, wish in enumerate(problem.goals.week_target):
        off = changes.cp.new_int_var(0, most, "")
        changes.cp.add(off >= sum(worked[week]) - wish)
        changes.cp.add(off >= wish - sum(worked[week]))
        away.append(off)
    return total(away)


def _loads(changes: Changes, beside: Beside) -> list[Expr]:
    """Days of each person: a number for those who can be on no freed visit."""
    days: list[Expr] = list(load_of(beside.problem, beside.stays))
    more: dict[int, list[Expr]] = defaultdict(list)
    for v, free in changes.model.freed.items():
        for i, member in free.member.items():
            more[i].append(changes.roster.length(v) * member)
    return [n + total(more[i]) if i in more else n for i, n in enumerate(days)]


def _excess(
    changes: Changes, counts: dict[tuple[int, int], tuple[int, list[Expr]]], limit: int
) -> Expr:
    over: list[Expr] = []
    for before, found in counts.values():
        if before + len(found) > limit:
            over.append(changes.cp.new_int_var(0, before + len(found) - limit, ""))
            changes.cp.add(over[-1] >= before + total(found) - limit)
    return total(over)


GOALS: dict[str, Callable[[Changes, Beside], Expr]] = {
    "drops": drops,
    "timing": timing,
    "load_max": load_max,
    "load_spread": load_spread,
    "pairs": pairs,
    "clusters": clusters,
    "travel": travel,
    "spread": spread,
}
