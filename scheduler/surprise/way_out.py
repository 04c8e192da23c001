"""Another lawful day for a planned visit that throws a unit into its shadow, when there is one near."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from scheduler.surprise.office_service import away_by_day, free_teams
from scheduler.surprise.reserve_report import Kept, Shadowed

if TYPE_CHECKING:
    from datetime import date

    from data.records import Plan, PlannedVisit
    from scheduler.case import Case

TRIES = 24  # plans that are given to the checker, over all units

Lawful = Callable[["Plan"], bool]


def with_ways_out(
    case: Case, plan: Plan, season: Kept, rows: list[Shadowed], lawful: Lawful
) -> list[Shadowed]:
    """The rows, each with a visit and another day for it at which the plan stays lawful and the shadow is gone.

    Only one visit is moved, its team as it is, inside its due window, the nearest days first; a row
    without a way out may still have one that moves more.
    """
    left, found = TRIES, []
    for row in rows:
        way = None
        for visit, day, moved in _moves(case, plan, season, row) if left else ():
            left -= 1
            if lawful(moved):
                way = (visit.visit_id, day)
            if way or not left:
                break
        found.append(replace(row, way=way))
    return found


def _moves(
    case: Case, plan: Plan, season: Kept, row: Shadowed
) -> Iterator[tuple[PlannedVisit, date, Plan]]:
    """Plans with one of the visits on other days on which its people are free, if that opens the way."""
    blocking = [visit for visit in plan.visits if visit.visit_id in row.visits]
    windows = {owed.visit_id: (owed.due_from, owed.due_to) for owed in case.owed}
    dark = np.array([n for n, d in enumerate(case.days) if row.first <= d <= row.last], np.int64)
    teams = season.service.eligible[:, season.service.units.index(row.unit_id)]
    fewest = case.rulebook.value("team.size")["minimum"]
    for visit in blocking:
        if visit.start not in case.day_number or visit.visit_id not in windows:
            continue
        others = replace(plan, visits=tuple(v for v in plan.visits if v is not visit))
        free = free_teams(case.office, others, season.teams, case.days, fewest)
        if not free[np.ix_(teams, dark)].any(axis=0).all():
            continue
        busy, people = away_by_day(case.office, others, case.days), {visit.lead, *visit.members}
        now = case.day_number[visit.start]
        for start in sorted(range(len(case.days)), key=lambda n: (abs(n - now), n)):
            days = case.days[start : start + visit.days]
            inside = (
                windows[visit.visit_id][0] <= days[0] and days[-1] <= windows[visit.visit_id][1]
            )
            apart = days[-1] < row.first or days[0] > row.last
            one_week = len(days) == visit.days and (days[-1] - days[0]).days < 5
            if inside and apart and one_week and not any(people & busy[day] for day in days):
                moved = replace(visit, start=days[0], end=days[-1])
                visits = tuple(moved if v is visit else v for v in plan.visits)
                yield visit, days[0], replace(plan, visits=visits)
