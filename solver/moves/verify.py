"""Whether a plan of moves keeps every limit, by plain arithmetic and without any solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

from solver.moves import problem as given
from solver.moves.problem import MovesProblem, MovesSolution


class Moved:
    """A problem and a solution, with the look-ups that the checks share."""

    def __init__(self, problem: MovesProblem, solution: MovesSolution) -> None:
        self.problem = problem
        self.exchanges = solution.exchanges
        self.to: dict[int, tuple[int, int]] = {}  # person -> desk, wave
        for exchange in solution.exchanges:
            for person, desk in zip(exchange.people, exchange.desks, strict=True):
                self.to[person] = (desk, exchange.wave)

    def unit_to(self, person: int) -> int:
        """The unit to which somebody moves, -1 when staying."""
        return self.problem.desks[self.to[person][0]].unit if person in self.to else -1

    def leaving(self, leaders_only: bool) -> Counter[tuple[int, int]]:
        """How many leave desks of each unit in each wave."""
        count: Counter[tuple[int, int]] = Counter()
        for person, (_, wave) in self.to.items():
            own = self.problem.people[person].desk
            if own >= 0 and (self.problem.desks[own].leads or not leaders_only):
                count[self.problem.desks[own].unit, wave] += 1
        return count


def verify(problem: MovesProblem, solution: MovesSolution) -> list[str]:
    """Every breach of a limit or of the form of a plan, one line each; empty when the plan is legal.

    Each line begins with the label of the limit, with `group` for a desk outside the person's group,
    or with `form` when the plan is no plan at all: then nothing else is judged.
    """
    faults = list(_numbers(problem, solution)) or [
        *_once(problem, solution),
        *_shapes(problem, solution),
    ]
    if faults:
        return faults
    plan = Moved(problem, solution)
    faults = [
        f"group: person {person} takes desk {desk} of another group"
        for person, (desk, _) in plan.to.items()
        if problem.desks[desk].group != problem.people[person].group
        or problem.desks[desk].group < 0
    ]
    for limit in problem.limits:
        faults += [f"{limit.label}: {fault}" for fault in CHECKS[type(limit)](plan, limit)]
    return faults


def _numbers(problem: MovesProblem, solution: MovesSolution) -> Iterable[str]:
    for number, exchange in enumerate(solution.exchanges):
        if exchange.kind not in ("cycle", "chain"):
            yield f"form: exchange {number} is neither a cycle nor a chain"
        if not exchange.people or len(exchange.people) != len(exchange.desks):
            yield f"form: exchange {number} does not name one desk for each person"
        for person in exchange.people:
            if not 0 <= person < len(problem.people):
                yield f"form: there is no person {person} (exchange {number})"
        for desk in exchange.desks:
            if not 0 <= desk < len(problem.desks):
                yield f"form: there is no desk {desk} (exchange {number})"
        if not 0 <= exchange.wave < len(problem.wave_days):
            yield f"form: there is no wave {exchange.wave} (exchange {number})"


def _once(problem: MovesProblem, solution: MovesSolution) -> Iterable[str]:
    people = Counter(person for x in solution.exchanges for person in x.people)
    desks = Counter(desk for x in solution.exchanges for desk in x.desks)
    yield from (f"form: person {who} moves {n} times" for who, n in people.items() if n > 1)
    yield from (f"form: desk {desk} is taken {n} times" for desk, n in desks.items() if n > 1)
    for number, who in enumerate(problem.people):
        if who.desk in desks and number not in people:
            yield f"form: desk {who.desk} is taken while person {number} stays there"


def _shapes(problem: MovesProblem, solution: MovesSolution) -> Iterable[str]:
    holder = {who.desk: number for number, who in enumerate(problem.people) if who.desk >= 0}
    own = [who.desk for who in problem.people]
    for number, exchange in enumerate(solution.exchanges):
        people, desks = exchange.people, exchange.desks
        if exchange.kind == "cycle":
            if len(people) < 2:
                yield f"form: exchange {number} is a cycle of one person"
            after = (*people[1:], people[0])
            if any(own[b] != desk for desk, b in zip(desks, after, strict=True)):
                yield f"form: exchange {number} is no cycle: each takes the desk of the next"
            continue
        if desks[0] in holder:
            yield f"form: the chain {number} begins at desk {desks[0]}, which is held"
        if any(own[a] != desk for (a, _), desk in zip(pairwise(people), desks[1:], strict=True)):
            yield f"form: exchange {number} is no chain: each takes the desk of the one before"


def _closed(plan: Moved, limit: given.Closed) -> Iterable[str]:
    for number, exchange in enumerate(plan.exchanges):
        if exchange.wave in limit.waves:
            yield f"exchange {number} is in the closed wave {exchange.wave}"


def _away(plan: Moved, limit: given.Away) -> Iterable[str]:
    if limit.person in plan.to and plan.to[limit.person][1] in limit.waves:
        yield f"person {limit.person} moves in wave {plan.to[limit.person][1]}"


def _elsewhere(plan: Moved, limit: given.Elsewhere) -> Iterable[str]:
    for person, (number, _) in plan.to.items():
        own, new = plan.problem.people[person].desk, plan.problem.desks[number]
        if own < 0:
            continue
        old = plan.problem.desks[own]
        known = [(old.field, new.field), (old.area, new.area)]
        if old.unit == new.unit and not any(a != b and min(a, b) >= 0 for a, b in known):
            yield f"person {person} stays in the same unit, field and area at desk {number}"


def _barred_unit(plan: Moved, limit: given.BarredUnit) -> Iterable[str]:
    if plan.unit_to(limit.person) == limit.unit and limit.person in plan.to:
        wave = plan.to[limit.person][1]
        if not limit.waves or wave in limit.waves:
            yield f"person {limit.person} moves to unit {limit.unit} in wave {wave}"


def _barred_desk(plan: Moved, limit: given.BarredDesk) -> Iterable[str]:
    if limit.person in plan.to and plan.to[limit.person][0] == limit.desk:
        yield f"person {limit.person} takes desk {limit.desk}"


def _apart(plan: Moved, limit: given.Apart) -> Iterable[str]:
    unit = plan.unit_to(limit.first)
    if unit >= 0 and unit == plan.unit_to(limit.second):
        yield f"persons {limit.first} and {limit.second} both move to unit {unit}"


def _unit_cap(plan: Moved, limit: given.UnitCap) -> Iterable[str]:
    count = plan.leaving(leaders_only=False)
    moved = set(count)
    for unit, wave, taken in limit.taken:
        count[unit, wave] += taken
    for unit, wave in sorted(moved):
        if count[unit, wave] > limit.cap[unit]:
            yield f"{count[unit, wave]} leave unit {unit} in wave {wave}, {limit.cap[unit]} may"


def _leader_cap(plan: Moved, limit: given.LeaderCap) -> Iterable[str]:
    count = plan.leaving(leaders_only=True)
    moved = set(count)
    for unit, wave, taken in limit.taken:
        count[unit, wave] += taken
    for unit, wave in sorted(moved):
        if count[unit, wave] > limit.cap:
            yield f"{count[unit, wave]} leaders leave unit {unit} in wave {wave}, {limit.cap} may"


def _length(kind: str) -> Callable[[Moved, Any], Iterable[str]]:
    def check(plan: Moved, limit: given.CycleLength | given.ChainLength) -> Iterable[str]:
        for number, exchange in enumerate(plan.exchanges):
            if exchange.kind == kind and len(exchange.people) > limit.most:
                yield f"exchange {number} holds {len(exchange.people)} people, {limit.most} may"

    return check


def _tail(plan: Moved, limit: given.Tail) -> Iterable[str]:
    for number, exchange in enumerate(plan.exchanges):
        left = plan.problem.people[exchange.people[-1]].desk
        if exchange.kind == "chain" and left >= 0 and plan.problem.desks[left].must_fill:
            yield f"the chain {number} leaves desk {left} empty, which must be filled"


def _must_move(plan: Moved, limit: given.MustMove) -> Iterable[str]:
    if limit.person not in plan.to:
        yield f"person {limit.person} stays"
        return
    desk, wave = plan.to[limit.person]
    if limit.desks and desk not in limit.desks:
        yield f"person {limit.person} takes desk {desk}, wanted one of {limit.desks}"
    if limit.waves and wave not in limit.waves:
        yield f"person {limit.person} moves in wave {wave}, wanted one of {limit.waves}"


CHECKS: dict[type, Callable[[Moved, Any], Iterable[str]]] = {
    given.Closed: _closed,
    given.Away: _away,
    given.Elsewhere: _elsewhere,
    given.BarredUnit: _barred_unit,
    given.BarredDesk: _barred_desk,
    given.Apart: _apart,
    given.UnitCap: _unit_cap,
    given.LeaderCap: _leader_cap,
    given.CycleLength: _length("cycle"),
    given.ChainLength: _length("chain"),
    given.Tail: _tail,
    given.MustMove: _must_move,
}
