"""The plan with the fewest changes: broken visits first, then wider, until a proof or the effort ends it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from solver.effort import Effort
from solver.visits import problem as given
from solver.visits.around.base import Base, Least, without_orders
from solver.visits.around.changes import Changes, choose_changes
from solver.visits.around.near import Reach, insert_near, missing, reach
from solver.visits.days.model import build, possible
from solver.visits.problem import Solution
from solver.visits.roster import Roster
from solver.visits.together.model import Put
from solver.visits.together.repair import roster_of
from solver.visits.verify import verify

Rank = tuple[
    int, int, int, int
]  # drops (musts above all), changed visits, changed people, moved visits

SMALL = 20_000  # starts times people up to which all visits are freed at once
DAYS = 24  # days of a freed visit in a model that proves nothing anyway
FEW = 6  # visits up to which one model over all their days is quick
CHUNK = 24  # visits freed together in a large year
WIDER = (8, 16, 32)  # visits freed around one that found no place
ROUND = 3.0  # seconds of effort for one such model
BUILDING = 0.1  # seconds of effort that building it takes, for each ten visits


@dataclass
class Making:
    """The best part of a plan so far, and what is proven of it."""

    base: Base
    least: Least
    effort: Effort
    now: Solution
    freed: set[int] = field(default_factory=set)
    bounds: Rank = (0, 0, 0, 0)
    more: int = 0  # changes above the least without which something is left out, proven
    infeasible: bool = False

    @property
    def small(self) -> bool:
        """Whether one model can hold all visits."""
        return self.base.days.n_columns * self.base.problem.n_inspectors <= SMALL

    def rank(self, plan: Solution) -> Rank:
        """What counts before the year's goals."""
        out = [v for v, start in enumerate(plan.starts) if start < 0]
        drops = sum(self.base.price(v) for v in out)
        return drops, len(self.changed(plan)), self.people(plan), self.moved(plan)

    def changed(self, plan: Solution) -> list[int]:
        """Visits that do not stand."""
        base = self.base
        return [
            v
            for v in range(len(plan.starts))
            if v not in base.new
            and (v in base.broken or (plan.starts[v], plan.teams[v]) != base.place(v))
        ]

    def people(self, plan: Solution) -> int:
        """Members who are new on visits that had a team."""
        both = zip(self.base.plan.teams, plan.teams, strict=True)
        return sum(len(set(now) - set(was)) for was, now in both if was)

    def moved(self, plan: Solution) -> int:
        """Visits that had a day and take place on another."""
        both = zip(self.base.plan.starts, plan.starts, strict=True)
        return sum(was >= 0 and now >= 0 and was != now for was, now in both)

    def legal(self, plan: Solution) -> bool:
        """Whether the plan keeps every limit."""
        return not verify(self.base.problem, plan)

    def sound(self, plan: Solution) -> bool:
        """Whether it does but for visits that must take place and do not."""
        return not verify(without_orders(self.base.problem), plan)

    @property
    def forced(self) -> bool:
        """Whether every plan that is as near changes just the visits that this one changes."""
        drops, changes, *_ = self.rank(self.now)
        return self.least.sure and drops == 0 and changes == self.least.changes

    @property
    def proven(self) -> bool:
        """Whether no lawful plan is nearer."""
        return self.legal(self.now) and self.bounds == self.rank(self.now)

    def settled(self) -> bool:
        """Whether nothing is left out and no more is changed than must be."""
        drops, changes, *_ = self.rank(self.now)
        return drops == 0 and changes <= self.least.changes + self.more and self.legal(self.now)


def start_making(base: Base, least: Least, effort: Effort) -> Making:
    """The base without what cannot stand; then that and the new visits put where they fit first."""
    out = base.broken | base.new | set(least.beside)
    starts = tuple(-1 if v in out else s for v, s in enumerate(base.plan.starts))
    teams = tuple(() if v in out else t for v, t in enumerate(base.plan.teams))
    roster = roster_of(base.days, Solution(starts, teams))
    for v in sorted(out, key=lambda v: (-base.price(v), v)):
        insert_near(roster, base, v)
    covers = tuple(x for x in base.problem.limits if isinstance(x, given.CoverAtLeast))
    for v in sorted(base.out_before - out):
        if not verify(replace(base.problem, limits=covers), roster.solution()):
            break
        insert_near(roster, base, v)
    return Making(base, least, effort, roster.solution())


def fewest(making: Making) -> None:
    """Makes the plan the one with the least drops, then changes, then people that is found; with proofs."""
    base, everybody = making.base, range(len(making.base.plan.starts))
    came_in = {v for v in base.out_before if making.now.starts[v] >= 0}
    core = sorted(base.broken | base.new | set(making.least.beside) | came_in)
    if _impossible(making, ask_days=False):
        return
    forced = making.least.sure and len(core) <= CHUNK and not came_in
    for at in range(0, len(core), CHUNK):
        _solve(making, core[at : at + CHUNK], forced=forced)
    if forced and core and making.settled() and not making.proven:
        _solve(making, core, forced=True)
    if making.small:
        if not making.proven:
            _solve(making, everybody, whole=True)
        return
    _widen(making, core)
    drops, changes, *_ = making.rank(making.now)
    least = making.least.changes + making.more
    found = making.bounds[2:] if drops == 0 and changes == making.least.changes else (0, 0)
    making.bounds = (0, least if drops == 0 else making.least.changes, *found)
    if not making.legal(making.now):
        _impossible(making, ask_days=True)


def _impossible(making: Making, *, ask_days: bool) -> bool:
    """Whether a visit that must take place has no day at all, or the days alone are proven to clash."""
    base = making.base
    have = set(base.days.visit.tolist())
    if any(v not in have for v in base.must):
        making.infeasible = True
    elif ask_days:
        stage = possible(build(base.problem), making.effort, min(ROUND, making.effort.left))
        making.infeasible = stage.infeasible
    return making.infeasible


def _widen(making: Making, core: Sequence[int]) -> None:
    """Frees more visits around those that found no place, or where more change than surely must."""
    for size in WIDER:
        stuck = [v for v in core if making.now.starts[v] < 0]
        stuck = stuck or [v for v in making.changed(making.now) if v not in making.base.broken]
        for v in stuck[:CHUNK] or list(core[:1]):
            if making.settled() or making.effort.left <= 0:
                return
            _solve(making, [v, *around(making, v, size)])


def around(making: Making, v: int, size: int) -> list[int]:
    """Visits that could make room for one: kin by unit first, then those near its cheapest open days."""
    base, now = making.base, making.now
    roster = roster_of(base.days, now)
    kin = {o for group in roster.apart[v] for o in group.visits} | roster.needs[v].not_both
    kin |= {o for group in roster.once[v] for o in group.visits}
    mine = base.days.visit == v
    order = base.days.cost[mine].argsort(kind="stable")
    days = base.days.start[mine][order][: 2 * size].tolist()
    days += [base.plan.starts[v]] if base.plan.starts[v] >= 0 else []
    near = [
        (-1 if u in kin else min((abs(now.starts[u] - d) for d in days), default=0), u)
        for u in range(len(now.starts))
        if u != v and (now.starts[u] >= 0 or u in kin)
    ]
    return [u for _, u in sorted(near)[:size]]


def _solve(
    making: Making, freed: Iterable[int], *, whole: bool = False, forced: bool = False
) -> None:
    """Frees these visits and takes the better answer.

    `whole`: these are all; `forced`: every plan with the fewest changes changes just these.
    """
    freed = list(freed)
    making.freed.update(freed)
    roster = without(making.base, making.now, freed)
    wide = choices(making.base, roster, freed)
    before = making.rank(making.now)
    sure = forced and before[0] == 0 and before[1] == making.least.changes
    if sure and making.legal(making.now):
        wide = reach(roster, making.base, wide.starts, wide.members, before[2], before[3])
        if before[2:] <= (wide.people, wide.moved):
            making.bounds = before
            return
    elif not making.small and not (forced and len(freed) <= FEW):
        wide = fewer_days(making.base, roster, making.now, wide)
    making.effort.charge(BUILDING * len(freed) / 10)
    changes = choose_changes(making.base, roster, wide.starts, wide.members)
    width = _weights(changes)
    goal = (
        width[0] * changes.drops()
        + width[1] * changes.changed()
        + width[2] * changes.people()
        + changes.moved()
    )
    seconds = min(ROUND * (3 if whole else 1), making.effort.left)
    found = changes.search(goal, place_of(making.now, freed), making.effort, seconds)
    making.infeasible |= whole and found.infeasible
    put = changes.put(found)
    if put is not None:
        plan = with_put(making.now, put)
        better = making.rank(plan) < before or not making.legal(making.now)
        if better and making.sound(plan):
            making.now = plan
    rank = making.rank(making.now)
    if whole or sure:
        making.bounds = _split(found.bound, width, rank)
    elif forced and len(freed) <= FEW and found.bound >= width[0]:
        making.more = 1  # just these cannot do it without leaving something out
    unplaced = any(making.now.starts[v] < 0 for v in making.base.must)
    making.infeasible |= whole and unplaced and making.bounds[0] == rank[0]


def _split(bound: int, width: tuple[int, int, int], values: Rank) -> Rank:
    """The bound of the weighted sum as bounds of its parts, each given that those before are reached."""
    bounds = [0, 0, 0, 0]
    for k, (weight, value) in enumerate(zip((*width, 1), values, strict=True)):
        bounds[k] = min(value, max(0, bound // weight))
        if bounds[k] < value:
            break
        bound -= weight * value
    return bounds[0], bounds[1], bounds[2], bounds[3]


def _weights(changes: Changes) -> tuple[int, int, int]:
    """What a point left out, a changed visit and a changed person weigh against a moved visit."""
    visits = len(changes.model.freed) + 1
    people = visits * (sum(changes.roster.size(v) for v in changes.model.freed) + 1)
    return people * visits, people, visits


def without(base: Base, now: Solution, freed: Iterable[int]) -> Roster:
    """The plan as a roster, the freed visits taken out."""
    out = set(freed)
    roster = roster_of(base.days, now)
    for v in sorted(out):
        if now.starts[v] >= 0:
            roster.drop(v)
    return roster


def choices(base: Base, roster: Roster, freed: Sequence[int]) -> Reach:
    """All days and everybody, as far as the visits that stay leave them."""
    everybody = set(range(base.problem.n_inspectors))
    starts, members = {}, {}
    for v in freed:
        needs = roster.needs[v]
        away = {i for other in needs.not_both - set(freed) for i in roster.teams[other]}
        starts[v] = sorted(roster.open_starts(v).tolist())
        members[v] = sorted(everybody - needs.barred - away)
    return Reach(starts, members)


def fewer_days(base: Base, roster: Roster, now: Solution, wide: Reach) -> Reach:
    """The days on which each visit needs fewest new people, or costs least; where it is, and where it was."""
    starts = {}
    for v, days in wide.starts.items():
        cost = base.problem.visits[v].start_cost
        lack = missing(roster, base, v, days) if base.plan.teams[v] else dict.fromkeys(days, 0)
        near = sorted((n, cost[s], s) for s, n in lack.items())[:DAYS]
        cheap = sorted((cost[s], s) for s in days)[: DAYS // 2]
        here = {now.starts[v], base.plan.starts[v]} & set(days)
        starts[v] = sorted({*(s for *_, s in near), *(s for _, s in cheap), *here})
    return Reach(starts, wide.members)


def place_of(plan: Solution, visits: Iterable[int]) -> Put:
    """Where these visits are in a plan."""
    return {v: (plan.starts[v], plan.teams[v]) for v in visits}


def with_put(now: Solution, put: Put) -> Solution:
    """The plan with these visits put elsewhere."""
    starts, teams = list(now.starts), list(now.teams)
    for v, (start, team) in put.items():
        starts[v], teams[v] = start, team
    return Solution(tuple(starts), tuple(teams))
