"""For each goal of a plan of moves what no plan can beat, and under which condition that is proven."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from solver.effort import Effort
from solver.moves.bound import total_bound, trivial
from solver.moves.goals import ORDER
from solver.moves.problem import Goals, MovesProblem
from solver.moves.relaxed.year import Ints, compile_year
from solver.result import Goal

NOTHING = Goals(0, 0, 1, 0, 0, 0, 0)
SHARE = 0.3  # of the effort that is left, for the least number of unplaced people


def goal_bounds(problem: MovesProblem, values: dict[str, int], effort: Effort) -> tuple[Goal, ...]:
    """Goals in the order of `goals.ORDER`, then "total".

    The bound of `unplaced` holds for any plan. Those of the others hold for plans that leave as few
    people unplaced as this one ("goals before"): everybody who moves makes the cheapest lawful move.
    The bound of "total" is the sum of what is proven so for any plan; `total_bound` knows a better one.
    """
    prices = problem.goals
    unplaced = _unplaced(problem, values["unplaced"], effort)
    stays = values["unplaced"] // max(1, prices.unplaced)
    least = {
        "late": replace(NOTHING, late_day=prices.late_day),
        "helpers": NOTHING,
        "distance": replace(NOTHING, distance_square=prices.distance_square),
        "touched": replace(NOTHING, touched=prices.touched),
        "early": replace(NOTHING, early_month=prices.early_month),
    }
    bounds = {name: _each_cheapest(problem, name, only, stays) for name, only in least.items()}
    bounds |= {"unplaced": unplaced, "wishes": _wishes(problem), "changed": 0}
    found = [
        Goal(
            name, values[name], min(values[name], bounds[name]),
            "any plan" if name in ("unplaced", "wishes", "changed") else "goals before",
        )
        for name in ORDER
    ]  # fmt: skip
    total = sum(values[name] for name in ORDER)
    return (
        *found,
        Goal(
            "total",
            total,
            min(total, max(unplaced + _wishes(problem), _trivial(problem))),
            "any plan",
        ),
    )


def _unplaced(problem: MovesProblem, value: int, effort: Effort) -> int:
    """Price of the people whom no plan can place, in whole people; 0 when nobody is left out."""
    price = problem.goals.unplaced
    if value <= 0 or price <= 0:
        return 0
    bare = replace(
        problem, goals=replace(NOTHING, unplaced=price), wishes=(), published=(), unit_places=_nowhere(problem),
        people=tuple(replace(who, helper_cost=0) for who in problem.people),
    )  # fmt: skip
    settings = replace(effort.settings, time_limit_s=SHARE * effort.left)
    part = Effort(settings)
    bound = total_bound(bare, settings, part, None, lambda _: None)
    effort.charge(part.spent)
    effort.cut |= part.cut
    return price * max(0, -(-bound // price))


def _each_cheapest(problem: MovesProblem, name: str, only: Goals, stays: int) -> int:
    """What the due cost in one goal if each makes the cheapest move for it and `stays` of them stay."""
    if name == "helpers":
        return 0
    places = problem.unit_places if name == "distance" else _nowhere(problem)
    bare = replace(problem, goals=only, wishes=(), published=(), unit_places=places)
    year = compile_year(bare)
    due = np.array([who.due for who in problem.people], bool)
    cheapest = np.zeros(len(due), np.int64)
    if name in ("late", "early"):
        cheapest = year.time.min(axis=1, initial=1 << 22).astype(np.int64)
    elif len(problem.unit_places):
        inside = (year.unit[:, None] == np.arange(year.way.shape[1])) * year.inside
        cheapest = (year.way - inside).min(axis=1).astype(np.int64)
    return _sum_without_largest(np.maximum(cheapest[due], 0), stays)


def _sum_without_largest(cost: Ints, stays: int) -> int:
    return int(np.sort(cost)[: max(0, len(cost) - stays)].sum())


def _wishes(problem: MovesProblem) -> int:
    """Everybody gets the dearest wish."""
    dearest: dict[int, int] = {}
    for person, _, weight in problem.wishes:
        dearest[person] = max(dearest.get(person, 0), weight)
    return -problem.goals.wish * sum(dearest.values())


def _trivial(problem: MovesProblem) -> int:
    return trivial(compile_year(problem))


def _nowhere(problem: MovesProblem) -> tuple[None, ...]:
    return (None,) * len(problem.unit_places)
