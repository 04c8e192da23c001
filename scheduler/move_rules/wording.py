"""What several `check` functions say: breaches by rows, names of people, posts and units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.rules.base import Breach, Policy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.records import Move
    from data.words import Message
    from scheduler.rotation_view import RotationView


def breach(policy: Policy, moves: Iterable[Move], message: Message) -> Breach:
    """A breach of a rule by rows of the plan, said in a sentence."""
    moves = tuple(dict.fromkeys(moves))
    return Breach(
        rule=policy.id,
        source=policy.source,
        visits=tuple(move.move_id for move in moves),
        rows=tuple(move.row for move in moves),
        message=message,
    )


def person(view: RotationView, staff_id: str) -> str:
    """Name and id of somebody, or the id when the office does not know it."""
    known = view.staff.get(staff_id)
    return f"{known.name} ({staff_id})" if known else staff_id


def post(view: RotationView, position_id: str) -> str:
    """Title and id of a post, or the id when the office does not know it."""
    known = view.posts.get(position_id)
    return f"{known.title} ({position_id})" if known and known.title else position_id


def unit(view: RotationView, unit_id: str) -> str:
    """The unit's name, or its id when the office does not know it."""
    return view.units[unit_id].name if unit_id in view.units else unit_id
