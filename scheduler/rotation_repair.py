"""Mending a published rotation plan: rows -> numbers for the solver, and the mended rows with what changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.records import Move, RotationPlan
from data.words import Message
from solver.moves.problem import Desk, Exchange, MovesProblem, MovesSolution, Person

if TYPE_CHECKING:
    from scheduler.rotation_case import RotationCase

NOTICE = "move.notice"


class RepairRefused(Exception):
    """A plan that cannot be mended as asked; `faults` names each obstacle."""

    def __init__(self, faults: Sequence[Message]) -> None:
        self.faults = faults
        super().__init__("; ".join(fault.say("en") for fault in faults))


@dataclass(frozen=True)
class RepairOrder:
    """What the solver is asked: `repair(problem, solution, set(out), settings, report, first_wave)`."""

    problem: MovesProblem
    solution: MovesSolution
    out: tuple[int, ...]
    first_wave: int  # nothing new is earlier; what is before it stands
    on: date
    without: tuple[str, ...]  # staff ids


def repair_order(
    plan: RotationPlan,
    case: RotationCase,
    problem: MovesProblem,
    without: Collection[str],
    on: date,
) -> RepairOrder:
    """The question to the solver when these people cannot move after all.

    Moves before the day `on` have happened. New moves keep the notice from that day; published ones
    that are nearer stand as long as nobody in them falls out.

    Raises
    ------
    RepairRefused
        With every person who is in no move that is still to come, and every row that no longer fits
        the dataset.
    """
    reader = _Reader(case, problem, frozenset(without))
    faults = [*_not_in_plan(plan, without), *_happened(plan, without, on)]
    by_cycle: dict[str, list[Move]] = {}
    for move in plan.moves:
        by_cycle.setdefault(move.cycle_id, []).append(move)
    exchanges = [reader.exchange(rows) for rows in by_cycle.values()]
    faults += reader.faults
    if faults:
        raise RepairRefused(faults)
    notice = case.rulebook.policies.get(NOTICE)
    days = int(notice.value) if notice is not None and notice.binding == "must" else 0
    first = sum(day < on + timedelta(days=days) for day in case.waves)
    return RepairOrder(
        reader.problem, MovesSolution(tuple(e for e in exchanges if e is not None)),
        tuple(reader.person[who] for who in sorted(without)), first, on, tuple(sorted(without)),
    )  # fmt: skip


def _not_in_plan(plan: RotationPlan, without: Iterable[str]) -> list[Message]:
    moved = {move.staff_id for move in plan.moves}
    return [
        Message("{who} không có trong các trường hợp chuyển đổi của kế hoạch.", {"who": who})
        for who in sorted(without)
        if who not in moved
    ]


def _happened(plan: RotationPlan, without: Collection[str], on: date) -> list[Message]:
    return [
        Message(
            "{who} đã chuyển ngày {day}, trước ngày sửa kế hoạch {on}; không rút lại được.",
            {
                "who": move.staff_id,
                "day": f"{move.effective_date:%d/%m/%Y}",
                "on": f"{on:%d/%m/%Y}",
            },
        )
        for move in plan.moves
        if move.staff_id in without and move.effective_date and move.effective_date < on
    ]


class _Reader:
    """Rows of one exchange as numbers; people who fall out may be missing from the case by now."""

    def __init__(self, case: RotationCase, problem: MovesProblem, without: frozenset[str]) -> None:
        self.case, self.problem, self.without = case, problem, without
        self.person = dict(case.mover_number)
        held = {who.desk for who in problem.people}
        self.empty = {
            label: [d for d in desks if d not in held] for label, desks in case.desk_numbers.items()
        }
        self.faults: list[Message] = []

    def exchange(self, rows: list[Move]) -> Exchange | None:
        """The exchange that the rows describe; None, with a fault, when they describe none."""
        before = len(self.faults)
        people = [self._person(move) for move in rows]
        if len(self.faults) > before:
            return None
        own = {
            move.from_position: self.problem.people[p].desk
            for move, p in zip(rows, people, strict=True)
        }
        desks = [self._desk(move, own) for move in rows]
        if len(self.faults) > before:
            return None
        return self._in_order(rows, dict(zip(people, desks, strict=True)))

    def _person(self, move: Move) -> int:
        if move.staff_id not in self.person and move.staff_id in self.without:
            self._still(move)
        number = self.person.get(move.staff_id, -1)
        desk = self.problem.people[number].desk if number >= 0 else -1
        label = self.problem.desks[desk].label if desk >= 0 else ""
        if number < 0 or label != move.from_position:
            self.faults.append(
                Message(
                    "{move}: {who} không còn giữ vị trí {post} hoặc không còn chuyển được theo dữ liệu "
                    "hiện có; nếu người này rút khỏi kế hoạch, thêm --without {who}.",
                    {"move": move.move_id, "who": move.staff_id, "post": move.from_position},
                )
            )
        return number

    def _still(self, move: Move) -> None:
        """Somebody who is deferred by now: in the numbers, but unable to move, like the desk."""
        problem, unit = self.problem, self.case.jobs.get(move.from_position, ("", ""))[0]
        desk = Desk(move.from_position, self.case.units.get(unit, 0), -1)
        who = Person(move.staff_id, len(problem.desks), -1, due=False)
        self.person[move.staff_id] = len(problem.people)
        self.problem = replace(problem, people=(*problem.people, who), desks=(*problem.desks, desk))

    def _desk(self, move: Move, own: dict[str, int]) -> int:
        if move.to_position in own:
            return own[move.to_position]
        free = self.empty.get(move.to_position, [])
        if free:
            return free.pop(0)
        self.faults.append(
            Message(
                "{move}: vị trí {post} không còn trống và không có ai trong cùng vòng rời đi.",
                {"move": move.move_id, "post": move.to_position},
            )
        )
        return -1

    def _in_order(self, rows: list[Move], takes: dict[int, int]) -> Exchange | None:
        """A cycle from its first row on, a chain from its empty desk on."""
        owner = {self.problem.people[p].desk: p for p in takes}
        starts = [p for p, d in takes.items() if d not in owner]
        taker = {d: p for p, d in takes.items()}
        chain = bool(starts)
        order = [starts[0] if chain else next(iter(takes))]
        while len(order) < len(takes):
            desk = self.problem.people[order[-1]].desk
            then = taker.get(desk, -1) if chain else owner[takes[order[-1]]]
            if then < 0 or then in order:
                break
            order.append(then)
        if len(order) < len(takes) or len(starts) > 1 or len(taker) < len(takes):
            self.faults.append(
                Message(
                    "{cycle}: các dòng không nối thành một vòng hay một chuỗi.",
                    {"cycle": rows[0].cycle_id},
                )
            )
            return None
        return Exchange(
            "chain" if chain else "cycle",
            tuple(order), tuple(takes[p] for p in order), rows[0].wave - 1,
        )  # fmt: skip
