"""Teams one after another: the visits that are hardest to staff first, people with most room first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.visits.teams.problem import Bools, Ints, Teams
from solver.visits.teams.roster import Roster
from solver.visits.teams.seating import leader_of, missing, quarrels

STEPS = 400  # members tried for one visit before it is left


def staff_greedily(teams: Teams, seed: int, tries: int = 4) -> Roster:
    """A legal roster, visits without a team where nobody was found; the best of some orders of visits."""
    best: Roster | None = None
    for order in _orders(teams, seed, tries):
        roster = Roster(teams)
        fill(roster, order)
        if best is None or roster.price() < best.price():
            best = roster
        if best.price() == 0:
            break
    assert best is not None
    return best


def fill(roster: Roster, order: Sequence[int]) -> None:
    """Give teams to these visits in this order, where one is found that keeps every limit."""
    scarce = _scarce(roster.teams)
    for r in order:
        team = find(roster.teams, r, roster.free(r), _wish(roster, r, scarce))
        if team is None:
            continue
        roster.give(r, team)
        if not roster.keeps_free():
            roster.take_back(r)


def _orders(teams: Teams, seed: int, tries: int) -> list[list[int]]:
    rng = np.random.default_rng(seed)
    dear = teams.price > np.median(teams.price) if teams.n else teams.price > 0
    able = teams.needs.may.sum(axis=1)
    leads = (teams.needs.bits & 1).sum(axis=1)
    weight = teams.days * (teams.size + 8 * (leads < leads.mean()))
    weight = weight - able / (able.max(initial=1) + 1)
    orders = [np.argsort(-weight, kind="stable"), np.lexsort((-weight, ~dear))]
    orders += [np.argsort(-weight - 4 * rng.random(teams.n)) for _ in range(tries - 2)]
    return [order.tolist() for order in orders]


def _scarce(teams: Teams) -> Ints:
    """How dear it is to use up each person: shares of visits in which few others hold the same row."""
    dear = np.zeros(teams.problem.n_inspectors, float)
    for bit in range(int(teams.needs.bits.max(initial=1)).bit_length()):
        held = (teams.needs.bits >> bit) & 1 == 1
        few = held.sum(axis=1, keepdims=True)
        dear += np.where(held, 1.0 / np.maximum(few, 1), 0.0).sum(axis=0)
    top = dear.max(initial=0.0) or 1.0
    return np.round(300 * dear / top).astype(np.int64)


def _wish(roster: Roster, r: int, scarce: Ints) -> Ints:
    """How little each person is wished on visit `r`: load for the days available, scarcity, distance."""
    teams = roster.teams
    have = np.maximum(1, np.array(teams.problem.goals.available, np.int64))
    far = teams.distance[r]
    wish = 3000 * roster.load // have + scarce + 200 * far // max(1, int(far.max(initial=1)))
    for part in teams.months[r]:
        room = np.maximum(1, teams.cap[:, part // 32])
        wish = wish + 600 * roster.used[:, part // 32] // room
    return np.asarray(wish, np.int64)


def find(teams: Teams, r: int, free: Bools, wish: Ints) -> tuple[int, ...] | None:
    """A whole team of free people for visit `r`, low wishes first; None when none was found."""
    people = [int(i) for i in np.argsort(wish, kind="stable") if free[i]]
    bits = {i: int(teams.needs.bits[r, i]) for i in people}
    size = int(teams.size[r])
    steps = [0]

    def extend(team: list[int]) -> bool:
        steps[0] += 1
        wanted = missing(teams, r, team)
        if len(team) == size:
            return wanted == 0 and leader_of(teams, r, team) >= 0
        if steps[0] > STEPS:
            return False
        for i in _next(people, bits, team, wanted):
            if not quarrels(teams, r, [*team, i]):
                team.append(i)
                if extend(team):
                    return True
                team.pop()
        return False

    team: list[int] = []
    return tuple(team) if extend(team) else None


def _next(people: list[int], bits: dict[int, int], team: list[int], wanted: int) -> list[int]:
    """Who may come next: holders of the row that fewest people hold, or anybody when all rows are filled."""
    left = [i for i in people if i not in team]
    if not wanted:
        return left
    rows = [1 << b for b in range(wanted.bit_length()) if wanted >> b & 1]
    rarest = min(rows, key=lambda row: sum(bits[i] & row > 0 for i in left))
    holders = [i for i in left if bits[i] & rarest]
    if len(rows) > 3:
        holders.sort(key=lambda i: -(bits[i] & wanted).bit_count())
    return holders
