"""Tiny plans that stood and problems that changed since; and the nearest plan by trying every plan."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random

from solver.visits.around.problem import (
    Around,
    changed_visits,
    counted_drops,
    moved_visits,
    people_changed,
)
from solver.visits.goals import goal_values, in_order
from solver.visits.problem import Problem, Solution
from solver.visits.verify import verify
from tests.solver.planted import _all_plans, _random_limit, planted


def changed(seed: int, n_limits: int = 3) -> tuple[Problem, Around]:
    """A planted plan, some of its visits frozen or new, and limits that may break it; no frozen one breaks."""
    problem, plan = planted(seed, 5, 4, 3)
    rng = Random(seed)
    n = len(problem.visits)
    new = tuple(v for v in range(n) if rng.random() < 0.15)
    base = Solution(
        tuple(-1 if v in new else s for v, s in enumerate(plan.starts)),
        tuple(() if v in new else t for v, t in enumerate(plan.teams)),
    )
    more = tuple(_random_limit(rng, problem, plan) for _ in range(rng.randint(1, n_limits)))
    problem = replace(problem, limits=problem.limits + more)
    frozen = tuple(v for v in range(n) if base.starts[v] >= 0 and rng.random() < 0.2)
    alone = Solution(
        tuple(s if v in frozen else -1 for v, s in enumerate(base.starts)),
        tuple(t if v in frozen else () for v, t in enumerate(base.teams)),
    )
    lasting = [f for f in verify(problem, alone) if "left out" not in f and "groups" not in f]
    return problem, Around(base, () if lasting else frozen, new)


def every_plan(problem: Problem, around: Around) -> Iterator[Solution]:
    """Every legal plan in which what is frozen stands."""
    days = [[-1, *range(problem.n_days - visit.days + 1)] for visit in problem.visits]
    for v in around.frozen:
        days[v] = [around.base.starts[v]]
    for starts in product(*days):
        for plan in _all_plans(problem, starts):
            if all(plan.teams[v] == around.base.teams[v] for v in around.frozen):
                yield plan


def distance(problem: Problem, around: Around, plan: Solution) -> tuple[int, int, int, int]:
    """Drops, changed visits, changed people, moved visits: what comes before the year's goals."""
    return (
        counted_drops(problem, around, plan.starts),
        len(changed_visits(around, plan)),
        people_changed(around, plan),
        moved_visits(around, plan),
    )


def goals(problem: Problem, plan: Solution) -> tuple[int, ...]:
    """Goals in the planner's order."""
    return in_order(problem, goal_values(problem, plan))
