"""A plan made better in dropped work and timing, by freeing a few visits at a time with days and teams."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from random import Random

import numpy as np

from solver.effort import Effort
from solver.visits.days.problem import Days
from solver.visits.goals import goal_values
from solver.visits.problem import Solution
from solver.visits.roster import Roster
from solver.visits.together.model import Answer, Put, search_together

SIDE_BY_SIDE = 2  # neighbourhoods looked at together, whatever the number of workers
ROUND = 2.0  # seconds of effort that one neighbourhood may take
BUILDING = 0.3  # seconds of effort that building the models of one round takes
FIRST_OF_ALL = 1000  # how much dearer it is to leave out what must be
FAR = 15  # more days, from anywhere
NEAR = 12  # days around the middle of a neighbourhood from which starts are chosen
PEOPLE = 40  # people to choose from in one neighbourhood


def roster_of(days: Days, plan: Solution) -> Roster:
    """A roster that holds the plan."""
    roster = Roster(days)
    for v, start in enumerate(plan.starts):
        if start >= 0:
            roster.take(v, start, plan.teams[v])
    return roster


@dataclass(frozen=True)
class Task:
    """Visits to free, and what each may choose from."""

    freed: list[int]
    starts: dict[int, list[int]]
    members: dict[int, list[int]]


class Repair:
    """The state of one repair: the plan as a roster, and how widely to look."""

    def __init__(
        self, days: Days, plan: Solution, aim: Sequence[int], drop_weight: int, effort: Effort
    ) -> None:
        self.days = days
        self.aim = aim
        self.roster = roster_of(days, plan)
        self.weight = drop_weight
        self.effort = effort
        self.rng = Random(effort.settings.seed)
        self.width = 10
        self.columns = [
            [(int(days.start[c]), int(days.cost[c])) for c in np.flatnonzero(days.visit == v)]
            for v in range(days.n_visits)
        ]

    def price(self, visit: int, start: int) -> int:
        """What the visit costs on a day, or left out; what must be costs most when left out."""
        owed = self.days.problem.visits[visit]
        if start < 0:
            return self.weight * owed.drop_cost * (FIRST_OF_ALL if self.days.must[visit] else 1)
        return owed.start_cost[start]

    def drop_price(self, visits: Iterable[int]) -> int:
        """What is left out of these visits costs."""
        return sum(self.price(v, -1) for v in visits)

    def regret(self, visit: int) -> int:
        """What the visit costs more than on the day that was chosen for it without looking at people."""
        return self.price(visit, self.roster.starts[visit]) - self.price(visit, self.aim[visit])

    def task(self) -> Task:
        """The next neighbourhood to look at; without visits when nothing is left to win."""
        freed, day = self.neighbourhood()
        if not freed:
            return Task([], {}, {})
        pool = self.pool(freed, day)
        return Task(
            freed,
            {v: self.starts_for(v, freed[0], day) for v in freed},
            {v: self.people_for(v, pool) for v in freed},
        )

    def neighbourhood(self) -> tuple[list[int], int]:
        """Visits to free: one that costs more than it should, and those around a day where it costs less.

        Others that are left out and could go there too come along, so that they may change places.
        """
        open_visits = [v for v in range(self.days.n_visits) if self.columns[v]]
        first = self._first(open_visits)
        if first < 0:
            return [], 0
        now = self.price(first, self.roster.starts[first])
        wished = sorted((c, s) for s, c in self.columns[first] if c < now)
        day = wished[min(int(self.rng.expovariate(0.15)), len(wished) - 1)][1]
        if 0 <= self.aim[first] != self.roster.starts[first] and self.rng.random() < 0.3:
            day = self.aim[first]
        kin = {o for group in self.roster.apart[first] for o in group.visits}
        kin |= self.roster.needs[first].not_both
        taken = [v for v in open_visits if self.roster.starts[v] >= 0 and v != first]
        least = 0.5 if self.rng.random() < 0.5 else 0.0
        far = {v: abs(self.roster.starts[v] - day) * (least + self.rng.random()) for v in taken}
        beside = sorted(taken, key=lambda v: (v not in kin, far[v]))
        out = [v for v in open_visits if self.roster.starts[v] < 0 and v != first]
        out = [v for v in out if not self.days.must[v]]
        out = [v for v in out if any(abs(s - day) <= NEAR for s, _ in self.columns[v])]
        along = self.rng.sample(out, min(len(out), 3))
        return [first, *along, *beside[: self.width - 1]], day

    def _first(self, open_visits: list[int]) -> int:
        """A visit that is left out, or one that costs more than on its chosen day; -1 when there is none."""
        starts = self.roster.starts
        out = [v for v in open_visits if starts[v] < 0]
        late = [v for v in open_visits if starts[v] >= 0 and self.regret(v) > 0]
        if out and (not late or self.rng.random() < 0.8):
            return self.rng.choices(out, [self.price(v, -1) for v in out])[0]
        return self.rng.choices(late, [self.regret(v) for v in late])[0] if late else -1

    def starts_for(self, visit: int, first: int, day: int) -> list[int]:
        """Days to choose from: where it is, the cheapest, and those near the middle of the neighbourhood."""
        now = self.roster.starts[visit]
        gain = self.price(first, self.roster.starts[first])
        budget = gain + self.price(visit, now) if now >= 0 else self.weight * 10**6
        allowed = [(c, s) for s, c in self.columns[visit] if c <= budget]
        near = [s for c, s in allowed if abs(s - day) <= NEAR]
        cheap = [s for _, s in sorted(allowed)[:12]]
        far = self.rng.sample([s for _, s in allowed], min(FAR, len(allowed)))
        return sorted({*near, *cheap, *far, *([now] if now >= 0 else [])})

    def people_for(self, visit: int, pool: Sequence[int]) -> list[int]:
        """People to choose from: not barred, not on a visit that must share nobody with this one."""
        needs = self.roster.needs[visit]
        away = {i for other in needs.not_both for i in self.roster.teams[other]}
        team = self.roster.teams[visit]
        return sorted({i for i in pool if i not in needs.barred and i not in away} | set(team))

    def pool(self, freed: Sequence[int], day: int) -> list[int]:
        """Everybody in a small office; else those on the freed visits and those with most days left."""
        n = self.days.problem.n_inspectors
        if n <= PEOPLE:
            return list(range(n))
        now = {i for v in freed for i in self.roster.teams[v]}
        month = int(self.roster.months[day])
        left = self.roster.month_left[:, month]
        free = self.roster.free[:, max(0, day - 5) : day + 6].sum(axis=1)
        score = {i: min(left[i] * 2, free[i]) + 3 * self.rng.random() for i in range(n)}
        rest = sorted((i for i in range(n) if i not in now), key=lambda i: -score[i])
        return [*now, *rest[: max(12, PEOPLE - len(now))]]


def repair(
    days: Days,
    plan: Solution,
    aim: Sequence[int],
    drop_weight: int,
    target: tuple[int, int],
    effort: Effort,
    seconds: float,
    tell: Callable[[Solution], None],
) -> Solution:
    """The plan with less dropped, then better timing; stops at `target` (drops, timing) or out of effort.

    `aim` are the days that were chosen without looking at people one by one. Every step keeps every limit.
    Two neighbourhoods are searched side by side and put in one after the other where the second still
    fits, so the outcome does not depend on the number of workers.
    """
    state = Repair(days, plan, aim, drop_weight, effort)
    ends_at = effort.left - seconds
    with ThreadPoolExecutor(max(1, min(SIDE_BY_SIDE, effort.settings.workers))) as pool:
        while effort.left > ends_at + 0.2:
            values = goal_values(days.problem, state.roster.solution())
            if (values["drops"], values["timing"]) <= target:
                break
            tasks = [state.task() for _ in range(SIDE_BY_SIDE)]
            tasks = [task for task in tasks if task.freed]
            if not tasks:
                break
            answers = list(pool.map(partial(_look, state), tasks, range(len(tasks))))
            effort.charge(max(answer.seconds for answer in answers) + BUILDING)
            won = [
                _put_in(state, task.freed, answer.put)
                for task, answer in zip(tasks, answers, strict=True)
                if answer.put is not None
            ]
            if any(won):
                tell(state.roster.solution())
            done = all(answer.optimal for answer in answers)
            state.width = min(30, state.width + 1) if done else max(8, state.width - 1)
    return state.roster.solution()


def _look(state: Repair, task: Task, number: int) -> Answer:
    """The best way to place the freed visits, searched on a roster of its own."""
    now: Put = {v: (state.roster.starts[v], state.roster.teams[v]) for v in task.freed}
    apart = roster_of(state.days, state.roster.solution())
    for v, (start, _) in now.items():
        if start >= 0:
            apart.drop(v)
    open_starts = {v: set(apart.open_starts(v).tolist()) for v in task.freed}
    starts = {v: [s for s in days if s in open_starts[v]] for v, days in task.starts.items()}
    return search_together(
        apart, starts, task.members, state.weight, state.effort, ROUND,
        now=now, seed=state.effort.settings.seed + number, charged=False,
    )  # fmt: skip


def _put_in(state: Repair, freed: list[int], put: Put) -> bool:
    """Puts the visits where the answer says if that is cheaper and still fits; else leaves all as it was."""
    roster = state.roster
    now: Put = {v: (roster.starts[v], roster.teams[v]) for v in freed}
    gain = sum(state.price(v, now[v][0]) - state.price(v, put[v][0]) for v in freed)
    if gain <= 0:
        return False
    for v in freed:
        if roster.starts[v] >= 0:
            roster.drop(v)
    fits = True
    for v, (start, team) in put.items():
        fits = fits and (start < 0 or roster.may_take(v, start, team))
        if fits and start >= 0:
            roster.take(v, start, team)
    if fits and roster.kept_free(freed):
        return True
    for v in freed:
        if roster.starts[v] >= 0:
            roster.drop(v)
    for v, (start, team) in now.items():
        if start >= 0:
            roster.take(v, start, team)
    return False
