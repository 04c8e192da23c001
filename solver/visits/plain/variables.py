"""The variables of the plain model: start days, team members and leader of each visit."""

from __future__ import annotations

from dataclasses import dataclass

from ortools.sat.python import cp_model

from solver.visits.problem import (
    Barred,
    Cover,
    ForbidStarts,
    NotLead,
    NotLeadAfter,
    PinLead,
    Problem,
    Secretary,
)

NEAREST = 12  # candidates per visit: with all of them the model finds nothing in a minute
OF_A_KIND = 4  # nearest leaders, secretaries and holders of a skill that are always candidates


@dataclass(frozen=True)
class VisitVariables:
    """What is decided about one visit."""

    happens: cp_model.IntVar
    start: cp_model.IntVar  # working day
    start_on: dict[int, cp_model.IntVar]  # day -> starts on it
    on_team: dict[int, cp_model.IntVar]  # inspector -> is on the team
    leads: dict[int, cp_model.IntVar]  # inspector -> leads


@dataclass(frozen=True)
class Plain:
    """The model and its variables, one record for each visit."""

    problem: Problem
    model: cp_model.CpModel
    visits: list[VisitVariables]


def choose(problem: Problem) -> Plain:
    """An empty model with the variables of every visit, and what makes them one visit."""
    model = cp_model.CpModel()
    closed: dict[int, set[int]] = {v: set() for v in range(len(problem.visits))}
    for limit in problem.limits:
        if isinstance(limit, ForbidStarts):
            closed[limit.visit].update(limit.starts)
    visits = [_visit(problem, model, v, closed[v]) for v in range(len(problem.visits))]
    return Plain(problem, model, visits)


def _visit(problem: Problem, model: cp_model.CpModel, v: int, closed: set[int]) -> VisitVariables:
    visit = problem.visits[v]
    happens = model.new_bool_var(f"happens {v}")
    last = problem.n_days - visit.days
    start_on = {d: model.new_bool_var(f"start {v} {d}") for d in range(last + 1) if d not in closed}
    model.add(sum(start_on.values()) == happens)
    start = model.new_int_var(0, last, f"day {v}")
    model.add(start == sum(d * x for d, x in start_on.items())).only_enforce_if(happens)
    people = _candidates(problem, v)
    team = {i: model.new_bool_var(f"team {v} {i}") for i in sorted(people)}
    model.add(sum(team.values()) == visit.size * happens)
    able = people & _leaders(problem, v)
    leads = {i: model.new_bool_var(f"lead {v} {i}") for i in sorted(able)}
    model.add(sum(leads.values()) == happens)
    for i, x in leads.items():
        model.add_implication(x, team[i])
    return VisitVariables(happens, start, start_on, team, leads)


def _barred(problem: Problem, v: int) -> set[int]:
    limits = [x for x in problem.limits if isinstance(x, Barred) and x.visit == v]
    return {i for limit in limits for i in limit.inspectors}


def _leaders(problem: Problem, v: int) -> set[int]:
    able = set(range(problem.n_inspectors)) - _barred(problem, v)
    for limit in problem.limits:
        if isinstance(limit, NotLead) and limit.visit in (-1, v):
            able -= set(limit.inspectors)
        elif isinstance(limit, NotLeadAfter) and limit.last_end < 0:
            able.discard(limit.inspector)
    return able


def _candidates(problem: Problem, v: int) -> set[int]:
    """The nearest people, and the nearest of each kind that the visit cannot do without."""
    far, unit = problem.goals.distance, problem.visits[v].unit
    allowed = set(range(problem.n_inspectors)) - _barred(problem, v)
    nearest = sorted(allowed, key=lambda i: (far[i][unit], i))
    leaders = _leaders(problem, v)
    kept = set(nearest[:NEAREST]) | set([i for i in nearest if i in leaders][:OF_A_KIND])
    for limit in problem.limits:
        if isinstance(limit, Cover | Secretary) and limit.visit in (-1, v):
            kept |= set([i for i in nearest if i in limit.inspectors][:OF_A_KIND])
        elif isinstance(limit, PinLead) and limit.visit == v:
            kept.add(limit.inspector)
    return kept
