"""Build and solve the plain model within a time limit."""

from __future__ import annotations

import resource
import time
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.result import Goal, Progress, Result, Status
from solver.visits.goals import goal_values
from solver.visits.plain.calendars import add_calendars
from solver.visits.plain.limits import add_days, add_people
from solver.visits.plain.variables import Plain, choose
from solver.visits.problem import Problem, Secretary, Solution

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.settings import Settings

DROP, TIMING, OVERLOAD = 10_000, 10, 1_000  # prices of the first study; a unit of travel costs 1


class _Watch(cp_model.CpSolverSolutionCallback):
    def __init__(self, began: float, report: Callable[[Progress], None]) -> None:
        super().__init__()
        self._began, self._report = began, report

    def on_solution_callback(self) -> None:
        """Tells of each better plan."""
        seconds = time.monotonic() - self._began
        self._report(Progress("one model", seconds, round(self.objective_value)))


def minimise(plain: Plain) -> None:
    """All goals but pairs and clusters in one weighted sum."""
    problem, model = plain.problem, plain.model
    terms: list[cp_model.LinearExprT] = []
    for given, visit in zip(problem.visits, plain.visits, strict=True):
        terms.append(DROP * given.drop_cost * (1 - visit.happens))
        terms += [
            TIMING * given.start_cost[d] * x
            for d, x in visit.start_on.items()
            if given.start_cost[d]
        ]
        terms += [problem.goals.distance[i][given.unit] * x for i, x in visit.on_team.items()]
    work = sum(v.days * v.size for v in problem.visits)
    whole = max(1, sum(problem.goals.available))
    for i, usable in enumerate(problem.goals.available):
        over = model.new_int_var(0, work, "over")
        both = zip(problem.visits, plain.visits, strict=True)
        load = sum(given.days * visit.on_team[i] for given, visit in both if i in visit.on_team)
        model.add(over >= load - round(work * usable / whole))
        terms.append(OVERLOAD * over)
    model.minimize(sum(terms))


def solve_in_one(
    problem: Problem, settings: Settings, report: Callable[[Progress], None]
) -> Result:
    """The plain model's best plan within the time limit, the building of the model included."""
    began = time.monotonic()
    plain = choose(problem)
    for add in (add_days, add_people, add_calendars, minimise):
        add(plain)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = settings.workers
    solver.parameters.random_seed = settings.seed
    left = settings.time_limit_s - (time.monotonic() - began)
    solver.parameters.max_time_in_seconds = max(1.0, left)
    status = solver.solve(plain.model, _Watch(began, report))
    seconds = time.monotonic() - began
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        ended = Status.INFEASIBLE if status == cp_model.INFEASIBLE else Status.UNKNOWN
        return Result(ended, None, (), seconds, settings.seed)
    solution = _read(plain, solver)
    values = goal_values(problem, solution)
    goals = tuple(Goal(name, value, 0, "any plan") for name, value in values.items())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Result(Status.FEASIBLE, solution, goals, seconds, settings.seed, peak_memory_mb=memory)


def _read(plain: Plain, solver: cp_model.CpSolver) -> Solution:
    """Starts and teams, leader first, secretary second."""
    limits = [x for x in plain.problem.limits if isinstance(x, Secretary)]
    starts: list[int] = []
    teams: list[tuple[int, ...]] = []
    for v, visit in enumerate(plain.visits):
        if not solver.boolean_value(visit.happens):
            starts.append(-1)
            teams.append(())
            continue
        able = {i for x in limits if x.visit in (-1, v) for i in x.inspectors}
        lead = next(i for i, x in visit.leads.items() if solver.boolean_value(x))
        rest = [i for i, x in visit.on_team.items() if i != lead and solver.boolean_value(x)]
        starts.append(solver.value(visit.start))
        teams.append((lead, *sorted(rest, key=lambda i: (i not in able, i))))
    return Solution(tuple(starts), tuple(teams))
