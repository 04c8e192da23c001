"""What one unit may be asked to bear in one wave: move.unit-share, one-leader."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.move_rules.base import MoveRule
from scheduler.move_rules.wording import breach, unit
from scheduler.rules.findings import on_paper
from solver.moves.problem import LeaderCap, UnitCap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from data.records import Move
    from scheduler.rotation_case import RotationCase
    from scheduler.rotation_view import RotationView
    from scheduler.rules.base import Breach, Policy


def share_of(share: float, people: int) -> int:
    """How many of a unit's people may leave at once: the share rounded down, and at least one.

    >>> share_of(0.2, 9), share_of(0.2, 10), share_of(0.07, 100), share_of(0.2, 0)
    (1, 2, 7, 1)
    """
    return max(1, int(share * people + 1e-9))


def enforce_share(policy: Policy, case: RotationCase) -> Iterator[UnitCap]:
    """One cap for each unit, the same in every wave."""
    caps = tuple(share_of(policy.value, people) for people in case.unit_staff.tolist())
    yield UnitCap(caps, policy.id)


def check_share(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """Counts who leaves each unit on each day against the people in post on the plan's day."""
    present: dict[str, int] = defaultdict(int)
    for staff_id in view.careers:
        held = {p.position_id for p in view.in_post(staff_id, view.on)}
        if len(held) == 1:
            post = view.posts.get(held.pop())
            present[post.unit_id if post else ""] += 1
    for (unit_id, day), moves in _leaving(view).items():
        known = view.units.get(unit_id)
        people = present[unit_id]
        if known is not None and known.headcount is not None:
            people = min(people, known.headcount)
        most = share_of(policy.value, people)
        if len(moves) > most:
            yield breach(policy, moves, Message(
                "{n} người rời {unit} ngày {day}; tối đa {most} trong {people} người.", {
                    "n": len(moves), "unit": unit(view, unit_id), "day": on_paper(day),
                    "most": most, "people": people,
                },
            ))  # fmt: skip


def enforce_one_leader(policy: Policy, case: RotationCase) -> Iterator[LeaderCap]:
    """One limit for the whole plan."""
    del case
    yield LeaderCap(policy.value, policy.id)


def check_one_leader(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """Counts who leaves a leading post of each unit on each day."""
    for (unit_id, day), moves in _leaving(view).items():
        leaders = [move for move in moves if view.posts[move.from_position].is_lead]
        if len(leaders) > policy.value:
            yield breach(policy, leaders, Message(
                "{n} lãnh đạo rời {unit} ngày {day}; tối đa {most}.", {
                    "n": len(leaders), "unit": unit(view, unit_id), "day": on_paper(day),
                    "most": policy.value,
                },
            ))  # fmt: skip


def _leaving(view: RotationView) -> dict[tuple[str, date], list[Move]]:
    """Rows by the unit that is left and the day."""
    found: dict[tuple[str, date], list[Move]] = defaultdict(list)
    for move, day in view.moves:
        if move.from_position:
            found[view.posts[move.from_position].unit_id, day].append(move)
    return dict(sorted(found.items()))


UNITS = (
    MoveRule("move.unit-share", enforce_share, check_share),
    MoveRule("move.one-leader", enforce_one_leader, check_one_leader),
)
