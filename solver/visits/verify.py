"""Whether a plan keeps every limit of a problem, by plain arithmetic and without any solver."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Any

from solver.visits import problem as given
from solver.visits.problem import Problem, Solution


class Plan:
    """A problem and a solution, with the look-ups that the checks share."""

    def __init__(self, problem: Problem, solution: Solution) -> None:
        self.problem = problem
        self.starts = solution.starts
        self.teams = solution.teams
        self.taken = [v for v, start in enumerate(self.starts) if start >= 0]
        self.busy: list[dict[int, list[int]]] = [{} for _ in range(problem.n_inspectors)]
        for v in self.taken:
            for i in self.teams[v]:
                for day in self.days(v):
                    self.busy[i].setdefault(day, []).append(v)

    def days(self, v: int) -> range:
        """Working days on which visit `v` takes place."""
        start = self.starts[v]
        return range(start, start + self.problem.visits[v].days) if start >= 0 else range(0)

    def team_days(self, v: int) -> int:
        """Working days that visit `v` takes, 0 when dropped."""
        return len(self.days(v))

    def out_on(self) -> list[int]:
        """Teams out on each working day."""
        out = [0] * self.problem.n_days
        for v in self.taken:
            for day in self.days(v):
                out[day] += 1
        return out


def verify(problem: Problem, solution: Solution) -> list[str]:
    """Every breach of a limit or of a team's form, one line each; empty when the plan is legal.

    Each line begins with the label of the limit, or with `form` when the plan is no plan at all.
    """
    faults = list(_form(problem, solution))
    if faults:
        return faults
    plan = Plan(problem, solution)
    for limit in problem.limits:
        faults += [f"{limit.label}: {fault}" for fault in CHECKS[type(limit)](plan, limit)]
    faults += _secretary_second(plan)
    return faults


def _form(problem: Problem, solution: Solution) -> Iterable[str]:
    if not len(solution.starts) == len(solution.teams) == len(problem.visits):
        yield "form: the plan does not have one start and one team per visit"
        return
    for v, visit in enumerate(problem.visits):
        start, team = solution.starts[v], solution.teams[v]
        if start < 0:
            if team or start != -1:
                yield f"form: visit {v} is dropped but has a team or start {start}"
            continue
        if start + visit.days > problem.n_days:
            yield f"form: visit {v} runs past the last day"
        if len(team) != visit.size or len(set(team)) != len(team):
            yield f"form: visit {v} has team {team}, wanted {visit.size} different people"
        if any(not 0 <= i < problem.n_inspectors for i in team):
            yield f"form: visit {v} has a team member who does not exist"


def _secretary_second(plan: Plan) -> Iterable[str]:
    for v in plan.taken:
        sets = [
            set(x.inspectors)
            for x in plan.problem.limits
            if isinstance(x, given.Secretary) and x.visit in (-1, v)
        ]
        if sets and (len(plan.teams[v]) < 2 or not any(plan.teams[v][1] in s for s in sets)):
            yield f"form: the second member of visit {v} is not its secretary"


def _must(plan: Plan, limit: given.Must) -> Iterable[str]:
    if plan.starts[limit.visit] < 0:
        yield f"visit {limit.visit} is left out"


def _forbid_starts(plan: Plan, limit: given.ForbidStarts) -> Iterable[str]:
    if plan.starts[limit.visit] in limit.starts:
        yield f"visit {limit.visit} starts on day {plan.starts[limit.visit]}"


def _day_capacity(plan: Plan, limit: given.DayCapacity) -> Iterable[str]:
    for day, out in enumerate(plan.out_on()):
        if out > limit.capacity[day]:
            yield f"day {day} has {out} teams out, {limit.capacity[day]} allowed"


def _week_capacity(plan: Plan, limit: given.WeekCapacity) -> Iterable[str]:
    worked = [0] * len(limit.capacity)
    for day, out in enumerate(plan.out_on()):
        worked[plan.problem.week_of[day]] += out
    for week, days in enumerate(worked):
        if days > limit.capacity[week]:
            yield f"week {week} has {days} team-days, {limit.capacity[week]} allowed"


def _keep_apart(plan: Plan, limit: given.KeepApart) -> Iterable[str]:
    taken = sorted((plan.starts[v], v) for v in set(limit.visits) if plan.starts[v] >= 0)
    for (_, a), (start, b) in combinations(taken, 2):
        free = start - plan.days(a)[-1] - 1
        if free < limit.gap:
            yield f"visits {a} and {b} leave {free} days between them, {limit.gap} wanted"


def _cover_at_least(plan: Plan, limit: given.CoverAtLeast) -> Iterable[str]:
    covered = sum(any(plan.starts[v] >= 0 for v in group) for group in limit.groups)
    if covered < limit.at_least:
        yield f"{covered} groups are covered, {limit.at_least} wanted"


def _at_most_one(plan: Plan, limit: given.AtMostOne) -> Iterable[str]:
    taken = [v for v in limit.visits if plan.starts[v] >= 0]
    if len(taken) > 1:
        yield f"visits {taken} all take place"


def _barred(plan: Plan, limit: given.Barred) -> Iterable[str]:
    for i in set(plan.teams[limit.visit]) & set(limit.inspectors):
        yield f"inspector {i} is on visit {limit.visit}"


def _not_lead(plan: Plan, limit: given.NotLead) -> Iterable[str]:
    for v in plan.taken if limit.visit == -1 else [limit.visit]:
        if plan.starts[v] >= 0 and plan.teams[v][0] in limit.inspectors:
            yield f"inspector {plan.teams[v][0]} leads visit {v}"


def _not_lead_after(plan: Plan, limit: given.NotLeadAfter) -> Iterable[str]:
    for v in plan.taken:
        if plan.teams[v][0] == limit.inspector and plan.days(v)[-1] > limit.last_end:
            yield f"inspector {limit.inspector} leads visit {v}, which ends on {plan.days(v)[-1]}"


def _secretary(plan: Plan, limit: given.Secretary) -> Iterable[str]:
    for v in plan.taken if limit.visit == -1 else [limit.visit]:
        if plan.starts[v] >= 0 and not set(plan.teams[v][1:]) & set(limit.inspectors):
            yield f"visit {v} has no secretary beside its leader"


def _cover(plan: Plan, limit: given.Cover) -> Iterable[str]:
    holders = len(set(plan.teams[limit.visit]) & set(limit.inspectors))
    if plan.starts[limit.visit] >= 0 and holders < limit.at_least:
        yield f"visit {limit.visit} has {holders} of the {limit.at_least} holders wanted"


def _pin_lead(plan: Plan, limit: given.PinLead) -> Iterable[str]:
    if plan.starts[limit.visit] >= 0 and plan.teams[limit.visit][0] != limit.inspector:
        yield f"visit {limit.visit} is not led by inspector {limit.inspector}"


def _not_together(plan: Plan, limit: given.NotTogether) -> Iterable[str]:
    together = sorted(set(plan.teams[limit.visit]) & set(limit.inspectors))
    if len(together) > 1:
        yield f"inspectors {together} are on visit {limit.visit} together"


def _not_both(plan: Plan, limit: given.NotBoth) -> Iterable[str]:
    for a, b in combinations(sorted(set(limit.visits)), 2):
        for i in sorted(set(plan.teams[a]) & set(plan.teams[b])):
            yield f"inspector {i} is on visits {a} and {b}"


def _absent(plan: Plan, limit: given.Absent) -> Iterable[str]:
    for day in sorted(set(limit.days) & plan.busy[limit.inspector].keys()):
        yield f"inspector {limit.inspector} works on day {day}"


def _month_days(plan: Plan, limit: given.MonthDays) -> Iterable[str]:
    worked = [0] * len(limit.capacity)
    for day in plan.busy[limit.inspector]:
        worked[plan.problem.month_of[day]] += 1
    for month, days in enumerate(worked):
        if days > limit.capacity[month]:
            allowed = limit.capacity[month]
            yield f"inspector {limit.inspector} works {days} days in month {month}, {allowed} allowed"


def _one_place(plan: Plan, limit: given.OnePlace) -> Iterable[str]:
    for i, days in enumerate(plan.busy):
        for day, visits in sorted(days.items()):
            if len(visits) > 1:
                yield f"inspector {i} is on visits {visits} on day {day}"


def _keep_free(plan: Plan, limit: given.KeepFree) -> Iterable[str]:
    could = free_teams(plan, limit)
    for week, wanted in enumerate(limit.teams):
        if could[week] < wanted:
            yield f"in week {week} only {could[week]} more team-days could go out, {wanted} wanted"


def free_teams(plan: Plan, limit: given.KeepFree) -> list[int]:
    """Team-days of each week that could still go out besides the plan, as `KeepFree` counts them."""
    problem = plan.problem
    away: list[set[int]] = [set(days) for days in plan.busy]
    room = [problem.n_inspectors] * problem.n_days
    out = plan.out_on()
    for other in problem.limits:
        if isinstance(other, given.Absent):
            away[other.inspector].update(other.days)
        if isinstance(other, given.DayCapacity):
            room = [min(r, c - o) for r, c, o in zip(room, other.capacity, out, strict=True)]
    could = [0] * len(limit.teams)
    for day, week in enumerate(problem.week_of):
        free = {i for i in range(problem.n_inspectors) if day not in away[i]}
        ways = [len(free) // limit.size, len(free.intersection(limit.leaders)), room[day]]
        ways += [len(free.intersection(group)) for group in limit.skills]
        could[week] += max(0, min(ways))
    return could


CHECKS: dict[type, Callable[[Plan, Any], Iterable[str]]] = {
    given.Must: _must,
    given.ForbidStarts: _forbid_starts,
    given.DayCapacity: _day_capacity,
    given.WeekCapacity: _week_capacity,
    given.KeepApart: _keep_apart,
    given.CoverAtLeast: _cover_at_least,
    given.AtMostOne: _at_most_one,
    given.Barred: _barred,
    given.NotLead: _not_lead,
    given.NotLeadAfter: _not_lead_after,
    given.Secretary: _secretary,
    given.Cover: _cover,
    given.PinLead: _pin_lead,
    given.NotTogether: _not_together,
    given.NotBoth: _not_both,
    given.Absent: _absent,
    given.MonthDays: _month_days,
    given.OnePlace: _one_place,
    given.KeepFree: _keep_free,
}
