"""Where a move may lead: move.profession, rank, elsewhere.

The groups of a MovesProblem are classes of profession and rank: `enforce` has nothing to add.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.words import Message
from scheduler.move_rules.base import MoveRule, by_shape
from scheduler.move_rules.wording import breach, person, post
from scheduler.rotation_view import alike
from solver.moves.problem import Elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from data.records import Move
    from scheduler.rotation_case import RotationCase
    from scheduler.rotation_view import RotationView
    from scheduler.rules.base import Breach, Policy


def check_profession(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """Person, post left and post taken are of one profession, or of equivalent ones."""
    for move, _ in view.moves:
        new = view.posts[move.to_position].profession
        own = [view.staff[move.staff_id].profession]
        own += [view.posts[move.from_position].profession] if move.from_position else []
        strange = [word for word in dict.fromkeys(own) if not alike(word, new, policy.value)]
        if strange:
            yield breach(policy, [move], Message(
                "{who} thuộc ngành {own}; vị trí {post} thuộc ngành {new}.", {
                    "who": person(view, move.staff_id), "own": ", ".join(strange),
                    "post": post(view, move.to_position), "new": new,
                },
            ))  # fmt: skip


def check_rank(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """The posts left and taken are of equivalent ranks; a recruit's own rank counts."""
    for move, _ in view.moves:
        old = (
            view.posts[move.from_position].rank_group
            if move.from_position
            else view.staff[move.staff_id].rank_group
        )
        new = view.posts[move.to_position].rank_group
        if not alike(old, new, policy.value):
            yield breach(policy, [move], Message(
                "{who}: chức vụ {old} và vị trí {post} ({new}) không tương đương.", {
                    "who": person(view, move.staff_id), "old": RANKS.get(old, old),
                    "post": post(view, move.to_position), "new": RANKS.get(new, new),
                },
            ))  # fmt: skip


RANKS = {
    "employee": Message("nhân viên"),
    "specialist": Message("chuyên viên"),
    "deputy_division_head": Message("phó trưởng phòng"),
    "division_head": Message("trưởng phòng"),
    "deputy_director": Message("phó giám đốc"),
    "director": Message("giám đốc"),
    "commune_leader": Message("lãnh đạo cấp xã"),
}


def enforce_elsewhere(policy: Policy, case: RotationCase) -> Iterator[Elsewhere]:
    """One limit for the whole plan."""
    del case
    yield Elsewhere(policy.id)


def check_elsewhere(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """The unit, the known field or the known area differs."""
    leavers = {(move.from_position, day): move for move, day in view.moves if move.from_position}
    for move, day in view.moves:
        if not move.from_position:
            continue
        old, new = view.posts[move.from_position], view.posts[move.to_position]
        before = leavers.get((move.to_position, day))
        areas = {_area(view, move, day), _area(view, before, day) if before else ""}
        changed = (
            old.unit_id != new.unit_id
            or len({old.field, new.field} - {""}) == 2
            or len(areas - {""}) == 2
        )
        if not changed:
            yield breach(policy, [move], Message(
                "{who} vẫn ở đơn vị cũ, không đổi lĩnh vực, địa bàn: {old} và {new}.", {
                    "who": person(view, move.staff_id), "old": post(view, move.from_position),
                    "new": post(view, move.to_position),
                },
            ))  # fmt: skip


def _area(view: RotationView, move: Move, day: date) -> str:
    """The area of the person's last paper for the post left."""
    papers = [
        (p.start, p.area)
        for p in view.careers.get(move.staff_id, ())
        if p.position_id == move.from_position and p.start is not None and p.start <= day
    ]
    return max(papers)[1] if papers else ""


TARGETS = (
    MoveRule("move.profession", by_shape, check_profession),
    MoveRule("move.rank", by_shape, check_rank),
    MoveRule("move.elsewhere", enforce_elsewhere, check_elsewhere),
)
