"""What plan.json says about a change: how much changed, what is proven, what of the past breaks new rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.records.changes import Changed
from scheduler.audit import audit
from scheduler.changes import counted, told
from solver.visits.goals import goal_values
from solver.visits.problem import Solution

if TYPE_CHECKING:
    from scheduler.plan_view import PlanView
    from scheduler.replan_case import ReplanCase
    from scheduler.rules.base import Breach
    from solver.visits.around.problem import Replanned


def changed_facts(
    replan: ReplanCase, found: Replanned, changes: Sequence[Changed], most_changes: int | None
) -> dict[str, Any]:
    """Parent plan, day, counts with their bounds, goals before and after, and every change."""
    standing = replan.standing
    counts = {goal.name: {"value": goal.value, "bound": goal.bound} for goal in found.counts}
    gone = set(replan.people[len(replan.case.office.inspectors) :])
    assert found.solution is not None
    return {
        "of": standing.plan.facts.get("plan_id", ""),
        "on": standing.on.isoformat(),
        "new_from": standing.first.isoformat(),
        "max_changes": most_changes,
        "visits": counted(changes),
        "past": len(standing.past),
        "announced": len(standing.announced),
        "changed": counts["changes"]["value"],
        "changed_bound": counts["changes"]["bound"],
        "proven": found.proven,
        "people": counts["people"]["value"],
        "people_bound": counts["people"]["bound"],
        "gone_people": sorted(gone),
        "goals_before": _goals_before(replan),
        "changes": [told(change) for change in changes],
        "history": [],
    }


def _goals_before(replan: ReplanCase) -> dict[str, int]:
    """Goals of the old plan among the visits still owed, as if all of it could have stood."""
    return goal_values(replan.problem, Solution(replan.base.starts, replan.base.teams))


def history_of(breaches: Sequence[Breach], view: PlanView, past: Collection[str]) -> list[Breach]:
    """Breaches that lie in what has already begun: its rows alone, or sums that it alone breaks."""
    began = tuple(row for row in view.plan.visits if row.visit_id in past)
    alone = replace(view, plan=replace(view.plan, visits=began))
    sums = {
        (breach.rule, breach.message.say("vi"))
        for breach in audit(alone)
        if breach.rule.startswith(("capacity.", "person."))
    }
    return [
        breach
        for breach in breaches
        if (breach.visits and set(breach.visits) <= set(past))
        or (breach.rule, breach.message.say("vi")) in sums
    ]


def refusals(breach: Breach) -> Mapping[str, Any]:
    """A breach as plain values in both languages."""
    return {
        "rule": breach.rule,
        "source": breach.source,
        "visits": list(breach.visits),
        "vi": breach.message.say("vi"),
        "en": breach.message.say("en"),
    }
