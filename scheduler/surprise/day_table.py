"""One day's table: who may be drawn into which slot with how many tickets (surprise.md, stages 2 to 4).

Asks for rates, rosters and debts only: what was drawn before cannot matter.
"""

from __future__ import annotations

import numpy as np

from data.words import Message
from scheduler.surprise.balance import balanced
from scheduler.surprise.debt import day_target, next_debt
from scheduler.surprise.entropy import MOST_SLOTS, Law, fitted, law_of
from scheduler.surprise.service import Bools, DayAsk, DayTable, Floats, Ints
from scheduler.surprise.tickets import shares_of, whole_tickets

LEAST_ACCEPTANCE = 0.05  # share of tries that have to be distinct (surprise.md, stage 3)


class NoTable(Exception):
    """A day on which nobody can be drawn into some slot."""

    def __init__(self, slots: list[int]) -> None:
        self.slots = slots
        self.message = Message(
            "Không lập được bảng vé: lượt {slots} không còn đơn vị nào mà tổ được đến. Đổi tổ của lượt, "
            "bớt lượt, hoặc ghi ngày không rút thăm.",
            {"slots": ", ".join(str(slot + 1) for slot in slots)},
        )
        super().__init__(self.message.say("en"))


def day_table(ask: DayAsk) -> DayTable:
    """The day's law with exact chances nearest to the targets, as whole tickets.

    Raises
    ------
    NoTable
        A slot has no unit of its own.
    """
    target = day_target(ask)
    may = ask.eligible & ~ask.planned & (ask.rate > 0)
    may = halved(may, target)
    empty = [int(slot) for slot in np.flatnonzero(~may.any(axis=1))]
    if empty:
        raise NoTable(empty)
    x = balanced(target, may)
    tickets = np.zeros(may.shape, np.int64)
    chance, acceptance = np.zeros(may.shape[1]), 1.0
    for slots in half_of(len(may)):
        law = _law(x[slots], slots)
        tickets[slots] = whole_tickets(law.q)
        exact = law_of(shares_of(tickets[slots]))
        chance += exact.chance.sum(axis=0)
        acceptance = min(acceptance, exact.acceptance)
    return DayTable(tickets, target, chance, next_debt(ask, chance), acceptance)


def _law(x: Floats, slots: Ints) -> Law:
    law = fitted(x, LEAST_ACCEPTANCE / 4)  # fitting moves the acceptance a little
    if law.acceptance < LEAST_ACCEPTANCE:
        raise NoTable([int(slot) for slot in slots])
    return law


def half_of(n_slots: int) -> list[Ints]:
    """Slots that are drawn together: all up to eight, else in equal parts of at most eight."""
    return list(np.array_split(np.arange(n_slots), -(-n_slots // MOST_SLOTS)))


def halved(may: Bools, target: Floats) -> Bools:
    """Above eight slots each unit belongs to one part of the day: likeliest first, where room is left.

    So no unit can be drawn twice, and each keeps its whole chance inside its part. A unit goes to a part
    whose teams can reach it; room is the part's share of all targets.
    """
    parts = half_of(len(may))
    if len(parts) == 1:
        return may
    able = np.array([may[slots].any(axis=0) for slots in parts])
    room = np.array([len(slots) for slots in parts]) * (target.sum() / len(may))
    own = np.zeros_like(may)
    for unit in np.argsort(-target, kind="stable"):
        part = int(np.argmax(np.where(able[:, unit], room, -np.inf)))
        room[part] -= target[unit]
        own[parts[part], unit] = True
    return np.asarray(may & own, np.bool_)
