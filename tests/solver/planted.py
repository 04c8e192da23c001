"""Tiny problems: a random legal plan first, then limits that it keeps; and the best plan by trying all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, permutations
from random import Random

from solver.visits import problem as given
from solver.visits.problem import GoalData, Limit, Problem, Solution, Visit
from solver.visits.verify import verify


def tiny(
    *visits: tuple[int, int],
    limits: tuple[Limit, ...] = (),
    n_days: int = 10,
    n_inspectors: int = 3,
    costs: tuple[tuple[int, ...], ...] | None = None,
    drop_cost: int = 10,
) -> Problem:
    """A problem that one person can hold in mind: visits as (days, size), weeks of five days.

    Month 0 is days 0-4, month 1 days 5-9 and so on. Nobody is in two places.
    """
    flat = (0,) * n_days
    made = tuple(
        Visit(f"V{v}", v, v % 2, days, size, drop_cost, costs[v] if costs else flat)
        for v, (days, size) in enumerate(visits)
    )
    weeks = tuple(d // 5 for d in range(n_days))
    n_weeks = weeks[-1] + 1
    goals = GoalData(
        available=(n_days,) * n_inspectors,
        past_days=(0,) * n_inspectors,
        pair_limit=2,
        cluster_limit=3,
        distance=tuple(
            tuple(10 * (i + u) for u in range(len(visits))) for i in range(n_inspectors)
        ),
        week_target=(2,) * n_weeks,
    )
    always = (given.OnePlace("one-place"),)
    return Problem(
        n_days, n_inspectors, len(visits), weeks, weeks, (0,) * n_days, made, always + limits, goals
    )


def planted(
    seed: int, most_days: int = 15, most_people: int = 6, most_visits: int = 4
) -> tuple[Problem, Solution]:
    """A tiny problem with many limits and a plan that keeps them all."""
    rng = Random(seed)
    n_days, n_inspectors = rng.randint(5, most_days), rng.randint(3, most_people)
    shapes = [(rng.randint(1, 3), rng.randint(2, 3)) for _ in range(rng.randint(1, most_visits))]
    costs = tuple(tuple(rng.randint(0, 9) for _ in range(n_days)) for _ in shapes)
    problem = tiny(*shapes, n_days=n_days, n_inspectors=n_inspectors, costs=costs)
    plan = _random_plan(rng, problem)
    kept = list(problem.limits)
    for _ in range(20):
        limit = _random_limit(rng, problem, plan)
        if not verify(replace(problem, limits=(*kept, limit)), plan):
            kept.append(limit)
    return replace(problem, limits=tuple(kept)), plan


def unplanted(seed: int) -> Problem:
    """A tiny problem with limits that may clash."""
    problem, plan = planted(seed, 6, 4, 3)
    rng = Random(seed)
    more = tuple(_random_limit(rng, problem, plan) for _ in range(rng.randint(3, 10)))
    return replace(problem, limits=problem.limits + more)


def _random_plan(rng: Random, problem: Problem) -> Solution:
    starts, teams = [], []
    for visit in problem.visits:
        starts.append(rng.randrange(problem.n_days - visit.days + 1))
        teams.append(tuple(rng.sample(range(problem.n_inspectors), visit.size)))
        trial = Solution(
            (*starts, *[-1] * (len(problem.visits) - len(starts))),
            (*teams, *[()] * (len(problem.visits) - len(teams))),
        )
        if verify(problem, trial):
            starts[-1], teams[-1] = -1, ()
    return Solution(tuple(starts), tuple(teams))


def _random_limit(rng: Random, problem: Problem, plan: Solution) -> Limit:
    n, people, days = len(problem.visits), problem.n_inspectors, problem.n_days
    v, i = rng.randrange(n), rng.randrange(people)
    some = tuple(sorted(rng.sample(range(people), rng.randint(1, people))))
    pair = tuple(sorted(rng.sample(range(n), min(2, n))))
    weeks, months = problem.week_of[-1] + 1, problem.month_of[-1] + 1
    off = tuple(sorted(rng.sample(range(days), rng.randint(1, days // 2))))
    lead = plan.teams[v][0] if plan.teams[v] else i
    choices: list[Limit] = [
        given.Must(v, "must"),
        given.ForbidStarts(v, off, "forbid"),
        given.DayCapacity(tuple(rng.randint(0, 2) for _ in range(days)), "day"),
        given.WeekCapacity(tuple(rng.randint(1, 6) for _ in range(weeks)), "week"),
        given.KeepApart(pair, rng.randint(0, 4), "apart"),
        given.CoverAtLeast(tuple((w,) for w in range(n)), rng.randint(0, n), "cover-visits"),
        given.AtMostOne(pair, "once"),
        given.Barred(v, some[:2], "barred"),
        given.NotLead(rng.choice([-1, v]), some[:2], "not-lead"),
        given.NotLeadAfter(i, rng.randrange(-1, days), "not-lead-after"),
        given.Secretary(rng.choice([-1, v]), some, "secretary"),
        given.Cover(v, some, rng.randint(1, 2), "cover"),
        given.PinLead(v, lead, "pin"),
        given.NotTogether(v, some[:2], "not-together"),
        given.NotBoth(pair, "not-both"),
        given.Absent(i, off, "absent"),
        given.MonthDays(i, tuple(rng.randint(0, 4) for _ in range(months)), "month"),
        given.KeepFree(
            tuple(rng.randint(0, 4) for _ in range(weeks)), 2, some, (some[:2],), "free"
        ),
    ]
    return rng.choice(choices)


def best_by_trying(problem: Problem) -> tuple[int, int] | None:
    """Least (dropped, timing) of any legal plan, found by trying every plan; None when there is none."""
    costs = [
        [(visit.drop_cost, 0, -1)]
        + [(0, visit.start_cost[s], s) for s in range(problem.n_days - visit.days + 1)]
        for visit in problem.visits
    ]
    for drops, timing, starts in sorted(_all_starts(costs)):
        if any(_all_plans(problem, starts)):
            return drops, timing
    return None


def _all_starts(
    costs: list[list[tuple[int, int, int]]],
) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    if not costs:
        yield 0, 0, ()
        return
    for drop, time, start in costs[0]:
        for drops, timing, starts in _all_starts(costs[1:]):
            yield drop + drops, time + timing, (start, *starts)


def _all_plans(problem: Problem, starts: tuple[int, ...]) -> Iterator[Solution]:
    """Every legal plan on these days, visit by visit; half a plan that is illegal never becomes legal."""
    n = len(starts)
    lasting = tuple(x for x in problem.limits if not isinstance(x, given.Must | given.CoverAtLeast))
    growing = replace(problem, limits=lasting)

    def staffed(teams: tuple[tuple[int, ...], ...]) -> Iterator[Solution]:
        v = len(teams)
        begun = Solution((*starts[:v], *[-1] * (n - v)), (*teams, *[()] * (n - v)))
        if verify(growing, begun):
            return
        if v == n:
            if not verify(problem, begun):
                yield begun
            return
        for team in all_teams(problem, v) if starts[v] >= 0 else [()]:
            yield from staffed((*teams, team))

    yield from staffed(())


def all_teams(problem: Problem, visit: int) -> Iterator[tuple[int, ...]]:
    """Every leader, second, and others in one order."""
    size, people = problem.visits[visit].size, range(problem.n_inspectors)
    for front in permutations(people, min(2, size)):
        for rest in combinations([i for i in people if i not in front], size - len(front)):
            yield (*front, *rest)
