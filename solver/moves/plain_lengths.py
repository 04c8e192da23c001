"""How long cycles and chains of the plain model may be: each person bears a number on the way through one."""

from __future__ import annotations

from collections import defaultdict

from ortools.sat.python import cp_model

from solver.moves import problem as given
from solver.moves.problem import Exchange, MovesProblem

Move = tuple[int, int, int]  # person, desk, wave
Takes = dict[Move, cp_model.IntVar]


def add_lengths(problem: MovesProblem, model: cp_model.CpModel, takes: Takes) -> None:
    """Exchanges get a name, the lowest number in them, and at most so many people bear one name.

    Whoever takes somebody's desk bears the same name; in a chain the name is that of the one who takes
    the empty desk, and the count is that of chains.
    """
    takes = _in_any_wave(model, takes)
    n = len(problem.people)
    cycle = min((x.most for x in problem.limits if isinstance(x, given.CycleLength)), default=n)
    chain = min((x.most for x in problem.limits if isinstance(x, given.ChainLength)), default=n)
    holder = {who.desk: number for number, who in enumerate(problem.people) if who.desk >= 0}
    step = [model.new_int_var(0, max(0, chain - 1), "") for _ in range(n)]  # place in the chain
    place = [model.new_int_var(0, n, "") for _ in range(n)]  # place in the cycle, from its head on
    in_chain = [model.new_bool_var("") for _ in range(n)]
    heads = [model.new_bool_var("") for _ in range(n)]
    for (person, desk, _), var in takes.items():
        if desk not in holder:
            model.add(step[person] == 0).only_enforce_if(var)
            model.add(in_chain[person] == 1).only_enforce_if(var)
            if chain < 1:
                model.add(var == 0)
            continue
        other = holder[desk]
        model.add(in_chain[person] == in_chain[other]).only_enforce_if(var)
        model.add(step[person] == step[other] + 1).only_enforce_if([var, in_chain[person]])
        # going round a cycle the place grows by one, but at its head, and stays below the longest
        model.add(place[person] == place[other] + 1).only_enforce_if(
            [var, ~in_chain[person], ~heads[person]]
        )
        model.add(place[person] == 0).only_enforce_if([var, ~in_chain[person], heads[person]])
        model.add(place[person] <= max(0, cycle - 1)).only_enforce_if([var, ~in_chain[person]])
    _one_head(problem, model, takes, heads, in_chain, cycle)


def _in_any_wave(model: cp_model.CpModel, takes: Takes) -> Takes:
    """One variable for each person and desk: lengths do not ask for the wave."""
    waves: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
    for (person, desk, _), var in takes.items():
        waves[person, desk].append(var)
    pairs: Takes = {}
    for (person, desk), several in waves.items():
        pairs[person, desk, 0] = several[0]
        if len(several) > 1:
            pairs[person, desk, 0] = model.new_bool_var("")
            model.add(sum(several) == pairs[person, desk, 0])
    return pairs


def _one_head(
    problem: MovesProblem,
    model: cp_model.CpModel,
    takes: Takes,
    heads: list[cp_model.IntVar],
    in_chain: list[cp_model.IntVar],
    cycle: int,
) -> None:
    """A cycle has one head: names spread from it and no other head bears the name."""
    n = len(problem.people)
    holder = {who.desk: number for number, who in enumerate(problem.people) if who.desk >= 0}
    name = [model.new_int_var(0, max(0, n - 1), "") for _ in range(n)]
    for person in range(n):
        model.add(name[person] == person).only_enforce_if(heads[person])
    for (person, desk, _), var in takes.items():
        if desk in holder:
            model.add(name[person] == name[holder[desk]]).only_enforce_if([var, ~in_chain[person]])
            if cycle < 2:
                model.add(in_chain[person] == 1).only_enforce_if(var)


def read_exchanges(problem: MovesProblem, moves: list[Move]) -> tuple[Exchange, ...]:
    """Exchanges that the moves make up."""
    to = {person: desk for person, desk, _ in moves}
    wave = {person: w for person, _, w in moves}
    holder = {who.desk: number for number, who in enumerate(problem.people) if who.desk >= 0}
    taker = {desk: person for person, desk in to.items()}
    left, found = set(to), []
    for person, desk in to.items():
        if desk in holder:
            continue
        line: list[int] = []
        at: int | None = person
        while at is not None:
            line.append(at)
            at = taker.get(problem.people[at].desk)
        left -= set(line)
        found.append(Exchange("chain", tuple(line), tuple(to[p] for p in line), wave[person]))
    while left:
        first = min(left)
        ring = [first]
        while holder[to[ring[-1]]] != first:
            ring.append(holder[to[ring[-1]]])
        left -= set(ring)
        found.append(Exchange("cycle", tuple(ring), tuple(to[p] for p in ring), wave[first]))
    return tuple(sorted(found, key=lambda x: (x.wave, x.people)))
