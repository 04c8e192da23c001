"""One exchange or one person of a plan of moves elsewhere, all else standing, checked and priced."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from solver.moves.goals import distance_km, first_waves, goal_values, move_points
from solver.moves.problem import Exchange, MovesProblem, MovesSolution
from solver.moves.reach import TIME, Ints, other_desks, out_layers, reach_of
from solver.moves.verify import verify
from solver.moves.ways import Ways

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


TRIED = 60  # exchanges that are looked at for what stands in their way
NEAR = 40  # posts, the nearest ones, through which cycles of three are looked at


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
    problem: MovesProblem, solution: MovesSolution, person: int, wave: int = -1
) -> list[OtherDesk]:
    """Every other desk of the person's group, the nearest first; looked at in one wave, or (-1) in any."""
    reach = reach_of(problem)
    desks = other_desks(reach, person)
    layers = out_layers(reach, person, desks)
    holder = {who.desk: p for p, who in enumerate(problem.people) if who.desk >= 0}
    taker = {d: p for e in solution.exchanges for p, d in zip(e.people, e.desks, strict=True)}
    lawful, asked = layers.lawful(), layers.every if wave < 0 else 1 << wave
    found = []
    for n, desk in enumerate(desks.tolist()):
        labels = () if lawful[n] & asked else _closing(layers.removed, asked, n)
        where = problem.unit_places[problem.desks[desk].unit]
        km = distance_km(problem.people[person], where)
        found.append(OtherDesk(desk, labels, holder.get(desk, -1), km, taker.get(desk, -1)))
    found.sort(key=lambda d: (d.km is None, d.km or 0.0, d.desk))
    return found


def _closing(removed: dict[str, Ints], asked: int, n: int) -> tuple[str, ...]:
    """Labels that alone take every wave asked for of an arc; all that take any when only together they do."""
    alone = [label for label, waves in removed.items() if waves[n] & asked == asked]
    some = alone or [label for label, waves in removed.items() if waves[n] & asked]
    return tuple(sorted({label.removeprefix(TIME) for label in some}))


@dataclass(frozen=True)
class Post:
    """A desk that somebody could take at once: the cheapest lawful exchange that brings the person there."""

    desk: int
    exchange: Exchange
    change: dict[str, int]  # points of each goal more than in the plan


def posts(
    problem: MovesProblem,
    solution: MovesSolution,
    person: int,
    most: int | None = None,
    wanted: Callable[[int, int], bool] = lambda desk, wave: True,
) -> list[Post]:
    """Desks for one person with everybody else's moves standing, the cheapest first, each once.

    Looked at are swaps, cycles of three through the `NEAR` cheapest posts, and chains of one or two into
    an empty desk, of people whom the plan leaves where they are. The person's present exchange is undone.

    Parameters
    ----------
    wanted : says whether a desk in a wave is looked at
    """
    now = exchange_of(solution, person)
    rest = without(solution, now) if now else solution
    values, found = goal_values(problem, solution), []
    seen: set[int] = set()
    priced = sorted(
        ((_points(problem, e), e) for e in _exchanges(problem, rest, person, wanted)),
        key=lambda pair: (pair[0], pair[1].wave, pair[1].people, pair[1].desks),
    )
    faults = set(verify(problem, rest))
    for _, exchange in priced:
        desk = exchange.desks[exchange.people.index(person)]
        if desk in seen or (now and _moves(exchange) == _moves(now)):
            continue
        plan = MovesSolution((*rest.exchanges, exchange))
        if set(verify(problem, plan)) <= faults:
            seen.add(desk)
            after = goal_values(problem, plan)
            found.append(Post(desk, exchange, {k: after[k] - values[k] for k in values}))
        if most is not None and len(found) >= most:
            break
    return found


def _moves(exchange: Exchange) -> tuple[int, frozenset[tuple[int, int]]]:
    """Wave and moves, wherever a cycle is said to begin."""
    pairs = zip(exchange.people, exchange.desks, strict=True)
    return exchange.wave, frozenset(pairs)


def nearest_to_lawful(
    problem: MovesProblem,
    solution: MovesSolution,
    person: int,
    wanted: Callable[[int, int], bool],
) -> tuple[str, ...] | None:
    """The fewest labels without which an exchange to a wanted desk would be lawful; None without any exchange.

    Every label of the answer was seen to be broken, and the plan to be lawful but for them.
    """
    now = exchange_of(solution, person)
    rest = without(solution, now) if now else solution
    before = set(verify(problem, rest))
    fewest: tuple[str, ...] | None = None
    for exchange in islice(_exchanges(problem, rest, person, wanted), TRIED):
        new = set(verify(problem, MovesSolution((*rest.exchanges, exchange)))) - before
        labels = labels_of(sorted(new))
        if fewest is None or (len(labels), labels) < (len(fewest), fewest):
            fewest = labels
    return fewest


def _points(problem: MovesProblem, exchange: Exchange) -> int:
    """Points of an exchange, less the price of people due whom it places."""
    first = first_waves(problem)
    wish = {(p, unit): weight for p, unit, weight in problem.wishes}
    total = 0
    for p, desk in zip(exchange.people, exchange.desks, strict=True):
        total += sum(move_points(problem, p, desk, exchange.wave, first[p], wish).values())
        total -= problem.goals.unplaced * problem.people[p].due
    return total


def _exchanges(
    problem: MovesProblem,
    rest: MovesSolution,
    person: int,
    wanted: Callable[[int, int], bool],
) -> Iterator[Exchange]:
    """Exchanges of people who stand still with the person, every arc lawful by itself."""
    ways = Ways(reach_of(problem))
    moved = {p for e in rest.exchanges for p in e.people}
    taken = {d for e in rest.exchanges for d in e.desks}
    own = problem.people[person].desk
    for wave in range(len(problem.wave_days)):
        desks = [d for d in ways.desks(person, wave).tolist() if d not in taken and wanted(d, wave)]
        takers = set(ways.takers(person, wave).tolist()) - moved if own >= 0 else set()
        near = sorted(desks, key=lambda d: _km(problem, person, d))[:NEAR]
        for desk in desks:
            holder = int(ways.holder[desk])
            if holder < 0:
                yield from _into_empty(ways, person, desk, wave, takers)
            elif holder not in moved:
                yield from _in_place_of(ways, person, holder, wave, takers, taken, desk in near)


def _into_empty(
    ways: Ways, person: int, desk: int, wave: int, takers: set[int]
) -> Iterator[Exchange]:
    """The person into an empty desk, the own one staying empty or taken by one other."""
    if ways.may_end(person):
        yield Exchange("chain", (person,), (desk,), wave)
    own = int(ways.reach.own[person])
    for taker in sorted(takers):
        if ways.may_end(taker):
            yield Exchange("chain", (person, taker), (desk, own), wave)


def _in_place_of(
    ways: Ways, person: int, holder: int, wave: int, takers: set[int], taken: set[int], thirds: bool
) -> Iterator[Exchange]:
    """The person in the place of somebody who swaps, goes on to a third, or into an empty desk."""
    own, desk = int(ways.reach.own[person]), int(ways.reach.own[holder])
    onwards = [d for d in ways.desks(holder, wave).tolist() if d not in taken]
    if ways.may_end(person):
        for empty in onwards:
            if ways.holder[empty] < 0:
                yield Exchange("chain", (holder, person), (empty, desk), wave)
    if own < 0:
        return
    if holder in takers:
        yield Exchange("cycle", (person, holder), (desk, own), wave)
    for third in sorted(takers - {holder}) if thirds else ():
        if int(ways.reach.own[third]) in onwards:
            desks = (desk, int(ways.reach.own[third]), own)
            yield Exchange("cycle", (person, holder, third), desks, wave)


def _km(problem: MovesProblem, person: int, desk: int) -> float:
    where = problem.unit_places[problem.desks[desk].unit]
    return distance_km(problem.people[person], where) or 0.0
