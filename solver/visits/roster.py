"""A plan being made, visit by visit: who is free, which days are open, and a team that fits if one is found."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from solver.visits import problem as given
from solver.visits.days.people import Bools, Ints
from solver.visits.days.problem import Days
from solver.visits.needs import groups_by_visit, last_lead_day, needs_of
from solver.visits.problem import Solution


class Roster:
    """A legal part of a plan, and what may still be added to it. Every visit added keeps every limit."""

    def __init__(self, days: Days) -> None:
        self.days = days
        self.problem = days.problem
        n, people = days.n_visits, days.people
        self.starts = [-1] * n
        self.teams: list[tuple[int, ...]] = [()] * n
        self.free = people.present.copy()
        self.month_left = people.month_days.copy()
        self.load = np.array(self.problem.goals.past_days, np.int64)
        self.months = np.array(self.problem.month_of, np.int64)
        self.weeks = np.array(self.problem.week_of, np.int64)
        self.needs = needs_of(self.problem)
        self.last_lead = last_lead_day(self.problem)
        self.apart = groups_by_visit(self.problem, given.KeepApart)
        self.once = groups_by_visit(self.problem, given.AtMostOne)
        never = np.full(self.problem.n_days, n + self.problem.n_inspectors)
        self.day_room, self.week_room = never, np.full(int(self.weeks.max(initial=-1)) + 1, n * 99)
        self.keep: list[given.KeepFree] = []
        for limit in self.problem.limits:
            if isinstance(limit, given.DayCapacity):
                self.day_room = np.minimum(self.day_room, limit.capacity)
            elif isinstance(limit, given.WeekCapacity):
                self.week_room = np.minimum(self.week_room, limit.capacity)
            elif isinstance(limit, given.KeepFree):
                self.keep.append(limit)
        self.holds = self._rarity()

    def _rarity(self) -> Ints:
        """How many of the scarcer roles each person holds: the last to be used where nobody needs them."""
        holds = np.zeros(self.problem.n_inspectors, np.int64)
        for group in self.days.people.groups[1:]:
            who = group.holders.any(axis=1)
            if (group.demand > 0).sum() > 3 and not who.all():
                holds[who] += 1
        return holds

    def open_starts(self, visit: int) -> Ints:
        """Start days of the visit that keep the limits on days, cheapest first."""
        mine = self.days.visit == visit
        starts: Ints = self.days.start[mine]
        starts = np.asarray(starts[np.lexsort((starts, self.days.cost[mine]))], np.int64)
        if any(
            self.starts[o] >= 0 for limit in self.once[visit] for o in limit.visits if o != visit
        ):
            return starts[:0]
        length = int(self.days.length[visit])
        fits = np.ones(len(starts), bool)
        used = np.zeros((len(starts), len(self.week_room)), np.int64)
        for k in range(length):
            fits &= self.day_room[starts + k] > 0
            np.add.at(used, (np.arange(len(starts)), self.weeks[starts + k]), 1)
        fits &= ((used == 0) | (used <= self.week_room)).all(axis=1)
        for limit in self.apart[visit]:
            for other in limit.visits:
                begun = self.starts[other]
                if other != visit and begun >= 0:
                    end = begun + int(self.days.length[other])
                    gap = max(0, limit.gap)
                    fits &= (starts >= end + gap) | (starts + length + gap <= begun)
        return np.asarray(starts[fits], np.int64)

    def team_for(self, visit: int, start: int) -> tuple[int, ...] | None:
        """A team that keeps every limit, the least busy first; None when none was found quickly."""
        who = self.candidates(visit, start)
        needs = self.needs[visit]
        end = start + int(self.days.length[visit]) - 1
        leaders = [i for i in who if i not in needs.no_lead and end <= self.last_lead[i]]
        if needs.lead:
            leaders = [i for i in leaders if {i} == set(needs.lead)]
        for leader in leaders if needs.not_together else leaders[:6]:
            for secretary in self._secretaries(visit, leader, who):
                team = self._filled(visit, [leader, *secretary], who)
                if team is not None and self.leaves_free(visit, start, team):
                    return tuple(team)
        return None

    def candidates(self, visit: int, start: int) -> list[int]:
        """Who is free for the visit on that day, in the order in which they had better be used."""
        length = int(self.days.length[visit])
        days = np.arange(start, start + length)
        may = self.free[:, days].all(axis=1) & ~self.days.people.barred[visit]
        for month in np.unique(self.months[days]):
            may &= self.month_left[:, month] >= (self.months[days] == month).sum()
        for other in self.needs[visit].not_both:
            may[list(self.teams[other])] = False
        who = np.flatnonzero(may)
        month = self.months[start]
        order = np.lexsort((who, self.load[who], self.holds[who], -self.month_left[who, month]))
        return [int(i) for i in who[order]]

    def _secretaries(self, visit: int, leader: int, who: list[int]) -> Iterable[tuple[int, ...]]:
        needs = self.needs[visit]
        if not needs.secretaries:
            return [()]
        held = frozenset.intersection(*needs.secretaries)
        found = [i for i in who if i != leader and i in held and self._together(visit, [leader, i])]
        return [(i,) for i in found[:4]]

    def _together(self, visit: int, team: list[int]) -> bool:
        return all(len(group.intersection(team)) <= 1 for group in self.needs[visit].not_together)

    def _filled(self, visit: int, team: list[int], who: list[int]) -> list[int] | None:
        """The team with holders for every cover and then anybody, or None."""
        needs, size = self.needs[visit], int(self.days.size[visit])
        if not self._together(visit, team):
            return None
        for held, least in needs.covers:
            for i in who:
                if len(held.intersection(team)) >= least:
                    break
                if i in held and i not in team and self._together(visit, [*team, i]):
                    team.append(i)
            if len(held.intersection(team)) < least:
                return None
        for i in who:
            if len(team) >= size:
                break
            if i not in team and self._together(visit, [*team, i]):
                team.append(i)
        return team if len(team) == size else None

    def leaves_free(self, visit: int, start: int, team: Iterable[int]) -> bool:
        """Whether the visit with this day and team leaves what `KeepFree` asks for."""
        days = np.arange(start, start + int(self.days.length[visit]))
        return all(
            self.could_go(limit, week, team, days) >= limit.teams[week]
            for limit in self.keep
            for week in np.unique(self.weeks[days]).tolist()
        )

    def could_go(self, limit: given.KeepFree, week: int, team: Iterable[int], busy: Ints) -> int:
        """Team-days left in a week as `KeepFree` counts them, with one more team out on the days `busy`."""
        days = np.flatnonzero(self.weeks == week)
        free = self.free[:, days].copy()
        out = np.isin(days, busy)
        free[np.ix_(np.array(list(team), np.int64), out)] = False
        ways = self._ways(limit, free, self.day_room[days] - out)
        return int(np.maximum(0, np.min(ways, axis=0)).sum())

    def ways(self, limit: given.KeepFree, day: int) -> list[int]:
        """Upper limits on the teams that could still go out on a day, beside the roster."""
        one = slice(day, day + 1)
        return [int(way[0]) for way in self._ways(limit, self.free[:, one], self.day_room[one])]

    def _ways(self, limit: given.KeepFree, free: Bools, room: Ints) -> list[Ints]:
        groups = [limit.leaders, *limit.skills]
        return [free.sum(axis=0) // limit.size, room, *(free[list(g)].sum(axis=0) for g in groups)]

    def kept_free(self, visits: Iterable[int]) -> bool:
        """Whether the weeks of these visits leave what `KeepFree` asks for."""
        weeks = {int(self.weeks[d]) for v in visits for d in self.days_of(v)}
        nobody = np.zeros(0, np.int64)
        return all(
            self.could_go(limit, week, (), nobody) >= limit.teams[week]
            for limit in self.keep
            for week in weeks
        )

    def may_take(self, visit: int, start: int, team: tuple[int, ...]) -> bool:
        """Whether the visit can be added with this day and team, `KeepFree` left aside."""
        free = set(self.candidates(visit, start))
        return start in self.open_starts(visit) and free.issuperset(team)

    def in_roles(self, visit: int, start: int, people: list[int]) -> tuple[int, ...] | None:
        """The people as a team: leader first, then a secretary; None when the roles cannot be shared out."""
        needs = self.needs[visit]
        end = start + self.length(visit) - 1
        for leader in people:
            if (
                leader in needs.no_lead
                or end > self.last_lead[leader]
                or set(needs.lead) - {leader}
            ):
                continue
            others = sorted(set(people) - {leader})
            if any(not held.intersection(others) for held in needs.secretaries):
                continue
            held = needs.secretaries[0] if needs.secretaries else frozenset(others)
            others.sort(key=lambda i: i not in held)
            return (leader, *others)
        return None

    def length(self, visit: int) -> int:
        """Working days of a visit."""
        return int(self.days.length[visit])

    def size(self, visit: int) -> int:
        """People of a visit."""
        return int(self.days.size[visit])

    def days_of(self, visit: int) -> range:
        """Days on which a visit of the roster takes place."""
        start = self.starts[visit]
        return range(start, start + self.length(visit)) if start >= 0 else range(0)

    def take(self, visit: int, start: int, team: tuple[int, ...]) -> None:
        """Adds a visit; the caller has asked `open_starts` and `team_for`."""
        self._move(visit, start, team, 1)
        self.starts[visit], self.teams[visit] = start, team

    def drop(self, visit: int) -> None:
        """Takes a visit out again."""
        self._move(visit, self.starts[visit], self.teams[visit], -1)
        self.starts[visit], self.teams[visit] = -1, ()

    def _move(self, visit: int, start: int, team: tuple[int, ...], sign: int) -> None:
        days = np.arange(start, start + int(self.days.length[visit]))
        self.free[np.ix_(np.array(team), days)] = sign < 0
        for day in days:
            self.month_left[list(team), self.months[day]] -= sign
            self.week_room[self.weeks[day]] -= sign
        self.day_room[days] -= sign
        self.load[list(team)] += sign * len(days)

    def solution(self) -> Solution:
        """The plan as it stands."""
        return Solution(tuple(self.starts), tuple(self.teams))
