"""The plain way, for comparison only: one CP-SAT model over days, teams and month loads.

Start literals, team literals over the nearest people, optional intervals that do not overlap per
person, month loads linked to the start, all goals but pairs in one weighted sum. It keeps every hard
limit but the reserve of people (`KeepFree`), and serves `congvu bench` as the yardstick.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.result import Goal, Progress, Result, Status
from solver.visits.goals import goal_values
from solver.visits.problem import (
    Absent,
    AtMostOne,
    Barred,
    Cover,
    CoverAtLeast,
    DayCapacity,
    ForbidStarts,
    KeepApart,
    MonthDays,
    Must,
    NotBoth,
    NotLead,
    NotLeadAfter,
    NotTogether,
    PinLead,
    Problem,
    Secretary,
    Solution,
    WeekCapacity,
)  # fmt: skip

if TYPE_CHECKING:
    from solver.settings import Settings

NEAREST = 12  # candidates per visit: with all of them the model finds nothing in a minute
DROP_PRICE = 10_000


class OneModel:
    """The model with its variables; `add` methods follow the limits one by one."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.open = [set(range(problem.n_days - v.days + 1)) for v in problem.visits]
        for limit in problem.limits:
            if isinstance(limit, ForbidStarts):
                self.open[limit.visit] -= set(limit.starts)
        self.people = [self._candidates(v) for v in range(len(problem.visits))]
        self.takes_place, self.start_on, self.start, self.on_team, self.leads = [], [], [], [], []
        for v, visit in enumerate(problem.visits):
            happens = self.model.new_bool_var(f"happens {v}")
            days = {d: self.model.new_bool_var(f"start {v} {d}") for d in sorted(self.open[v])}
            self.model.add(sum(days.values()) == happens)
            start = self.model.new_int_var(0, problem.n_days - visit.days, f"day {v}")
            self.model.add(start == sum(d * x for d, x in days.items())).only_enforce_if(happens)
            team = {i: self.model.new_bool_var(f"team {v} {i}") for i in self.people[v]}
            self.model.add(sum(team.values()) == visit.size * happens)
            lead = {
                i: self.model.new_bool_var(f"lead {v} {i}") for i in self._leaders(v) & set(team)
            }
            self.model.add(sum(lead.values()) == happens)
            for i, x in lead.items():
                self.model.add_implication(x, team[i])
            for store, item in zip(
                (self.takes_place, self.start_on, self.start, self.on_team, self.leads),
                (happens, days, start, team, lead), strict=True,
            ):  # fmt: skip
                store.append(item)
        self._limits()
        self._people()

    def _barred(self, v: int) -> set[int]:
        return {
            i
            for x in self.problem.limits
            if isinstance(x, Barred) and x.visit == v
            for i in x.inspectors
        }

    def _leaders(self, v: int) -> set[int]:
        no = {
            i
            for x in self.problem.limits
            if isinstance(x, NotLead) and x.visit in (-1, v)
            for i in x.inspectors
        }
        no |= {
            x.inspector
            for x in self.problem.limits
            if isinstance(x, NotLeadAfter) and x.last_end < 0
        }
        return set(range(self.problem.n_inspectors)) - no - self._barred(v)

    def _candidates(self, v: int) -> set[int]:
        far = self.problem.goals.distance
        unit = self.problem.visits[v].unit
        eligible = sorted(
            set(range(self.problem.n_inspectors)) - self._barred(v), key=lambda i: (far[i][unit], i)
        )
        kept = set(eligible[:NEAREST]) | set([i for i in eligible if i in self._leaders(v)][:4])
        for x in self.problem.limits:
            if isinstance(x, Cover | Secretary) and x.visit in (-1, v):
                kept |= set([i for i in eligible if i in x.inspectors][:4])
            elif isinstance(x, PinLead) and x.visit == v:
                kept.add(x.inspector)
        return kept

    def _out(self, v: int, day: int) -> list[cp_model.IntVar]:
        """Start literals under which the visit is under way on a day."""
        days = self.problem.visits[v].days
        return [
            x for d in range(day - days + 1, day + 1) if (x := self.start_on[v].get(d)) is not None
        ]

    def _limits(self) -> None:
        problem, model = self.problem, self.model
        everyone = range(len(problem.visits))
        for limit in problem.limits:
            if isinstance(limit, Must):
                model.add(self.takes_place[limit.visit] == 1)
            elif isinstance(limit, DayCapacity):
                for day, room in enumerate(limit.capacity):
                    model.add(sum(x for v in everyone for x in self._out(v, day)) <= room)
            elif isinstance(limit, WeekCapacity):
                for week, room in enumerate(limit.capacity):
                    days = [d for d, w in enumerate(problem.week_of) if w == week]
                    model.add(
                        sum(x for v in everyone for d in days for x in self._out(v, d)) <= room
                    )
            elif isinstance(limit, KeepApart):
                model.add_no_overlap(
                    model.new_optional_fixed_size_interval_var(
                        self.start[v],
                        problem.visits[v].days + limit.gap,
                        self.takes_place[v],
                        f"apart {v}",
                    )
                    for v in limit.visits
                )
            elif isinstance(limit, AtMostOne):
                model.add_at_most_one(self.takes_place[v] for v in limit.visits)
            elif isinstance(limit, CoverAtLeast):
                reached = []
                for group in limit.groups:
                    covered = model.new_bool_var("covered")
                    model.add(covered <= sum(self.takes_place[v] for v in group))
                    reached.append(covered)
                model.add(sum(reached) >= limit.at_least)

    def _people(self) -> None:
        problem, model = self.problem, self.model
        for limit in problem.limits:
            if isinstance(limit, Cover):
                team = self.on_team[limit.visit]
                model.add(
                    sum(team[i] for i in limit.inspectors if i in team)
                    >= limit.at_least * self.takes_place[limit.visit]
                )
            elif isinstance(limit, Secretary):
                for v in range(len(problem.visits)) if limit.visit < 0 else (limit.visit,):
                    able = set(limit.inspectors)
                    model.add(
                        sum(x for i, x in self.on_team[v].items() if i in able)
                        - sum(x for i, x in self.leads[v].items() if i in able)
                        >= self.takes_place[v]
                    )
            elif isinstance(limit, NotTogether):
                team = self.on_team[limit.visit]
                model.add_at_most_one(team[i] for i in limit.inspectors if i in team)
            elif isinstance(limit, NotBoth):
                for i in range(problem.n_inspectors):
                    model.add_at_most_one(t[i] for v in limit.visits if i in (t := self.on_team[v]))
            elif isinstance(limit, PinLead):
                lead = self.leads[limit.visit].get(limit.inspector)
                model.add((lead if lead is not None else 0) == self.takes_place[limit.visit])
            elif isinstance(limit, NotLeadAfter):
                for v, visit in enumerate(problem.visits):
                    for d, start in self.start_on[v].items():
                        if limit.inspector in self.leads[v] and d + visit.days - 1 > limit.last_end:
                            model.add_at_most_one(start, self.leads[v][limit.inspector])
        self._calendars()

    def _calendars(self) -> None:
        problem, model = self.problem, self.model
        away = {i: set[int]() for i in range(problem.n_inspectors)}
        caps: dict[int, list[int]] = {}
        for limit in problem.limits:
            if isinstance(limit, Absent):
                away[limit.inspector] |= set(limit.days)
            elif isinstance(limit, MonthDays):
                caps[limit.inspector] = list(limit.capacity)
        for i in range(problem.n_inspectors):
            busy = [model.new_fixed_size_interval_var(d, 1, "away") for d in sorted(away[i])]
            mine = [v for v in range(len(problem.visits)) if i in self.on_team[v]]
            for v in mine:
                busy.append(model.new_optional_fixed_size_interval_var(
                    self.start[v], problem.visits[v].days, self.on_team[v][i], "busy"))  # fmt: skip
            model.add_no_overlap(busy)
            for month, cap in enumerate(caps.get(i, ())):
                model.add(sum(self._month_days(v, i, month) for v in mine) <= cap)

    def _month_days(self, v: int, i: int, month: int) -> cp_model.LinearExprT:
        """Days that person i gives to visit v in a month (0 when not on the team)."""
        days, problem = self.problem.visits[v].days, self.problem
        inside = {
            d: sum(problem.month_of[t] == month for t in range(d, d + days))
            for d in self.start_on[v]
        }
        if not any(inside.values()):
            return 0
        given = self.model.new_int_var(0, days, "given")
        worked = sum(n * self.start_on[v][d] for d, n in inside.items() if n)
        self.model.add(given >= worked - days * (1 - self.on_team[v][i]))
        return given

    def minimise(self) -> None:
        """All goals but pairs and clusters in one sum, by the weights of the first study."""
        problem = self.problem
        drops = sum(
            DROP_PRICE * v.drop_cost * (1 - p)
            for v, p in zip(problem.visits, self.takes_place, strict=True)
        )
        timing = sum(
            visit.start_cost[d] * x
            for visit, days in zip(problem.visits, self.start_on, strict=True)
            for d, x in days.items()
            if visit.start_cost[d]
        )
        travel = sum(
            problem.goals.distance[i][visit.unit] * x
            for visit, team in zip(problem.visits, self.on_team, strict=True)
            for i, x in team.items()
        )
        work = sum(v.days * v.size for v in problem.visits)
        whole = max(1, sum(problem.goals.available))
        over = []
        for i, usable in enumerate(problem.goals.available):
            extra = self.model.new_int_var(0, work, "over")
            load = sum(
                v.days * t[i] for v, t in zip(problem.visits, self.on_team, strict=True) if i in t
            )
            self.model.add(extra >= load - round(work * usable / whole))
            over.append(extra)
        self.model.minimize(drops + 10 * timing + travel + 1000 * sum(over))


class _Watch(cp_model.CpSolverSolutionCallback):
    def __init__(self, began: float, report: Callable[[Progress], None]) -> None:
        super().__init__()
        self._began, self._report = began, report

    def on_solution_callback(self) -> None:
        """Tells of each better plan."""
        seconds = time.monotonic() - self._began
        self._report(Progress("one model", seconds, round(self.objective_value)))


def solve_in_one(
    problem: Problem, settings: Settings, report: Callable[[Progress], None]
) -> Result:
    """The plain model's best plan within the time limit, the building of the model included."""
    began = time.monotonic()
    whole = OneModel(problem)
    whole.minimise()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = settings.workers
    solver.parameters.random_seed = settings.seed
    solver.parameters.max_time_in_seconds = max(
        1.0, settings.time_limit_s - (time.monotonic() - began)
    )
    status = solver.solve(whole.model, _Watch(began, report))
    seconds = time.monotonic() - began
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        ended = Status.INFEASIBLE if status == cp_model.INFEASIBLE else Status.UNKNOWN
        return Result(ended, None, (), seconds, settings.seed)
    starts, teams = [], []
    for v in range(len(problem.visits)):
        if not solver.boolean_value(whole.takes_place[v]):
            starts.append(-1)
            teams.append(())
            continue
        starts.append(solver.value(whole.start[v]))
        lead = next(i for i, x in whole.leads[v].items() if solver.boolean_value(x))
        rest = [i for i, x in whole.on_team[v].items() if i != lead and solver.boolean_value(x)]
        secretaries = {
            i
            for x in problem.limits
            if isinstance(x, Secretary) and x.visit in (-1, v)
            for i in x.inspectors
        }
        rest.sort(key=lambda i: (i not in secretaries, i))
        teams.append((lead, *rest))
    solution = Solution(tuple(starts), tuple(teams))
    goals = tuple(
        Goal(name, value, 0, "any plan") for name, value in goal_values(problem, solution).items()
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Result(Status.FEASIBLE, solution, goals, seconds, settings.seed, peak_memory_mb=memory)
