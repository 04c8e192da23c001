"""One exchange or one person of a plan of moves, all else standing: other waves, other desks, each checked and priced."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from solver.moves.goals import distance_km, goal_values
from solver.moves.problem import Exchange, MovesProblem, MovesSolution
from solver.moves.reach import TIME, other_desks, out_layers, reach_of
from solver.moves.verify import verify

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class OtherWave:
    """An exchange in another wave: what breaks, or what it costs in each goal more than now."""

    wave: int
    labels: tuple[str, ...]
    change: dict[str, int]


@dataclass(frozen=True)
class OtherDesk:
    """A desk that somebody of this group could hold: which limits keep the person from it, whose it is."""

    desk: int
    labels: tuple[str, ...]  # that take the desk away in every wave
    holder: int  # person who holds it, -1: empty
    km: float | None
    taker: int  # person whom the plan sends there, -1: nobody


def without(solution: MovesSolution, exchange: Exchange) -> MovesSolution:
    """The plan without one exchange."""
    return MovesSolution(tuple(e for e in solution.exchanges if e != exchange))


def exchange_of(solution: MovesSolution, person: int) -> Exchange | None:
    """The exchange in which somebody moves; None when the plan leaves the person."""
    return next((e for e in solution.exchanges if person in e.people), None)


def labels_of(faults: Sequence[str]) -> tuple[str, ...]:
    """Labels that lines of `verify` begin with."""
    return tuple(sorted({fault.split(": ")[0] for fault in faults}))


def other_waves(
    problem: MovesProblem, solution: MovesSolution, exchange: Exchange
) -> list[OtherWave]:
    """The exchange in each other wave, all else standing."""
    rest, now = without(solution, exchange), goal_values(problem, solution)
    before = set(labels_of(verify(problem, solution)))
    found = []
    for wave in range(len(problem.wave_days)):
        if wave == exchange.wave:
            continue
        plan = MovesSolution((*rest.exchanges, replace(exchange, wave=wave)))
        labels = tuple(sorted(set(labels_of(verify(problem, plan))) - before))
        values = goal_values(problem, plan)
        found.append(OtherWave(wave, labels, {k: values[k] - now[k] for k in now}))
    return found


def other_places(
    problem: MovesProblem, solution: MovesSolution, person: int
) -> list[OtherDesk]:
    """Every other desk of the person's group, the nearest first."""
    reach = reach_of(problem)
    desks = other_desks(reach, person)
    layers = out_layers(reach, person, desks)
    holder = {who.desk: p for p, who in enumerate(problem.people) if who.desk >= 0}
    taker = {d: p for e in solution.exchanges for p, d in zip(e.people, e.desks, strict=True)}
    lawful = layers.lawful()
    found = []
    for n, desk in enumerate(desks.tolist()):
        labels = () if lawful[n] else _closing(layers.removed, layers.every, n)
        where = problem.unit_places[problem.desks[desk].unit]
        km = distance_km(problem.people[person], where)
        found.append(OtherDesk(desk, labels, holder.get(desk, -1), km, taker.get(desk, -1)))
    found.sort(key=lambda d: (d.km is None, d.km or 0.0, d.desk))
    return found


def _closing(removed: dict[str, np.ndarray[tuple[int], np.dtype[np.int64]]], every: int, n: int) -> tuple[str, ...]:  # fmt: skip
    """Labels that alone take every wave of an arc; all that take any when only together they do."""
    alone = [label for label, waves in removed.items() if waves[n] == every]
    some = alone or [label for label, waves in removed.items() if waves[n]]
    return tuple(sorted({label.removeprefix(TIME) for label in some}))
