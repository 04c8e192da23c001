"""Pins as a page shows them: with the names of whom they speak of and of who wrote them; what can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.collation import person_key, told_apart, vietnamese_key
from data.store import accounts, datasets
from scheduler.journeys.online import pins
from scheduler.journeys.online.opened import open_office

if TYPE_CHECKING:
    from data.records import Office
    from data.records.actors import Actor
    from data.store.pins import StoredPin
    from data.store.store import Store


@dataclass(frozen=True)
class SeenPin:
    """A pin with names; "" for what nobody in the accepted dataset is called.

    Attributes
    ----------
    post : title and unit of the position
    writer : who wrote it; "" when it came with a dataset
    """

    stored: StoredPin
    unit: str
    inspector: str
    person: str
    post: str
    writer: str


@dataclass(frozen=True)
class Choices:
    """What a new pin of a visit can name: (id, name), in Vietnamese order."""

    units: Sequence[tuple[str, str]]
    inspectors: Sequence[tuple[str, str]]


def seen_pins(store: Store, by: Actor, offset: int, limit: int) -> tuple[list[SeenPin], int]:
    """A page of the pins that hold and that this person may read, and how many there are."""
    found, total = pins.list_pins(store, by, offset, limit)
    office = _office(store)
    units = {u.unit_id: u.name for u in office.units} if office else {}
    inspectors = told_apart({i.inspector_id: i.name for i in office.inspectors}) if office else {}
    people = {s.staff_id: s.name for s in office.staff} if office else {}
    posts = {
        post.position_id: ", ".join(filter(None, (post.title, units.get(post.unit_id))))
        for post in (office.positions if office else ())
    }
    with store.reading() as db:
        ids = {pin.account_id for pin in found if pin.account_id is not None}
        writers = {who: accounts.get(db, who).name for who in ids}
    return [
        SeenPin(
            pin, units.get(pin.text.unit_id, ""), inspectors.get(pin.text.inspector_id, ""),
            people.get(pin.text.staff_id, ""), posts.get(pin.text.position_id, ""),
            writers.get(pin.account_id or 0, ""),
        )
        for pin in found
    ], total  # fmt: skip


def choices(store: Store) -> Choices:
    """Units and inspectors of the accepted dataset; none before the first."""
    office = _office(store)
    if office is None:
        return Choices([], [])
    units = sorted(office.units, key=lambda unit: vietnamese_key(unit.name))
    people = sorted(office.inspectors, key=lambda who: person_key(who.name))
    return Choices(
        [(unit.unit_id, unit.name) for unit in units],
        list(told_apart({who.inspector_id: who.name for who in people}).items()),
    )


def _office(store: Store) -> Office | None:
    with store.reading() as db:
        if datasets.current(db) is None:
            return None
    return open_office(store)
