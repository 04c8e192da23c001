"""Least cost of the year's goals, one after another, without giving away what counts before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from solver.visits.around.changes import Changes, choose_changes
from solver.visits.around.goals import GOALS, Beside
from solver.visits.around.near import Reach, reach
from solver.visits.around.rest import Rest
from solver.visits.around.search import (
    CHUNK,
    Making,
    choices,
    fewer_days,
    place_of,
    with_put,
    without,
)
from solver.visits.goals import PARTS, goal_values, in_order
from solver.visits.problem import Problem, Solution

STEP = 0.8  # seconds of effort for one goal
OF_DAYS = ("drops", "timing", "spread")  # goals for which days are chosen anew


@dataclass(frozen=True)
class Within:
    """How much of each count the freed visits may use; None: as much as they like."""

    drops: int | None
    changes: int | None
    people: int | None
    moved: int | None = None


@dataclass(frozen=True)
class Whole:
    """The whole year, and the part of it that may change."""

    problem: Problem
    base: Solution
    rest: Rest

    def values(self, part: Solution) -> dict[str, int]:
        """Goals of the whole plan with this part put in."""
        return goal_values(self.problem, self.rest.whole(self.base, part))

    def rank(self, part: Solution) -> tuple[int, ...]:
        """Goals in the planner's order, to compare."""
        return in_order(self.problem, self.values(part))


def least_cost(making: Making, whole: Whole) -> dict[str, int]:
    """The goals, as far as the changed and new visits can serve them without one change more."""
    base, now = making.base, making.now
    loose = sorted(set(making.changed(now)) | base.new)
    everything = making.small and bool(loose) and not making.forced
    if everything:
        loose = list(range(len(now.starts)))
    bounds: dict[str, int] = {}
    for at in range(0, len(loose), CHUNK):
        freed = loose if everything else loose[at : at + CHUNK]
        inside = Within(
            sum(base.price(v) for v in freed if making.now.starts[v] < 0),
            len(set(making.changed(making.now)) & set(freed)),
            making.people(_beside_base(making, freed)),
            making.moved(_beside_base(making, freed)),
        )
        bounds = cheapen(making, whole, freed, inside)
        making.freed.update(freed)
        if everything:
            break
    return bounds if everything or len(loose) <= CHUNK else {}


def _beside_base(making: Making, freed: list[int]) -> Solution:
    """The plan as far as these visits are concerned, the others as they stood."""
    inside = set(freed)
    now, was = making.now, making.base.plan
    return Solution(
        tuple(now.starts[v] if v in inside else s for v, s in enumerate(was.starts)),
        tuple(now.teams[v] if v in inside else t for v, t in enumerate(was.teams)),
    )


def cheapen(
    making: Making,
    whole: Whole,
    freed: Sequence[int],
    within: Within,
    *,
    only_days: bool = False,
) -> dict[str, int]:
    """Makes the plan cheaper by these visits, goal by goal; gives each goal's bound for just these visits.

    Where few choices are left every goal is sought over days and teams; else the days are chosen by the
    goals on days that come before the first other one, and the teams on those days then, unless only days
    are asked for.
    """
    parts = [part for name in whole.problem.goals.order for part in PARTS[name]]
    if making.small or _fewest_people(making, freed, within):
        return _steps(making, whole, freed, within, parts, days_stay=False)
    first = next((k for k, part in enumerate(parts) if part not in OF_DAYS), len(parts))
    bounds = _steps(making, whole, freed, within, parts[:first], days_stay=False)
    if only_days:
        return bounds
    rest = [part for part in parts[first:] if part not in OF_DAYS]
    return bounds | _steps(making, whole, freed, within, rest, days_stay=True)


def _steps(
    making: Making, whole: Whole, freed: Sequence[int], within: Within, parts: Sequence[str],
    *, days_stay: bool,
) -> dict[str, int]:  # fmt: skip
    changes = _opened(making, freed, within, days_stay)
    _keep_within(changes, within)
    bounds: dict[str, int] = {}
    for part in parts:
        if making.effort.left <= 0:
            break
        beside = _beside(making, whole, freed)
        before = whole.values(making.now)[part]
        goal = GOALS[part](changes, beside)
        if before == 0:  # as good as can be
            changes.cp.add(goal <= 0)
            bounds[part] = 0
            continue
        seconds = min(STEP, making.effort.left)
        found = changes.search(goal, place_of(making.now, freed), making.effort, seconds)
        put = changes.put(found)
        if put is not None:
            plan = with_put(making.now, put)
            if whole.rank(plan) < whole.rank(making.now) and making.legal(plan):
                making.now = plan
            reached = whole.values(plan)[part]
            changes.cp.add(goal <= found.value)
            bounds[part] = min(reached - (found.value - found.bound), before)
    return bounds


def _opened(making: Making, freed: Sequence[int], within: Within, days_stay: bool) -> Changes:
    """The freed visits with the days and people that can matter within the counts."""
    base, now = making.base, making.now
    roster = without(base, now, freed)
    wide = choices(base, roster, freed)
    if days_stay:
        days = {v: [s] if (s := now.starts[v]) >= 0 else [] for v in freed}
        wide = Reach(days, wide.members)
    if _few(within):
        wide = reach(roster, base, wide.starts, wide.members, within.people, within.moved)
    elif not making.small and not days_stay:
        wide = fewer_days(base, roster, now, wide)
    return choose_changes(base, roster, wide.starts, wide.members)


def _few(within: Within) -> bool:
    """Whether nothing is left out and the changed people are counted, so that few choices can matter."""
    return within.drops == 0 and within.people is not None


def _fewest_people(making: Making, freed: Sequence[int], within: Within) -> bool:
    """Whether each visit has no more new people than it needs by itself: hardly a choice but the day."""
    if not _few(within):
        return False
    roster = without(making.base, making.now, freed)
    wide = choices(making.base, roster, freed)
    return reach(roster, making.base, wide.starts, wide.members, None).people == within.people


def _keep_within(changes: Changes, within: Within) -> None:
    counts = (changes.drops(), changes.changed(), changes.people(), changes.moved())
    most_of = (within.drops, within.changes, within.people, within.moved)
    for count, most in zip(counts, most_of, strict=True):
        if most is not None:
            changes.cp.add(count <= most)


def _beside(making: Making, whole: Whole, freed: Sequence[int]) -> Beside:
    out = set(freed)
    stays = Solution(
        tuple(-1 if v in out else s for v, s in enumerate(making.now.starts)),
        tuple(() if v in out else t for v, t in enumerate(making.now.teams)),
    )
    return Beside(
        whole.problem,
        whole.rest.whole(whole.base, stays),
        whole.rest.whole(whole.base, making.now),
    )
