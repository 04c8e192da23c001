"""Spending a budget of changes where the year's goals gain most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from solver.visits.around.cheaper import Whole, Within, cheapen, least_cost
from solver.visits.around.search import CHUNK, Making, with_put
from solver.visits.problem import Solution
from solver.visits.single.options import Standing
from solver.visits.teams.anneal import polish

WIDTH = 8  # visits whose days are looked at together in a large year
STALLS = 6  # rounds without gain after which it ends
BUILDING = 0.7  # seconds of effort that the models of one look at days take to build
SINGLE = 0.02  # seconds of effort to find the best place of one visit
POLISH = 0.4  # seconds of effort for one annealing of teams


def spend(making: Making, whole: Whole, most: int) -> dict[str, int]:
    """The best plan in the year's goals that is found with at most `most` changed visits.

    In a small year one model after another over everything: exact. In a large one, in turn, the days of a
    few visits that cost much, and the teams of those that changed and of as many more as may change.
    """
    most = max(most, making.rank(making.now)[1])
    least_cost(making, whole)
    if making.small:
        everything = list(range(len(making.now.starts)))
        making.freed.update(everything)
        return cheapen(making, whole, everything, Within(None, most, None))
    rng, stalls = Random(making.effort.settings.seed), 0
    loose = sorted(set(making.changed(making.now)) | making.base.new)
    for at in range(0, len(loose), CHUNK):
        _days(making, whole, loose[at : at + CHUNK], most)
    while stalls < STALLS and making.effort.left > BUILDING + POLISH:
        before = whole.rank(making.now)
        _teams(making, whole, _picked(making, whole, most, rng), rng.randrange(2**31))
        if any(whole.values(making.now)[name] for name in ("drops", "timing")):
            _days(making, whole, _picked(making, whole, most, rng, WIDTH), most)
        stalls = 0 if whole.rank(making.now) < before else stalls + 1
    while _one_by_one(making, whole, most):
        pass
    return {}


def _one_by_one(making: Making, whole: Whole, most: int) -> bool:
    """Puts each visit that may change where it is best by itself; whether that made the plan better."""
    standing = Standing(whole.problem, whole.rest.whole(whole.base, making.now))
    better = False
    for v, number in enumerate(whole.rest.visits):
        if making.effort.left <= 0:
            return False
        changed = making.changed(making.now)
        if making.now.starts[v] < 0 or (v not in changed and len(changed) >= most):
            continue
        making.effort.charge(SINGLE)
        for place in standing.places(number, most=1):
            plan = _as_before(making, with_put(making.now, {v: (place.start, place.team)}))
            if whole.rank(plan) < whole.rank(making.now) and making.legal(plan):
                making.now, better = plan, True
                making.freed.add(v)
                standing = Standing(whole.problem, whole.rest.whole(whole.base, plan))
    return better


def _days(making: Making, whole: Whole, freed: Sequence[int], most: int) -> None:
    """Better days for these visits, within what the others leave of the changes."""
    making.effort.charge(BUILDING)
    inside = most - len(set(making.changed(making.now)) - set(freed))
    cheapen(making, whole, freed, Within(None, inside, None), only_days=True)
    making.freed.update(freed)


def _picked(
    making: Making, whole: Whole, most: int, rng: Random, width: int | None = None
) -> list[int]:
    """Visits that changed already, some of them if `width` says so, and others that cost much.

    Without a width as many others as may still change, so that whatever becomes of them is within budget.
    """
    base, now = making.base, making.now
    loose = sorted(set(making.changed(now)) | base.new)
    rest = [v for v in range(len(now.starts)) if v not in loose]
    picked = loose
    room = most - len(making.changed(now))
    if width is not None:
        picked = rng.sample(loose, min(len(loose), width // 2))
        room = width - len(picked)
    weight = [1 + _cost(whole, now, v) for v in rest]
    while rest and room > 0:
        k = rng.choices(range(len(rest)), weight)[0]
        picked = [*picked, rest.pop(k)]
        weight.pop(k)
        room -= 1
    return sorted(picked)


def _cost(whole: Whole, now: Solution, v: int) -> int:
    """What a visit costs in what is dropped, late or far, roughly in hundreds of metres."""
    problem = whole.rest.problem
    visit = problem.visits[v]
    if now.starts[v] < 0:
        return 100_000 * visit.drop_cost
    far = sum(problem.goals.distance[i][visit.unit] for i in now.teams[v])
    return 1000 * visit.start_cost[now.starts[v]] + far


def _teams(making: Making, whole: Whole, freed: Sequence[int], seed: int) -> None:
    """Better teams for these visits on their days: a short annealing that leaves all others alone."""
    free = {v for v in freed if making.now.starts[v] >= 0}
    making.effort.charge(POLISH)
    if not free:
        return
    making.freed.update(free)
    numbers = {whole.rest.visits[v] for v in free}
    plan = whole.rest.whole(whole.base, making.now)
    settings = replace(making.effort.settings, seed=seed)
    better = whole.rest.part(
        polish(
            whole.problem, plan, settings, lambda progress: None, POLISH / 2, numbers,
            stop=lambda: making.effort.wall_left <= 0,
        )
    )  # fmt: skip
    better = _as_before(making, better)
    if whole.rank(better) < whole.rank(making.now) and making.legal(better):
        making.now = better


def _as_before(making: Making, plan: Solution) -> Solution:
    """The plan with the old roles where a visit has its old day and people again."""
    teams = list(plan.teams)
    for v, team in enumerate(teams):
        start, was = making.base.place(v)
        if plan.starts[v] == start and sorted(was) == sorted(team) and v not in making.base.broken:
            teams[v] = was
    return Solution(plan.starts, tuple(teams))
