"""Where one visit could be, and on which visits one person could be, all else standing: ranked, exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from solver.visits.days.problem import Days, compile_days
from solver.visits.problem import Problem, Solution
from solver.visits.roster import Roster
from solver.visits.single.prices import prices_of
from solver.visits.single.teams import each_best

EARLY = ("drops", "timing")  # goals that a day alone decides; the planner's order usually begins so


@dataclass(frozen=True)
class Option:
    """One lawful place for one visit: its day and team, and all goal values of the plan with it."""

    visit: int
    start: int
    team: tuple[int, ...]
    values: dict[str, int]


class Standing:
    """A plan that stands, ready to be asked about one visit or one person at a time."""

    def __init__(self, problem: Problem, plan: Solution) -> None:
        self.problem, self.plan = problem, plan
        self.days: Days = compile_days(problem)
        self.roster = Roster(self.days)
        for v, start in enumerate(plan.starts):
            if start >= 0:
                self.roster.take(v, start, plan.teams[v])

    def without(self, visit: int) -> Solution:
        """The plan without one visit."""
        starts, teams = list(self.plan.starts), list(self.plan.teams)
        starts[visit], teams[visit] = -1, ()
        return Solution(tuple(starts), tuple(teams))

    def places(
        self,
        visit: int,
        most: int | None = None,
        starts: Iterable[int] | None = None,
        teams: int = 1,
    ) -> list[Option]:
        """The lawful places of one visit, the best first in the planner's order of goals.

        Each day has its `teams` best teams. Of equal places the earlier day comes first, then the team
        with the lower numbers.

        Parameters
        ----------
        most : places wanted; None: all
        starts : days looked at; None: all
        """
        was, team = self.plan.starts[visit], self.plan.teams[visit]
        if was >= 0:
            self.roster.drop(visit)
        try:
            return self._places(visit, most, starts, teams)
        finally:
            if was >= 0:
                self.roster.take(visit, was, team)

    def _places(
        self, visit: int, most: int | None, starts: Iterable[int] | None, teams: int
    ) -> list[Option]:
        prices = prices_of(self.problem, self.without(visit), visit)
        wanted = None if starts is None else set(starts)
        cost = self.problem.visits[visit].start_cost
        open_days = [
            s for s in self.roster.open_starts(visit).tolist() if wanted is None or s in wanted
        ]
        days_first = self.problem.goals.order[:2] == EARLY
        open_days.sort(key=lambda s: (cost[s] if days_first else 0, s))
        found: list[tuple[tuple[int, ...], int, list[int], Option]] = []
        for _, same in groupby(open_days, key=lambda s: cost[s] if days_first else 0):
            if most is not None and len(found) >= most:
                break
            for start, best in each_best(self.roster, prices, list(same), teams):
                for team in best:
                    values = prices.values(start, team)
                    option = Option(visit, start, team, values)
                    found.append((prices.rank(values), start, sorted(team), option))
        found.sort(key=lambda entry: entry[:3])
        return [option for *_, option in found[:most]]

    def joins(self, person: int, most: int | None = None) -> list[Option]:
        """Visits on which somebody could take one member's place, the day unchanged; the best first."""
        found: list[tuple[tuple[int, ...], int, list[int], Option]] = []
        for visit, start in enumerate(self.plan.starts):
            if start >= 0 and person not in self.plan.teams[visit]:
                found += self._joins(person, visit, start)
        found.sort(key=lambda entry: entry[:3])
        return [option for *_, option in found[:most]]

    def joins_at(self, visit: int) -> list[Option]:
        """Every lawful exchange of one member of a visit for one other person, the best first."""
        start, team = self.plan.starts[visit], self.plan.teams[visit]
        found: list[tuple[tuple[int, ...], int, list[int], Option]] = []
        for person in range(self.problem.n_inspectors):
            if start >= 0 and person not in team:
                found += self._joins(person, visit, start)
        found.sort(key=lambda entry: entry[:3])
        return [option for *_, option in found]

    def _joins(
        self, person: int, visit: int, start: int
    ) -> list[tuple[tuple[int, ...], int, list[int], Option]]:
        team = self.plan.teams[visit]
        self.roster.drop(visit)
        try:
            if person not in self.roster.candidates(visit, start):
                return []
            seated = [self._seated(visit, start, team, out, person) for out in team]
        finally:
            self.roster.take(visit, start, team)
        prices = None
        found = []
        for new in seated:
            if new is not None:
                prices = prices or prices_of(self.problem, self.without(visit), visit)
                values = prices.values(start, new)
                option = Option(visit, start, new, values)
                found.append((prices.rank(values), start, sorted(new), option))
        return found

    def _seated(
        self, visit: int, start: int, team: Sequence[int], out: int, person: int
    ) -> tuple[int, ...] | None:
        """The team with one member exchanged, in lawful roles; None when it is not lawful."""
        people = sorted({*team, person} - {out})
        needs = self.roster.needs[visit]
        covered = all(len(held.intersection(people)) >= least for held, least in needs.covers)
        apart = all(len(group.intersection(people)) <= 1 for group in needs.not_together)
        seats = self.roster.in_roles(visit, start, people) if covered and apart else None
        return seats if seats and self.roster.leaves_free(visit, start, seats) else None
