"""A year's plan: a legal plan at once, then days, teams on them, both together where that helps, bounds."""

from __future__ import annotations

import resource
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from solver.effort import Effort
from solver.result import Goal, Progress, Result, Status
from solver.settings import Settings
from solver.visits.days.goals import drop_weight
from solver.visits.days.model import Chosen, DaysModel, build, choose_days, no_better
from solver.visits.goals import PARTS, goal_values, in_order
from solver.visits.greedy import greedy_plan
from solver.visits.problem import Problem, Solution
from solver.visits.staffed import with_teams
from solver.visits.teams.anneal import polish
from solver.visits.teams.bounds import team_bounds
from solver.visits.together.repair import repair
from solver.visits.together.whole import size_of, solve_whole
from solver.visits.verify import verify

Report = Callable[[Progress, Solution | None], None]

USUAL = ("drops", "timing")  # the goals that the exact model weighs, in this order only
SMALL = 20_000  # starts times people up to which one model of everything is tried
FROM_BEST_DAYS = 0.6  # share of the effort for both together that starts from the best days
TEAMS_AT_LEAST = 5.0  # seconds: in less, teams are missed that a moment more finds; seldom all used
EXACT = 0.3  # share of the effort left for it
DAYS, TEAMS, TOGETHER, BOUNDS = 0.25, 0.15, 0.85, 0.1  # shares of the effort that is left


@dataclass
class Making:
    """A plan in the making: the best legal plan so far, and where the time went."""

    problem: Problem
    effort: Effort
    report: Report
    best: Solution | None = None
    phases: list[tuple[str, float]] = field(default_factory=list)

    def offer(self, phase: str, plan: Solution) -> None:
        """Takes a plan as the best when it is legal and better, and tells whoever waits."""
        if verify(self.problem, plan):
            return
        if self.best is None or self.rank(plan) < self.rank(self.best):
            self.best = plan
            values = goal_values(self.problem, plan)
            note = f"drops {values['drops']}, timing {values['timing']}"
            self.report(Progress(phase, self.effort.seconds, values["drops"], note=note), plan)

    def rank(self, plan: Solution) -> tuple[int, ...]:
        """Goals in the planner's order, to compare plans."""
        return in_order(self.problem, goal_values(self.problem, plan))

    def tell(self, phase: str, best: int | None, bound: int | None, note: str = "") -> None:
        """One line of progress."""
        self.report(Progress(phase, self.effort.seconds, best, bound, note), None)

    def ended(self, phase: str, since: float) -> None:
        """Notes how long a phase took."""
        self.phases.append((phase, round(self.effort.seconds - since, 3)))


def make_plan(problem: Problem, settings: Settings, report: Report) -> Result:
    """The best legal plan found within the settings' effort, each goal with its value and proven bound.

    `report` gets a line of progress now and then, and every better legal plan with it. Mandatory visits
    are never dropped: without a plan that has them all, the status is UNKNOWN, or INFEASIBLE when even
    the days alone are proven to be impossible.
    """
    making = Making(problem, Effort(settings), report)
    making.tell("first", None, None)
    model = build(problem)
    making.offer("first", greedy_plan(model.plan.days))
    making.ended("first", 0.0)
    chosen = _days(making, model)
    if chosen.infeasible:
        return _nothing(making, Status.INFEASIBLE)
    if chosen.starts is not None:
        base = _teams(making, chosen.starts)
        chosen = _exactly(making, model, base, chosen)
        if chosen.infeasible:
            return _nothing(making, Status.INFEASIBLE)
        _together(making, model, base, chosen)
    if making.best is None:
        return _nothing(making, Status.UNKNOWN)
    _polish(making)
    return _finished(making, model, chosen)


def _days(making: Making, model: DaysModel) -> Chosen:
    since, effort = making.effort.seconds, making.effort
    chosen = choose_days(
        model,
        making.problem.goals.order,
        effort,
        effort.left * DAYS,
        lambda name, value, bound: making.tell("days", value, bound, name),
    )
    making.ended("days", since)
    return chosen


def _teams(making: Making, starts: tuple[int, ...]) -> Solution:
    """Teams at these days; visits without a team count as dropped, even if the plan is not legal so."""
    since, effort = making.effort.seconds, making.effort
    seconds = max(TEAMS_AT_LEAST, effort.left * TEAMS)
    plan = with_teams(
        making.problem, starts, effort, seconds, lambda line: making.report(line, None)
    )
    making.offer("teams", plan)
    making.ended("teams", since)
    return plan


def _exactly(making: Making, model: DaysModel, base: Solution, chosen: Chosen) -> Chosen:
    """On small problems, where something is left to prove: days and teams in one exact model."""
    values = goal_values(making.problem, base)
    proven = all(values[name] <= chosen.bounds[name] for name in USUAL)
    if proven or size_of(model.plan.days) > SMALL or making.problem.goals.order[:2] != USUAL:
        return chosen
    since, effort = making.effort.seconds, making.effort
    whole = solve_whole(model.plan.days, effort, effort.left * EXACT)
    making.ended("exact", since)
    if whole.plan is not None:
        making.offer("together", whole.plan)
    if whole.plan is None or not whole.optimal:
        return replace(chosen, infeasible=whole.infeasible)
    best = goal_values(making.problem, whole.plan)
    least = {name: best[name] for name in USUAL}
    return replace(chosen, values=chosen.values | least, bounds=chosen.bounds | least)


def _together(making: Making, model: DaysModel, base: Solution, chosen: Chosen) -> None:
    """Days and teams together, as long as the plan drops more or is later than its days alone would be.

    First from the best days with the visits that found a team, however few are missing; then, with what
    effort is left, from the best legal plan.
    """
    since, effort = making.effort.seconds, making.effort
    ends_at = effort.left * (1.0 - TOGETHER)
    _repair(making, model, base, chosen, (effort.left - ends_at) * FROM_BEST_DAYS)
    best = making.best
    if best is not None and not _reached(making, chosen) and effort.left > ends_at:
        _repair(making, model, best, chosen, effort.left - ends_at)
    making.ended("together", since)


def _repair(
    making: Making, model: DaysModel, base: Solution, chosen: Chosen, seconds: float
) -> None:
    repair(
        model.plan.days,
        base,
        chosen.starts or base.starts,
        drop_weight(model.plan),
        (chosen.values["drops"], chosen.values["timing"]),
        making.effort,
        seconds,
        lambda plan: making.offer("together", plan),
    )


def _reached(making: Making, chosen: Chosen) -> bool:
    """Whether the best legal plan is as good in both goals as its days alone could be."""
    assert making.best is not None
    values = goal_values(making.problem, making.best)
    return all(values[name] <= chosen.values[name] for name in USUAL)


def _polish(making: Making) -> None:
    since, effort = making.effort.seconds, making.effort
    assert making.best is not None
    seconds = effort.left * (1.0 - BOUNDS)
    better = polish(
        making.problem,
        making.best,
        effort.settings,
        lambda line: making.report(line, None),
        seconds,
        stop=lambda: effort.wall_left <= 0,
    )
    effort.charge(seconds)
    making.offer("polish", better)
    making.ended("polish", since)


def _finished(making: Making, model: DaysModel, chosen: Chosen) -> Result:
    since, effort = making.effort.seconds, making.effort
    assert making.best is not None
    values = goal_values(making.problem, making.best)
    bounds = no_better(model, values, chosen, making.problem.goals.order)
    goals = {name: Goal(name, values[name], bound, "any plan") for name, bound in bounds.items()}
    seconds = max(2.0, effort.left)
    for goal in team_bounds(making.problem, making.best, effort.settings, seconds):
        goals[goal.name] = goal
    ordered = [goals[part] for name in making.problem.goals.order for part in PARTS[name]]
    making.ended("bounds", since)
    proven = all(goal.value <= goal.bound for goal in ordered)
    return Result(
        status=Status.OPTIMAL if proven else Status.FEASIBLE,
        solution=making.best,
        goals=tuple(ordered),
        seconds=round(effort.seconds, 3),
        seed=effort.settings.seed,
        phases=tuple(making.phases),
        peak_memory_mb=peak_memory_mb(),
        repeatable=effort.repeatable,
    )


def _nothing(making: Making, status: Status) -> Result:
    effort = making.effort
    return Result(
        status=status,
        solution=None,
        goals=(),
        seconds=round(effort.seconds, 3),
        seed=effort.settings.seed,
        phases=tuple(making.phases),
        peak_memory_mb=peak_memory_mb(),
        repeatable=effort.repeatable,
    )


def peak_memory_mb() -> int:
    """Most memory this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
