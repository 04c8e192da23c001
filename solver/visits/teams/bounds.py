"""How good teams could be at best: counting for loads, a Lagrangian for travel."""

from __future__ import annotations

from typing import Literal

import numpy as np

from solver.effort import Effort
from solver.result import Goal
from solver.settings import Settings
from solver.visits.goals import fair_loads, goal_values
from solver.visits.problem import Problem, Solution
from solver.visits.teams.lagrange import Lagrangian, Wanted, best_bound
from solver.visits.teams.loads import capped_loads, least_largest, least_spread
from solver.visits.teams.problem import Ints, Teams, compile_teams
from solver.visits.teams.state import empty_state

STEPS_PER_SECOND = 20_000_000  # of the search for cheapest teams, on one quiet core
Condition = Literal["any plan", "these days", "these loads", "these days and loads"]


def team_bounds(
    problem: Problem, solution: Solution, settings: Settings, seconds: float
) -> tuple[Goal, ...]:
    """Values and bounds of load_max, load_spread, pairs, clusters and travel.

    "any plan" speaks of all plans, "these days" of those with the same visits on the same days.
    Each bound holds for plans that are as good in the goals that come before it in the planner's order;
    those that come later are not asked for. Repeated pairs and clusters are counted against all the pairs,
    and all the people for each cluster, that there are.
    """
    values = goal_values(problem, solution)
    teams = compile_teams(problem, solution.starts)
    staffed = np.array([r for r, v in enumerate(teams.visits) if solution.teams[v]], np.int64)
    work = int((teams.days[staffed] * teams.size[staffed]).sum())
    largest = min(values["load_max"], least_largest(problem, work))
    most = capped_loads(problem, values["load_max"])
    spread = least_spread(fair_loads(problem, work), work, most)
    travel = _travel(teams, solution, staffed, values, most, settings, seconds)
    order = problem.goals.order
    complete = len(staffed) == len(problem.visits) and order.index("drops") < order.index("load")
    loads: Condition = "any plan" if complete else "these days"
    rows: tuple[tuple[str, int, Condition], ...] = (
        ("load_max", max(0, largest), loads),
        ("load_spread", min(values["load_spread"], spread), loads),
        ("pairs", min(values["pairs"], _pairs(teams, staffed)), loads),
        ("clusters", min(values["clusters"], _clusters(teams, staffed)), loads),
        ("travel", travel, "these days"),
    )
    return tuple(Goal(name, values[name], bound, condition) for name, bound, condition in rows)


def _pairs(teams: Teams, staffed: Ints) -> int:
    """Common visits of all pairs, less what all pairs together may have without cost."""
    size, people = teams.size[staffed], teams.problem.n_inspectors
    free = teams.problem.goals.pair_limit * (people * (people - 1) // 2)
    return max(0, int((size * (size - 1) // 2).sum()) - free)


def _clusters(teams: Teams, staffed: Ints) -> int:
    """The same for visits of people in each cluster."""
    free = teams.problem.goals.cluster_limit * teams.problem.n_inspectors
    where, size = teams.cluster[staffed], teams.size[staffed]
    return sum(max(0, int(size[where == c].sum()) - free) for c in set(where[where >= 0].tolist()))


def _travel(
    teams: Teams, solution: Solution, staffed: Ints, values: dict[str, int], most: Ints,
    settings: Settings, seconds: float,
) -> int:  # fmt: skip
    problem = teams.problem
    if len(staffed) == 0 or problem.n_inspectors == 0:
        return 0
    order = problem.goals.order
    before = set(order[: order.index("travel")])
    state = empty_state(teams, most, staffed.tolist(), staffed.tolist(), settings.seed)
    for r in staffed:
        team = solution.teams[int(teams.visits[r])]
        state.team[r, : len(team)] = team
    wanted = Wanted(
        most=most if "load" in before else None,
        spread=values["load_spread"] if "load" in before else None,
        pairs=values["pairs"] if "pairs" in before else None,
        clusters=values["clusters"] if "pairs" in before else None,
        pair_limit=problem.goals.pair_limit,
        cluster_limit=problem.goals.cluster_limit,
    )
    dual = Lagrangian(state, state.room, staffed, wanted)
    clock = Effort(settings)
    steps = int(seconds * STEPS_PER_SECOND)
    if settings.repeatable:
        return best_bound(dual, values["travel"], steps)
    return best_bound(dual, values["travel"], 1 << 30, lambda: clock.seconds < seconds)
