"""For each goal of a plan of moves what no plan can beat, and under which condition that is proven."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from solver.effort import Effort
from solver.moves.bound import CAPPED_PER_SECOND, PRICED_PER_SECOND, total_bound
from solver.moves.goals import ORDER
from solver.moves.problem import Goals, MovesProblem
from solver.moves.relaxed.master import SCALE
from solver.moves.relaxed.pricing import Part, parts
from solver.moves.relaxed.safe import capped, cheapest_moves
from solver.moves.relaxed.year import NEVER, Ints, Year, compile_year, times
from solver.result import Goal

NOTHING = Goals(0, 0, 1, 0, 0, 0, 0)
MONTHS = (1, 4, 12, 40)  # of lateness, at which staying is priced
COUNTED = 1_000  # points for each person who stays, when only they are counted
Known = tuple[Ints, Ints, Ints]  # as in `total_bound`
SHARE = 0.3  # of the effort that is left, for the least number of unplaced people


def goal_bounds(
    problem: MovesProblem, values: dict[str, int], effort: Effort, columns: Known | None = None
) -> tuple[Goal, ...]:
    """Goals in the order of `goals.ORDER`, then "total".

    The bound of `unplaced` holds for any plan. Those of the others hold for plans that leave as few
    people unplaced as this one ("goals before"): everybody who moves makes the cheapest lawful move.
    The bound of "total" is the sum of what is proven so for any plan; `total_bound` knows a better one.
    """
    prices = problem.goals
    unplaced = _unplaced(problem, values["unplaced"], effort, columns)
    stays = values["unplaced"] // max(1, prices.unplaced)
    bounds = {name: 0 for name in ORDER} | _each_cheapest(problem, stays, effort)
    bounds |= {"unplaced": unplaced, "wishes": least_wishes(problem)}
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
            min(total, unplaced + least_wishes(problem)),
            "any plan",
        ),
    )


def _unplaced(problem: MovesProblem, value: int, effort: Effort, columns: Known | None) -> int:
    """Price of the people whom no plan can place, in whole people; 0 when nobody is left out."""
    price = problem.goals.unplaced
    if value <= 0 or price <= 0:
        return 0
    bare = replace(
        problem, goals=replace(NOTHING, unplaced=COUNTED), wishes=(), published=(),
        unit_places=_nowhere(problem),
        people=tuple(replace(who, helper_cost=0) for who in problem.people),
    )  # fmt: skip
    settings = replace(effort.settings, time_limit_s=SHARE * effort.left)
    part = Effort(settings)
    bound = total_bound(bare, settings, part, None, lambda _: None, columns)
    effort.charge(part.spent)
    effort.cut |= part.cut
    return price * max(0, -(-bound // COUNTED))


def _each_cheapest(problem: MovesProblem, stays: int, effort: Effort) -> dict[str, int]:
    """What the due cost at least, goal by goal, if at most `stays` of them stay."""
    prices, due = problem.goals, np.array([who.due for who in problem.people], bool)
    only = replace(NOTHING, distance_square=prices.distance_square)
    people = tuple(replace(who, helper_cost=0) for who in problem.people)
    year = compile_year(replace(problem, goals=only, wishes=(), published=(), people=people))
    whole = parts(year)
    effort.charge(year.way.size / PRICED_PER_SECOND)
    bare = replace(year, way=np.zeros_like(year.way), inside=0)
    units = 2 * prices.touched - prices.touched * (year.own < 0)
    steps = np.broadcast_to(units[:, None], year.way.shape).astype(np.int32)
    looked = {
        "distance": year,
        "touched": replace(bare, way=steps, inside=prices.touched),
        "early": _timed(bare, replace(NOTHING, early_month=prices.early_month)),
    }
    lowest = {
        name: cheapest_moves(x, whole).min(axis=1, initial=NEVER) for name, x in looked.items()
    }
    found = {name: _sum_without_largest(low[due], stays) for name, low in lowest.items()}
    late = _timed(bare, replace(NOTHING, late_day=prices.late_day))
    found["late"] = max(
        _late(late, whole, 30 * months * prices.late_day, stays) for months in MONTHS
    )
    effort.charge(len(MONTHS) * int(due.sum()) * year.time.shape[1] / CAPPED_PER_SECOND)
    return found


def _timed(year: Year, prices: Goals) -> Year:
    """The year with nothing to pay but the time of a move; closed waves and absences stay."""
    return replace(year, time=times(replace(year.problem, goals=prices)))


def _late(year: Year, whole: list[Part], price: int, stays: int) -> int:
    """Days late under the caps, staying priced like this and `stays` people let off that price."""
    due = np.array([who.due for who in year.problem.people], bool)
    stayed = replace(year, stay=np.where(due, price, 0).astype(np.int64))
    paid = capped(stayed, cheapest_moves(stayed, whole))
    return max(0, -(-paid.value(stayed) // SCALE) - price * stays)


def _sum_without_largest(cost: Ints, stays: int) -> int:
    return int(np.sort(cost)[: max(0, len(cost) - stays)].sum())


def least_wishes(problem: MovesProblem) -> int:
    """Points of wishes in a plan in which everybody gets the dearest one: at most 0 and never beaten."""
    dearest: dict[int, int] = {}
    for person, _, weight in problem.wishes:
        dearest[person] = max(dearest.get(person, 0), weight)
    return -problem.goals.wish * sum(dearest.values())


def _nowhere(problem: MovesProblem) -> tuple[None, ...]:
    return (None,) * len(problem.unit_places)
