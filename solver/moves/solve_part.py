"""A small problem of moves solved exactly over the exchanges looked at, in whole numbers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

from solver.moves.exchanges import MOST, Choices, choices
from solver.moves.problem import Exchange, MovesProblem, MovesSolution

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SECONDS = 4.0  # deterministic time of one solve


@dataclass(frozen=True)
class Solved:
    """The best plan found; `proven` when no lawful plan of the small problem is cheaper."""

    solution: MovesSolution | None
    proven: bool


def solve_part(
    problem: MovesProblem, focus: int = -1, standing: Sequence[Exchange] = ()
) -> MovesSolution | None:
    """The cheapest plan over each person's most likely exchanges; None when none keeps all limits."""
    return solve_exactly(problem, focus, standing).solution


def solve_exactly(
    problem: MovesProblem,
    focus: int = -1,
    standing: Sequence[Exchange] = (),
    thorough: bool = False,
    limit: int = MOST,
) -> Solved:
    """The cheapest plan over the exchanges of `choices`, and whether it is proven to be the cheapest of all."""
    found = choices(problem, focus, standing, thorough, limit)
    model = cp_model.CpModel()
    takes = [model.new_bool_var("") for _ in found.exchanges]
    for number in _standing(found, standing):
        model.add_hint(takes[number], True)
    for row, most, exactly in _rows(found):
        columns = [takes[column] for column in row]
        if most == 1 and len(columns) == sum(row.values()):
            (model.add_exactly_one if exactly else model.add_at_most_one)(columns)
        else:
            total = cp_model.LinearExpr.weighted_sum(columns, list(row.values()))
            model.add(total <= most)
    saved = [
        points - sum(found.prize[p] for p in e.people)
        for e, points in zip(found.exchanges, found.points, strict=True)
    ]
    model.minimize(cp_model.LinearExpr.weighted_sum(takes, saved))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = SECONDS
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Solved(None, status == cp_model.INFEASIBLE and found.every)
    chosen = tuple(
        e for e, take in zip(found.exchanges, takes, strict=True) if solver.boolean_value(take)
    )
    return Solved(MovesSolution(chosen), status == cp_model.OPTIMAL and found.every)


Row = tuple[dict[int, int], int, bool]  # exchange -> times, most, exactly


def _standing(found: Choices, standing: Sequence[Exchange]) -> list[int]:
    stands = {(frozenset(zip(e.people, e.desks, strict=True)), e.wave) for e in standing}
    return [
        number
        for number, e in enumerate(found.exchanges)
        if (frozenset(zip(e.people, e.desks, strict=True)), e.wave) in stands
    ]


def _rows(found: Choices) -> Iterator[Row]:
    """What no plan may take too much of: people, empty desks, caps, units of people kept apart."""
    limits = found.compiled.limits
    used = _uses(found)
    for person in np.flatnonzero(limits.must).tolist():
        yield used.pop(("person", person, 0), {}), 1, True
    for (kind, one, other), row in used.items():
        if kind in ("person", "desk"):
            yield row, 1, False
        elif kind in ("unit", "leader"):
            cap = limits.unit_cap if kind == "unit" else limits.leader_cap
            if sum(row.values()) > cap[one, other]:
                yield row, int(cap[one, other]), False
    for first, second in limits.apart.tolist():
        for unit in range(len(found.compiled.problem.unit_places)):
            here, there = used.get(("to", first, unit)), used.get(("to", second, unit))
            if here and there:
                both = sorted(here.keys() | there.keys())
                yield {c: here.get(c, 0) + there.get(c, 0) for c in both}, 1, False


def _uses(found: Choices) -> dict[tuple[str, int, int], dict[int, int]]:
    """(kind of row, its numbers) -> exchanges that use it, and how often."""
    problem, holder = found.compiled.problem, found.compiled.holder.tolist()
    apart = set(found.compiled.limits.apart.ravel().tolist())
    used: dict[tuple[str, int, int], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for number, e in enumerate(found.exchanges):
        for person, desk in zip(e.people, e.desks, strict=True):
            used["person", person, 0][number] = 1
            if holder[desk] < 0:
                used["desk", desk, 0][number] = 1
            if person in apart:
                used["to", person, problem.desks[desk].unit][number] = 1
            left = problem.people[person].desk
            if left >= 0:
                unit = problem.desks[left].unit
                used["unit", unit, e.wave][number] += 1
                if problem.desks[left].leads:
                    used["leader", unit, e.wave][number] += 1
    return used
