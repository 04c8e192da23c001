"""What the first pages after a start need, reckoned before anybody asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.store import datasets
from scheduler.journeys.online.opened import open_office
from scheduler.journeys.online.people import board

if TYPE_CHECKING:
    from datetime import date

    from data.store.store import Store


def warm(store: Store, on: date) -> bool:
    """Opens the accepted dataset and reckons everybody's deadline on a day; whether there was a dataset.

    What it reckons stays in memory until the data change.

    Raises
    ------
    scheduler.errors.Refused
        No rule was in force on the day.
    """
    with store.reading() as db:
        if datasets.current(db) is None:
            return False
    open_office(store)
    for named in (False, True):
        board(store, on, named=named)
    return True
