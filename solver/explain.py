"""Which limits cannot hold together: leave one label out, solve again.

The solver's own unsatisfiable core is not used (it can name a switch that was never assumed, see
google/or-tools#5141). Every claim here rests on a solve or on counting: first the visits of the clash are
narrowed down, then the labels among them, then the single limits that stand for rows of data.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from solver.result import NO_STEP, NOT_ASKED, Core, Status
from solver.settings import Settings
from solver.visits.days.problem import compile_days
from solver.visits.feasible import feasible
from solver.visits.problem import (
    AtMostOne,
    Barred,
    DayCapacity,
    KeepApart,
    Limit,
    Must,
    NotBoth,
    Problem,
)
from solver.visits.restrict import restrict, without

SECONDS = 4.0  # for one question; what is not proven in it counts as "can hold"
T = TypeVar("T")

LONELY = (
    3  # visits impossible by themselves that are looked into, for the smallest clash among them
)


def core_of(
    problem: Problem, settings: Settings, last: Sequence[str] = (), detailed: Sequence[str] = ()
) -> Core:
    """A smallest clash of a problem that is proven to have no plan: no label of it can be spared.

    "Smallest" means that nothing can be left out of it, not that no other clash is smaller. Labels
    named in `last` are blamed only when the others alone do not clash. Limits with a label in
    `detailed` are narrowed down one by one, a ban of several people to single people.
    """
    seconds = min(SECONDS, settings.time_limit_s)
    quick = replace(settings, time_limit_s=seconds, workers=1, repeatable=False)

    def impossible(part: Problem) -> bool:
        return feasible(part, quick) is Status.INFEASIBLE

    visits, part = _part(problem, impossible, last)
    labels = _labels(part, impossible)
    part = _only(part, labels)
    helped = _helped(labels, lambda label: without(part, frozenset({label})), quick)
    items, spared = _items(part, frozenset(detailed) & set(labels), impossible)
    rest = [limit for limit in part.limits if limit.label not in detailed]
    proven = _helped(
        items,
        lambda item: replace(part, limits=(*rest, *(x for x in items if x is not item))),
        quick,
    )
    more = impossible(without(problem, frozenset(labels)))
    return Core(tuple(visits), tuple(labels), helped, more, tuple(items), proven, spared)


def forbidding(
    problem: Problem,
    visit: int,
    settings: Settings,
    last: Sequence[str] = (),
    detailed: Sequence[str] = (),
) -> Core | None:
    """The smallest clash that keeps one visit from what is asked of it; None when none is proven in time.

    It is looked for in the visit alone, then with the visits that limits tie to it, then in the whole.
    """
    quick = replace(
        settings, time_limit_s=min(SECONDS, settings.time_limit_s), workers=1, repeatable=False
    )
    kin = {
        v
        for limit in problem.limits
        if isinstance(limit, KeepApart | AtMostOne | NotBoth) and visit in limit.visits
        for v in limit.visits
    }
    for visits in dict.fromkeys([(visit,), tuple(sorted({visit, *kin}))]):
        part = restrict(problem, visits)
        if feasible(part, quick) is Status.INFEASIBLE:
            core = core_of(part, settings, last, detailed)
            return replace(core, visits=tuple(visits[v] for v in core.visits))
    if feasible(problem, quick) is Status.INFEASIBLE:
        return core_of(problem, settings, last, detailed)
    return None


def first_step(
    ladder: Sequence[Problem], visits: Sequence[str], settings: Settings, seconds: float
) -> int:
    """Number of the first problem that was seen to have a plan within so many seconds.

    Every step allows what the one before it allows, so the last is asked first: when it has no plan,
    none has. `NO_STEP` when that was proven or every step was asked, `NOT_ASKED` when time ran out before.
    """
    ends_at, wanted = time.monotonic() + seconds, set(visits)

    def asked(step: int) -> Status | None:
        left = min(SECONDS, ends_at - time.monotonic())
        if left <= 0:
            return None
        problem = ladder[step]
        quick = replace(settings, time_limit_s=left, workers=1, repeatable=False)
        some = [v for v, visit in enumerate(problem.visits) if visit.label in wanted]
        alone = len(some) < len(problem.visits)
        if alone and feasible(restrict(problem, some), quick) is Status.INFEASIBLE:
            return Status.INFEASIBLE
        return feasible(problem, quick)

    last = len(ladder) - 1
    widest = asked(last) if ladder else Status.INFEASIBLE
    if widest is Status.INFEASIBLE:
        return NO_STEP
    for step in range(last):
        found = asked(step)
        if found is Status.FEASIBLE:
            return step
        if found is None:
            break
    if widest is Status.FEASIBLE:
        return last
    return NO_STEP if time.monotonic() < ends_at else NOT_ASKED


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


def _part(
    problem: Problem, impossible: Callable[[Problem], bool], last: Sequence[str]
) -> tuple[list[int], Problem]:
    """Visits that clash by themselves, and their problem, without the labels blamed last if they can go."""
    trimmed = without(problem, frozenset(last))
    alone = [v for v in _lonely(trimmed) if impossible(restrict(trimmed, [v]))]
    if alone:
        parts = {v: restrict(trimmed, [v]) for v in alone[:LONELY]}
        fewest = min(parts, key=lambda v: (len(_labels(parts[v], impossible)), v))
        return [fewest], parts[fewest]
    for label in last:
        if impossible(without(problem, frozenset({label}))):
            problem = without(problem, frozenset({label}))
    crowd = _crowd(problem)
    if crowd and impossible(restrict(problem, crowd)):
        visits = narrow(crowd, lambda part: impossible(restrict(problem, part)))
    else:
        visits = _visits(problem, impossible)
    return visits, restrict(problem, visits)


def _lonely(problem: Problem) -> list[int]:
    """Mandatory visits that have no day on which they could be staffed, even alone."""
    days = compile_days(problem)
    open_days = np.bincount(days.visit, minlength=days.n_visits)
    return np.flatnonzero(days.must & (open_days == 0)).tolist()


def _crowd(problem: Problem) -> list[int]:
    """Mandatory visits whose open days all lie within days that have no room for them all; [] if none.

    The shortest such stretch of days counts, then the first.
    """
    days = compile_days(problem)
    last = days.start + days.length[days.visit] - 1
    musts = [v for v in np.flatnonzero(days.must).tolist() if (days.visit == v).any()]
    spans = {v: (days.start[days.visit == v].min(), last[days.visit == v].max()) for v in musts}
    room = np.full(problem.n_days, len(musts), np.int64)
    for limit in problem.limits:
        if isinstance(limit, DayCapacity):
            room = np.minimum(room, limit.capacity)
    before = np.concatenate([[0], np.cumsum(room)])
    found: list[tuple[int, int, list[int]]] = []
    for first in sorted({a for a, _ in spans.values()}):
        for end in sorted({b for a, b in spans.values() if a >= first}):
            inside = [v for v, (a, b) in spans.items() if first <= a and b <= end]
            if days.length[inside].sum() > before[end + 1] - before[first]:
                found.append((int(end - first), int(first), inside))
                break
    return min(found, default=(0, 0, []))[2]


def _visits(problem: Problem, impossible: Callable[[Problem], bool]) -> list[int]:
    """Mandatory visits that alone cannot be planned together; every visit when the whole year clashes."""
    musts = sorted({limit.visit for limit in problem.limits if isinstance(limit, Must)})
    if not musts or not impossible(restrict(problem, musts)):
        return list(range(len(problem.visits)))
    return narrow(musts, lambda part: impossible(restrict(problem, part)))


def _labels(part: Problem, impossible: Callable[[Problem], bool]) -> list[str]:
    labels = sorted({limit.label for limit in part.limits})

    def clashes(numbers: Sequence[int]) -> bool:
        return impossible(_only(part, [labels[n] for n in numbers]))

    return [labels[n] for n in narrow(range(len(labels)), clashes)]


def _items(
    part: Problem, labels: frozenset[str], impossible: Callable[[Problem], bool]
) -> tuple[list[Limit], int]:
    """The limits with these labels of which none can be left out, and how many could be."""
    rest = [limit for limit in part.limits if limit.label not in labels]
    items = [each for limit in part.limits if limit.label in labels for each in _single(limit)]

    def clashes(numbers: Sequence[int]) -> bool:
        return impossible(replace(part, limits=(*rest, *(items[n] for n in numbers))))

    kept = narrow(range(len(items)), clashes) if items else []
    return [items[n] for n in kept], len(items) - len(kept)


def _single(limit: Limit) -> Iterator[Limit]:
    """A ban of several people as bans of one."""
    if isinstance(limit, Barred):
        yield from (replace(limit, inspectors=(i,)) for i in limit.inspectors)
    else:
        yield limit


def _helped(
    members: Sequence[T], left_out: Callable[[T], Problem], settings: Settings
) -> tuple[bool, ...]:
    """For each member, whether a plan was found without it."""
    return tuple(feasible(left_out(each), settings) is Status.FEASIBLE for each in members)


def _only(part: Problem, labels: Sequence[str]) -> Problem:
    return without(part, frozenset(x.label for x in part.limits) - set(labels))
