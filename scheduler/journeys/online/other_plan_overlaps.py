"""Where other bodies' days meet our plan of the year: the version in force, and the one being prepared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.records import Blackout, Plan
from data.store import plans, visits
from scheduler.journeys.online.opened import open_office
from scheduler.journeys.online.plan_desk import desk_of
from scheduler.journeys.year import plan_view
from scheduler.lifecycle import APPROVED, CHECKED, DRAFT, PUBLISHED, SUBMITTED
from scheduler.overlaps import Overlap, overlaps

if TYPE_CHECKING:
    from data.records.actors import Actor
    from data.store.plans import Version
    from data.store.store import Store
    from scheduler.journeys.online.other_plans import OtherPlanRow
    from scheduler.plan_view import PlanView

COMING = (DRAFT, CHECKED, SUBMITTED, APPROVED)
MOST = 100  # versions of one year that are looked through


@dataclass(frozen=True)
class Meeting:
    """One of our visits on another body's days, in one version of our plan."""

    version: Version
    overlap: Overlap


@dataclass(frozen=True)
class OurPlans:
    """The versions of a year beside which other bodies' days are laid; none for who may not read plans."""

    views: Sequence[tuple[Version, PlanView]]

    def meetings(self, theirs: Blackout) -> list[Meeting]:
        """Our visits on these days, and what the law says to do, by version and day."""
        return [
            Meeting(version, overlap)
            for version, view in self.views
            for overlap in overlaps(view, [theirs])
        ]

    def of_row(self, row: OtherPlanRow, body: str) -> list[Meeting]:
        """The same for a row as it was decided, else as it is proposed; none without unit or days."""
        taken = row.taken()
        if not taken.unit_id or taken.start is None or taken.end is None:
            return []
        return self.meetings(Blackout(taken.unit_id, taken.start, taken.end, taken.content, body))


def our_plans(store: Store, by: Actor, year: int) -> OurPlans:
    """The version in force and the newest that is being prepared, as far as this person may read plans.

    Raises
    ------
    scheduler.errors.Refused
        No dataset has been accepted.
    """
    if not by.may("plans.read"):
        return OurPlans(())
    with store.reading() as db:
        found, _ = plans.page(db, plans.VISITS, 0, MOST, year=year, statuses=(PUBLISHED, *COMING))
        lawful = [version for version in found if not version.trial]
        chosen = [
            next((v for v in lawful if v.status in statuses), None)
            for statuses in ((PUBLISHED,), COMING)
        ]
        rows = [(v, visits.all_rows(db, v.id)) for v in chosen if v is not None]
    office = open_office(store, year=year)
    return OurPlans([
        (v, plan_view(Plan(v.year, kept, (), dict(v.facts)), desk_of(store, office, v.year, {})))
        for v, kept in rows
    ])  # fmt: skip
