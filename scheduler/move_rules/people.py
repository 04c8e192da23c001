"""Who moves: move.known, once, complete."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from data.words import Message
from scheduler.move_rules.base import MoveRule, by_shape
from scheduler.move_rules.terms import barred_on, open_days
from scheduler.move_rules.wording import breach, person
from scheduler.rotation_people import elsewhere_waves
from scheduler.rules.findings import on_paper
from solver.moves.problem import Away

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.records import Move
    from scheduler.rotation_case import RotationCase
    from scheduler.rotation_view import Clock, RotationView
    from scheduler.rules.base import Breach, Policy


def enforce_known(policy: Policy, case: RotationCase) -> Iterator[Away]:
    """Nobody moves on a day on which, by papers, the person is not in the own desk any more."""
    movers = case.movers
    postings = case.tables["postings"]
    own = postings[postings["staff_id"].isin(movers.index)]
    grid = elsewhere_waves(own, movers, case.waves)
    for number in np.flatnonzero(grid.any(axis=1)).tolist():
        yield Away(number, tuple(grid[number].nonzero()[0].tolist()), policy.id)


def check_known(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """Ids exist, there is a day, and the post left is the one that papers name for that day."""
    for move in view.plan.moves:
        wrong = list(_unknown(view, move))
        for message in wrong:
            yield breach(policy, [move], message)
        if wrong or move.effective_date is None:
            continue
        held = {p.position_id for p in view.in_post(move.staff_id, move.effective_date)}
        if held != ({move.from_position} if move.from_position else set()):
            yield breach(policy, [move], Message(
                "Ngày {day}, {who} giữ vị trí: {held}; dòng này ghi vị trí cũ là {old}.", {
                    "day": on_paper(move.effective_date), "who": person(view, move.staff_id),
                    "held": ", ".join(sorted(held)) or "-", "old": move.from_position or "-",
                },
            ))  # fmt: skip


def _unknown(view: RotationView, move: Move) -> Iterator[Message]:
    if move.staff_id not in view.staff:
        yield Message("Không có nhân sự {id} trong dữ liệu.", {"id": move.staff_id or "-"})
    if move.to_position not in view.posts:
        yield Message("Không có vị trí {id} trong dữ liệu.", {"id": move.to_position or "-"})
    if move.from_position and move.from_position not in view.posts:
        yield Message("Không có vị trí {id} trong dữ liệu.", {"id": move.from_position})
    if move.effective_date is None:
        yield Message(
            "Thiếu ngày chuyển đổi của {who}. Điền ngày.", {"who": person(view, move.staff_id)}
        )


def check_once(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """Counts the rows of each person."""
    rows: dict[str, list[Move]] = defaultdict(list)
    for move in view.plan.moves:
        rows[move.staff_id].append(move)
    for staff_id, moves in rows.items():
        if len(moves) > policy.value:
            yield breach(policy, moves, Message(
                "{who} chuyển đổi {n} lần trong năm; tối đa {most} lần.",
                {"who": person(view, staff_id), "n": len(moves), "most": policy.value},
            ))  # fmt: skip


def check_complete(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """Everybody due by the flags stands once among the moves and the unplaced."""
    listed: dict[str, int] = defaultdict(int)
    for staff_id in {move.staff_id for move in view.plan.moves}:
        listed[staff_id] += 1
    for row in view.plan.unplaced:
        listed[row.staff_id] += 1
    days = open_days(view)
    for staff_id, clock in view.clocks.items():
        times = listed.get(staff_id, 0)
        if times == 1 or not is_due(view, staff_id, clock, days):
            continue
        said = {"who": person(view, staff_id), "limit": on_paper(clock.latest), "n": times}
        moves = [move for move in view.plan.moves if move.staff_id == staff_id]
        if times == 0:
            yield breach(policy, moves, Message(
                "{who} đến hạn trước hết năm (ngày {limit}), không có trong kế hoạch và cũng không "
                "có lý do chưa xếp được.", said,
            ))  # fmt: skip
        else:
            yield breach(policy, moves, Message(
                "{who} đến hạn ngày {limit}, có tên {n} lần trong kế hoạch và danh sách chưa xếp "
                "được.", said,
            ))  # fmt: skip


def is_due(view: RotationView, staff_id: str, clock: Clock, days: list[date]) -> bool:
    """Whether the person has to leave by the end of the year, on one of these days at least."""
    if clock.latest is None or clock.latest > date(view.plan.year, 12, 31) or clock.single:
        return False
    if not days:
        return clock.overlay == ""
    return any(barred_on(view, staff_id, day) is None for day in days)


PEOPLE = (
    MoveRule("move.known", enforce_known, check_known),
    MoveRule("move.once", by_shape, check_once),
    MoveRule("move.complete", by_shape, check_complete),
)
