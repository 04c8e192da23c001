"""Tiny problems about teams: a few visits on given days, a few inspectors, and the limits a test names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations, product
from random import Random
from typing import Any

from solver.result import Progress
from solver.settings import Settings
from solver.visits import problem as given
from solver.visits.problem import GoalData, Limit, Problem, Solution, Visit
from solver.visits.teams.model import Staffed, staff
from solver.visits.verify import verify

N_DAYS = 10  # two weeks of five days, the second in the next month


def crew(
    n_inspectors: int,
    visits: Sequence[tuple[int, int, int]],
    limits: Sequence[Limit] = (),
    rng: Random | None = None,
    **goals: int | tuple[str, ...],
) -> tuple[Problem, tuple[int, ...]]:
    """A problem with these visits, each (start, days, size), and the starts."""
    rng = rng or Random(0)
    data = GoalData(
        available=(N_DAYS,) * n_inspectors,
        past_days=(0,) * n_inspectors,
        pair_limit=1,
        cluster_limit=1,
        distance=tuple(tuple(rng.randrange(50) for _ in visits) for _ in range(n_inspectors)),
        week_target=(0, 0),
    )
    made = tuple(
        Visit(f"V{v}", v, v % 2, days, size, 1 + v, (0,) * N_DAYS)
        for v, (_, days, size) in enumerate(visits)
    )
    weeks, months = (0,) * 5 + (1,) * 5, (0,) * 5 + (1,) * 5
    problem = Problem(
        N_DAYS, n_inspectors, len(visits), weeks, months, (0,) * N_DAYS, made, tuple(limits),
        GoalData(**{**vars(data), **goals}),
    )  # fmt: skip
    return problem, tuple(start for start, _, _ in visits)


def staffed(problem: Problem, starts: tuple[int, ...]) -> Staffed:
    """Teams within a second of effort, already verified."""
    found = staff(problem, starts, Settings(), silent, 1.0)
    assert verify(without_must(problem), plan_of(found, starts)) == []
    return found


def plan_of(found: Staffed, starts: tuple[int, ...]) -> Solution:
    """The staffed visits as a plan, the others dropped."""
    kept = tuple(-1 if v in found.unstaffed else start for v, start in enumerate(starts))
    return Solution(kept, found.teams)


def silent(line: Progress) -> None:
    """Take a line of progress and do nothing with it."""


def every_plan(problem: Problem, starts: tuple[int, ...]) -> Iterator[Solution]:
    """Every legal way to staff any of the visits, one seating each: only for a handful of people.

    A team that breaks a limit alone also breaks it beside others, so each visit's teams are sifted first.
    """
    bare = without_must(problem)
    nobody = Solution((-1,) * len(starts), ((),) * len(starts))

    def sifted(v: int) -> Iterator[tuple[int, ...]]:
        yield ()
        for team in combinations(range(problem.n_inspectors), problem.visits[v].size):
            for seats in _seats(team) if starts[v] >= 0 else []:
                plan = Solution(_with(nobody.starts, v, starts[v]), _with(nobody.teams, v, seats))
                if not verify(bare, plan):
                    yield seats
                    break

    for teams in product(*[list(sifted(v)) for v in range(len(starts))]):
        kept = tuple(s if team else -1 for s, team in zip(starts, teams, strict=True))
        if not verify(bare, Solution(kept, teams)):
            yield Solution(kept, teams)


def _with(items: tuple[Any, ...], place: int, item: Any) -> tuple[Any, ...]:
    return (*items[:place], item, *items[place + 1 :])


def _seats(team: tuple[int, ...]) -> list[tuple[int, ...]]:
    firsts = list(permutations(team, min(2, len(team))))
    return [(*first, *(i for i in team if i not in first)) for first in firsts]


def without_must(problem: Problem) -> Problem:
    """The same problem with every visit free to be left out."""
    limits = tuple(x for x in problem.limits if not isinstance(x, given.Must))
    return Problem(**{**vars(problem), "limits": limits})


def random_limits(rng: Random, n_inspectors: int, n_visits: int) -> list[Limit]:
    """A few limits of every kind on people, often tight."""
    people = range(n_inspectors)

    def some(least: int) -> tuple[int, ...]:
        return tuple(sorted(rng.sample(people, rng.randint(least, n_inspectors))))

    def any_visit() -> int:
        return rng.randrange(n_visits)

    made: list[Limit] = [
        given.NotLead(-1, some(0)[:-1], "rank"),
        given.Barred(any_visit(), some(1)[:1], "interest"),
        given.Cover(any_visit(), some(2), 1, "skill"),
        given.NotTogether(any_visit(), some(2)[:2], "pair"),
        given.NotBoth(tuple(sorted({any_visit(), any_visit()})), "previous"),
        given.Absent(rng.randrange(n_inspectors), tuple(range(rng.randrange(5), 6)), "leave"),
        given.MonthDays(rng.randrange(n_inspectors), (rng.randint(0, 4), rng.randint(0, 4)), "cap"),
        given.NotLeadAfter(rng.randrange(n_inspectors), rng.randrange(N_DAYS), "rotation"),
        given.Secretary(rng.choice([-1, any_visit()]), some(2), "secretary"),
        given.Secretary(any_visit(), some(2), "second secretary"),
        given.PinLead(any_visit(), rng.randrange(n_inspectors), "pin"),
        given.KeepFree((rng.randint(0, 6), rng.randint(0, 6)), 2, some(1), (some(1),), "reserve"),
        given.DayCapacity((n_visits,) * N_DAYS, "teams"),
    ]
    return [given.OnePlace("one"), *rng.sample(made, rng.randint(3, len(made) - 1))]
