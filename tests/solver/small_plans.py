"""All plans of a handful of people, by brute force: slow, readable, and knowing only the checker."""

from dataclasses import replace
from itertools import permutations

from solver.moves.goals import goal_values
from solver.moves.problem import ChainLength, CycleLength, Exchange, MovesSolution, MustMove
from solver.moves.verify import verify


def exchanges(problem):
    """Every exchange that is lawful by itself."""
    free = replace(problem, limits=tuple(x for x in problem.limits if not isinstance(x, MustMove)))
    longest = {
        kind: min([x.most for x in problem.limits if isinstance(x, kind)], default=99)
        for kind in (CycleLength, ChainLength)
    }
    own = [who.desk for who in problem.people]
    empty = set(range(len(problem.desks))) - set(own)
    found = []
    for size in range(1, min(len(own), max(longest.values())) + 1):
        for people in permutations(range(len(own)), size):
            if 1 < size <= longest[CycleLength] and people[0] == min(people):
                desks = (*(own[p] for p in people[1:]), own[people[0]])
                if min(desks) >= 0:
                    found += _in_waves(problem, "cycle", people, desks)
            if size <= longest[ChainLength] and -1 not in (own[p] for p in people[:-1]):
                for first in empty:
                    desks = (first, *(own[p] for p in people[:-1]))
                    found += _in_waves(problem, "chain", people, desks)
    orders = [x for x in problem.limits if isinstance(x, MustMove)]
    kept = [e for e in found if all(_obeys(e, order) for order in orders)]
    return [e for e in kept if not verify(free, MovesSolution((e,)))]


def _obeys(exchange, order):
    if order.person not in exchange.people:
        return True
    desk = exchange.desks[exchange.people.index(order.person)]
    in_time = not order.waves or exchange.wave in order.waves
    return in_time and (not order.desks or desk in order.desks)


def _in_waves(problem, kind, people, desks):
    return [Exchange(kind, people, desks, wave) for wave in range(len(problem.wave_days))]


def plans(problem):
    """Every legal plan."""
    columns = exchanges(problem)

    def choose(start, chosen, people, desks):
        plan = MovesSolution(tuple(chosen))
        if not verify(problem, plan):
            yield plan
        for number in range(start, len(columns)):
            e = columns[number]
            if people.isdisjoint(e.people) and desks.isdisjoint(e.desks):
                yield from choose(
                    number + 1, [*chosen, e], people | set(e.people), desks | set(e.desks)
                )

    yield from choose(0, [], frozenset(), frozenset())


def cost(problem, plan):
    """All points of a plan."""
    return sum(goal_values(problem, plan).values())


def best(problem):
    """A cheapest plan; None when there is none."""
    return min(plans(problem), key=lambda plan: cost(problem, plan), default=None)


def placed(plan):
    """Everybody who moves."""
    return {p for e in plan.exchanges for p in e.people}
