"""The independent checker of rotation plans: each move rule's own check, on calendar dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.move_rules import MOVE_RULES

if TYPE_CHECKING:
    from scheduler.rotation_view import RotationView
    from scheduler.rules.base import Breach


def audit_rotation(view: RotationView) -> list[Breach]:
    """Every breach of every binding move rule, in the order of the user's rows; `visits` are move ids.

    A plan that makes no sense (unknown people, missing dates, half a cycle) gives breaches, never an
    error. Breaches that no row shows, such as somebody due who is missing, come last.
    """
    found = [
        (breach, place)
        for place, rule in enumerate(MOVE_RULES)
        if rule.id in view.rulebook.policies and view.rulebook[rule.id].binding == "must"
        for breach in rule.check(view.rulebook[rule.id], view)
    ]
    last = max((move.row for move in view.plan.moves), default=0) + 1
    found.sort(key=lambda pair: (min(pair[0].rows, default=last), pair[0].visits, pair[1]))
    return [breach for breach, _ in found]
