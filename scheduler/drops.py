"""Why a visit was left out: which rules close the days that come nearest to being possible."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from data.drop_reasons import GAVE_WAY, NO_DAY, NOTHING_CLOSES
from data.words import Message
from solver.visits.problem import (
    Absent,
    AtMostOne,
    Barred,
    Cover,
    DayCapacity,
    ForbidStarts,
    KeepApart,
    MonthDays,
    NotBoth,
    NotLead,
    NotLeadAfter,
    OnePlace,
    Problem,
    Secretary,
    Solution,
    WeekCapacity,
)  # fmt: skip


@dataclass
class _Taken:
    """What the visits that take place use up."""

    teams: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    week: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    busy: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    month: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))


def closing_rules(problem: Problem, solution: Solution, visit: int) -> list[str]:
    """Labels of the rules that close the nearest day for a dropped visit, the plan else unchanged.

    For each start day the rules that close it are collected. Days that only people close come before
    days that dates close; among them the day closed by the fewest rules counts, then the cheapest. An
    empty list: the day is open, and leaving the visit out serves a goal that ranks before it.
    """
    closed, by_date = closed_days(problem, solution, visit)
    cost = problem.visits[visit].start_cost
    best = min(closed, key=lambda s: (s in by_date, len(closed[s]), cost[s]), default=None)
    return sorted(closed[best]) if best is not None else []


def closed_days(
    problem: Problem, solution: Solution, visit: int
) -> tuple[dict[int, set[str]], set[int]]:
    """For each start of a visit that is not in the plan the labels that close it, and those closed by date.

    A start without labels is open as far as counting tells: days, then people one by one.
    """
    taken = _taken(problem, solution)
    days = problem.visits[visit].days
    closed: dict[int, set[str]] = {s: set() for s in range(problem.n_days - days + 1)}
    for limit in problem.limits:
        for start in closed:
            if _closes(limit, problem, solution, taken, visit, start):
                closed[start].add(limit.label)
    by_date = {start for start, labels in closed.items() if labels}
    for start in closed.keys() - by_date:
        closed[start] |= _people(problem, solution, taken, visit, start)
    return closed, by_date


def drop_reason(problem: Problem, solution: Solution, visit: int) -> Message:
    """The closing rules as one sentence that names their ids."""
    labels = closing_rules(problem, solution, visit)
    if not labels:
        return Message("{rules}: {words}", {"rules": NOTHING_CLOSES, "words": GAVE_WAY})
    return Message("{rules}: {words}", {"rules": "; ".join(labels), "words": NO_DAY})


def _taken(problem: Problem, solution: Solution) -> _Taken:
    taken = _Taken()
    for v, start in enumerate(solution.starts):
        for day in range(start, start + problem.visits[v].days) if start >= 0 else ():
            taken.teams[day] += 1
            taken.week[problem.week_of[day]] += 1
            for who in solution.teams[v]:
                taken.busy[day].add(who)
                taken.month[who, problem.month_of[day]] += 1
    return taken


def _closes(
    limit: object, problem: Problem, solution: Solution, taken: _Taken, visit: int, start: int
) -> bool:
    span = range(start, start + problem.visits[visit].days)
    if isinstance(limit, ForbidStarts):
        return limit.visit == visit and start in limit.starts
    if isinstance(limit, DayCapacity):
        return any(taken.teams[d] >= limit.capacity[d] for d in span)
    if isinstance(limit, WeekCapacity):
        week = problem.week_of[start]
        return taken.week[week] + len(span) > limit.capacity[week]
    if isinstance(limit, AtMostOne):
        return visit in limit.visits and any(
            solution.starts[v] >= 0 for v in limit.visits if v != visit
        )
    if isinstance(limit, KeepApart) and visit in limit.visits:
        return any(
            start < solution.starts[v] + problem.visits[v].days + limit.gap
            and solution.starts[v] < start + len(span) + limit.gap
            for v in limit.visits
            if v != visit and solution.starts[v] >= 0
        )
    return False


def _people(
    problem: Problem, solution: Solution, taken: _Taken, visit: int, start: int
) -> set[str]:
    """Labels that take people away on an open day, when too few remain; empty when a team could be found."""
    span = set(range(start, start + problem.visits[visit].days))
    out: dict[str, set[int]] = defaultdict(set)
    for limit in problem.limits:
        if isinstance(limit, Absent) and span & set(limit.days):
            out[limit.label].add(limit.inspector)
        elif isinstance(limit, Barred) and limit.visit == visit:
            out[limit.label].update(limit.inspectors)
        elif isinstance(limit, MonthDays):
            months = [problem.month_of[d] for d in span]
            if any(
                taken.month[limit.inspector, m] + months.count(m) > limit.capacity[m]
                for m in months
            ):
                out[limit.label].add(limit.inspector)
        elif isinstance(limit, OnePlace):
            out[limit.label].update(*(taken.busy[d] for d in span))
        elif isinstance(limit, NotBoth) and visit in limit.visits:
            out[limit.label].update(*(solution.teams[v] for v in limit.visits if v != visit))
    free = set(range(problem.n_inspectors)) - set().union(*out.values())
    if len(free) < problem.visits[visit].size:
        return {label for label, people in out.items() if people}
    return _roles(problem, free, visit, max(span))


def _roles(problem: Problem, free: set[int], visit: int, end: int) -> set[str]:
    """Labels that leave the free people without a leader, a secretary or a skill."""
    no_lead: dict[str, set[int]] = defaultdict(set)
    missing = set()
    for limit in problem.limits:
        if isinstance(limit, NotLead) and limit.visit in (-1, visit):
            no_lead[limit.label].update(limit.inspectors)
        elif isinstance(limit, NotLeadAfter) and end > limit.last_end:
            no_lead[limit.label].add(limit.inspector)
        elif isinstance(limit, Secretary) and limit.visit in (-1, visit):
            missing |= set() if free & set(limit.inspectors) else {limit.label}
        elif isinstance(limit, Cover) and limit.visit == visit:
            missing |= (
                set() if len(free & set(limit.inspectors)) >= limit.at_least else {limit.label}
            )
    if not free - set().union(*no_lead.values()):
        missing |= set(no_lead)
    return missing
