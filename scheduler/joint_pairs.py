"""Who changes places with whom: pairs, and cycles of three where somebody would be left over.

Every single post is its own group, so the model of the yearly plan has nothing to pack here: pools are
small. The nearest lawful pairs come first; then pairs are taken apart where that places more people,
or as many nearer to home. The result is lawful and cannot be bettered by such a step; it is a
proposal, not a proven optimum.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Ring = tuple[int, ...]  # each takes the place of the next one, the last that of the first


@dataclass
class Swaps:
    """Rings over people 0..n-1.

    Parameters
    ----------
    price : (person, whose place) -> price of that move; a move that is not there is not lawful
    wanted : people who have to move; others only make it possible
    """

    price: Mapping[tuple[int, int], float]
    wanted: frozenset[int]
    helper_price: float
    partner: dict[int, int] = field(default_factory=dict)
    threes: list[Ring] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Collect everybody's lawful partners, in order."""
        self.near: dict[int, list[int]] = {}
        self.goes: dict[int, list[int]] = {}
        for a, b in sorted(self.price):
            self.goes.setdefault(a, []).append(b)
            if (b, a) in self.price and (a in self.wanted or b in self.wanted):
                self.near.setdefault(a, []).append(b)

    def rings(self) -> list[Ring]:
        """The rings found, by the number of their first person."""
        self._nearest_first()
        while self._more() or self._nearer():
            pass
        self._close_threes()
        pairs = [(a, b) for a, b in self.partner.items() if a < b]
        return sorted([*pairs, *self.threes])

    def cost(self, ring: Ring) -> float:
        """Price of a ring; infinite when a move in it is not lawful."""
        moves = zip(ring, (*ring[1:], ring[0]), strict=True)
        helpers = sum(who not in self.wanted for who in ring)
        away = float("inf")
        return sum(self.price.get(move, away) for move in moves) + helpers * self.helper_price

    def _nearest_first(self) -> None:
        pairs = [(self.cost((a, b)), a, b) for a, near in self.near.items() for b in near if a < b]
        for _, a, b in sorted(pairs):
            if a not in self.partner and b not in self.partner:
                self._join(a, b)

    def _join(self, a: int, b: int) -> None:
        self.partner[a], self.partner[b] = b, a

    def _part(self, a: int) -> int:
        b = self.partner.pop(a)
        del self.partner[b]
        return b

    def _more(self) -> bool:
        """Take pairs apart so that somebody left over gets a place and nobody wanted loses one."""
        changed = False
        for left in sorted(self.wanted - self.partner.keys()):
            if left in self.partner:
                continue
            steps = []
            for a in self.near.get(left, ()):
                b = self.partner.get(a)
                if b is not None and b not in self.wanted:
                    steps.append((self.cost((left, a)), a, b))
                elif b is not None:
                    steps += [
                        (self.cost((left, a)) + self.cost((b, other)), a, other)
                        for other in self.near[b]
                        if other not in self.partner and other != left
                    ]
            if steps:
                _, a, other = min(steps)
                b = self._part(a)
                self._join(left, a)
                if b != other:
                    self._join(b, other)
                changed = True
        return changed

    def _nearer(self) -> bool:
        """Exchange the partners of two pairs where both together come out cheaper."""
        changed = False
        for a, b in sorted(self.partner.items()):
            for c in self.near[a]:
                if self.partner.get(a) != b:
                    break
                d = self.partner.get(c)
                if d is None or c == b:
                    continue
                useful = bool({b, d} & self.wanted)
                then = self.cost((a, c)) + (self.cost((b, d)) if useful else 0.0)
                if then < self.cost((a, b)) + self.cost((c, d)) - 1e-6:
                    self._part(a)
                    self._part(c)
                    self._join(a, c)
                    if useful:
                        self._join(b, d)
                    changed = True
        return changed

    def _close_threes(self) -> None:
        """Whoever is left over joins a pair, or two others who are left, in a cycle of three."""
        for left in sorted(self.wanted - self.partner.keys()):
            used = {who for ring in self.threes for who in ring}
            if left in used:
                continue
            best: tuple[float, Ring] | None = None
            for a in sorted(set(self.goes.get(left, ())) - used):
                for b in self._seconds(a, used):
                    cost = self.cost((left, a, b))
                    if left != b and cost < float("inf"):
                        best = min(best, (cost, (left, a, b))) if best else (cost, (left, a, b))
            if best:
                for who in best[1]:
                    if who in self.partner:
                        self._part(who)
                self.threes.append(best[1])

    def _seconds(self, a: int, used: set[int]) -> list[int]:
        """Who can follow `a` in a cycle of three: the own partner, or anybody free if `a` is free."""
        if a in self.partner:
            return [self.partner[a]]
        return sorted(set(self.goes.get(a, ())) - used - self.partner.keys())
