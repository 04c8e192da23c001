"""What a plan costs on each goal: the one definition that solving, bounds and reports share."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from solver.visits.problem import Problem, Solution

PARTS = {
    "drops": ("drops",),
    "timing": ("timing",),
    "load": ("load_max", "load_spread"),
    "pairs": ("pairs", "clusters"),
    "travel": ("travel",),
    "spread": ("spread",),
}  # what each name in GoalData.order stands for


def goal_values(problem: Problem, solution: Solution) -> dict[str, int]:
    """Value of every goal of a plan; smaller is better for each of them.

    Returns
    -------
    dict with drops (risk points), timing (risk points x days), load_max (thousandths of the usable days
    of the inspector who is used most), load_spread (tenths of a day away from the fair share, summed),
    pairs (common visits above the limit), clusters (visits in one cluster above the limit), travel
    (hundreds of metres) and spread (team-days away from the weekly target, summed)
    """
    loads = load_of(problem, solution)
    return {
        "drops": sum(
            visit.drop_cost
            for visit, start in zip(problem.visits, solution.starts, strict=True)
            if start < 0
        ),
        "timing": sum(
            visit.start_cost[start]
            for visit, start in zip(problem.visits, solution.starts, strict=True)
            if start >= 0
        ),
        "load_max": _load_max(problem, loads),
        "load_spread": _load_spread(problem, loads),
        "pairs": _pairs(problem, solution),
        "clusters": _clusters(problem, solution),
        "travel": _travel(problem, solution),
        "spread": _spread(problem, solution),
    }


def in_order(problem: Problem, values: dict[str, int]) -> tuple[int, ...]:
    """The values in the planner's order of goals, to compare two plans with `<`."""
    return tuple(values[part] for name in problem.goals.order for part in PARTS[name])


def load_of(problem: Problem, solution: Solution) -> list[int]:
    """Days that each inspector works."""
    loads = [0] * problem.n_inspectors
    for visit, team in zip(problem.visits, solution.teams, strict=True):
        for i in team:
            loads[i] += visit.days
    return loads


def fair_loads(problem: Problem, person_days: int) -> list[int]:
    """Tenths of days each inspector would work if all years' work were shared by usable days.

    The work of this year and the days still remembered from earlier years are shared together;
    what somebody did before is taken off, and nobody owes less than nothing.
    """
    available, past = problem.goals.available, problem.goals.past_days
    total = sum(available)
    if total == 0:
        return [0] * problem.n_inspectors
    work = person_days + sum(past)
    return [
        max(0, (20 * (have * work - before * total) + total) // (2 * total))
        for have, before in zip(available, past, strict=True)
    ]


def _load_max(problem: Problem, loads: list[int]) -> int:
    shares = [
        -(-1000 * load // have)
        for load, have in zip(loads, problem.goals.available, strict=True)
        if have > 0
    ]
    return max(shares, default=0)


def _load_spread(problem: Problem, loads: list[int]) -> int:
    fair = fair_loads(problem, sum(loads))
    return sum(abs(10 * load - target) for load, target in zip(loads, fair, strict=True))


def _pairs(problem: Problem, solution: Solution) -> int:
    common = Counter(pair for team in solution.teams for pair in combinations(sorted(team), 2))
    return sum(max(0, n - problem.goals.pair_limit) for n in common.values())


def _clusters(problem: Problem, solution: Solution) -> int:
    seen = Counter(
        (i, visit.cluster)
        for visit, team in zip(problem.visits, solution.teams, strict=True)
        if visit.cluster >= 0
        for i in team
    )
    return sum(max(0, n - problem.goals.cluster_limit) for n in seen.values())


def _travel(problem: Problem, solution: Solution) -> int:
    return sum(
        problem.goals.distance[i][visit.unit]
        for visit, team in zip(problem.visits, solution.teams, strict=True)
        for i in team
    )


def _spread(problem: Problem, solution: Solution) -> int:
    worked = [0] * len(problem.goals.week_target)
    for visit, start in zip(problem.visits, solution.starts, strict=True):
        if start >= 0:
            for day in range(start, start + visit.days):
                worked[problem.week_of[day]] += 1
    return sum(abs(n - wish) for n, wish in zip(worked, problem.goals.week_target, strict=True))
