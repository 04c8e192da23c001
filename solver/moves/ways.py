"""The shortest cycle and the shortest chain through one person, caps and other people's plans apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from solver.moves.reach import (
    ANY_LENGTH,
    Ints,
    Reach,
    in_layers,
    other_desks,
    other_people,
    out_layers,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Step = Callable[[int], Iterable[int]]

NONE = ANY_LENGTH * 2  # no such exchange


@dataclass
class Ways:
    """Walks over lawful arcs; what was looked at once is remembered."""

    reach: Reach
    holder: Ints = field(init=False)
    outs: dict[int, tuple[Ints, npt.NDArray[np.bool_], Ints]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.holder = np.full(len(self.reach.unit), -1, np.int64)
        held = self.reach.own >= 0
        self.holder[self.reach.own[held]] = np.flatnonzero(held)

    def desks(self, person: int, wave: int) -> Ints:
        """Desks that a person may take in a wave; -1: in principle, whatever the waves."""
        if person not in self.outs:
            desks = other_desks(self.reach, person)
            layers = out_layers(self.reach, person, desks)
            self.outs[person] = desks, layers.in_principle(), layers.lawful()
        desks, principle, lawful = self.outs[person]
        return desks[principle] if wave < 0 else desks[(lawful >> wave) & 1 == 1]

    def takers(self, person: int, wave: int) -> Ints:
        """People who may take a person's desk in a wave; -1: in principle."""
        people = other_people(self.reach, person)
        layers = in_layers(self.reach, people, int(self.reach.own[person]))
        fine = layers.in_principle() if wave < 0 else (layers.lawful() >> wave) & 1 == 1
        return people[fine]

    def may_end(self, person: int) -> bool:
        """Whether a chain may end with this person, the own desk staying empty."""
        desk = int(self.reach.own[person])
        return not self.reach.tail or desk < 0 or not self.reach.problem.desks[desk].must_fill

    def shortest(self, person: int, wave: int) -> tuple[int, int]:
        """People in the shortest cycle and in the shortest chain through a person; NONE if there is none."""
        cycle, to_empty = self._onwards(person, wave)
        if cycle <= self.reach.longest_cycle or to_empty == NONE:
            return cycle, NONE
        back = self._to_a_tail(person, wave)
        return cycle, NONE if back == NONE else to_empty + back

    def _onwards(self, person: int, wave: int) -> tuple[int, int]:
        """People in the shortest cycle, and from the person on to the shortest way into an empty desk."""
        own, depth, to_empty = int(self.reach.own[person]), 0, NONE
        seen, layer = {person}, [person]
        while layer:
            depth += 1
            found: set[int] = set()
            for who in layer:
                desks = self.desks(who, wave)
                if own >= 0 and depth > 1 and (desks == own).any():
                    return depth, to_empty
                if to_empty == NONE and self.reach.empty[desks].any():
                    to_empty = depth
                found.update(self.holder[desks].tolist())
            layer = sorted(found - seen - {-1})
            seen.update(layer)
        return NONE, to_empty

    def _to_a_tail(self, person: int, wave: int) -> int:
        """Fewest people behind a person up to one with whom a chain may end."""
        seen, layer, depth = {person}, [person], 0
        while layer:
            if any(self.may_end(who) for who in layer):
                return depth
            depth += 1
            found = {int(q) for who in layer for q in self.takers(who, wave)}
            layer = sorted(found - seen)
            seen.update(layer)
        return NONE
