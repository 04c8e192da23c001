"""Teams being put together: who is busy when, and whether the reserve of people still holds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.visits.teams.problem import Bools, Ints, Teams


class Roster:
    """The teams given so far and what they use up. Visits are numbered as in `Teams`."""

    def __init__(self, teams: Teams) -> None:
        problem = teams.problem
        self.teams = teams
        self.of: list[tuple[int, ...]] = [() for _ in range(teams.n)]
        self.busy = np.zeros((problem.n_inspectors, problem.n_days), np.int64)
        self.used = np.zeros(teams.cap.shape, np.int64)
        self.load = np.zeros(problem.n_inspectors, np.int64)
        self.in_group = np.zeros((max(1, teams.n_groups), problem.n_inspectors), bool)
        self.out = np.zeros(problem.n_days, np.int64)

    def span(self, r: int) -> slice:
        """Days of a visit."""
        return slice(int(self.teams.start[r]), int(self.teams.start[r] + self.teams.days[r]))

    def free(self, r: int) -> Bools:
        """Who can join visit `r` besides all that is given."""
        teams = self.teams
        free: Bools = teams.needs.may[r].copy()
        if teams.one_place:
            free &= self.busy[:, self.span(r)].max(axis=1) == 0
        for part in teams.months[r]:
            free &= self.used[:, part // 32] + part % 32 <= teams.cap[:, part // 32]
        for group in teams.groups[r]:
            free &= ~self.in_group[group]
        return free

    def give(self, r: int, team: Sequence[int]) -> None:
        """Send these people on visit `r`."""
        self._change(r, list(team), 1)
        self.of[r] = tuple(team)

    def take_back(self, r: int) -> tuple[int, ...]:
        """Leave visit `r` without a team; the answer is who was on it."""
        team = self.of[r]
        if team:
            self._change(r, list(team), -1)
            self.of[r] = ()
        return team

    def _change(self, r: int, team: list[int], sign: int) -> None:
        self.busy[team, self.span(r)] += sign
        self.out[self.span(r)] += sign
        self.load[team] += sign * int(self.teams.days[r])
        for part in self.teams.months[r]:
            self.used[team, part // 32] += sign * (part % 32)
        for group in self.teams.groups[r]:
            self.in_group[group, team] = sign > 0

    def without(self) -> list[int]:
        """Visits that have no team."""
        return [r for r, team in enumerate(self.of) if not team]

    def price(self) -> int:
        """What the visits without a team cost."""
        return int(self.teams.price[self.without()].sum()) if self.without() else 0

    def could(self) -> Ints:
        """Teams that could still go out on each day, shape (limits, n_days)."""
        keep = self.teams.keep
        away = (self.busy > 0).astype(np.int64)
        return keep.could(away.sum(axis=0), keep.member.astype(np.int64) @ away, self.out)

    def keeps_free(self) -> bool:
        """Whether every week keeps the people free that the reserve asks for."""
        keep = self.teams.keep
        return len(keep.size) == 0 or bool((keep.by_week(self.could()) >= keep.wanted).all())
