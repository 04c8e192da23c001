"""The planner's own orders about moves (rule id "move.pins", limits labelled "pin:<row>").

The day or week of an order names months: those that it lies in. An order for another year says
nothing about this plan. A ban that names neither a place nor a day keeps the person where he is; a
ban of a post with a day bars the post in every wave. What cannot be is said so to the solver: desk or
wave -1, which nothing satisfies.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.move_rules.base import MoveRule
from scheduler.move_rules.wording import breach, person
from scheduler.rotation_case import pin_months
from scheduler.rules.base import Breach, Policy
from solver.moves.problem import Away, BarredDesk, BarredUnit, MustMove

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.records import Move, Pin
    from scheduler.rotation_case import RotationCase
    from scheduler.rotation_view import RotationView

Order = Away | BarredDesk | BarredUnit | MustMove


def enforce_pins(policy: Policy, case: RotationCase) -> Iterator[Order]:
    """Each order as limits on the person; people who cannot move need no ban."""
    del policy
    for pin in case.pins:
        number = case.mover_number.get(pin.staff_id)
        if number is not None:
            yield from _must(pin, case, number) if pin.must else _ban(pin, case, number)


def _must(pin: Pin, case: RotationCase, number: int) -> Iterator[Order]:
    desks: tuple[int, ...] = ()
    if pin.unit_id or pin.position_id:
        wanted = case.desk_numbers.items()
        desks = tuple(
            desk
            for position_id, numbers in wanted
            if pin.position_id in ("", position_id)
            and pin.unit_id in ("", case.jobs[position_id][0])
            for desk in numbers
        ) or (-1,)
    yield MustMove(number, desks, _waves(pin, case) or (-1,), f"pin:{pin.row}")


def _ban(pin: Pin, case: RotationCase, number: int) -> Iterator[Order]:
    label, waves = f"pin:{pin.row}", _waves(pin, case)
    if pin.position_id:
        inside = pin.unit_id in ("", case.jobs.get(pin.position_id, ("",))[0])
        for desk in case.desk_numbers.get(pin.position_id, ()) if inside else ():
            yield BarredDesk(number, desk, label)
    elif pin.unit_id:
        if waves:
            yield BarredUnit(number, case.units[pin.unit_id], waves, label)
    elif waves:
        yield Away(number, waves, label)


def _waves(pin: Pin, case: RotationCase) -> tuple[int, ...]:
    return tuple(month - 1 for month in sorted(pin_months(pin, case.year)))


def check_pins(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """What must be is there, and nothing is there that must not be."""
    for pin in view.office.move_pins:
        days = _days(pin)
        if days and all(day.year != view.plan.year for day in days):
            continue
        meant = [move for move, day in view.moves if _means(pin, view, move, day)]
        said = {"row": pin.row, "who": person(view, pin.staff_id), "reason": pin.reason or "-"}
        if pin.must and not meant:
            yield breach(policy, [], Message(
                "Yêu cầu ở dòng {row} chưa được đáp ứng: {who} phải chuyển đổi ({reason}).", said,
            ))  # fmt: skip
        elif not pin.must and meant:
            yield breach(policy, meant, Message(
                "Yêu cầu ở dòng {row} cấm việc này: {who} ({reason}).", said,
            ))  # fmt: skip


def _means(pin: Pin, view: RotationView, move: Move, day: date) -> bool:
    post = view.posts[move.to_position]
    months = [{d.replace(day=1) for d in days} for days in (_days_of(pin.date), _week(pin.week))]
    return (
        move.staff_id == pin.staff_id
        and pin.position_id in ("", move.to_position)
        and pin.unit_id in ("", post.unit_id)
        and all(not named or day.replace(day=1) in named for named in months)
    )


def _days(pin: Pin) -> list[date]:
    return [*_days_of(pin.date), *_week(pin.week)]


def _days_of(day: date | None) -> list[date]:
    return [] if day is None else [day]


def _week(monday: date | None) -> list[date]:
    return [] if monday is None else [monday + timedelta(days=n) for n in range(7)]


MOVE_PINS = (MoveRule("move.pins", enforce_pins, check_pins),)
