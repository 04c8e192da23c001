"""Replanning: fewest dropped, fewest changed visits and people, then least cost; or within K changes."""

from __future__ import annotations

from collections.abc import Callable

from solver.effort import Effort
from solver.result import Goal, Progress, Status
from solver.settings import Settings
from solver.visits.around.base import base_of, least_changes
from solver.visits.around.cheaper import Whole, least_cost
from solver.visits.around.exchange import spend
from solver.visits.around.problem import (
    Around,
    Replanned,
    changed_visits,
    counted_drops,
    moved_visits,
    people_changed,
)
from solver.visits.around.rest import what_is_left
from solver.visits.around.search import Making, fewest, start_making
from solver.visits.goals import PARTS, goal_values
from solver.visits.problem import Problem, Solution

Report = Callable[[Progress], None]


def replan(problem: Problem, around: Around, settings: Settings, report: Report) -> Replanned:
    """The lawful plan nearest to the base.

    Without `most_changes`: least risk points dropped (a must never), then fewest changed visits, then fewest
    people who are new on a visit that stood, then fewest visits on another day, then the year's goals in
    their order. With it, or with the
    least that can be if that is more: the goals in their order, at most so many visits changed.
    What is frozen stays, even where it breaks a limit; all else keeps every limit.
    """
    effort = Effort(settings)
    report(Progress("repair", 0.0))
    making, whole = begin(problem, around, effort)
    if not making.legal(making.now):
        return failed(making)
    report(Progress("repair", effort.seconds, making.rank(making.now)[1], making.bounds[1]))
    if around.most_changes is None:
        bounds = least_cost(making, whole)
    else:
        bounds = spend(making, whole, around.most_changes)
    return answer(problem, around, making, whole, bounds)


def failed(making: Making) -> Replanned:
    """No plan, and whether that is proven."""
    effort = making.effort
    return Replanned(
        Status.INFEASIBLE if making.infeasible else Status.UNKNOWN,
        None,
        least=making.least.changes,
        seconds=round(effort.seconds, 3),
        seed=effort.settings.seed,
        repeatable=effort.repeatable,
    )


def begin(problem: Problem, around: Around, effort: Effort) -> tuple[Making, Whole]:
    """The plan with the fewest changes, before the year's goals are looked at."""
    rest = what_is_left(problem, around.base, around.frozen)
    base = base_of(rest, around)
    making = start_making(base, least_changes(base, effort, 2.0), effort)
    fewest(making)
    return making, Whole(problem, around.base, rest)


def answer(
    problem: Problem, around: Around, making: Making, whole: Whole, bounds: dict[str, int]
) -> Replanned:
    """What was made, in the numbers of the whole problem."""
    solution = whole.rest.whole(around.base, making.now)
    changed = changed_visits(around, solution)
    counts = (
        counted_drops(problem, around, solution.starts),
        len(changed),
        people_changed(around, solution),
        moved_visits(around, solution),
    )
    names = ("drops", "changes", "people", "moved")
    least = making.bounds if around.most_changes is None else (0, making.least.changes, 0, 0)
    return Replanned(
        status=Status.FEASIBLE,
        solution=solution,
        changed=changed,
        freed=tuple(whole.rest.visits[v] for v in sorted(making.freed)),
        least=making.least.changes,
        counts=tuple(
            Goal(name, value, min(value, bound), "any plan")
            for name, value, bound in zip(names, counts, least, strict=True)
        ),
        goals=_goals(problem, solution, making, bounds),
        seconds=round(making.effort.seconds, 3),
        seed=making.effort.settings.seed,
        repeatable=making.effort.repeatable,
        within=around.most_changes,
    )


def _goals(
    problem: Problem, solution: Solution, making: Making, bounds: dict[str, int]
) -> tuple[Goal, ...]:
    """The year's goals; a bound of 0 where none was found. Nothing changed: nothing can be better."""
    values = goal_values(problem, solution)
    still = not making.changed(making.now) and not making.base.new
    return tuple(
        Goal(
            part, values[part],
            values[part] if still else max(0, min(values[part], bounds.get(part, 0))),
            "these changes",
        )
        for name in problem.goals.order
        for part in PARTS[name]
    )  # fmt: skip
