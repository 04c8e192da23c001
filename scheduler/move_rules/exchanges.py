"""Moves that happen together: move.form, cycle-length, chain-length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.words import Message
from scheduler.move_rules.base import MoveRule, by_shape
from scheduler.move_rules.wording import breach
from solver.moves.problem import ChainLength, CycleLength

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.records import Move
    from scheduler.rotation_case import RotationCase
    from scheduler.rotation_view import RotationView
    from scheduler.rules.base import Breach, Policy


def shape(moves: list[Move]) -> tuple[str, list[Move]]:
    """The form, "cycle", "chain" or "broken", and the rows in the order in which they hang together.

    A chain begins with whoever takes a post that none of them leaves; the one who takes the post
    left follows. A recruit leaves no post and ends a chain.
    """
    taker = {move.to_position: move for move in moves}
    leaver = {move.from_position: move for move in moves if move.from_position}
    if len(taker) < len(moves) or len(leaver) + sum(not m.from_position for m in moves) < len(
        moves
    ):
        return "broken", moves
    heads = [move for move in moves if move.to_position not in leaver]
    if len(heads) > 1:
        return "broken", moves
    order = [heads[0] if heads else moves[0]]
    while (after := taker.get(order[-1].from_position)) is not None and after is not order[0]:
        order.append(after)
    if len(order) < len(moves):
        return "broken", moves
    return ("chain" if heads else "cycle"), order


def check_form(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """Rows of one cycle id are one closed cycle or one chain, and are called what they are."""
    for move, _ in view.moves:
        if not move.cycle_id:
            yield breach(policy, [move], Message(
                "Lượt {id} thiếu mã vòng. Ghi mã vòng chung cho các lượt đi cùng nhau.",
                {"id": move.move_id or "-"},
            ))  # fmt: skip
    for cycle_id, moves in view.exchanges.items():
        kind, order = shape(moves)
        if kind == "broken" or (kind == "cycle" and len(order) < 2):
            yield breach(policy, moves, Message(
                "Các lượt của {id} không tạo thành một vòng khép kín hay một chuỗi nối liền.",
                {"id": cycle_id},
            ))  # fmt: skip
            continue
        name = "swap" if kind == "cycle" and len(order) == 2 else kind
        wrong = [move for move in moves if move.cycle_kind != name]
        if wrong:
            yield breach(policy, wrong, Message(
                "{id} là {name}; kế hoạch ghi «{given}».",
                {"id": cycle_id, "name": NAMES[name], "given": wrong[0].cycle_kind},
            ))  # fmt: skip


NAMES = {
    "swap": Message("đổi chéo hai người (swap)"),
    "cycle": Message("vòng từ ba người (cycle)"),
    "chain": Message("chuỗi (chain)"),
}


def enforce_cycle_length(policy: Policy, case: RotationCase) -> Iterator[CycleLength]:
    """One limit for the whole plan."""
    del case
    yield CycleLength(policy.value, policy.id)


def check_cycle_length(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """Counts the rows of each cycle."""
    yield from _too_long(policy, view, "cycle")


def enforce_chain_length(policy: Policy, case: RotationCase) -> Iterator[ChainLength]:
    """One limit for the whole plan."""
    del case
    yield ChainLength(policy.value, policy.id)


def check_chain_length(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """Counts the rows of each chain."""
    yield from _too_long(policy, view, "chain")


def _too_long(policy: Policy, view: RotationView, kind: str) -> Iterator[Breach]:
    for cycle_id, moves in view.exchanges.items():
        if len(moves) > policy.value and shape(moves)[0] == kind:
            yield breach(policy, moves, Message(
                "{id} có {n} người; tối đa {most} người.",
                {"id": cycle_id, "n": len(moves), "most": policy.value},
            ))  # fmt: skip


EXCHANGES = (
    MoveRule("move.form", by_shape, check_form),
    MoveRule("move.cycle-length", enforce_cycle_length, check_cycle_length),
    MoveRule("move.chain-length", enforce_chain_length, check_chain_length),
)
