"""A relaxation put into a problem for one person, and which parts of it a plan then makes use of."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from solver.moves.problem import (
    Away,
    BarredDesk,
    BarredUnit,
    Closed,
    CycleLength,
    Elsewhere,
    LeaderCap,
    Limit,
    MovesProblem,
    MovesSolution,
    MustMove,
    UnitCap,
)
from solver.moves.why import Relaxation, Used

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

PIN = "pin:"


def with_newcomers(problem: MovesProblem, relaxations: Collection[Relaxation]) -> MovesProblem:
    """The problem with all newcomers behind its own people and desks, none of whom may move yet."""
    people, desks, limits = list(problem.people), list(problem.desks), list(problem.limits)
    every = tuple(range(len(problem.wave_days)))
    for relaxation in relaxations:
        for newcomer in relaxation.newcomers:
            number, desk = len(people), len(desks)
            people.append(replace(newcomer.person, desk=desk))
            desks.append(newcomer.desk)
            limits.append(Away(number, every, _idle(relaxation)))
            for limit in newcomer.limits:
                limits.append(_renumbered(limit, number))
    return replace(problem, people=tuple(people), desks=tuple(desks), limits=tuple(limits))


def _idle(relaxation: Relaxation) -> str:
    return f"\0newcomer:{relaxation.label}"


def _renumbered(limit: Limit, person: int) -> Limit:
    if isinstance(limit, Away | BarredUnit | BarredDesk):
        return replace(limit, person=person)
    message = f"a newcomer cannot have a limit of the kind {limit.type}"
    raise ValueError(message)


def relaxed(
    problem: MovesProblem, person: int, relaxation: Relaxation, only: Used | None = None
) -> MovesProblem:
    """The problem in which the relaxation may be used: everywhere, or only there.

    Newcomers must be in the problem already (`with_newcomers`).
    """
    if relaxation.kind == "join":
        return _joined(problem, person, relaxation)
    limits: list[Limit] = []
    for limit in problem.limits:
        limits.extend(_relaxed(problem, person, relaxation, only, limit))
    return replace(problem, limits=tuple(limits))


def _relaxed(
    problem: MovesProblem, person: int, relaxation: Relaxation, only: Used | None, limit: Limit
) -> Iterator[Limit]:
    kind, mine = relaxation.kind, limit.label == relaxation.label
    if mine and kind == "unit_cap" and isinstance(limit, UnitCap):
        if only is None:
            yield replace(limit, cap=tuple(c + 1 for c in limit.cap))
        else:
            yield replace(limit, taken=(*limit.taken, (only.unit, only.wave, -1)))
    elif mine and kind == "leader_cap" and isinstance(limit, LeaderCap):
        if only is None:
            yield replace(limit, cap=limit.cap + 1)
        else:
            yield replace(limit, taken=(*limit.taken, (only.unit, only.wave, -1)))
    elif mine and kind == "open_wave" and isinstance(limit, Closed):
        if only is not None:
            yield replace(limit, waves=tuple(w for w in limit.waves if w != only.wave))
    elif mine and kind == "cycle_length" and isinstance(limit, CycleLength):
        yield replace(limit, most=max(limit.most, relaxation.most))
    elif kind == "helper" and limit.label == _idle(relaxation):
        if only is not None and problem.people[_whom(limit)].label != only.newcomer:
            yield limit
    elif mine and kind == "limit":
        yield from _waived(problem, person, limit, only)
    else:
        yield limit


def _whom(limit: Limit) -> int:
    return limit.person if isinstance(limit, Away | BarredUnit | BarredDesk | MustMove) else -1


def _waived(problem: MovesProblem, person: int, limit: Limit, only: Used | None) -> Iterator[Limit]:
    """What stays of a limit that is left out for a person, and for who takes the person's desk."""
    own = problem.people[person].desk

    def for_whom(who: int) -> bool:
        return only is None or only.person == who

    if limit.label.startswith(PIN):
        return
    if isinstance(limit, Elsewhere):
        for number, who in enumerate(problem.people):
            for desk, there in enumerate(problem.desks):
                spared = (number == person or desk == own) and for_whom(number)
                if not spared and who.group == there.group and same_place(problem, who.desk, desk):
                    yield BarredDesk(number, desk, limit.label)
        return
    to_own = (isinstance(limit, BarredDesk) and limit.desk == own) or (
        isinstance(limit, BarredUnit) and own >= 0 and limit.unit == problem.desks[own].unit
    )
    if not ((_whom(limit) == person or to_own) and for_whom(_whom(limit))):
        yield limit


def same_place(problem: MovesProblem, own: int, desk: int) -> bool:
    """Whether a desk is in the same unit as another, with no other known field and no other known area."""
    if own < 0:
        return False
    here, there = problem.desks[own], problem.desks[desk]
    known = ((here.field, there.field), (here.area, there.area))
    return here.unit == there.unit and not any(a != b and min(a, b) >= 0 for a, b in known)


def _joined(problem: MovesProblem, person: int, relaxation: Relaxation) -> MovesProblem:
    """The person may take desks of joined groups, and people of these may take the own desk."""
    who = problem.people[person]
    others = {b if a == who.group else a for a, b in relaxation.groups if who.group in (a, b)}
    one = who.group
    bars = [
        BarredDesk(number, desk, relaxation.label)
        for number, other in enumerate(problem.people)
        if other.group in others | {one}
        for desk, there in enumerate(problem.desks)
        if there.group in others | {one} and there.group != other.group
        if number != person and (desk != who.desk or other.group not in others)
    ]
    people = tuple(replace(p, group=one) if p.group in others else p for p in problem.people)
    desks = tuple(replace(d, group=one) if d.group in others else d for d in problem.desks)
    return replace(problem, people=people, desks=desks, limits=(*problem.limits, *bars))


def used_by(
    problem: MovesProblem, person: int, relaxation: Relaxation, solution: MovesSolution
) -> tuple[Used, ...]:
    """Where a plan for the relaxed problem breaks the problem itself."""
    kind, moves = relaxation.kind, _moves(solution)
    if kind in ("unit_cap", "leader_cap"):
        return tuple(_over(problem, relaxation, solution))
    if kind == "open_wave":
        shut = {
            w
            for c in problem.limits
            if isinstance(c, Closed) and c.label == relaxation.label
            for w in c.waves
        }
        return tuple(Used(wave=w) for w in sorted({w for _, _, w in moves} & shut))
    if kind == "cycle_length":
        most = min(x.most for x in problem.limits if isinstance(x, CycleLength))
        return tuple(
            Used(wave=e.wave, size=len(e.people))
            for e in solution.exchanges
            if e.kind == "cycle" and len(e.people) > most
        )
    if kind == "join":
        crossing = [
            Used(person=p, group=problem.desks[d].group)
            for p, d, _ in moves
            if problem.people[p].group != problem.desks[d].group
        ]
        return tuple(crossing[:1])  # who takes the desk that the person leaves crosses with them
    if kind == "helper":
        idle = {_whom(x) for x in problem.limits if x.label == _idle(relaxation)}
        return tuple(Used(newcomer=problem.people[p].label) for p, _, _ in moves if p in idle)
    return tuple(
        Used(person=p)
        for p, d, w in moves
        if any(x.label == relaxation.label and _breaks(problem, x, p, d, w) for x in problem.limits)
    )


def _moves(solution: MovesSolution) -> list[tuple[int, int, int]]:
    return [
        (p, d, e.wave) for e in solution.exchanges for p, d in zip(e.people, e.desks, strict=True)
    ]


def _over(problem: MovesProblem, relaxation: Relaxation, solution: MovesSolution) -> Iterator[Used]:
    moved = _leaving(problem, relaxation, solution)
    for limit in _caps(problem, relaxation):
        count = moved + _taken(limit)
        yield from (Used(unit=u, wave=w) for u, w in sorted(moved) if count[u, w] > _most(limit, u))


def full(problem: MovesProblem, relaxation: Relaxation, solution: MovesSolution) -> list[Used]:
    """Units and waves of a cap in which nobody more may leave."""
    moved = _leaving(problem, relaxation, solution)
    units = sorted({desk.unit for desk in problem.desks})
    return [
        Used(unit=u, wave=w)
        for limit in _caps(problem, relaxation)
        for count in [moved + _taken(limit)]
        for u in units
        for w in range(len(problem.wave_days))
        if count[u, w] >= _most(limit, u)
    ]


def _leaving(
    problem: MovesProblem, relaxation: Relaxation, solution: MovesSolution
) -> Counter[tuple[int, int]]:
    """People who leave a unit in a wave, as the cap counts them."""
    count: Counter[tuple[int, int]] = Counter()
    for person, _, wave in _moves(solution):
        desk = problem.people[person].desk
        if desk >= 0 and (problem.desks[desk].leads or relaxation.kind != "leader_cap"):
            count[problem.desks[desk].unit, wave] += 1
    return count


def _caps(problem: MovesProblem, relaxation: Relaxation) -> list[UnitCap | LeaderCap]:
    kind = LeaderCap if relaxation.kind == "leader_cap" else UnitCap
    return [x for x in problem.limits if isinstance(x, kind) and x.label == relaxation.label]


def _taken(limit: UnitCap | LeaderCap) -> Counter[tuple[int, int]]:
    count: Counter[tuple[int, int]] = Counter()
    for unit, wave, taken in limit.taken:
        count[unit, wave] += taken
    return count


def _most(limit: UnitCap | LeaderCap, unit: int) -> int:
    return limit.cap if isinstance(limit, LeaderCap) else limit.cap[unit]


def _breaks(problem: MovesProblem, limit: Limit, person: int, desk: int, wave: int) -> bool:
    if isinstance(limit, Elsewhere):
        return same_place(problem, problem.people[person].desk, desk)
    if _whom(limit) != person:
        return False
    if isinstance(limit, Away):
        return wave in limit.waves
    if isinstance(limit, BarredUnit):
        return problem.desks[desk].unit == limit.unit and wave in (limit.waves or (wave,))
    if isinstance(limit, BarredDesk):
        return limit.desk == desk
    if isinstance(limit, MustMove):
        return desk not in (limit.desks or (desk,)) or wave not in (limit.waves or (wave,))
    return False
