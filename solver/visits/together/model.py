"""The best days and teams for freed visits, and the plan with them put in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from solver.effort import Effort
from solver.search import search
from solver.visits.roster import Roster
from solver.visits.together.limits import ALWAYS, LIMITS
from solver.visits.together.variables import Together, choose_together

Put = dict[int, tuple[int, tuple[int, ...]]]  # visit -> start (-1: dropped) and team


@dataclass(frozen=True)
class Answer:
    """Start and team for each freed visit, or None; `bound` holds for the freed visits alone."""

    put: Put | None
    bound: int
    optimal: bool
    infeasible: bool
    seconds: float


def search_together(
    roster: Roster,
    starts: Mapping[int, Sequence[int]],
    members: Mapping[int, Sequence[int]],
    drop_weight: int,
    effort: Effort,
    seconds: float,
    *,
    now: Put | None = None,
    seed: int | None = None,
    charged: bool = True,
    priced: bool = True,
) -> Answer:
    """The cheapest way to place the freed visits beside the roster: drop_weight * drops + timing.

    Parameters
    ----------
    roster : plan without the freed visits
    starts, members : what each freed visit may choose from
    now : where the freed visits are, as a hint
    priced : whether to seek the cheapest way, or any
    """
    model = limited(roster, starts, members)
    price: list[cp_model.LinearExprT] = []
    for v, free in model.freed.items() if priced else ():
        price += [cost * free.start[s] for s, cost in free.cost.items() if cost]
        price.append(drop_weight * roster.problem.visits[v].drop_cost * free.dropped)
    if price:
        model.cp.minimize(sum(price))
    if now is not None:
        hint(model, now)
    found = search(
        model.cp,
        model.variables,
        effort,
        seconds,
        seed=seed,
        charged=charged,
        linearization_level=2,
    )
    if found.values is None:
        return Answer(
            None, found.bound, optimal=False, infeasible=found.infeasible, seconds=found.seconds
        )
    put = read(model, found.values.tolist())
    return Answer(put, found.bound, found.optimal and put is not None, False, found.seconds)


def limited(
    roster: Roster, starts: Mapping[int, Sequence[int]], members: Mapping[int, Sequence[int]]
) -> Together:
    """The choices of the freed visits under every limit, beside the roster; nothing is sought yet."""
    model = choose_together(roster, starts, members)
    for always in ALWAYS:
        always(model)
    for limit in roster.problem.limits:
        if type(limit) in LIMITS:
            LIMITS[type(limit)](model, limit)
    return model


def hint(model: Together, now: Put) -> None:
    """Tells the search where the freed visits are."""
    for v, free in model.freed.items():
        start, team = now[v]
        model.cp.add_hint(free.dropped, start < 0)
        for s, x in free.start.items():
            model.cp.add_hint(x, s == start)
        for i, x in free.member.items():
            model.cp.add_hint(x, i in team)


def read(model: Together, values: list[int]) -> Put | None:
    """Starts and teams from the values, leader first; None when roles cannot be shared out."""
    value = iter(values)
    put: Put = {}
    for v, free in model.freed.items():
        start = [s for s in free.start if next(value)]
        next(value)
        people = [i for i in free.member if next(value)]
        if not start:
            put[v] = (-1, ())
            continue
        team = model.roster.in_roles(v, start[0], people)
        if team is None:
            return None
        put[v] = (start[0], team)
    return put
