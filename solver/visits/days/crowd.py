"""Rows that count people in groups: true for every plan, exact for none.

They stand in for Absent, MonthDays, OnePlace, Cover, Secretary, leaders and KeepFree while days are chosen.
"""

from __future__ import annotations

import numpy as np

from solver.visits import problem as given
from solver.visits.days.patterns import patterns
from solver.visits.days.people import Group, Ints
from solver.visits.days.variables import Choices, Spells

BUSY = 0.6  # share of a group's days in demand above which whole-day patterns pay


def add_crowd(plan: Choices) -> None:
    """All rows on groups of people. Whoever may be in two places at once is not used up by a visit."""
    problem = plan.days.problem
    one_place = any(isinstance(limit, given.OnePlace) for limit in problem.limits)
    if one_place and plan.days.n_columns:
        for group in plan.days.people.groups:
            if (group.demand > 0).any():
                present_each_day(plan, group)
                days_each_month(plan, group)
    for limit in problem.limits:
        if isinstance(limit, given.KeepFree):
            keep_free(plan, limit, one_place)


def present_each_day(plan: Choices, group: Group) -> None:
    """sum of holders needed by visits out on d <= holders present on d"""
    supply = group.holders.sum(axis=0)
    demand = plan.demand(plan.by_day, group.demand)
    tight = _most_at_once(plan, group.demand) > supply
    kept = tight[plan.by_day.period]
    day, column = plan.by_day.period[kept], plan.by_day.column[kept]
    plan.rows.add(supply, (day, column, demand[kept]))


def _most_at_once(plan: Choices, demand: Ints) -> Ints:
    """More holders than this are never needed on a day, given the teams that may be out."""
    largest = np.sort(demand)[::-1]
    most = np.full(plan.days.problem.n_days, largest.sum())
    for limit in plan.days.problem.limits:
        if isinstance(limit, given.DayCapacity):
            at_once = np.minimum(np.maximum(limit.capacity, 0), len(largest))
            most = np.minimum(most, np.concatenate([[0], np.cumsum(largest)])[at_once])
    return most


def days_each_month(plan: Choices, group: Group) -> None:
    """sum of holder-days needed in month m <= days the holders have in m, and the same in whole visits

    sum over visits with at least t days in m of holders needed <= sum over holders of days // t
    """
    people = plan.days.people
    months = np.array(plan.days.problem.month_of, np.int64)
    present = np.zeros_like(people.month_days)
    np.add.at(present.T, months, group.holders.T.astype(np.int64))
    supply = np.minimum(people.month_days, present)  # days of each person in each month as a holder
    spells = plan.by_month
    needed = plan.demand(spells, group.demand)
    asked = (group.demand * plan.days.length).sum()
    longest = int(spells.days.max(initial=0))
    if asked > BUSY * supply.sum() and supply.max(initial=0) <= 12 and longest <= 5:
        _patterns_each_month(plan, supply, spells, needed)
    else:
        for t in range(2, longest + 1):
            long = spells.days >= t
            whole = (supply // t).sum(axis=0)
            plan.rows.add(whole, (spells.period[long], spells.column[long], needed[long]))
    plan.rows.add(supply.sum(axis=0), (spells.period, spells.column, needed * spells.days))


def _patterns_each_month(plan: Choices, supply: Ints, spells: Spells, needed: Ints) -> None:
    """Each person follows one pattern of visit lengths that fits his days of the month.

    sum over visits with at least t days in m of holders needed <= sum over patterns of chosen * slots of t
    """
    longest = int(spells.days.max(initial=0))
    n_months = supply.shape[1]
    row_of = np.arange(n_months * longest).reshape(n_months, longest)
    terms = []
    for t in range(1, longest + 1):
        long = spells.days >= t
        terms.append((row_of[spells.period[long], t - 1], spells.column[long], needed[long]))
    for month in range(n_months):
        for days, people in zip(*np.unique(supply[:, month], return_counts=True), strict=True):
            slots = patterns(int(days), longest)
            chosen = plan.rows.add_vars(np.zeros(len(slots), np.int64), np.full(len(slots), people))
            once = np.zeros(len(slots), np.int64)
            plan.rows.add([int(people)], (once, chosen, 1))
            rows = np.tile(row_of[month], len(slots))
            terms.append((rows, np.repeat(chosen, longest), -slots.ravel()))
    plan.rows.add(np.zeros(n_months * longest, np.int64), *terms)


def keep_free(plan: Choices, limit: given.KeepFree, one_place: bool) -> None:
    """Teams that could still go out each day, summed over the week, reach what must be kept.

    could_d * size + people out on d <= people present; the same for leaders, holders and teams a day
    """
    days = plan.days
    n_days = days.problem.n_days
    each = np.arange(n_days)
    present = days.people.present
    most = present.sum(axis=0) // limit.size
    could = plan.rows.add_vars(np.zeros(n_days, np.int64), most)
    out = plan.by_day
    people = plan.demand(out, days.size) * one_place
    plan.rows.add(present.sum(axis=0), (out.period, out.column, people), (each, could, limit.size))
    leading = present[sorted(set(limit.leaders))].sum(axis=0)  # shape (n_days,)
    who_may = {int(i) for i in np.flatnonzero(days.people.groups[1].holders.any(axis=1))}
    spent = int(one_place and who_may <= set(limit.leaders))
    plan.rows.add(leading, (out.period, out.column, spent), (each, could, 1))
    for holders in limit.skills:
        held = np.zeros(days.problem.n_inspectors, bool)
        held[list(holders)] = True
        demand = np.zeros(days.n_visits, np.int64)
        for group in days.people.groups:
            inside = not (group.holders.any(axis=1) & ~held).any()
            demand = np.maximum(demand, group.demand if inside else 0)
        used = plan.demand(out, demand) * one_place
        plan.rows.add(present[held].sum(axis=0), (out.period, out.column, used), (each, could, 1))
    for other in days.problem.limits:
        if isinstance(other, given.DayCapacity):
            plan.rows.add(list(other.capacity), (out.period, out.column, 1), (each, could, 1))
    weeks = np.array(days.problem.week_of, np.int64)
    never = np.full(len(limit.teams), n_days * days.problem.n_inspectors)
    plan.rows.add(never, (weeks, could, 1), lower=list(limit.teams))
