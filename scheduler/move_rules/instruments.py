"""By which paper a move is carried out: move.instrument (the solver has no say in it)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.words import Message
from scheduler.move_rules.base import MoveRule, by_shape
from scheduler.move_rules.wording import breach, person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.records import Move
    from scheduler.rotation_view import RotationView
    from scheduler.rules.base import Breach, Policy

NAMES = {
    "assignment": Message("phân công"),
    "transfer": Message("điều động"),
    "position_change": Message("thay đổi vị trí việc làm"),
}


def check_instrument(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """The paper named is the one that agencies and job positions ask for."""
    for move, _ in view.moves:
        right = _fitting(view, move)
        if move.instrument != right:
            yield breach(policy, [move], Message(
                "{who} cần văn bản {right}; kế hoạch ghi {given}.", {
                    "who": person(view, move.staff_id), "right": NAMES[right],
                    "given": NAMES.get(move.instrument, move.instrument or "-"),
                },
            ))  # fmt: skip


def _fitting(view: RotationView, move: Move) -> str:
    if not move.from_position:
        return "assignment"
    old, new = view.posts[move.from_position], view.posts[move.to_position]
    if _agency(view, old.unit_id) != _agency(view, new.unit_id):
        return "transfer"
    same_job = (old.category or old.title) == (new.category or new.title)
    return "assignment" if same_job else "position_change"


def _agency(view: RotationView, unit_id: str) -> str:
    """The unit, or for a section the body that it is part of, however deep."""
    for _ in view.units:
        known = view.units.get(unit_id)
        if known is None or known.kind != "section" or not known.parent_id:
            break
        unit_id = known.parent_id
    return unit_id


INSTRUMENTS = (MoveRule("move.instrument", by_shape, check_instrument),)
