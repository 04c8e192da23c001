"""People as the days model sees them: who is present when, and groups from which visits need somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from solver.visits import problem as given
from solver.visits.problem import Problem

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
T = TypeVar("T")


@dataclass(frozen=True)
class Group:
    """People of whom each visit needs at least `demand[v]`."""

    label: str
    holders: Bools  # shape (n_inspectors, n_days): counts as a holder on that day
    demand: Ints  # shape (n_visits,)


@dataclass(frozen=True)
class People:
    """Presence, monthly days and groups, taken from the limits on persons."""

    present: Bools  # shape (n_inspectors, n_days)
    month_days: Ints  # shape (n_inspectors, n_months): most days on visits in each month
    barred: Bools  # shape (n_visits, n_inspectors)
    groups: tuple[Group, ...]  # the first is everybody


def people_of(problem: Problem) -> People:
    """Presence and groups of a problem; every group is a true need, so rows on them never cut a plan."""
    present = np.ones((problem.n_inspectors, problem.n_days), bool)
    for absent in _all(problem, given.Absent):
        present[absent.inspector, list(absent.days)] = False
    n_months = max(problem.month_of, default=-1) + 1
    month_days = np.zeros((problem.n_inspectors, n_months), np.int64)
    np.add.at(month_days.T, list(problem.month_of), present.T.astype(np.int64))
    for cap in _all(problem, given.MonthDays):
        most = np.array(cap.capacity[:n_months])
        month_days[cap.inspector] = np.minimum(month_days[cap.inspector], most)
    barred = np.zeros((len(problem.visits), problem.n_inspectors), bool)
    for ban in _all(problem, given.Barred):
        barred[ban.visit, list(ban.inspectors)] = True
    return People(present, month_days, barred, tuple(_groups(problem, present)))


def _all(problem: Problem, kind: type[T]) -> Iterable[T]:
    return (limit for limit in problem.limits if isinstance(limit, kind))


def leaders_by_day(problem: Problem) -> Bools:
    """Who may lead some visit that is out on a day, shape (n_inspectors, n_days)."""
    leads = np.ones((problem.n_inspectors, problem.n_days), bool)
    for ban in _all(problem, given.NotLead):
        if ban.visit == -1:
            leads[list(ban.inspectors)] = False
    for until in _all(problem, given.NotLeadAfter):
        leads[until.inspector, until.last_end + 1 :] = False
    return leads


def _groups(problem: Problem, present: Bools) -> Iterable[Group]:
    n = len(problem.visits)
    sizes = np.array([visit.size for visit in problem.visits], np.int64)
    yield Group("everybody", present, sizes)
    lead = Group("leaders", leaders_by_day(problem) & present, np.ones(n, np.int64))
    yield lead
    needs: dict[tuple[str, frozenset[int]], Ints] = {}
    for cover in _all(problem, given.Cover):
        demand = needs.setdefault(("cover", frozenset(cover.inspectors)), np.zeros(n, np.int64))
        demand[cover.visit] = max(int(demand[cover.visit]), cover.at_least)
    for scribe in _all(problem, given.Secretary):
        who = frozenset(scribe.inspectors)
        demand = needs.setdefault(("secretary", who), np.zeros(n, np.int64))
        demand[slice(None) if scribe.visit == -1 else scribe.visit] = 1
    for pin in _all(problem, given.PinLead):
        demand = needs.setdefault(("cover", frozenset([pin.inspector])), np.zeros(n, np.int64))
        demand[pin.visit] = 1
    held = []
    for (kind, held_by), demand in needs.items():
        holders = np.zeros_like(present)
        holders[list(held_by)] = present[list(held_by)]
        held.append((kind, Group(f"{kind} {sorted(held_by)}", holders, demand)))
    yield from (group for _, group in held)
    for kind, group in held:
        if kind == "secretary":  # leader and secretary are two people, whoever holds both roles
            both = Group(
                f"leaders or {group.label}", lead.holders | group.holders, 1 + group.demand
            )
            yield Group(both.label, both.holders, np.where(group.demand > 0, both.demand, 0))
    wide = [group for _, group in held if (group.demand > 0).sum() > 3][:6]
    for a, first in enumerate(wide):
        for second in wide[:a]:
            demand = np.maximum(first.demand, second.demand)
            yield Group(f"{first.label} or {second.label}", first.holders | second.holders, demand)


def staffable(problem: Problem, people: People) -> Bools:
    """Whether each visit, started on each day, finds enough people of every group, looked at alone.

    shape (n_visits, n_days). Who is barred, absent on one of its days, or short of days in a month it
    touches does not count; other visits are not looked at.
    """
    fits = np.zeros((len(problem.visits), problem.n_days), bool)
    for length in sorted({visit.days for visit in problem.visits}):
        n_starts = problem.n_days - length + 1
        if n_starts <= 0:
            continue
        which = [v for v, visit in enumerate(problem.visits) if visit.days == length]
        free = _free_through(problem, people, length)
        may = (~people.barred[which]).astype(np.float32)
        enough = np.ones((len(which), n_starts), bool)
        for group in people.groups:
            demand = group.demand[which]
            last_day = group.holders[:, length - 1 : length - 1 + n_starts]
            enough &= may @ (free & last_day).astype(np.float32) >= demand[:, None] - 0.5
        fits[which, :n_starts] = enough
    return fits


def _free_through(problem: Problem, people: People, length: int) -> Bools:
    """Who is present on `length` days from each start and has these days left in their months."""
    n_starts = problem.n_days - length + 1
    free = np.ones((problem.n_inspectors, n_starts), bool)
    months = np.array(problem.month_of)
    for k in range(length):
        here = months[k : k + n_starts]
        taken = np.zeros(n_starts, np.int64)
        for j in range(length):
            taken += months[j : j + n_starts] == here
        free &= people.present[:, k : k + n_starts] & (people.month_days[:, here] >= taken)
    return free
