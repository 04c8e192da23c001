"""Visits at fixed days as arrays: who may go, who may lead, which holders a team needs, who is in the way.

Each visit has up to 62 rows on its team; `bits[v, i]` says in which of them inspector i counts.
Bit 0 is "may lead". The masks tell what the other bits are: secretary rows (one holder besides the
leader), rows that need one holder, rows that bear at most one. Rows with a higher need stand in `more`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from solver.visits import problem as given
from solver.visits.problem import Problem
from solver.visits.teams.keep import Keep, compile_keep

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
T = TypeVar("T")
MOST_ROWS = 62


@dataclass(frozen=True)
class Lists:
    """Many short lists end to end: list r is `items[first[r]:first[r + 1]]`."""

    first: Ints
    items: Ints

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> Lists:
        """The lists, in order."""
        first = np.zeros(len(lists) + 1, np.int64)
        first[1:] = np.cumsum([len(each) for each in lists])
        return cls(first, np.array([item for each in lists for item in each], np.int64))

    def __getitem__(self, r: int) -> list[int]:
        found: list[int] = self.items[self.first[r] : self.first[r + 1]].tolist()
        return found


@dataclass(frozen=True)
class Needs:
    """What teams must look like, one row per visit that has a start."""

    may: Bools  # shape (n, n_inspectors): may be a member, looked at alone
    bits: Ints  # shape (n, n_inspectors), 0 where not `may`
    secretary: Ints  # shape (n,): mask of secretary rows
    once: Ints  # mask of rows that need one holder
    apart: Ints  # mask of rows that bear at most one
    more: tuple[dict[int, int], ...]  # bit mask of a row -> holders wanted, 2 or more


@dataclass(frozen=True)
class Teams:
    """Visits at fixed days, numbered 0..n-1 in the order of `visits`."""

    problem: Problem
    visits: Ints  # number of each visit in the problem
    start: Ints
    days: Ints
    size: Ints
    cluster: Ints
    price: Ints  # of leaving the visit without a team; visits that must be, above all others
    needs: Needs
    months: Lists  # month * 32 + days in it, for each visit
    cap: Ints  # shape (n_inspectors, n_months)
    groups: Lists  # NotBoth groups of each visit
    n_groups: int
    one_place: bool
    keep: Keep
    distance: Ints  # shape (n, n_inspectors)

    @property
    def n(self) -> int:
        """Visits that have a start."""
        return len(self.visits)


def compile_teams(problem: Problem, starts: Sequence[int]) -> Teams:
    """The visits with a start, and every limit on their teams.

    Days of two visits on one day count twice in a month's days: that only matters where `OnePlace` is
    left out, and then makes teams a little stricter than asked, never illegal.
    """
    visits = np.array([v for v, start in enumerate(starts) if start >= 0], np.int64)
    begins = np.array([starts[v] for v in visits], np.int64)
    chosen = [problem.visits[v] for v in visits]
    limits: dict[type, list[given.Limit]] = defaultdict(list)
    for limit in problem.limits:
        limits[type(limit)].append(limit)
    months = _months(problem, chosen, begins)
    cap = _caps(problem)
    groups = _groups(problem, visits)
    return Teams(
        problem=problem,
        visits=visits,
        start=begins,
        days=np.array([x.days for x in chosen], np.int64),
        size=np.array([x.size for x in chosen], np.int64),
        cluster=np.array([x.cluster for x in chosen], np.int64),
        price=_prices(problem, visits),
        needs=_needs(problem, visits, begins, _may(problem, visits, begins, months, cap)),
        months=months,
        cap=cap,
        groups=groups,
        n_groups=int(groups.items.max(initial=-1)) + 1,
        one_place=bool(limits[given.OnePlace]),
        keep=compile_keep(problem),
        distance=_distances(problem, visits),
    )


def limits_of(problem: Problem, kind: type[T]) -> Iterable[T]:
    """The limits of one kind."""
    return (limit for limit in problem.limits if isinstance(limit, kind))


def _distances(problem: Problem, visits: Ints) -> Ints:
    units = [problem.visits[v].unit for v in visits]
    far = np.array(problem.goals.distance, np.int64).reshape(problem.n_inspectors, problem.n_units)
    return np.ascontiguousarray(far[:, units].T)


def _prices(problem: Problem, visits: Ints) -> Ints:
    costs = np.array([visit.drop_cost for visit in problem.visits], np.int64)
    costs[[must.visit for must in limits_of(problem, given.Must)]] += int(costs.sum()) + 1
    return costs[visits]


def _months(problem: Problem, chosen: Sequence[given.Visit], begins: Ints) -> Lists:
    lists = []
    for visit, start in zip(chosen, begins.tolist(), strict=True):
        inside = [problem.month_of[day] for day in range(start, start + visit.days)]
        lists.append([month * 32 + inside.count(month) for month in sorted(set(inside))])
    return Lists.of(lists)


def _caps(problem: Problem) -> Ints:
    n_months = max(problem.month_of, default=-1) + 1
    cap = np.full((problem.n_inspectors, n_months), problem.n_days, np.int64)
    for limit in limits_of(problem, given.MonthDays):
        cap[limit.inspector] = np.minimum(cap[limit.inspector], limit.capacity[:n_months])
    return cap


def _groups(problem: Problem, visits: Ints) -> Lists:
    row = {int(v): r for r, v in enumerate(visits)}
    lists: list[list[int]] = [[] for _ in visits]
    sets = {
        frozenset(row[v] for v in x.visits if v in row) for x in limits_of(problem, given.NotBoth)
    }
    for group, members in enumerate(
        sorted(sorted(members) for members in sets if len(members) > 1)
    ):
        for v in members:
            lists[v].append(group)
    return Lists.of(lists)


def _may(problem: Problem, visits: Ints, begins: Ints, months: Lists, cap: Ints) -> Bools:
    present = np.ones((problem.n_inspectors, problem.n_days), bool)
    for absent in limits_of(problem, given.Absent):
        present[absent.inspector, list(absent.days)] = False
    may = np.ones((len(visits), problem.n_inspectors), bool)
    for r, v in enumerate(visits):
        start = int(begins[r])
        may[r] = present[:, start : start + problem.visits[v].days].all(axis=1)
        for part in months[r]:
            may[r] &= cap[:, part // 32] >= part % 32
    row = {int(v): r for r, v in enumerate(visits)}
    for ban in limits_of(problem, given.Barred):
        if ban.visit in row:
            may[row[ban.visit], list(ban.inspectors)] = False
    return may


def _lead(problem: Problem, visits: Ints, begins: Ints) -> Bools:
    lead = np.ones((len(visits), problem.n_inspectors), bool)
    row = {int(v): r for r, v in enumerate(visits)}
    last = begins + np.array([problem.visits[v].days - 1 for v in visits], np.int64)
    for ban in limits_of(problem, given.NotLead):
        if ban.visit == -1:
            lead[:, list(ban.inspectors)] = False
        elif ban.visit in row:
            lead[row[ban.visit], list(ban.inspectors)] = False
    for until in limits_of(problem, given.NotLeadAfter):
        lead[last > until.last_end, until.inspector] = False
    for pin in limits_of(problem, given.PinLead):
        if pin.visit in row:
            others = np.arange(problem.n_inspectors) != pin.inspector
            lead[row[pin.visit], others] = False
    return lead


def _needs(problem: Problem, visits: Ints, begins: Ints, may: Bools) -> Needs:
    n = len(visits)
    lead = _lead(problem, visits, begins) & may
    bits = lead.astype(np.int64)
    masks = {name: np.zeros(n, np.int64) for name in ("secretary", "once", "apart")}
    more: tuple[dict[int, int], ...] = tuple({} for _ in range(n))
    for r, rows in enumerate(_team_rows(problem, visits)):
        bit = 1
        for (name, holders), need in sorted(rows.items()):
            counted = [i for i in holders if may[r, i]]
            if name == "apart" and len(counted) < 2:
                continue
            bit += 1
            if bit > MOST_ROWS:
                msg = f"visit {visits[r]} has more than {MOST_ROWS} limits on its team"
                raise ValueError(msg)
            mask = 1 << (bit - 1)
            bits[r, counted] |= mask
            if need > 1:
                more[r][mask] = need
            else:
                masks[name][r] |= mask
    return Needs(may, bits, masks["secretary"], masks["once"], masks["apart"], more)


def _team_rows(problem: Problem, visits: Ints) -> list[dict[tuple[str, tuple[int, ...]], int]]:
    """Rows on each visit's team: (what, whom it counts) -> how many are wanted."""
    rows: list[dict[tuple[str, tuple[int, ...]], int]] = [{} for _ in visits]
    where = {int(v): r for r, v in enumerate(visits)}

    def add(visit: int, name: str, inspectors: Sequence[int], need: int) -> None:
        key = (name, tuple(sorted(set(inspectors))))
        for r in range(len(rows)) if visit == -1 else [where[visit]] if visit in where else []:
            rows[r][key] = max(need, rows[r].get(key, 0))

    for limit in problem.limits:
        if isinstance(limit, given.Secretary):
            add(limit.visit, "secretary", limit.inspectors, 1)
        elif isinstance(limit, given.Cover) and limit.at_least > 0:
            add(limit.visit, "once", limit.inspectors, limit.at_least)
        elif isinstance(limit, given.NotTogether):
            add(limit.visit, "apart", limit.inspectors, 1)
    return rows
