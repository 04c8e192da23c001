"""Which binding rules cannot hold together: leave one out, solve again.

The solver's own unsatisfiable core is not used (it can name a switch that was never assumed, see
google/or-tools#5141). Every claim here rests on a solve: first the visits of the clash are narrowed
down, then the rules among them, then ways out are tried on the whole year.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from solver.result import Status
from solver.visits.problem import Must, Problem
from solver.visits.restrict import restrict

Solves = Callable[[Sequence[Problem]], list[Status]]  # feasibility of several problems at once


def proven_impossible(problem: Problem, solves: Solves) -> bool:
    """True when a solve proves that no plan keeps all limits of the problem."""
    return solves([problem])[0] is Status.INFEASIBLE


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


def clashing_visits(problem: Problem, solves: Solves) -> list[int]:
    """Visits that alone cannot be planned together; all when only the whole year clashes."""
    everything = list(range(len(problem.visits)))
    musts = sorted({limit.visit for limit in problem.limits if isinstance(limit, Must)})
    if not musts or not proven_impossible(restrict(problem, musts), solves):
        return everything
    return narrow(musts, lambda part: proven_impossible(restrict(problem, part), solves))


def without(problem: Problem, labels: frozenset[str]) -> Problem:
    """The problem without the limits that carry one of these labels."""
    return replace(problem, limits=tuple(x for x in problem.limits if x.label not in labels))


def clashing_labels(problem: Problem, solves: Solves) -> tuple[list[str], dict[str, bool]]:
    """Labels none of which can be left out of the clash, and whether leaving each out was seen to help.

    Parameters
    ----------
    problem : the visits of the clash alone
    solves : feasibility of problems
    """
    labels = sorted({limit.label for limit in problem.limits})

    def clashes(part: Sequence[int]) -> bool:
        kept = {labels[n] for n in part}
        return proven_impossible(without(problem, frozenset(labels) - kept), solves)

    core = [labels[n] for n in narrow(range(len(labels)), clashes)]
    others = frozenset(labels) - set(core)
    trials = [without(problem, others | {label}) for label in core]
    helped = [status is Status.FEASIBLE for status in solves(trials)]
    return core, dict(zip(core, helped, strict=True))
