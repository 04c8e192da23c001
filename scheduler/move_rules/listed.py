"""What a plan says beside its moves: move.listed (the unplaced), move.figures (days before the limit)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.words import Message
from scheduler.move_rules.base import MoveRule, by_shape
from scheduler.move_rules.people import is_due
from scheduler.move_rules.terms import open_days
from scheduler.move_rules.wording import breach, person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.rotation_view import RotationView
    from scheduler.rules.base import Breach, Policy


def check_listed(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """Whoever is listed as unplaced exists, is due, and has a reason that names rules there are."""
    days = open_days(view)
    for row in view.plan.unplaced:
        said = {"who": person(view, row.staff_id)}
        clock = view.clocks.get(row.staff_id)
        if row.staff_id not in view.staff:
            yield breach(policy, [], Message(
                "Danh sách chưa xếp được có {who}, không có trong dữ liệu.", said
            ))  # fmt: skip
        elif clock is None or not is_due(view, row.staff_id, clock, days):
            yield breach(policy, [], Message(
                "Danh sách chưa xếp được có {who}, không phải người đến hạn trong năm.", said
            ))  # fmt: skip
        if not row.reason.strip():
            yield breach(policy, [], Message("{who} chưa xếp được mà không ghi lý do.", said))
        unknown = [r for r in row.rules if r not in view.rulebook.policies and ":" not in r]
        if unknown:
            yield breach(policy, [], Message(
                "Lý do của {who} nêu quy tắc không có: {rules}.",
                {**said, "rules": ", ".join(unknown)},
            ))  # fmt: skip


def check_figures(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """The days before the limit that a row gives are those of the data; a blank gives none."""
    for move, day in view.moves:
        clock = view.clocks.get(move.staff_id)
        latest = clock.latest if clock else None
        days = (latest - day).days if latest else None
        given = move.days_before_limit
        if given is not None and given != days:
            yield breach(policy, [move], Message(
                "Số ngày trước hạn của {who} ghi là {given}; theo dữ liệu là {days}.", {
                    "who": person(view, move.staff_id), "given": given,
                    "days": "-" if days is None else days,
                },
            ))  # fmt: skip


LISTED = (
    MoveRule("move.listed", by_shape, check_listed),
    MoveRule("move.figures", by_shape, check_figures),
)
