"""The plan that stood, as far as it still can: which visits are broken, and how few can change at least."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from solver.effort import Effort
from solver.visits import problem as given
from solver.visits.around.problem import Around
from solver.visits.around.rest import Rest
from solver.visits.days.problem import Days, compile_days
from solver.visits.problem import Problem, Solution
from solver.visits.roster import Roster
from solver.visits.together.model import search_together
from solver.visits.verify import verify

Place = tuple[int, tuple[int, ...]]


@dataclass(frozen=True)
class Base:
    """The base of the visits that may change. `broken`: the old place is unlawful, looked at alone."""

    days: Days  # nothing in it is a must: who must take place is priced (`price`), so that much is found
    must: frozenset[int]
    plan: Solution
    new: frozenset[int]
    broken: frozenset[int]
    out_before: frozenset[int]  # left out in the base, and known to it

    @property
    def problem(self) -> Problem:
        """The problem of the visits that may change."""
        return self.days.problem

    def price(self, v: int) -> int:
        """What leaving a visit out counts: its risk points, a must above all others together."""
        visits = self.problem.visits
        most = sum(visit.drop_cost for visit in visits) + 1 if v in self.must else 0
        return 0 if v in self.out_before and v not in self.must else visits[v].drop_cost + most

    def place(self, v: int) -> Place:
        """Day and team of a visit as they stood."""
        return self.plan.starts[v], self.plan.teams[v]


def base_of(rest: Rest, around: Around) -> Base:
    """What of the base still can stand, each visit looked at alone."""
    days, plan = compile_days(rest.problem), rest.part(around.base)
    new = frozenset(rest.numbers(around.new))
    out = {v for v, start in enumerate(plan.starts) if start < 0} - new
    must = frozenset(np.flatnonzero(days.must).tolist())
    broken = set(rest.numbers(around.void)) | (out & must)
    roster = Roster(days)
    for v, start in enumerate(plan.starts):
        if start >= 0 and not stands_alone(roster, v, start, plan.teams[v]):
            broken.add(v)
    loose = replace(days, must=np.zeros(days.n_visits, bool))
    return Base(loose, must, plan, new, frozenset(broken - new), frozenset(out))


def stands_alone(roster: Roster, v: int, start: int, team: tuple[int, ...]) -> bool:
    """Whether a visit may be on this day with this team in these roles, beside the roster."""
    needs, end = roster.needs[v], start + roster.length(v) - 1
    if len(team) != roster.size(v) or len(set(team)) != len(team):
        return False
    if max(team) >= roster.problem.n_inspectors or not roster.may_take(v, start, team):
        return False
    leads = team[0] not in needs.no_lead and end <= roster.last_lead[team[0]]
    leads = leads and not set(needs.lead) - {team[0]}
    writes = all(len(team) > 1 and held.intersection(team[1:]) for held in needs.secretaries)
    second = not needs.secretaries or any(team[1] in held for held in needs.secretaries)
    covered = all(len(held.intersection(team)) >= least for held, least in needs.covers)
    apart = all(len(group.intersection(team)) <= 1 for group in needs.not_together)
    return leads and writes and second and covered and apart


@dataclass(frozen=True)
class Least:
    """Changed visits that no lawful plan can do without; `beside` had to give way to each other."""

    changes: int
    beside: tuple[int, ...]
    sure: bool  # these very visits change in every plan with the fewest changes


def least_changes(base: Base, effort: Effort, seconds: float) -> Least:
    """A proven least number of changed visits: the most that can stand, what changes left aside."""
    stand = [v for v, s in enumerate(base.plan.starts) if s >= 0 and v not in base.broken]
    stand = [v for v in stand if v not in base.new]
    light = without_orders(base.problem)
    if not verify(light, _only(base.plan, stand)):
        return Least(len(base.broken), (), sure=True)
    days = _counting(base.days, light)
    roster = Roster(days)
    answer = search_together(
        roster,
        {v: [base.plan.starts[v]] for v in stand},
        {v: base.plan.teams[v] for v in stand},
        1,
        effort,
        seconds,
    )
    put = answer.put or {}
    gone = tuple(v for v in stand if put.get(v, (-1, ()))[0] < 0)
    return Least(len(base.broken) + max(0, answer.bound), gone, sure=False)


def without_orders(problem: Problem) -> Problem:
    """The problem in which no visit must take place."""
    limits = tuple(x for x in problem.limits if not isinstance(x, given.Must | given.CoverAtLeast))
    return replace(problem, limits=limits)


def _only(plan: Solution, visits: Iterable[int]) -> Solution:
    inside = set(visits)
    return Solution(
        tuple(s if v in inside else -1 for v, s in enumerate(plan.starts)),
        tuple(t if v in inside else () for v, t in enumerate(plan.teams)),
    )


def _counting(days: Days, light: Problem) -> Days:
    """The same days where a visit left out counts one, whatever it is, and no day costs anything."""
    flat = (0,) * light.n_days
    visits = tuple(replace(v, drop_cost=1, start_cost=flat) for v in light.visits)
    return replace(
        days,
        problem=replace(light, visits=visits),
        drop_cost=np.ones(days.n_visits, np.int64),
        cost=np.zeros(days.n_columns, np.int64),
    )
