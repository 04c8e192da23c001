"""On which days moves take place: move.waves, closed, tet, notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.words import Message
from scheduler.move_rules.base import MoveRule, by_shape
from scheduler.move_rules.terms import closing
from scheduler.move_rules.wording import breach
from scheduler.rules.findings import on_paper
from solver.moves.problem import Closed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from data.records import Move
    from scheduler.rotation_case import RotationCase
    from scheduler.rotation_view import RotationView
    from scheduler.rules.base import Breach, Policy


def check_waves(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """The first working day of a month of the plan's year, called by its month; one day a cycle."""
    for move in view.plan.moves:
        day = move.effective_date
        if day is None:
            continue
        if day not in view.first_workdays:
            yield breach(policy, [move], Message(
                "Ngày chuyển đổi {day} không phải ngày làm việc đầu tiên của một tháng trong năm "
                "{year}.", {"day": on_paper(day), "year": view.plan.year},
            ))  # fmt: skip
        elif move.wave != day.month:
            yield breach(policy, [move], Message(
                "Đợt ghi là {wave}, ngày chuyển đổi {day} thuộc đợt {month}.",
                {"wave": move.wave, "day": on_paper(day), "month": day.month},
            ))  # fmt: skip
    for cycle_id, moves in view.exchanges.items():
        days = sorted({move.effective_date for move in moves if move.effective_date})
        if len(days) > 1:
            yield breach(policy, moves, Message(
                "Các lượt của {id} chuyển vào những ngày khác nhau: {days}.",
                {"id": cycle_id, "days": ", ".join(map(on_paper, days))},
            ))  # fmt: skip


def enforce_closed(policy: Policy, case: RotationCase) -> Iterator[Closed]:
    """The waves that this rule closes."""
    waves = case.closed.get(policy.id, ())
    if waves:
        yield Closed(waves, policy.id)


def check_closed(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """No move in a closed month."""
    for move, day in _shut(policy, view):
        yield breach(policy, [move], Message(
            "Tháng {month} đóng: khóa sổ, đánh giá cuối năm (ngày {day}).",
            {"month": day.month, "day": on_paper(day)},
        ))  # fmt: skip


def check_tet(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """Tết's first day off is not close to the move."""
    for move, day in _shut(policy, view):
        yield breach(policy, [move], Message(
            "Ngày chuyển đổi {day} sát kỳ nghỉ Tết Nguyên đán.", {"day": on_paper(day)},
        ))  # fmt: skip


def check_notice(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """The whole time of notice lies between the day of the plan and the move."""
    for move, day in _shut(policy, view):
        yield breach(policy, [move], Message(
            "Ngày chuyển đổi {day} chưa đủ {days} ngày kể từ ngày lập kế hoạch {on}.",
            {"day": on_paper(day), "days": policy.value, "on": on_paper(view.on)},
        ))  # fmt: skip


def _shut(policy: Policy, view: RotationView) -> list[tuple[Move, date]]:
    """Rows whose day the rule closes."""
    return [(move, day) for move, day in view.moves if policy.id in closing(view, day)]


WAVES = (
    MoveRule("move.waves", by_shape, check_waves),
    MoveRule("move.closed", enforce_closed, check_closed),
    MoveRule("move.tet", enforce_closed, check_tet),
    MoveRule("move.notice", enforce_closed, check_notice),
)
