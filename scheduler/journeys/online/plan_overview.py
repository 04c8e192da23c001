"""All that one page shows of a version: its life, what it left out, its files and papers, other versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.records import Plan
from data.store import datasets, plans, visits
from scheduler.journeys.online import plan_papers
from scheduler.journeys.online import plans as yearly
from scheduler.journeys.online.opened import open_office
from scheduler.journeys.online.versions import other_versions

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.records import Unit
    from data.records.actors import Actor
    from data.store.files import Kept
    from data.store.plans import Version
    from data.store.store import Store
    from data.store.visits import StoredVisit
    from scheduler.journeys.online.plan_papers import Shelf
    from scheduler.journeys.online.versions import Living

MOST = 10_000  # more rows than any year has


@dataclass(frozen=True)
class Overview:
    """A version, of visits or of moves, with what stands around it.

    Attributes
    ----------
    files : of the plan itself; `fresh`: they belong to its rows as they are now
    shelf : its papers
    others : versions of the same year, newest first, without this one
    """

    shown: Living
    files: Sequence[Kept]
    fresh: bool
    shelf: Shelf
    others: Sequence[Version]

    @property
    def version(self) -> Version:
        """The version itself."""
        return self.shown.version


@dataclass(frozen=True)
class YearOverview(Overview):
    """A version of a yearly plan.

    Attributes
    ----------
    dropped : rows that are owed but have no date
    about : name of the files of one visit -> the visit
    """

    dropped: Sequence[StoredVisit]
    about: Mapping[str, StoredVisit]


def overview(store: Store, by: Actor, plan_id: int) -> YearOverview:
    """The version and what stands around it, as far as this person may see it.

    Raises
    ------
    data.store.errors.NotFound
    """
    shown = yearly.one_plan(store, plan_id)
    kept, fresh = yearly.files_of(store, plan_id)
    shelf = plan_papers.list_papers(store, by, plans.VISITS, plan_id)
    with store.reading() as db:
        dropped, _ = visits.page(db, plan_id, 0, MOST, status="dropped")
        others = other_versions(db, shown.version)
        about = _about(db, plan_id, shelf)
    return YearOverview(shown, kept, fresh, shelf, others, dropped, about)


def _about(db: Connection, plan_id: int, shelf: Shelf) -> dict[str, StoredVisit]:
    """File names of single visits are ids: what they are about, so that people find theirs."""
    if shelf.made is None:
        return {}
    found, _ = visits.page(db, plan_id, 0, MOST)
    return {
        shelf.made.visits[visit.row.visit_id]: visit
        for visit in found
        if visit.row.visit_id in shelf.made.visits
    }


def has_data(store: Store) -> bool:
    """Whether a dataset has been accepted: without one no plan can be made."""
    with store.reading() as db:
        return datasets.current(db) is not None


def placed(store: Store, plan_id: int) -> tuple[Plan, dict[str, Unit]]:
    """The rows of a version, and the units of the accepted dataset by id; none before the first.

    Raises
    ------
    data.store.errors.NotFound
    """
    version, rows = yearly.rows_of(store, plan_id)
    office = open_office(store) if has_data(store) else None
    units = {unit.unit_id: unit for unit in office.units} if office else {}
    return Plan(version.year, rows, (), dict(version.facts)), units
