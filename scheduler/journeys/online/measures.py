"""The register of temporary measures on the server; which measure it is, is told to nobody but HR."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from data import rulefiles
from data.store import measures
from data.store.measures import MeasureText, StoredMeasure
from scheduler.journeys.online.deferrals import official_to_be
from scheduler.journeys.online.people import GROUNDS, names_of
from scheduler.measures import refuse_too_long
from scheduler.rulebook import in_force

if TYPE_CHECKING:
    from data.records.actors import Actor
    from data.store.store import Store


@dataclass(frozen=True)
class SeenMeasure:
    """A measure as this person may see it."""

    stored: StoredMeasure
    name: str


def list_measures(
    store: Store, by: Actor, offset: int, limit: int, *, staff_id: str = "", on: date | None = None
) -> tuple[list[SeenMeasure], int]:
    """A page of the measures, the latest first, and how many there are."""
    with store.reading() as db:
        found, total = measures.page(db, offset, limit, staff_id=staff_id, on=on)
    names = names_of(store, {each.text.staff_id for each in found})
    return [SeenMeasure(_seen(e, by), names.get(e.text.staff_id, "")) for e in found], total


def one_measure(store: Store, by: Actor, measure_id: int) -> SeenMeasure:
    """One measure.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        found = measures.get(db, measure_id)
    names = names_of(store, [found.text.staff_id])
    return SeenMeasure(_seen(found, by), names.get(found.text.staff_id, ""))


def add_measure(
    store: Store, by: Actor, at: datetime, today: date, text: MeasureText
) -> SeenMeasure:
    """A new measure; no clock is touched.

    Raises
    ------
    Refused
        Nobody has this id, or the measure is longer than the law lets it be.
    """
    name = _checked(store, by, today, text)
    with store.writing(by, at) as work:
        return SeenMeasure(_seen(measures.add(work, text), by), name)


def change_measure(
    store: Store, by: Actor, at: datetime, today: date, measure_id: int, revision: int,
    text: MeasureText,
) -> SeenMeasure:  # fmt: skip
    """The measure with another text.

    Raises
    ------
    data.store.errors.NotFound, data.store.errors.Stale, Refused
    """
    name = _checked(store, by, today, text)
    with store.writing(by, at) as work:
        return SeenMeasure(_seen(measures.change(work, measure_id, revision, text), by), name)


def withdraw_measure(store: Store, by: Actor, at: datetime, measure_id: int, revision: int) -> None:
    """The measure leaves the register.

    Raises
    ------
    data.store.errors.NotFound, data.store.errors.Stale
    """
    with store.writing(by, at) as work:
        measures.withdraw(work, measure_id, revision)


def _checked(store: Store, by: Actor, today: date, text: MeasureText) -> str:
    """Name of the person; the rules are those of the day on which the measure begins."""
    who = official_to_be(store, by, today, text.staff_id)
    rulebook = in_force(rulefiles.read_rules(), text.start)
    refuse_too_long(rulebook, text.kind or "", text.start, text.end)
    return who.name


def _seen(stored: StoredMeasure, by: Actor) -> StoredMeasure:
    if by.may(GROUNDS):
        return stored
    return replace(stored, text=replace(stored.text, kind=None, decision_no=None))
