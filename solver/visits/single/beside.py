"""One visit put in its place by moving one other out of the way: fewest changes when it cannot go alone."""

from __future__ import annotations

from solver.visits.goals import goal_values, in_order
from solver.visits.problem import Solution
from solver.visits.single.options import Option, Standing

MOST = 400  # days of the visit times others that are tried
FEW = 8  # cheapest days that are tried when all would be too many


def with_one_other(standing: Standing, visit: int) -> Solution | None:
    """A lawful plan in which only this visit and one other stand elsewhere than before; None if none was seen.

    The visit takes its best place beside each plan without one of the visits in its way, which then takes
    its own best place. The best of these plans in the planner's order of goals is given.
    """
    days = standing.days
    cost = standing.problem.visits[visit].start_cost
    starts = sorted(days.start[days.visit == visit].tolist(), key=lambda s: (cost[s], s))
    others = in_the_way(standing, visit, starts)
    if len(starts) * len(others) > MOST:
        starts = starts[:FEW]
        others = in_the_way(standing, visit, starts)
    best: tuple[tuple[int, ...], Solution] | None = None
    for other in others:
        plan = _exchanged(standing, visit, other, starts)
        if plan is not None:
            rank = in_order(standing.problem, goal_values(standing.problem, plan))
            best = min(best, (rank, plan), key=lambda pair: pair[0]) if best else (rank, plan)
    return best[1] if best else None


def in_the_way(standing: Standing, visit: int, starts: list[int]) -> list[int]:
    """Visits in the weeks of these starts, tied to it by a limit, or of people whom it needs that month."""
    roster, plan = standing.roster, standing.plan
    length = roster.length(visit)
    wanted = {day for s in starts for day in range(s, s + length)}
    months = {int(roster.months[day]) for day in wanted}
    needs = roster.needs[visit]
    people = {i for held, _ in needs.covers if len(held) == 1 for i in held}
    kin = set(needs.not_both)
    kin |= {v for group in roster.apart[visit] for v in group.visits}
    kin |= {v for group in roster.once[visit] for v in group.visits}
    weeks = {int(roster.weeks[day]) for day in wanted}
    found = []
    for other, start in enumerate(plan.starts):
        if start < 0 or other == visit:
            continue
        span = range(start, start + roster.length(other))
        near = not wanted.isdisjoint(span) or int(roster.weeks[start]) in weeks
        same_month = people & set(plan.teams[other]) and int(roster.months[start]) in months
        if near or other in kin or same_month:
            found.append(other)
    return found


def _exchanged(standing: Standing, visit: int, other: int, starts: list[int]) -> Solution | None:
    """The plan with the visit in its best place beside all but the other, and the other in its best then."""
    plan = standing.plan
    empty = _put(plan, other, None)
    standing.roster.drop(other)
    standing.plan = empty
    try:
        here = standing.places(visit, most=1, starts=starts)
        if not here:
            return None
        was = (empty.starts[visit], empty.teams[visit])
        if was[0] >= 0:
            standing.roster.drop(visit)
        standing.roster.take(visit, here[0].start, here[0].team)
        standing.plan = _put(empty, visit, here[0])
        there = standing.places(other, most=1)
        found = _put(standing.plan, other, there[0]) if there else None
        standing.roster.drop(visit)
        if was[0] >= 0:
            standing.roster.take(visit, *was)
        return found
    finally:
        standing.plan = plan
        standing.roster.take(other, plan.starts[other], plan.teams[other])


def _put(plan: Solution, visit: int, place: Option | None) -> Solution:
    starts, teams = list(plan.starts), list(plan.teams)
    starts[visit], teams[visit] = (place.start, place.team) if place else (-1, ())
    return Solution(tuple(starts), tuple(teams))
