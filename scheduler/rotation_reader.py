"""Rows of a published rotation plan as numbers of the case, even where the data have changed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from data.records import Move
from data.words import Message
from solver.moves.problem import Desk, Exchange, MovesProblem, Person

if TYPE_CHECKING:
    from scheduler.rotation_case import RotationCase


class RowReader:
    """Rows of one exchange as numbers.

    People who fall out may be missing from the case by now, and so may posts of moves still to come: they
    get numbers of their own, with which nobody can go anywhere. `gone` tells why, person by person.
    """

    def __init__(
        self, case: RotationCase, problem: MovesProblem, without: frozenset[str], on: date
    ) -> None:
        self.case, self.problem, self.without, self.on = case, problem, without, on
        self.gone: dict[str, Message] = {}  # who falls out because of the data
        self.vanished: set[str] = set()  # posts that nobody can take any more
        self.person = dict(case.mover_number)
        held = {who.desk for who in problem.people}
        self.empty = {
            label: [d for d in desks if d not in held] for label, desks in case.desk_numbers.items()
        }
        self.offered = {label for label, free in self.empty.items() if free}
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
        if number >= 0 and label == move.from_position:
            return number
        if self._to_come(move):
            self.gone[move.staff_id] = Message(
                "không còn giữ vị trí {post}, hoặc không còn chuyển được theo dữ liệu hiện có",
                {"post": move.from_position},
            )
            self._nobody_else(number)
            self._still(move)
            return self.person[move.staff_id]
        self.faults.append(
            Message(
                "{move}: {who} không còn giữ vị trí {post} hoặc không còn chuyển được theo dữ liệu "
                "hiện có; nếu người này rút khỏi kế hoạch, thêm --without {who}.",
                {"move": move.move_id, "who": move.staff_id, "post": move.from_position},
            )
        )
        return number

    def _to_come(self, move: Move) -> bool:
        return move.effective_date is None or move.effective_date >= self.on

    def _nobody_else(self, number: int) -> None:
        """Whoever went elsewhere outside the plan is not sent on from there."""
        if number >= 0:
            people = list(self.problem.people)
            people[number] = replace(people[number], group=-1, due=False)
            self.problem = replace(self.problem, people=tuple(people))

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
        free_before = move.to_position in self.offered
        if free:
            return free.pop(0)
        if self._to_come(move) and not free_before:
            self.vanished.add(move.to_position)
            unit = self.case.jobs.get(move.to_position, ("", ""))[0]
            desk = Desk(move.to_position, self.case.units.get(unit, 0), -1)
            self.problem = replace(self.problem, desks=(*self.problem.desks, desk))
            return len(self.problem.desks) - 1
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
