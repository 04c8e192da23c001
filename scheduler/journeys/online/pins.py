"""Pins kept on the server: listed, written, changed, withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from data.calendar import WorkCalendar
from data.store import datasets, pins
from data.store.errors import NotFound
from data.store.pins import PinText, StoredPin
from data.words import Message
from scheduler.errors import NotAllowed, Refused
from scheduler.journeys.online.opened import open_dataset, open_office

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.records.actors import Actor
    from data.store.store import Store


READ = {False: "plans.read", True: "rotations.read"}  # of visits, of moves
WRITE = {False: "plans.draft", True: "rotations.draft"}


def list_pins(store: Store, by: Actor, offset: int, limit: int) -> tuple[list[StoredPin], int]:
    """A page of the pins that hold and that this person may read, and how many there are."""
    with store.reading() as db:
        return pins.page(db, offset, limit, visits=by.may(READ[False]), moves=by.may(READ[True]))


def one_pin(store: Store, by: Actor, pin_id: int) -> StoredPin:
    """One pin.

    Raises
    ------
    data.store.errors.NotFound
        There is none, or it speaks of what this person may not know: a reason can be a ground.
    """
    with store.reading() as db:
        return _seen(db, by, pin_id)


def add_pin(store: Store, by: Actor, at: datetime, text: PinText) -> StoredPin:
    """A new pin.

    Raises
    ------
    NotAllowed
        It speaks of somebody else's plan: of visits, or of rotation.
    Refused
        The pin says nothing, says two things at once, or names what the accepted dataset does not have.
    """
    _allow(by, text)
    _refuse_strangers(store, text)
    with store.writing(by, at) as work:
        return pins.add(work, checked(text))


def change_pin(
    store: Store, by: Actor, at: datetime, pin_id: int, revision: int, text: PinText
) -> StoredPin:
    """The pin with another text.

    Raises
    ------
    data.store.errors.NotFound, data.store.errors.Stale, Refused
    """
    _allow(by, text)
    _refuse_strangers(store, text)
    with store.writing(by, at) as work:
        _allow(by, _seen(work.db, by, pin_id).text)
        return pins.change(work, pin_id, revision, checked(text))


def withdraw_pin(store: Store, by: Actor, at: datetime, pin_id: int, revision: int) -> None:
    """The pin no longer holds.

    Raises
    ------
    data.store.errors.NotFound, data.store.errors.Stale
    """
    with store.writing(by, at) as work:
        _allow(by, _seen(work.db, by, pin_id).text)
        pins.withdraw(work, pin_id, revision)


def checked(text: PinText) -> PinText:
    """The pin with the Monday of its week, after a look at what it says.

    Raises
    ------
    Refused
    """
    if not (text.unit_id or text.inspector_id or text.staff_id):
        raise Refused(Message("Yêu cầu chưa nói về ai, về đơn vị nào. Ghi đơn vị hoặc người."))
    if text.staff_id and (text.unit_id or text.inspector_id):
        raise Refused(
            Message(
                "Một yêu cầu nói về cuộc kiểm tra hoặc về chuyển đổi vị trí, không cả hai. Tách ra."
            )
        )
    if text.date and text.week:
        raise Refused(Message("Ghi ngày hoặc tuần, không ghi cả hai."))
    monday = text.week - timedelta(days=text.week.weekday()) if text.week else None
    return replace(text, week=monday)


def _seen(db: Connection, by: Actor, pin_id: int) -> StoredPin:
    pin = pins.get(db, pin_id)
    if not by.may(READ[pin.text.of_moves]):
        raise NotFound(pins.WHAT, pin_id)
    return pin


def _allow(by: Actor, text: PinText) -> None:
    if not by.may(WRITE[text.of_moves]):
        raise NotAllowed(
            Message(
                "Yêu cầu về chuyển đổi vị trí do tổ chức cán bộ ghi; về cuộc kiểm tra, người lập kế hoạch."
            )
        )


def _refuse_strangers(store: Store, text: PinText) -> None:
    """Raises Refused for ids that the accepted dataset does not have: no plan could be made with them."""
    with store.reading() as db:
        if datasets.current(db) is None:
            return
    dataset = open_dataset(store)
    calendar = WorkCalendar(open_office(store).calendar) if text.date and text.must else None
    if text.date and calendar and not calendar.is_working(text.date):
        raise Refused(
            Message(
                "{day} không phải ngày làm việc. Chọn ngày khác.", {"day": f"{text.date:%d/%m/%Y}"}
            )
        )
    tables = dataset.tables
    strange = [
        value
        for value, table, column in (
            (text.unit_id, "units", "unit_id"), (text.inspector_id, "inspectors", "inspector_id"),
            (text.staff_id, "staff", "staff_id"), (text.position_id, "positions", "position_id"),
        )
        if value and not (tables[table][column] == value).any()
    ]  # fmt: skip
    if strange:
        raise Refused(
            Message(
                "Bộ dữ liệu đang dùng không có mã: {ids}. Xem lại mã, hoặc nhận bộ dữ liệu có mã đó trước.",
                {"ids": ", ".join(strange)},
            )
        )
