"""The solver's exchanges as rows of moves.csv: dates, instruments, distances, and why, in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from data.records import Move
from data.words import Message
from solver.moves.goals import distance_km
from solver.moves.problem import Exchange, MovesProblem, MovesSolution

if TYPE_CHECKING:
    from collections.abc import Callable

    from scheduler.rotation_case import RotationCase


def to_moves(
    case: RotationCase,
    problem: MovesProblem,
    solution: MovesSolution,
    say: Callable[[Message], str] = lambda message: message.say("vi"),
) -> tuple[Move, ...]:
    """The rows of the plan by wave; ids follow that order, which depends on nothing but the moves."""
    writer = _Writer(case, problem, say)
    rows: list[Move] = []
    exchanges = sorted(map(canonical, solution.exchanges), key=lambda e: (e.wave, e.people))
    for number, exchange in enumerate(exchanges, 1):
        for place in range(len(exchange.people)):
            rows.append(writer.row(exchange, place, len(rows) + 1, number))
    return tuple(rows)


def canonical(exchange: Exchange) -> Exchange:
    """The same exchange with the smallest person of a cycle first; a chain stays as it is."""
    if exchange.kind == "chain":
        return exchange
    at = exchange.people.index(min(exchange.people))
    people = exchange.people[at:] + exchange.people[:at]
    return Exchange("cycle", people, exchange.desks[at:] + exchange.desks[:at], exchange.wave)


def cycle_kind(exchange: Exchange) -> str:
    """The word of moves.csv for the form of an exchange."""
    if exchange.kind == "chain":
        return "chain"
    return "swap" if len(exchange.people) == 2 else "cycle"


def instrument(case: RotationCase, old: str, new: str) -> str:
    """By which paper the move is carried out: assignment, position_change or transfer.

    Sections of one body count as one agency. Inside an agency the job position decides: the category
    of the catalogue, or where there is none, the title (domain.md A6). A recruit is assigned.
    """
    if not old:
        return "assignment"
    here, there = (case.agencies[case.jobs[post][0]] for post in (old, new))
    if here != there:
        return "transfer"
    return "assignment" if case.jobs[old][1] == case.jobs[new][1] else "position_change"


@dataclass(frozen=True)
class _Writer:
    case: RotationCase
    problem: MovesProblem
    say: Callable[[Message], str]

    @cached_property
    def columns(self) -> dict[str, list[Any]]:
        movers = self.case.movers
        names = ("position_id", "latest_date", "rotating", "regime", "part")
        return {"staff_id": movers.index.tolist()} | {name: movers[name].tolist() for name in names}

    @cached_property
    def names(self) -> dict[str, str]:
        staff = self.case.tables["staff"]
        return dict(zip(staff["staff_id"].tolist(), staff["name"].tolist(), strict=True))

    @cached_property
    def holder(self) -> dict[int, int]:
        return {who.desk: n for n, who in enumerate(self.problem.people) if who.desk >= 0}

    def row(self, exchange: Exchange, place: int, move: int, cycle: int) -> Move:
        """The row of one person of an exchange."""
        case, person, desk = self.case, exchange.people[place], exchange.desks[place]
        day, latest = case.waves[exchange.wave], self.columns["latest_date"][person]
        old, new = self.columns["position_id"][person], case.desks[desk]
        where = self.problem.unit_places[self.problem.desks[desk].unit]
        km = distance_km(self.problem.people[person], where)
        return Move(
            move_id=f"CD-{case.year}-{move:04}",
            staff_id=self.columns["staff_id"][person],
            from_position=old,
            to_position=new,
            wave=exchange.wave + 1,
            effective_date=day,
            instrument=instrument(case, old, new),
            cycle_id=f"V-{case.year}-{cycle:03}",
            cycle_kind=cycle_kind(exchange),
            days_before_limit=None if pd.isna(latest) else (latest.date() - day).days,
            distance_km=None if km is None else round(km, 1),
            reason=self.say(self.reason(exchange, place)),
        )

    def reason(self, exchange: Exchange, place: int) -> Message:
        """Why this person moves, and with whom; never a ground of a deferral."""
        person, desk = exchange.people[place], exchange.desks[place]
        before = self.holder.get(desk)
        own = self.problem.people[person].desk
        after = next(
            (p for p, d in zip(exchange.people, exchange.desks, strict=True) if d == own), None
        )
        if before is not None and before == after:
            company = Message("đổi vị trí với {other}", {"other": self._name(before)})
        elif before is None and after is None:
            company = Message("nhận vị trí đang trống")
        elif before is None:
            company = Message(
                "nhận vị trí đang trống, vị trí cũ do {after} tiếp nhận",
                {"after": self._name(after)},
            )
        elif after is None:
            company = Message("tiếp nhận vị trí của {before}", {"before": self._name(before)})
        else:
            company = Message(
                "tiếp nhận vị trí của {before}, vị trí cũ do {after} tiếp nhận",
                {"before": self._name(before), "after": self._name(after)},
            )
        return Message(
            "{why}; {company}.", {"why": self._why(person, exchange), "company": company}
        )

    def _why(self, person: int, exchange: Exchange) -> Message:
        latest = self.columns["latest_date"][person]
        if self.columns["part"][person] == "due":
            limit = {"limit": f"{latest:%d/%m/%Y}"}
            if latest.date() < self.case.waves[exchange.wave]:
                return Message("Quá thời hạn giữ vị trí từ ngày {limit}", limit)
            return Message("Thời hạn giữ vị trí đến hết ngày {limit}", limit)
        if self.columns["rotating"][person] and not pd.isna(latest):
            return Message(
                "Chưa đến hạn ({limit}), chuyển để người đến hạn có vị trí phù hợp",
                {"limit": f"{latest:%d/%m/%Y}"},
            )
        if not self.columns["position_id"][person]:
            return Message("Người mới, bố trí để người đến hạn chuyển đổi được")
        return Message("Vị trí ngoài danh mục, chuyển để người đến hạn có vị trí phù hợp")

    def _name(self, person: int | None) -> str:
        staff_id = "" if person is None else self.columns["staff_id"][person]
        return f"{self.names.get(staff_id, staff_id)} ({staff_id})"
