"""What becomes of desks: move.desk, tail.

Exchanges of a MovesProblem hand desks on one to one; who keeps the own desk is no part of it. So
`enforce` has only the tail of chains to speak of.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.move_rules.base import MoveRule, by_shape
from scheduler.move_rules.exchanges import shape
from scheduler.move_rules.wording import breach, person, post
from scheduler.rotation_view import covers
from scheduler.rules.findings import on_paper
from solver.moves.problem import Tail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.records import Move
    from scheduler.rotation_case import RotationCase
    from scheduler.rotation_view import RotationView
    from scheduler.rules.base import Breach, Policy


def check_desk(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """Counts who sits at each desk before and after each day, by papers and the plan's moves."""
    leaves: dict[str, dict[date, list[Move]]] = defaultdict(lambda: defaultdict(list))
    takes: dict[str, dict[date, list[Move]]] = defaultdict(lambda: defaultdict(list))
    for move, day in view.moves:
        takes[move.to_position][day].append(move)
        if move.from_position:
            leaves[move.from_position][day].append(move)
    for position_id in sorted(leaves.keys() | takes.keys()):
        out, into = leaves[position_id], takes[position_id]
        for day in sorted(out.keys() | into.keys()):
            moved = len([m for d in into if d < day for m in into[d]])
            moved -= len([m for d in out if d < day for m in out[d]])
            before = max(0, _seated(view, position_id, day) + moved)
            after = before + len(into[day]) - len(out[day])
            yield from _judged(policy, view, position_id, day, (before, after), into[day], out[day])


def _judged(
    policy: Policy,
    view: RotationView,
    position_id: str,
    day: date,
    people: tuple[int, int],
    into: list[Move],
    out: list[Move],
) -> Iterator[Breach]:
    said = {"post": post(view, position_id), "day": on_paper(day)}
    before, after = people
    if into and after > 1:
        yield breach(policy, [*into, *out], Message(
            "Vị trí {post} có {n} người sau đợt ngày {day}; mỗi vị trí chỉ một người.",
            {**said, "n": after},
        ))  # fmt: skip
    if out and after < min(1, before) and view.rotates(position_id):
        yield breach(policy, out, Message(
            "Vị trí {post} thuộc diện chuyển đổi, có người rời đi ngày {day} mà không có người thay.",
            said,
        ))  # fmt: skip
    named = [
        p for p in view.assigned.get(position_id, ())
        if p.start is not None and p.start > max(day, view.on)
    ]  # fmt: skip
    if into and named:
        yield breach(policy, into, Message(
            "Vị trí {post} đã có quyết định cho {who} từ ngày {start}.", {
                **said, "who": person(view, named[0].staff_id),
                "start": on_paper(named[0].start),
            },
        ))  # fmt: skip


def _seated(view: RotationView, position_id: str, day: date) -> int:
    """People whom papers place at a desk on a day; a paper without a start counts."""
    return sum(covers(p, day) for p in view.assigned.get(position_id, ()))


def enforce_tail(policy: Policy, case: RotationCase) -> Iterator[Tail]:
    """One limit for the whole plan."""
    del case
    yield Tail(policy.id)


def check_tail(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """The last of a chain is a recruit, or leaves a post in which no clock runs."""
    for moves in view.exchanges.values():
        kind, order = shape(moves)
        last = order[-1]
        day = last.effective_date
        if day and last.from_position and _seated(view, last.from_position, day) > 1:
            continue  # somebody else stays there; move.desk counts them
        if kind == "chain" and last.from_position and view.rotates(last.from_position):
            yield breach(policy, [last], Message(
                "Chuỗi để trống vị trí thuộc diện chuyển đổi {post} của {who}.", {
                    "post": post(view, last.from_position), "who": person(view, last.staff_id),
                },
            ))  # fmt: skip


DESKS = (
    MoveRule("move.desk", by_shape, check_desk),
    MoveRule("move.tail", enforce_tail, check_tail),
)
