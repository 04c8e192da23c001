"""Better teams at fixed days, from a legal plan: two annealing chains side by side, the better one wins."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from solver.result import Progress
from solver.settings import Settings
from solver.visits.goals import PARTS, goal_values
from solver.visits.problem import Problem, Solution
from solver.visits.teams import chain, moves
from solver.visits.teams.loads import capped_loads, least_largest
from solver.visits.teams.prices import Prices, prices_of
from solver.visits.teams.problem import Ints, Teams, compile_teams
from solver.visits.teams.seating import seated
from solver.visits.teams.state import ENERGY, State, empty_state

MOVES_PER_SECOND = 4_000_000  # that one quiet core surely tries
CHAINS = 2
STEPS, FINISH = 240, 40  # temperatures of the search, and of the strict finish
REPORTS = 20
LOGS = np.array([round(-1024 * math.log((k + 0.5) / 4096)) for k in range(4096)], np.int64)


@dataclass
class Chain:
    """One chain and the best teams that it has met in its finish."""

    state: State
    best: Ints
    least: Ints

    def step(self, weights: Ints, heat: int, moves_tried: int, keep: bool) -> None:
        """Try moves at one temperature; `keep` says whether to note the best teams."""
        if keep and self.least[1] < 0:
            self.least[:] = (1 << 62, 1 << 40)
            self.state.totals[ENERGY] = 0
        temperature = np.array([heat], np.int64)
        rest = (weights, temperature, moves_tried, LOGS, self.best, self.least)
        everything: tuple[Any, ...] = (*self.state.fixed, *self.state.moving, *rest)
        chain.run(*everything)


def polish(
    problem: Problem,
    solution: Solution,
    settings: Settings,
    report: Callable[[Progress], None],
    seconds: float,
    free: Collection[int] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Solution:
    """A plan at least as good in load, pairs and travel, in the planner's order; days stay as they are.

    The same seed and seconds give the same plan on any number of workers: the work is a set number of
    moves. Without `settings.repeatable` the clock decides instead.

    Parameters
    ----------
    solution : a legal plan
    seconds : effort; with one worker the two chains run one after the other and take twice as long
    free : visits whose teams may change (all of them)
    stop : asked now and then; True ends the search early, still with a legal plan
    """
    teams = compile_teams(problem, solution.starts)
    if teams.n == 0 or seconds <= 0:
        return solution
    prices = prices_of(teams)
    chains = [start_chain(teams, solution, prices, settings.seed + k, free) for k in range(CHAINS)]
    _search(chains, prices, settings, report, seconds, stop)
    found = [_solution(teams, solution, each.best) for each in chains]
    return min([solution, *found], key=lambda plan: team_goals(problem, plan))


def team_goals(problem: Problem, solution: Solution) -> tuple[int, ...]:
    """Values of load, pairs and travel in the planner's order, to compare plans on the same days."""
    values = goal_values(problem, solution)
    order = [name for name in problem.goals.order if name in ("load", "pairs", "travel")]
    return tuple(values[part] for name in order for part in PARTS[name])


def start_chain(
    teams: Teams, solution: Solution, prices: Prices, seed: int, free: Collection[int] | None
) -> Chain:
    """A chain that stands at this plan."""
    given = [solution.teams[v] for v in teams.visits]
    staffed = [r for r, team in enumerate(given) if team]
    movable = [r for r in staffed if free is None or int(teams.visits[r]) in free]
    work = int(sum(teams.days[r] * teams.size[r] for r in staffed))
    most = capped_loads(teams.problem, least_largest(teams.problem, work))
    state = empty_state(teams, most, staffed, movable or staffed[:0], seed)
    weights = prices.soft(0.0)
    for r in staffed:
        for place, i in enumerate(given[r]):
            everything: tuple[Any, ...] = (*state.for_change, weights, r, place, i, 1)
            moves.change(*everything)
    return Chain(state, np.array(state.team), np.array([1 << 62, -1], np.int64))


def _search(
    chains: Sequence[Chain], prices: Prices, settings: Settings,
    report: Callable[[Progress], None], seconds: float, stop: Callable[[], bool],
) -> None:  # fmt: skip
    """Run all chains through falling temperatures and rising prices, then the strict finish."""
    began = time.monotonic()
    tries = max(1, int(seconds * MOVES_PER_SECOND / (STEPS + FINISH)))
    with ThreadPoolExecutor(max(1, min(settings.workers, len(chains)))) as pool:
        stage, k = "search", 0
        while stage != "done":
            share = STEPS // REPORTS if stage == "search" else FINISH
            jobs = [pool.submit(_steps, each, prices, stage, k, share, tries) for each in chains]
            for job in jobs:
                job.result()
            k += share
            if not settings.repeatable:
                passed = time.monotonic() - began
                tries = _paced(tries, k, passed, seconds)
            if stage == "finish":
                stage = "done"
            elif k >= STEPS or stop():
                stage, k = "finish", 0
            report(Progress("polish", time.monotonic() - began, note=stage))


def _steps(each: Chain, prices: Prices, stage: str, first: int, count: int, tries: int) -> None:
    if len(each.state.movable) == 0:
        return
    for k in range(first, first + count):
        if stage == "search":
            done = k / (STEPS - 1)
            each.step(prices.soft(done), prices.heat(done), tries, keep=False)
        else:
            each.step(prices.strict, prices.strict_heat(k / (FINISH - 1)), tries, keep=True)


def _paced(tries: int, steps: int, passed: float, seconds: float) -> int:
    """Moves per step so that what is left of the steps fills what is left of the time."""
    left = max(0.0, seconds - passed)
    steps_left = max(1, STEPS + FINISH - steps)
    return max(1, int(tries * (left / steps_left) * steps / max(passed, 1e-6)))


def _solution(teams: Teams, solution: Solution, best: Ints) -> Solution:
    made = list(solution.teams)
    for r, v in enumerate(teams.visits):
        if made[v]:
            made[v] = seated(teams, r, [int(i) for i in best[r] if i >= 0])
    return Solution(solution.starts, tuple(made))
