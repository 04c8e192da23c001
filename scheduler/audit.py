"""The independent checker: each rule's own check over a plan, on calendar dates, no solver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.rules import RULES

if TYPE_CHECKING:
    from scheduler.plan_view import PlanView
    from scheduler.rules.base import Breach


def audit(view: PlanView) -> list[Breach]:
    """Every breach of every binding rule, in the order of the user's rows; empty for a legal plan.

    A plan that makes no sense (unknown units, missing dates, ends before starts) gives breaches,
    never an error. Breaches that no row shows, such as a unit that is missing, come last.
    """
    found = [
        (breach, place)
        for place, rule in enumerate(RULES)
        if rule.id in view.rulebook.policies and view.rulebook[rule.id].binding == "must"
        for breach in rule.check(view.rulebook[rule.id], view)
    ]
    last = max((v.row for v in view.plan.visits), default=0) + 1
    found.sort(key=lambda pair: (min(pair[0].rows, default=last), pair[0].visits, pair[1]))
    return [breach for breach, _ in found]
