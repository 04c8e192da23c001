"""Mending a published rotation plan: rows -> numbers for the solver, and the mended rows with what changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.records import Move, RotationPlan
from data.words import Message
from scheduler.rotation_reader import RowReader
from solver.moves.problem import Away, Exchange, MovesProblem, MovesSolution, MustMove
from solver.moves.verify import verify

if TYPE_CHECKING:
    from scheduler.rotation_case import RotationCase

NOTICE = "move.notice"
IN_TIME = "in time"  # label of the limits that bring a late move forward


class RepairRefused(Exception):
    """A plan that cannot be mended as asked; `faults` names each obstacle."""

    def __init__(self, faults: Sequence[Message]) -> None:
        self.faults = faults
        super().__init__("; ".join(fault.say("en") for fault in faults))


@dataclass(frozen=True)
class RepairOrder:
    """What the solver is asked: `repair(problem, solution, set(out), settings, report, first_wave, torn)`."""

    problem: MovesProblem
    solution: MovesSolution
    out: tuple[int, ...]
    first_wave: int  # nothing new is earlier; what is before it stands
    on: date
    without: tuple[str, ...]  # staff ids of those who fall out, by wish or by the data
    torn: tuple[int, ...] = ()  # people whose exchange cannot take place any more, but who may move
    why: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)  # staff id -> what came up


def repair_order(
    plan: RotationPlan,
    case: RotationCase,
    problem: MovesProblem,
    without: Collection[str],
    on: date,
) -> RepairOrder:
    """The question to the solver when these people cannot move after all, or the data have changed.

    Moves before the day `on` have happened. New moves keep the notice from that day; published ones
    that are nearer stand as long as nobody in them falls out. Somebody still to move who is no longer in
    the old post falls out; an exchange that a rule forbids by now, whose post is gone, or that comes too
    late for a limit that moved, is broken up, and its people may move in another way.

    Raises
    ------
    RepairRefused
        With every person who is in no move that is still to come, and every row of the past that no longer
        fits the dataset.
    """
    reader = RowReader(case, problem, frozenset(without), on)
    faults = [*_not_in_plan(plan, without), *_happened(plan, without, on)]
    by_cycle: dict[str, list[Move]] = {}
    for move in plan.moves:
        by_cycle.setdefault(move.cycle_id, []).append(move)
    read = {cycle: reader.exchange(rows) for cycle, rows in by_cycle.items()}
    faults += reader.faults
    if faults:
        raise RepairRefused(faults)
    notice = case.rulebook.policies.get(NOTICE)
    days = int(notice.value) if notice is not None and notice.binding == "must" else 0
    first = sum(day < on + timedelta(days=days) for day in case.waves)
    fallen = tuple(sorted({*without, *reader.gone}))
    exchanges = tuple(e for e in read.values() if e is not None)
    in_time = {
        m.staff_id
        for m in plan.moves
        if m.days_before_limit is not None and m.days_before_limit >= 0
    }
    torn, why, problem = _torn(case, reader, exchanges, set(fallen), in_time, on, first)
    left = Message("rút khỏi kế hoạch")
    why |= {who: (reader.gone.get(who, left),) for who in fallen}
    return RepairOrder(
        problem, MovesSolution(exchanges), tuple(reader.person[who] for who in fallen), first, on, fallen,
        tuple(sorted(torn)), why,
    )  # fmt: skip


def _torn(
    case: RotationCase,
    reader: RowReader,
    exchanges: tuple[Exchange, ...],
    fallen: set[str],
    in_time: set[str],
    on: date,
    first: int,
) -> tuple[set[int], dict[str, tuple[Message, ...]], MovesProblem]:
    """People of exchanges to come that cannot take place as they are, why, and the problem with new limits."""
    problem = reader.problem
    light = tuple(x for x in problem.limits if not isinstance(x, MustMove))
    torn: set[int] = set()
    why: dict[str, tuple[Message, ...]] = {}
    away: list[Away] = []
    for exchange in exchanges:
        labels = {problem.people[p].label for p in exchange.people}
        if case.waves[exchange.wave] < on or not labels.isdisjoint(fallen):
            continue
        faults = verify(replace(problem, limits=light), MovesSolution((exchange,)))
        found = [_named(case, fault) for fault in faults if not fault.startswith("group")]
        found += [
            Message("vị trí {post} không còn", {"post": problem.desks[d].label})
            for d in exchange.desks
            if problem.desks[d].label in reader.vanished
        ]
        late = [
            limit
            for limit in _late(case, problem, exchange, first)
            if problem.people[limit.person].label in in_time
        ]
        away += late
        found += [
            Message("hạn chuyển đổi của {who} nay trước ngày {day}", {
                "who": problem.people[limit.person].label, "day": f"{case.waves[exchange.wave]:%d/%m/%Y}",
            })
            for limit in late
        ]  # fmt: skip
        if faults or found:
            torn |= set(exchange.people)
            said = {message.say("vi"): message for message in found}
            why |= dict.fromkeys(labels, tuple(said.values()))
    return torn, why, replace(problem, limits=(*problem.limits, *away))


def late_if_need_be(order: RepairOrder) -> RepairOrder:
    """The same question without the wish that late moves come forward: rather late than not at all."""
    limits = tuple(x for x in order.problem.limits if x.label != IN_TIME)
    return replace(order, problem=replace(order.problem, limits=limits))


def _late(case: RotationCase, problem: MovesProblem, exchange: Exchange, first: int) -> list[Away]:
    """The waves after the limit of everybody due who is late by then, where a wave in time is left."""
    found = []
    for person in exchange.people:
        who = problem.people[person]
        in_time = [w for w in case.open_waves if problem.wave_days[w] <= who.limit and w >= first]
        if who.due and problem.wave_days[exchange.wave] > who.limit and in_time:
            late = tuple(w for w, day in enumerate(problem.wave_days) if day > who.limit)
            found.append(Away(person, late, IN_TIME))
    return found


def _named(case: RotationCase, fault: str) -> Message:
    """The rule that a line of the solver's arithmetic names, with its title."""
    label = fault.split(": ")[0]
    policies = case.rulebook.policies
    title = Message(policies[label].title_vi) if label in policies else label
    return Message("{rule}: {title}", {"rule": label, "title": title})


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
