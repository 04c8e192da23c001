"""One visit of a plan with what one decides about it: its unit's risk, its team's names, who else could go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.collation import person_key, told_apart
from data.store import datasets, plans, visits
from scheduler.journeys.online.opened import open_office

if TYPE_CHECKING:
    from data.store.plans import Version
    from data.store.store import Store
    from data.store.visits import StoredVisit


@dataclass(frozen=True)
class VisitShown:
    """A row of a plan as a page shows it.

    Attributes
    ----------
    people : inspector id -> name, by given name
    leads : ids of those who may lead
    risk : score, class and parts of the unit's risk, if the plan has them
    """

    version: Version
    visit: StoredVisit
    unit_name: str
    people: Mapping[str, str]
    leads: frozenset[str]
    risk: Mapping[str, Any] | None

    @property
    def last_members(self) -> tuple[str, ...]:
        """Members after the secretary."""
        return self.visit.row.members[1:]


def plan_visit(store: Store, plan_id: int, visit_id: str) -> VisitShown:
    """One row of a plan with the names around it.

    Raises
    ------
    data.store.errors.NotFound
    """
    with store.reading() as db:
        version = plans.get(db, plans.VISITS, plan_id)
        visit = visits.get(db, plan_id, visit_id)
        has_data = datasets.current(db) is not None
    office = open_office(store) if has_data else None
    inspectors = sorted(office.inspectors, key=lambda i: person_key(i.name)) if office else []
    names = {u.unit_id: u.name for u in office.units} if office else {}
    return VisitShown(
        version, visit, visit.unit_name or names.get(visit.row.unit_id, visit.row.unit_id),
        told_apart({i.inspector_id: i.name for i in inspectors}),
        frozenset(i.inspector_id for i in inspectors if i.can_lead),
        version.facts.get("risk", {}).get(visit.row.unit_id),
    )  # fmt: skip
