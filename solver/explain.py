"""Which limits cannot hold together: leave one label out, solve again.

The solver's own unsatisfiable core is not used (it can name a switch that was never assumed, see
google/or-tools#5141). Every claim here rests on a solve: first the visits of the clash are narrowed
down, then the labels among them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from solver.result import Core, Status
from solver.settings import Settings
from solver.visits.feasible import feasible
from solver.visits.problem import Must, Problem
from solver.visits.restrict import restrict, without

SECONDS = 5.0  # effort for one question; what is not proven in it counts as "can hold"


def core_of(problem: Problem, settings: Settings, last: Sequence[str] = ()) -> Core:
    """A smallest clash of a problem that is proven to have no plan: no label of it can be spared.

    "Smallest" means that nothing can be left out of it, not that no other clash is smaller. Labels
    named in `last` are blamed only when the others alone do not clash.
    """
    quick = replace(settings, time_limit_s=min(SECONDS, settings.time_limit_s))

    def impossible(part: Problem) -> bool:
        return feasible(part, quick) is Status.INFEASIBLE

    everything = problem
    for label in last:
        if impossible(without(problem, frozenset({label}))):
            problem = without(problem, frozenset({label}))
    visits = _visits(problem, impossible)
    part = restrict(problem, visits)
    labels = _labels(part, impossible)
    others = frozenset(limit.label for limit in part.limits) - set(labels)
    helped = tuple(
        feasible(without(part, others | {label}), quick) is Status.FEASIBLE for label in labels
    )
    more = impossible(without(everything, frozenset(labels)))
    return Core(tuple(visits), tuple(labels), helped, more)


def narrow(items: Sequence[int], clashes: Callable[[Sequence[int]], bool]) -> list[int]:
    """A part of `items` that still clashes and of which no single item can be left out.

    Halves are tried before single items. `clashes` must be proven: what is not proven counts as
    "can hold", so the part stays larger, never wrong.
    """
    kept, size = list(items), max(1, len(items) // 2)
    while True:
        at = 0
        while at < len(kept):
            rest = kept[:at] + kept[at + size :]
            if rest and clashes(rest):
                kept = rest
            else:
                at += size
        if size == 1:
            return kept
        size = max(1, size // 2)


def _visits(problem: Problem, impossible: Callable[[Problem], bool]) -> list[int]:
    """Mandatory visits that alone cannot be planned together; every visit when the whole year clashes."""
    musts = sorted({limit.visit for limit in problem.limits if isinstance(limit, Must)})
    if not musts or not impossible(restrict(problem, musts)):
        return list(range(len(problem.visits)))
    return narrow(musts, lambda part: impossible(restrict(problem, part)))


def _labels(part: Problem, impossible: Callable[[Problem], bool]) -> list[str]:
    labels = sorted({limit.label for limit in part.limits})

    def clashes(numbers: Sequence[int]) -> bool:
        kept = {labels[n] for n in numbers}
        return impossible(without(part, frozenset(labels) - kept))

    return [labels[n] for n in narrow(range(len(labels)), clashes)]
