"""A part of a year of moves, all the rest standing still: a small problem of the same kind, and back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from solver.moves.problem import (
    Apart,
    Away,
    BarredDesk,
    BarredUnit,
    Exchange,
    LeaderCap,
    Limit,
    MovesProblem,
    MovesSolution,
    MustMove,
    UnitCap,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True)
class Part:
    """A small problem, whom and what its numbers mean in the whole, and the exchanges outside it."""

    problem: MovesProblem
    people: tuple[int, ...]
    desks: tuple[int, ...]
    kept: tuple[Exchange, ...]

    def whole(self, exchanges: Iterable[Exchange]) -> tuple[Exchange, ...]:
        """Exchanges of the part in numbers of the whole problem."""
        return tuple(
            replace(
                e,
                people=tuple(self.people[p] for p in e.people),
                desks=tuple(self.desks[d] for d in e.desks),
            )
            for e in exchanges
        )

    def merged(self, solution: MovesSolution) -> MovesSolution:
        """A plan for the whole: what was kept, and the part's own exchanges."""
        return MovesSolution((*self.kept, *self.whole(solution.exchanges)))

    def number_of(self, person: int) -> int:
        """A person's number in the part."""
        return self.people.index(person)


def closed_under(exchanges: Iterable[Exchange], people: Iterable[int]) -> set[int]:
    """The people, and all who stand in one exchange with any of them."""
    chosen = set(people)
    for exchange in exchanges:
        if not chosen.isdisjoint(exchange.people):
            chosen.update(exchange.people)
    return chosen


def part_of(
    problem: MovesProblem, solution: MovesSolution, people: Iterable[int], empty: Iterable[int]
) -> Part:
    """The part of a problem in which only these people may move, all exchanges else staying as they are.

    Parameters
    ----------
    people : who may move; everybody in one exchange with them is taken in as well
    empty : desks that nobody of the problem holds and that may be taken, unless a kept exchange does
    """
    inside = closed_under(solution.exchanges, people)
    kept = tuple(e for e in solution.exchanges if inside.isdisjoint(e.people))
    taken = {desk for e in kept for desk in e.desks}
    loose = [d for e in solution.exchanges if not inside.isdisjoint(e.people) for d in e.desks]
    own = {problem.people[p].desk for p in inside} - {-1}
    desks = tuple(sorted(own | set(loose) | (set(empty) - taken)))
    who = tuple(sorted(inside))
    person_number = {p: n for n, p in enumerate(who)}
    desk_number = {d: n for n, d in enumerate(desks)}
    small = MovesProblem(
        people=tuple(
            replace(problem.people[p], desk=desk_number.get(problem.people[p].desk, -1))
            for p in who
        ),
        desks=tuple(problem.desks[d] for d in desks),
        unit_places=problem.unit_places,
        wave_days=problem.wave_days,
        limits=tuple(_limits(problem, kept, person_number, desk_number)),
        wishes=tuple(
            (person_number[p], u, weight) for p, u, weight in problem.wishes if p in person_number
        ),
        goals=problem.goals,
        published=tuple(_inside(problem.published, person_number, desk_number)),
    )
    return Part(small, who, desks, kept)


def exchanges_in(part: Part, solution: MovesSolution) -> tuple[Exchange, ...]:
    """The plan's exchanges that lie in the part, in its numbers."""
    people = {p: n for n, p in enumerate(part.people)}
    desks = {d: n for n, d in enumerate(part.desks)}
    return tuple(_inside(solution.exchanges, people, desks))


def _inside(
    exchanges: Iterable[Exchange], people: Mapping[int, int], desks: Mapping[int, int]
) -> Iterator[Exchange]:
    for e in exchanges:
        if all(p in people for p in e.people) and all(d in desks for d in e.desks):
            yield replace(
                e,
                people=tuple(people[p] for p in e.people),
                desks=tuple(desks[d] for d in e.desks),
            )


def _limits(
    problem: MovesProblem,
    kept: tuple[Exchange, ...],
    people: Mapping[int, int],
    desks: Mapping[int, int],
) -> Iterator[Limit]:
    goes_to = {
        p: problem.desks[d].unit for e in kept for p, d in zip(e.people, e.desks, strict=True)
    }
    for limit in problem.limits:
        if isinstance(limit, Away | BarredUnit):
            if limit.person in people:
                yield replace(limit, person=people[limit.person])
        elif isinstance(limit, BarredDesk):
            if limit.person in people and limit.desk in desks:
                yield replace(limit, person=people[limit.person], desk=desks[limit.desk])
        elif isinstance(limit, MustMove):
            if limit.person in people:
                yield from _must_move(limit, people, desks)
        elif isinstance(limit, Apart):
            yield from _apart(limit, people, goes_to)
        elif isinstance(limit, UnitCap):
            yield replace(limit, taken=(*limit.taken, *_taken(problem, kept, leads=False)))
        elif isinstance(limit, LeaderCap):
            yield replace(limit, taken=(*limit.taken, *_taken(problem, kept, leads=True)))
        else:
            yield limit


def _must_move(
    limit: MustMove, people: Mapping[int, int], desks: Mapping[int, int]
) -> Iterator[Limit]:
    person, inside = people[limit.person], tuple(desks[d] for d in limit.desks if d in desks)
    yield replace(limit, person=person, desks=inside)
    if limit.desks and not inside:
        yield from (BarredDesk(person, desk, limit.label) for desk in range(len(desks)))


def _apart(limit: Apart, people: Mapping[int, int], goes_to: Mapping[int, int]) -> Iterator[Limit]:
    first, second = limit.first in people, limit.second in people
    if first and second:
        yield replace(limit, first=people[limit.first], second=people[limit.second])
    elif first and limit.second in goes_to:
        yield BarredUnit(people[limit.first], goes_to[limit.second], (), limit.label)
    elif second and limit.first in goes_to:
        yield BarredUnit(people[limit.second], goes_to[limit.first], (), limit.label)


def _taken(
    problem: MovesProblem, kept: Iterable[Exchange], leads: bool
) -> tuple[tuple[int, int, int], ...]:
    """(unit, wave, people who leave) of the kept exchanges; only leading desks if `leads`."""
    left: Counter[tuple[int, int]] = Counter()
    for exchange in kept:
        for person in exchange.people:
            desk = problem.people[person].desk
            if desk >= 0 and (problem.desks[desk].leads or not leads):
                left[problem.desks[desk].unit, exchange.wave] += 1
    return tuple((unit, wave, n) for (unit, wave), n in sorted(left.items()))
