"""What one more person on one visit adds to each goal, the rest of a plan standing: exact, piece by piece.

The sum of person-days is the same for every team of a visit, so fair shares are too, and every goal but the
largest load and the pairs falls apart into people.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from solver.visits.goals import fair_loads, goal_values, in_order, load_of
from solver.visits.problem import Problem, Solution

TEAM_PARTS = ("load_max", "load_spread", "pairs", "clusters", "travel")
TEAM_OF = {
    "load": ("load_max", "load_spread"),
    "pairs": ("pairs", "clusters"),
    "travel": ("travel",),
}


@dataclass(frozen=True)
class Prices:
    """Additions to the goals for one visit: of each person, and of two people who were together before."""

    problem: Problem
    visit: int
    before: dict[
        str, int
    ]  # goal values without the visit, its person-days counted in the fair shares
    share: tuple[int, ...]  # thousandths of usable days that each person would have worked
    spread: tuple[int, ...]
    cluster: tuple[int, ...]
    travel: tuple[int, ...]
    common: Counter[tuple[int, int]]  # visits that two people already share

    def pair(self, i: int, j: int) -> int:
        """1 when these two would be together above the limit."""
        pair = (i, j) if i < j else (j, i)
        return int(self.common[pair] >= self.problem.goals.pair_limit)

    def values(self, start: int, team: tuple[int, ...]) -> dict[str, int]:
        """All goal values of the plan with the visit on this day with this team."""
        now, visit = dict(self.before), self.problem.visits[self.visit]
        now["timing"] += visit.start_cost[start]
        now["load_max"] = max(now["load_max"], *(self.share[i] for i in team))
        now["load_spread"] += sum(self.spread[i] for i in team)
        now["pairs"] += sum(self.pair(i, j) for i, j in combinations(team, 2))
        now["clusters"] += sum(self.cluster[i] for i in team)
        now["travel"] += sum(self.travel[i] for i in team)
        now["spread"] += self._week(start, visit.days)
        return now

    def rank(self, values: dict[str, int]) -> tuple[int, ...]:
        """The values in the planner's order."""
        return in_order(self.problem, values)

    def _week(self, start: int, days: int) -> int:
        """What the days add to the distance from the wished team-days of their weeks."""
        wished = self.problem.goals.week_target
        added = Counter(self.problem.week_of[d] for d in range(start, start + days))
        return sum(
            abs(self._worked[w] + n - wished[w]) - abs(self._worked[w] - wished[w])
            for w, n in added.items()
        )

    _worked: tuple[int, ...] = ()  # team-days of each week without the visit


def prices_of(problem: Problem, rest: Solution, visit: int) -> Prices:
    """The prices for a visit that is not in the plan `rest`."""
    goals, owed = problem.goals, problem.visits[visit]
    loads = load_of(problem, rest)
    fair = fair_loads(problem, sum(loads) + owed.size * owed.days)
    off = [abs(10 * n - f) for n, f in zip(loads, fair, strict=True)]
    then = [abs(10 * (n + owed.days) - f) for n, f in zip(loads, fair, strict=True)]
    common = Counter(p for team in rest.teams for p in combinations(sorted(team), 2))
    seen = Counter(
        i
        for v, team in enumerate(rest.teams)
        if owed.cluster >= 0 and problem.visits[v].cluster == owed.cluster
        for i in team
    )
    worked = [0] * len(goals.week_target)
    for v, start in enumerate(rest.starts):
        for day in range(start, start + problem.visits[v].days) if start >= 0 else ():
            worked[problem.week_of[day]] += 1
    before = goal_values(problem, rest)
    before["drops"] -= owed.drop_cost
    before["load_spread"] = sum(off)
    return Prices(
        problem, visit, before,
        share=tuple(
            -(-1000 * (n + owed.days) // have) if have > 0 else 0
            for n, have in zip(loads, goals.available, strict=True)
        ),
        spread=tuple(t - o for t, o in zip(then, off, strict=True)),
        cluster=tuple(
            int(owed.cluster >= 0 and seen[i] >= goals.cluster_limit)
            for i in range(problem.n_inspectors)
        ),
        travel=tuple(goals.distance[i][owed.unit] for i in range(problem.n_inspectors)),
        common=common, _worked=tuple(worked),
    )  # fmt: skip
