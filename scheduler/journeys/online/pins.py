"""Pins kept on the server: listed, written, changed, withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from data.store import datasets, pins
from data.store.pins import PinText, StoredPin
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.online.opened import open_dataset

if TYPE_CHECKING:
    from data.records.actors import Actor
    from data.store.store import Store


def list_pins(store: Store, offset: int, limit: int) -> tuple[list[StoredPin], int]:
    """A page of the pins that hold, and how many there are."""
    with store.reading() as db:
        return pins.page(db, offset, limit)


def one_pin(store: Store, pin_id: int) -> StoredPin:
    """One pin.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        return pins.get(db, pin_id)


def add_pin(store: Store, by: Actor, at: datetime, text: PinText) -> StoredPin:
    """A new pin.

    Raises
    ------
    Refused
        The pin says nothing, says two things at once, or names what the accepted dataset does not have.
    """
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
    _refuse_strangers(store, text)
    with store.writing(by, at) as work:
        return pins.change(work, pin_id, revision, checked(text))


def withdraw_pin(store: Store, by: Actor, at: datetime, pin_id: int, revision: int) -> None:
    """The pin no longer holds.

    Raises
    ------
    data.store.errors.NotFound, data.store.errors.Stale
    """
    with store.writing(by, at) as work:
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


def _refuse_strangers(store: Store, text: PinText) -> None:
    """Raises Refused for ids that the accepted dataset does not have: no plan could be made with them."""
    with store.reading() as db:
        if datasets.current(db) is None:
            return
    tables = open_dataset(store).tables
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
