"""Spending a budget of changes where the year's goals gain most."""

from __future__ import annotations

from random import Random

from solver.visits.around.cheaper import Whole, Within, cheapen
from solver.visits.around.search import CHUNK, Making
from solver.visits.problem import Solution
from solver.visits.teams.anneal import polish

WIDTH = 8  # visits looked at together in a large year
STALLS = 6  # rounds without gain after which it ends
BUILDING = 0.4  # seconds of effort that one round's models take to build
POLISH = 0.5  # seconds of effort for the annealing of teams at the end


def spend(making: Making, whole: Whole, most: int) -> dict[str, int]:
    """The best plan in the year's goals that is found with at most `most` changed visits.

    In a small year one model after another over everything: exact. In a large one neighbourhoods of
    visits that cost much, then an annealing of the teams of those that changed.
    """
    most = max(most, making.rank(making.now)[1])
    if making.small:
        everything = list(range(len(making.now.starts)))
        making.freed.update(everything)
        return cheapen(making, whole, everything, Within(None, most, None))
    rng, stalls = Random(making.effort.settings.seed), 0
    loose = sorted(set(making.changed(making.now)) | making.base.new)
    if 0 < len(loose) <= CHUNK:
        _look(making, whole, loose, most)
    while stalls < STALLS and making.effort.left > 2 * POLISH + BUILDING:
        before = whole.rank(making.now)
        _look(making, whole, _costly(making, whole, most, rng), most)
        stalls = 0 if whole.rank(making.now) < before else stalls + 1
    _anneal(making, whole)
    return {}


def _look(making: Making, whole: Whole, freed: list[int], most: int) -> None:
    """Frees these visits within what the others leave of the changes."""
    making.effort.charge(BUILDING)
    inside = most - len(set(making.changed(making.now)) - set(freed))
    cheapen(making, whole, freed, Within(None, inside, None))
    making.freed.update(freed)


def _costly(making: Making, whole: Whole, most: int, rng: Random) -> list[int]:
    """Some visits that changed already, and some that cost much."""
    base, now = making.base, making.now
    changed = making.changed(now)
    loose = sorted(set(changed) | base.new)
    share = WIDTH if len(changed) >= most else WIDTH // 2
    picked = rng.sample(loose, min(len(loose), share))
    rest = [v for v in range(len(now.starts)) if v not in loose]
    weight = [1 + _cost(whole, now, v) for v in rest]
    while rest and len(picked) < WIDTH:
        k = rng.choices(range(len(rest)), weight)[0]
        picked.append(rest.pop(k))
        weight.pop(k)
    return sorted(picked)


def _cost(whole: Whole, now: Solution, v: int) -> int:
    """What a visit costs in what is dropped, late or far, roughly in hundreds of metres."""
    problem = whole.rest.problem
    visit = problem.visits[v]
    if now.starts[v] < 0:
        return 100_000 * visit.drop_cost
    far = sum(problem.goals.distance[i][visit.unit] for i in now.teams[v])
    return 1000 * visit.start_cost[now.starts[v]] + far


def _anneal(making: Making, whole: Whole) -> None:
    """Better teams for the visits that changed anyway; their days stay."""
    free = set(making.changed(making.now)) | making.base.new
    free = {v for v in free if making.now.starts[v] >= 0}
    if not free or making.effort.left < POLISH:
        return
    numbers = {whole.rest.visits[v] for v in free}
    plan = whole.rest.whole(whole.base, making.now)
    better = whole.rest.part(
        polish(
            whole.problem, plan, making.effort.settings, lambda progress: None, POLISH, numbers,
            stop=lambda: making.effort.wall_left <= 0,
        )
    )  # fmt: skip
    making.effort.charge(POLISH)
    if whole.rank(better) < whole.rank(making.now) and making.legal(better):
        making.now = better
