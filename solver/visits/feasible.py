"""Whether any plan keeps all limits, asked quickly: for finding out which rules clash."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.effort import Effort
from solver.result import Status
from solver.settings import Settings
from solver.visits import problem as given
from solver.visits.days.problem import Days
from solver.visits.greedy import greedy_plan
from solver.visits.problem import Problem, Solution
from solver.visits.restrict import restrict
from solver.visits.verify import Plan, free_teams, verify

WHOLE = 40  # visits up to which days and teams are asked about together, in full


def feasible(problem: Problem, settings: Settings) -> Status:
    """FEASIBLE with a plan in hand, INFEASIBLE with a proof, UNKNOWN when neither was found in time.

    Visits that nothing asks for are left out first: a plan without them is a plan. A proof is one over
    the days with people counted in groups, or over days and teams together where few visits must be.
    """
    from solver.visits.days.model import build, possible  # the optimiser: only in the child process
    from solver.visits.staffed import with_teams
    from solver.visits.together.whole import solve_whole

    asked = restrict(problem, _asked_for(problem))
    effort = Effort(settings)
    model = build(asked)
    if counted_out(model.plan.days):
        return Status.INFEASIBLE
    if not verify(asked, greedy_plan(model.plan.days)):
        return Status.FEASIBLE
    stage = possible(model, effort, effort.left * 0.4)
    if stage.infeasible:
        return Status.INFEASIBLE
    if stage.point is not None:
        starts = model.starts(stage.point)
        plan = with_teams(asked, starts, effort, effort.left * 0.3, lambda progress: None)
        if not verify(asked, plan):
            return Status.FEASIBLE
    if len(asked.visits) <= WHOLE:
        whole = solve_whole(model.plan.days, effort, effort.left, priced=False)
        if whole.infeasible:
            return Status.INFEASIBLE
        if whole.plan is not None:
            return Status.FEASIBLE
    return Status.UNKNOWN


def counted_out(days: Days) -> bool:
    """Whether counting alone proves that there is no plan.

    True when a mandatory visit has no day on which it could be staffed even alone, when fewer groups
    than must be covered have such a day, or when the year without any visit keeps too little free.
    """
    n_open = np.bincount(days.visit, minlength=days.n_visits)
    if (days.must & (n_open == 0)).any():
        return True
    nothing = Plan(days.problem, Solution((-1,) * days.n_visits, ((),) * days.n_visits))
    for limit in days.problem.limits:
        if isinstance(limit, given.CoverAtLeast):
            if sum(any(n_open[v] for v in group) for group in limit.groups) < limit.at_least:
                return True
        elif isinstance(limit, given.KeepFree):
            could = free_teams(nothing, limit)
            if any(n < wanted for n, wanted in zip(could, limit.teams, strict=True)):
                return True
    return False


def _asked_for(problem: Problem) -> Sequence[int]:
    """Visits that must take place or count towards a coverage."""
    asked: set[int] = set()
    for limit in problem.limits:
        if isinstance(limit, given.Must):
            asked.add(limit.visit)
        elif isinstance(limit, given.CoverAtLeast):
            asked.update(v for group in limit.groups for v in group)
    return sorted(asked)
