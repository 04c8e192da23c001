"""The limits of a year of moves, written into the plain model one by one."""

from __future__ import annotations

from collections import defaultdict

from ortools.sat.python import cp_model

from solver.moves import problem as given
from solver.moves.problem import MovesProblem

Move = tuple[int, int, int]  # person, desk, wave
Takes = dict[Move, cp_model.IntVar]


def lawful_moves(problem: MovesProblem) -> list[Move]:
    """(person, desk, wave) of each move that no limit on a single move forbids."""
    by_group = defaultdict(list)
    for number, desk in enumerate(problem.desks):
        by_group[desk.group].append(number)
    closed = {w for x in problem.limits if isinstance(x, given.Closed) for w in x.waves}
    elsewhere = any(isinstance(x, given.Elsewhere) for x in problem.limits)
    away: dict[int, set[int]] = defaultdict(set)
    units: dict[tuple[int, int], set[int]] = defaultdict(set)
    desks: set[tuple[int, int]] = set()
    every = range(len(problem.wave_days))
    for limit in problem.limits:
        if isinstance(limit, given.Away):
            away[limit.person].update(limit.waves)
        elif isinstance(limit, given.BarredUnit):
            units[limit.person, limit.unit].update(limit.waves or every)
        elif isinstance(limit, given.BarredDesk):
            desks.add((limit.person, limit.desk))
    return [
        (person, desk, wave)
        for person, who in enumerate(problem.people)
        for desk in (by_group[who.group] if who.group >= 0 else ())
        if desk != who.desk and (person, desk) not in desks
        if not elsewhere or _is_elsewhere(problem, who.desk, desk)
        for wave in every
        if wave not in closed and wave not in away[person]
        if wave not in units[person, problem.desks[desk].unit]
    ]


def _is_elsewhere(problem: MovesProblem, own: int, desk: int) -> bool:
    if own < 0:
        return True
    old, new = problem.desks[own], problem.desks[desk]
    if old.unit != new.unit:
        return True
    return any(
        a >= 0 and b >= 0 and a != b for a, b in ((old.field, new.field), (old.area, new.area))
    )


def add_limits(problem: MovesProblem, model: cp_model.CpModel, takes: Takes) -> None:
    """Caps of units and leaders, people kept apart, and moves that must be."""
    leaving, leaders = defaultdict(list), defaultdict(list)
    entering, moving = defaultdict(list), defaultdict(list)
    for (person, desk, wave), var in takes.items():
        own = problem.people[person].desk
        entering[person, problem.desks[desk].unit].append(var)
        moving[person].append((desk, wave, var))
        if own >= 0:
            leaving[problem.desks[own].unit, wave].append(var)
            if problem.desks[own].leads:
                leaders[problem.desks[own].unit, wave].append(var)
    for limit in problem.limits:
        if isinstance(limit, given.UnitCap | given.LeaderCap):
            taken: dict[tuple[int, int], int] = defaultdict(int)
            for unit, wave, used in limit.taken:
                taken[unit, wave] += used
            count = leaving if isinstance(limit, given.UnitCap) else leaders
            for (unit, wave), several in count.items():
                cap = limit.cap[unit] if isinstance(limit, given.UnitCap) else limit.cap
                model.add(sum(several) <= max(0, cap - taken[unit, wave]))
        elif isinstance(limit, given.Apart):
            for unit in range(len(problem.unit_places)):
                model.add_at_most_one(entering[limit.first, unit] + entering[limit.second, unit])
        elif isinstance(limit, given.MustMove):
            good = [
                var
                for desk, wave, var in moving[limit.person]
                if (not limit.desks or desk in limit.desks)
                and (not limit.waves or wave in limit.waves)
            ]
            model.add_exactly_one(good) if good else model.add_bool_or([])
