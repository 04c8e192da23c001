"""Why no exchange at all leads through a person, whatever the others do: read off the lawful arcs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solver.moves.problem import ChainLength, CycleLength, Tail
from solver.moves.reach import in_layers, other_desks, other_people, out_layers
from solver.moves.ways import NONE, Ways

if TYPE_CHECKING:
    from solver.moves.why import Kind

WHATEVER_THE_WAVE = -1


@dataclass(frozen=True)
class Structure:
    """The first obstacle of the person, None when lawful exchanges exist; the labels behind it."""

    kind: Kind | None
    labels: tuple[str, ...] = ()
    shortest: int = 0  # people in the shortest cycle through the person; 0: none


def structure(ways: Ways, person: int) -> Structure:
    """What stands in the person's way before caps and other people's plans are looked at."""
    reach = ways.reach
    desks = other_desks(reach, person)
    if not len(desks):
        return Structure("no_desk")
    layers = out_layers(reach, person, desks)
    own = int(reach.own[person])
    if not layers.in_principle().any():
        inside = own >= 0 and bool((reach.unit[desks] == reach.unit[own]).all())
        labels = tuple(layers.labels(timed=False))
        only_here = inside and set(labels) <= set(reach.elsewhere)
        return Structure("own_unit" if only_here else "barred", labels)
    if not ways.may_end(person) and not len(ways.takers(person, WHATEVER_THE_WAVE)):
        takers = in_layers(reach, other_people(reach, person), own)
        return Structure("no_taker", tuple(takers.labels(timed=False)) or _labels(ways, Tail))
    cycle, chain = ways.shortest(person, WHATEVER_THE_WAVE)
    people = 0 if cycle == NONE else cycle
    if cycle > reach.longest_cycle and chain > reach.longest_chain:
        return _no_way(ways, person, cycle, chain)
    for wave in range(len(reach.problem.wave_days)):
        in_wave = ways.shortest(person, wave)
        if in_wave[0] <= reach.longest_cycle or in_wave[1] <= reach.longest_chain:
            return Structure(None, (), people)
    away = reach.away.get(person, ())
    left = reach.every
    for _, waves in (*reach.closed, *away):
        left &= ~waves
    if not left and away:
        return Structure("no_common_wave", tuple(sorted({label for label, _ in away})), people)
    timed = set(layers.labels(timed=True))
    if own >= 0:
        fine = ways.takers(person, WHATEVER_THE_WAVE)
        timed |= set(in_layers(reach, fine, own).labels(timed=True))
    return Structure("no_common_wave", tuple(sorted(timed)), people)


def _no_way(ways: Ways, person: int, cycle: int, chain: int) -> Structure:
    if cycle != NONE:
        return Structure("longer_cycle", _labels(ways, CycleLength), cycle)
    if chain != NONE:
        return Structure("longer_cycle", _labels(ways, ChainLength))
    return Structure("no_way_round", tuple(_on_the_way(ways, person)))


def _labels(ways: Ways, kind: type) -> tuple[str, ...]:
    limits = (x for x in ways.reach.problem.limits if isinstance(x, kind))
    return tuple(sorted({x.label for x in limits}))


def _on_the_way(ways: Ways, person: int) -> list[str]:
    """Labels that keep those who could be reached from the desks that lead back."""
    reach, seen, layer = ways.reach, {person}, [person]
    labels: set[str] = set()
    while layer:
        found: set[int] = set()
        for who in layer:
            labels.update(out_layers(reach, who, other_desks(reach, who)).labels(timed=False))
            found.update(int(h) for h in ways.holder[ways.desks(who, WHATEVER_THE_WAVE)])
        layer = sorted(found - seen - {-1})
        seen.update(layer)
    return sorted(labels | set(_labels(ways, Tail) if _has_empty(ways, person) else ()))


def _has_empty(ways: Ways, person: int) -> bool:
    desks = other_desks(ways.reach, person)
    return bool(np.any(ways.reach.empty[desks]))
