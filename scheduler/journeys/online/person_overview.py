"""Everything that a page about one official shows, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from scheduler.journeys.online import deferrals, measures, people, person_moves

if TYPE_CHECKING:
    from data.records.actors import Actor
    from data.store.store import Store
    from scheduler.journeys.online.deferrals import SeenDeferral
    from scheduler.journeys.online.measures import SeenMeasure
    from scheduler.journeys.online.people import Person
    from scheduler.journeys.online.person_moves import PlaceInPlan
    from scheduler.officials import OpenQuestion

MOST = 100  # deferrals, or measures, of one person


@dataclass(frozen=True)
class PersonOverview:
    """One official, what HR wrote about the person, and what the papers leave open.

    Attributes
    ----------
    questions : each with the name of the new unit and of the former one
    kin : relatives who serve under the same body, for who may know
    plans : where the person stands in rotation plans in force or in the making
    """

    person: Person
    deferrals: list[SeenDeferral]
    measures: list[SeenMeasure]
    questions: list[tuple[OpenQuestion, str, str]]
    kin: list[dict[str, Any]]
    plans: list[PlaceInPlan]


def overview(store: Store, by: Actor, staff_id: str, on: date, lang: str) -> PersonOverview:
    """One official with all that stands around.

    Raises
    ------
    data.store.errors.NotFound, scheduler.errors.Refused
    """
    person = people.one_person(store, by, staff_id, on, lang)
    off, _ = deferrals.list_deferrals(store, by, 0, MOST, staff_id=staff_id)
    taken, _ = measures.list_measures(store, by, 0, MOST, staff_id=staff_id)
    return PersonOverview(
        person, off, taken, people.questions_of(store, by, staff_id, on),
        people.kin_beside(store, by, staff_id, on), person_moves.places_of(store, by, staff_id, lang),
    )  # fmt: skip
