"""All lawful exchanges against the prices: which cost less than their people pay, and what they take off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.moves.relaxed import search
from solver.moves.relaxed.master import SCALE, Paid
from solver.moves.relaxed.pool import Pool, pool_of
from solver.moves.relaxed.year import NEVER, Ints, Year

LONGEST = 5  # exchanges of more people are priced arc by arc
ROOM = 4_000_000  # arcs noted at first
TOO_MANY = 3e9  # ways of three people: more are not followed one by one


@dataclass(frozen=True)
class Part:
    """People and empty desks that no exchange connects with others."""

    people: Ints
    desks: Ints


def parts(year: Year) -> list[Part]:
    """The parts of a year, the smallest first; groups are joined where somebody's own desk is of another."""
    root = {g: g for g in {*year.group.tolist(), *year.desks[1].tolist()} if g >= 0}

    def top(g: int) -> int:
        while root[g] != g:
            g = root[g]
        return g

    at = np.where(year.own >= 0, year.desks[1][year.own], -1)
    for a, b in sorted(set(zip(year.group.tolist(), at.tolist(), strict=True))):
        if a >= 0 and b >= 0:
            root[top(a)] = top(b)
    held = set(year.own.tolist())
    people: dict[int, list[int]] = {}
    desks: dict[int, list[int]] = {}
    for p, g in enumerate(year.group.tolist()):
        if g >= 0:
            people.setdefault(top(g), []).append(p)
    for d, g in enumerate(year.desks[1].tolist()):
        if g >= 0 and d not in held:
            desks.setdefault(top(g), []).append(d)
    found = [
        Part(np.array(people[g], np.int64), np.array(desks.get(g, []), np.int64))
        for g in sorted(people)
    ]
    return sorted(found, key=lambda part: len(part.people))


@dataclass(frozen=True)
class Wave:
    """A part in one wave against the prices, ready to search."""

    people: Ints
    desks: Ints
    cost: search.Costs
    tail: np.typing.NDArray[np.bool_]


def wave_of(year: Year, part: Part, wave: int, paid: Paid) -> Wave:
    """Costs of all moves of a part in a wave less what the people pay."""
    unit, leads = year.unit[part.people], year.leads[part.people]
    left = np.where(unit >= 0, year.unit_left[unit, wave], NEVER)
    leader_left = np.where(leads, year.leader_left[unit, wave], NEVER)
    able = (year.time[part.people, wave] < NEVER) & (left > 0) & (leader_left > 0)
    people, unit, lone = part.people[able], unit[able], ((left < 2) + 2 * (leader_left < 2))[able]
    n = len(people)
    start = year.time[people, wave].astype(np.int64) * SCALE - paid.pay[people]
    start += np.where(
        unit >= 0, paid.unit[unit, wave] + year.leads[people] * paid.leader[unit, wave], 0
    )
    home = np.where(year.own[people] >= 0, year.desks[:, year.own[people]], -1)
    nodes = np.concatenate([home, year.desks[:, part.desks]], axis=1)
    cost = np.empty((n, nodes.shape[1]), np.int32)
    search.fill(
        cost, people, start, np.ascontiguousarray(nodes), year.way, year.waves, wave, SCALE, year.inside,
        year.elsewhere, year.group[people], np.ascontiguousarray(home), lone,
    )  # fmt: skip
    _except(year, part, wave, people, cost)
    free = cost[:, n:]
    free[free < search.INF] -= np.broadcast_to(paid.desk[part.desks].astype(np.int32), free.shape)[
        free < search.INF
    ]
    return Wave(people, part.desks, cost, year.tail[people])


def _except(year: Year, part: Part, wave: int, people: Ints, cost: search.Costs) -> None:
    row = np.full(len(year.own), -1, np.int64)
    row[people] = np.arange(len(people))
    column = np.full(year.desks.shape[1] + 1, -1, np.int64)
    column[year.own[people]] = np.arange(len(people))
    column[-1] = -1
    column[part.desks] = len(people) + np.arange(len(part.desks))
    for pairs, barred in ((year.barred, True), (year.kept.get(wave), False)):
        if pairs is None:
            continue
        i, j = row[pairs[0]], column[pairs[1]]
        i, j = i[(i >= 0) & (j >= 0)], j[(i >= 0) & (j >= 0)]
        if barred:
            cost[i, j] = search.INF
        else:
            cost[i, j] -= np.where(
                cost[i, j] < search.INF, 2 * SCALE * year.problem.goals.changed, 0
            )


def cheaper(year: Year, part: Part, paid: Paid, least: int = SCALE // 16) -> Pool | None:
    """Columns that cost less than their people pay: for each wave the cheapest from each person on."""
    return weighed(year, part, paid, least, prove=False)[0]


def owing(year: Year, part: Part, paid: Paid) -> int:
    """What the people of a part must pay less so that no lawful exchange costs less than is paid."""
    return weighed(year, part, paid, look=False)[1]


def weighed(
    year: Year, part: Part, paid: Paid, least: int = SCALE // 16, *, look: bool = True, prove: bool = True
) -> tuple[Pool | None, int]:  # fmt: skip
    """Cheaper columns of a part, and what its people owe (see `cheaper` and `owing`), in one go."""
    owed = np.zeros(len(year.own), np.int64)
    found = []
    for wave in range(year.time.shape[1]):
        here = wave_of(year, part, wave, paid)
        if len(here.people) == 0:
            continue
        near = _near(here, year)
        if look:
            found += _found(here, near, year, wave, least)
        if prove:
            owed[here.people] = _owed(here, near, year, owed[here.people])
    if not found:
        return None, int(owed.sum())
    people, desks, waves = (np.concatenate(x) for x in zip(*found, strict=True))
    return pool_of(year, people, desks, waves), int(owed.sum())


def _near(here: Wave, year: Year) -> Ints:
    """Numbers of the people who may be in a cycle that costs less than is paid.

    The way in, the way out and the cheapest ways of the others together must be worth it. For cycles
    of any length that says nothing: all stay.
    """
    some = np.arange(len(here.people))
    if any_length(year):
        return some
    cost = here.cost[:, : len(some)]
    while True:
        out, into = np.zeros(len(some), np.int64), np.zeros(len(some), np.int64)
        search.lowest(cost, len(some), out, into)
        others = (max(2, _cycle_most(year)) - 2) * min(0, int(out.min(initial=0)))
        kept = np.flatnonzero(out + into + others < 0)
        few = len(kept) < 0.9 * len(some)
        some = some[kept]
        if not few:
            return some
        cost = np.ascontiguousarray(cost[kept][:, kept])


def any_length(year: Year) -> bool:
    """Whether exchanges may be so long that they are priced arc by arc."""
    return not 0 < year.cycle_most <= LONGEST or not 0 <= year.chain_most <= LONGEST


def _narrow(here: Wave, near: Ints) -> Wave:
    cost = here.cost if len(near) == len(here.people) else here.cost[near][:, near].copy()
    return Wave(here.people[near], here.desks[:0], cost, here.tail[near])


def _found(
    here: Wave, near: Ints, year: Year, wave: int, least: int
) -> list[tuple[Ints, Ints, Ints]]:
    """People, empty desk and wave of the cheapest cycle and chain from each person on."""
    longest, found = max(_cycle_most(year), _chain_most(year), 2), []
    small, n = _narrow(here, near), len(near)
    best, paths = np.zeros(n, np.int64), np.full((n, longest), -1, np.int64)
    _cycles(small, year, np.zeros(n, np.int64), best, paths, pay=False, least=least)
    found.append((small.people, paths[best < 0], np.full((best < 0).sum(), -1)))
    n = len(here.people)
    if _may_chain(here, year):
        best, paths = np.zeros(n, np.int64), np.full((n, longest), -1, np.int64)
        ends = _chains(here, year, np.zeros(n, np.int64), best, paths, pay=False, least=least)
        paths = paths[best < 0]
        last = paths[np.arange(len(paths)), (paths >= 0).sum(axis=1) - 1]
        found.append((here.people, paths, here.desks[ends[last] - n]))
    return [
        (np.where(paths >= 0, people[paths], -1), desks, np.full(len(paths), wave))
        for people, paths, desks in found
        if len(paths)
    ]


def _owed(here: Wave, near: Ints, year: Year, mine: Ints) -> Ints:
    """What each owes after this wave, having owed `mine` before."""
    none = np.zeros((0, 1), np.int64)
    small, part = _narrow(here, near), mine[near]
    if any_length(year) or not _cycles(small, year, part, none[:, 0], none, pay=True, least=0):
        n = len(here.people)
        y, low, into = (np.zeros(n, np.int64) for _ in range(3))
        if here.cost.min(initial=0) >= 0:
            return mine
        search.balance(here.cost, n, y, low, into)
        search.settle(here.cost, n, y, here.tail, mine)
        return mine
    mine[near] = part
    if _may_chain(here, year):
        _chains(here, year, mine, none[:, 0], none, pay=True, least=0)
    return mine


def _may_chain(here: Wave, year: Year) -> bool:
    return len(here.desks) > 0 and _chain_most(year) > 0 and bool(here.tail.any())


def _cycle_most(year: Year) -> int:
    return min(year.cycle_most, LONGEST) if year.cycle_most else 3


def _chain_most(year: Year) -> int:
    return min(year.chain_most, LONGEST) if year.chain_most >= 0 else 3


def _cycles(
    here: Wave, year: Year, owed: Ints, best: Ints, paths: Ints, *, pay: bool, least: int
) -> bool:
    """Search the cycles; False, and nothing done, when all would have to be seen and they are too many."""
    n, most = len(here.people), _cycle_most(year)
    if most < 2 or n < 2:
        return True
    y, out, into, ends = (np.zeros(n, np.int64) for _ in range(4))
    search.balance(here.cost, n, y, out, into)
    slack = max(0, most - 3) * min(0, int(out.min()))
    heads = np.empty(min(n * n, ROOM), np.int64)
    count = search.arcs(here.cost, n, y, out, into, slack, heads, ends)
    if pay and count * (count / n) ** (most - 2) > TOO_MANY:
        return False
    if count > len(heads):
        heads = np.empty(count, np.int64)
        search.arcs(here.cost, n, y, out, into, slack, heads, ends)
    search.cycles(here.cost, n, y, heads, ends, most, pay, owed, best, paths, least)
    return True


def _chains(
    here: Wave, year: Year, owed: Ints, best: Ints, paths: Ints, *, pay: bool, least: int
) -> Ints:
    n, most = len(here.people), _chain_most(year)
    reach, desk = np.empty((most, n), np.int64), np.zeros(n, np.int64)
    search.chain_ends(here.cost, n, most, owed, reach, desk)
    search.chains(here.cost, n, here.tail, most, pay, owed, reach, best, paths, least)
    return desk
