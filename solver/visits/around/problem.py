"""The question: a plan that stood, what must stay as it is, and how much may change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from solver.result import Goal, Status
from solver.visits.problem import Problem, Solution


@dataclass(frozen=True)
class Around:
    """A plan to change as little as possible. Visits are numbered as in the problem.

    Pins, bans and forced wishes are limits of the problem: change the problem, keep the base.
    """

    base: Solution  # day and team of each visit as they stood; -1: left out there, or new
    frozen: tuple[int, ...] = ()  # visits that stay as in `base`, lawful or not
    new: tuple[int, ...] = ()  # visits unknown to the base: to place one is no change
    void: tuple[int, ...] = ()  # visits whose old place cannot stand, whatever the limits say
    most_changes: int | None = None  # None: as few as can be; else the best goals within so many


@dataclass(frozen=True)
class Replanned:
    """A changed plan, how much changed, and what is proven.

    `least` is proven for every lawful plan: none has fewer changed visits. `counts` holds drops (risk points
    of visits that had a place or are new), changes (visits), people (members who are new on a visit that
    stood) and moved (visits on another day), each with a bound: no lawful plan that is as good in the counts
    before has less. The bounds of
    `goals` hold for plans in which only the `freed` visits differ from the base, within the same counts.
    """

    status: Status
    solution: Solution | None
    changed: tuple[
        int, ...
    ] = ()  # visits that do not stand as in the base; new ones are not among them
    freed: tuple[int, ...] = ()
    least: int = 0
    counts: tuple[Goal, ...] = ()
    goals: tuple[Goal, ...] = ()
    seconds: float = 0.0
    seed: int = 0
    repeatable: bool = True
    note: str = ""
    within: int | None = None  # the budget of changes that was asked for

    def count(self, name: str) -> Goal:
        """One of the counts by name: drops, changes, people, moved."""
        return next(goal for goal in self.counts if goal.name == name)

    @property
    def proven(self) -> bool:
        """Whether no lawful plan that drops as little has fewer changed visits."""
        return all(g.value <= g.bound for g in self.counts if g.name in ("drops", "changes"))


def changed_visits(around: Around, solution: Solution) -> tuple[int, ...]:
    """Visits that do not stand as in the base: other day, other team or roles, left out, or now taken in."""
    new, void = set(around.new), set(around.void)
    before = zip(around.base.starts, around.base.teams, strict=True)
    after = zip(solution.starts, solution.teams, strict=True)
    return tuple(
        v
        for v, (was, now) in enumerate(zip(before, after, strict=True))
        if v not in new and (was != now or v in void)
    )


def people_changed(around: Around, solution: Solution) -> int:
    """Members who are new on visits that stood and still take place."""
    return sum(
        len(set(now) - set(was))
        for was, now in zip(around.base.teams, solution.teams, strict=True)
        if was
    )


def moved_visits(around: Around, solution: Solution) -> int:
    """Visits that stood and now take place on another day."""
    both = zip(around.base.starts, solution.starts, strict=True)
    return sum(was >= 0 and now >= 0 and was != now for was, now in both)


def counted_drops(problem: Problem, around: Around, starts: Sequence[int]) -> int:
    """Risk points of visits left out that had a place or are new; what was left out before costs nothing."""
    new = set(around.new)
    return sum(
        visit.drop_cost
        for v, visit in enumerate(problem.visits)
        if starts[v] < 0 and (around.base.starts[v] >= 0 or v in new)
    )
