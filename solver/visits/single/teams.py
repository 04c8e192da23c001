"""The best teams of one visit on one day, the rest of the plan standing: exact, by a pruned search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations

from solver.visits.roster import Roster
from solver.visits.single.prices import TEAM_OF, Prices
from solver.visits.single.room import room_beside

Team = tuple[int, ...]


@dataclass(frozen=True)
class Weights:
    """Goals as one whole number: whatever ranks before weighs more than all that can come after."""

    load_max: int
    load_spread: int
    pairs: int
    clusters: int
    travel: int


def weights_of(prices: Prices) -> Weights:
    """The weights in the planner's order for teams of this visit."""
    size, days = (getattr(prices.problem.visits[prices.visit], x) for x in ("size", "days"))
    widths = {
        "load_max": max(prices.share, default=0) + 1,
        "load_spread": 20 * size * days + 1,
        "pairs": size * size + 1,
        "clusters": size + 1,
        "travel": size * (max(prices.travel, default=0) + 1) + 1,
    }
    order = [part for name in prices.problem.goals.order for part in TEAM_OF.get(name, ())]
    weight, found = 1, {}
    for part in reversed(order):
        found[part] = weight
        weight *= widths[part]
    return Weights(**{part: found.get(part, 0) for part in widths})


class Search:
    """People in the order of their price; a branch ends where it cannot beat what was found."""

    def __init__(self, roster: Roster, prices: Prices, start: int, most: int) -> None:
        self.roster, self.prices, self.start, self.most = roster, prices, start, most
        self.visit = prices.visit
        self.size = roster.size(self.visit)
        self.weights = weights_of(prices)
        self.top = prices.before["load_max"]
        who = roster.candidates(self.visit, start)
        self.price = {i: self._price(i) for i in who}
        self.order = sorted(who, key=lambda i: (self.price[i], i))
        self.cheapest = [0, *accumulate(self.price[i] for i in self.order)]
        self.needs = self._needs(who)
        self.least = [min(self.price[i] for i in held) if held else None for held in self.needs]
        self.caps = room_beside(roster, self.visit, start)
        self.found: list[tuple[int, Team]] = []

    def best(self) -> list[Team]:
        """The best teams, at most `most`, the best first; of equal ones that with lower numbers."""
        if self.caps is not None and len(self.order) >= self.size and None not in self.least:
            surely = sorted({min(held) for held in self.needs if len(held) == 1})
            self._begin(tuple(surely))
        return [team for _, team in sorted(self.found)]

    def _price(self, i: int) -> int:
        w, p = self.weights, self.prices
        return w.load_spread * p.spread[i] + w.clusters * p.cluster[i] + w.travel * p.travel[i]

    def _needs(self, who: Sequence[int]) -> list[frozenset[int]]:
        """Groups of which the team surely holds somebody: leaders, secretaries, holders of skills."""
        needs, end = self.roster.needs[self.visit], self.start + self.roster.length(self.visit) - 1
        lead = {i for i in who if i not in needs.no_lead and end <= self.roster.last_lead[i]}
        lead &= set(needs.lead) or lead
        held = [frozenset(lead), *needs.secretaries]
        held += [holders for holders, least in needs.covers if least > 0]
        return [group & frozenset(who) for group in held]

    def _begin(self, team: Team) -> None:
        """Starts with the people without whom no team is whole."""
        if len(team) > self.size or not self._may_be(team):
            return
        self.order = [i for i in self.order if i not in team]
        self.cheapest = [0, *accumulate(self.price[i] for i in self.order)]
        spent = sum(self.price[i] for i in team)
        spent += self.weights.pairs * sum(self.prices.pair(i, j) for i, j in combinations(team, 2))
        top = max([self.top, *(self.prices.share[i] for i in team)])
        missing = frozenset(n for n, held in enumerate(self.needs) if not held & set(team))
        self._grow(team, 0, spent, top, missing)

    def _grow(self, team: Team, k: int, spent: int, top: int, missing: frozenset[int]) -> None:
        left = self.size - len(team)
        if left == 0:
            if not missing:
                self._offer(team, spent, top)
            return
        for at in range(k, len(self.order) - left + 1):
            if self._too_dear(spent, top, at, left, missing):
                return
            i = self.order[at]
            still = frozenset(n for n in missing if i not in self.needs[n])
            if (left == 1 and still) or not self._may_be((*team, i)):
                continue
            pairs = sum(self.prices.pair(i, j) for j in team)
            cost = spent + self.price[i] + self.weights.pairs * pairs
            self._grow((*team, i), at + 1, cost, max(top, self.prices.share[i]), still)

    def _may_be(self, team: Team) -> bool:
        """Whether these people may be on one team: not too many of a group, nobody to be kept apart."""
        assert self.caps is not None
        return all(len(group.intersection(team)) <= most for group, most in self.caps) and all(
            len(group.intersection(team)) <= 1
            for group in self.roster.needs[self.visit].not_together
        )

    def _too_dear(self, spent: int, top: int, at: int, left: int, missing: frozenset[int]) -> bool:
        """Whether no team from here on can be better than the worst that is kept."""
        if len(self.found) < self.most:
            return False
        rest = self.cheapest[at + left] - self.cheapest[at]
        short = self.cheapest[at + left - 1] - self.cheapest[at]
        for n in missing:
            rest = max(rest, short + (self.least[n] or 0))
        return spent + rest + self.weights.load_max * (top - self.top) > self.found[-1][0]

    def _offer(self, team: Team, spent: int, top: int) -> None:
        exact = self._exact(team, top)
        if len(self.found) == self.most and (exact, tuple(sorted(team))) >= self._worst():
            return
        needs = self.roster.needs[self.visit]
        if any(len(held.intersection(team)) < least for held, least in needs.covers):
            return
        seats = self.roster.in_roles(self.visit, self.start, sorted(team))
        if seats is None or not self.roster.leaves_free(self.visit, self.start, seats):
            return
        self.found.append((exact, seats))
        self.found.sort(key=lambda entry: (entry[0], sorted(entry[1])))
        del self.found[self.most :]

    def _worst(self) -> tuple[int, Team]:
        cost, team = self.found[-1]
        return cost, tuple(sorted(team))

    def _exact(self, team: Team, top: int) -> int:
        """The goals of the team as one number, the largest load as it really would be."""
        w, p = self.weights, self.prices
        total = w.load_max * (top - self.top)
        for a, i in enumerate(team):
            total += w.load_spread * p.spread[i] + w.clusters * p.cluster[i]
            total += w.travel * p.travel[i]
            total += w.pairs * sum(p.pair(i, j) for j in team[:a])
        return total


def each_best(
    roster: Roster, prices: Prices, starts: Sequence[int], most: int
) -> Iterator[tuple[int, list[Team]]]:
    """For each day its best teams; days on which no team is lawful are left out."""
    for start in starts:
        teams = Search(roster, prices, start, most).best()
        if teams:
            yield start, teams
