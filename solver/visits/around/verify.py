"""Whether an answer is sound: nothing frozen moved, every limit kept, its counts true. No solver."""

from __future__ import annotations

from solver.visits.around.problem import (
    Around,
    Replanned,
    changed_visits,
    counted_drops,
    moved_visits,
    people_changed,
)
from solver.visits.around.rest import what_is_left
from solver.visits.goals import goal_values
from solver.visits.problem import Problem
from solver.visits.verify import verify


def faults_of(problem: Problem, around: Around, found: Replanned) -> list[str]:
    """Every fault of an answer, one line each; empty when it is sound or has no plan.

    Limits that frozen visits break among themselves are not its faults.
    """
    plan = found.solution
    if plan is None:
        return []
    if len(plan.starts) != len(problem.visits) or len(plan.teams) != len(problem.visits):
        return ["form: the plan does not have one start and one team per visit"]
    moved = [
        f"frozen: visit {v} does not stand as it was"
        for v in around.frozen
        if (plan.starts[v], plan.teams[v]) != (around.base.starts[v], around.base.teams[v])
    ]
    rest = what_is_left(problem, around.base, around.frozen)
    faults = moved + verify(rest.problem, rest.part(plan))
    told = {goal.name: goal.value for goal in (*found.counts, *found.goals)}
    true = goal_values(problem, plan) | {
        "changes": len(changed_visits(around, plan)),
        "people": people_changed(around, plan),
        "moved": moved_visits(around, plan),
    }
    counted = found.count("drops").value
    if counted != counted_drops(problem, around, plan.starts):
        faults.append("counts: drops are not as told")
    faults += [
        f"counts: {name} is {true[name]}, not {value}"
        for name, value in told.items()
        if true[name] != value
    ]
    return faults
