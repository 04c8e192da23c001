"""A version of a yearly plan opened beside the accepted data, and kept in memory while neither changes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from data.exports.ics_changes import amended
from data.records import Plan
from data.store import files, plan_edits, plans, visits
from scheduler.audit import audit
from scheduler.journeys.edited import edited_year
from scheduler.journeys.online.memory import remembered
from scheduler.journeys.online.opened import accepted, open_office
from scheduler.journeys.online.plan_rows import journal_of, reverted
from scheduler.journeys.year import YearDesk, plan_view, year_desk
from scheduler.plan_numbers import PlannedYear, planned_year
from scheduler.replan_facts import history_of
from scheduler.visit_changes import replan_by_hand

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from data.records import Office
    from data.store.plan_edits import StoredEdit
    from data.store.plans import Version
    from data.store.store import Store
    from scheduler.case import Case
    from scheduler.rules.base import Breach


@dataclass(frozen=True)
class OpenPlan:
    """A version beside the year as the accepted data have it.

    Attributes
    ----------
    plan : its rows now, with facts that belong to them
    """

    version: Version
    dataset_id: int
    sources: Sources
    desk: YearDesk

    @cached_property
    def plan(self) -> Plan:
        """The rows as they are now, with facts that belong to them."""
        return self.sources.edited(self.sources.now, self.sources.edits, self.desk.case)

    @cached_property
    def standing(self) -> list[Breach]:
        """Every breach of the rows as they are now, what has begun included."""
        return self.breaches_of(self.sources.now)

    @cached_property
    def history(self) -> list[Breach]:
        """Breaches that visits already begun on the day of the amendment account for."""
        on = str((self.sources.made.facts.get("replan") or {}).get("on", ""))
        past = {
            v.visit_id
            for v in self.sources.now.visits
            if v.status == "scheduled" and v.start and v.start.isoformat() < on
        }
        if not past:
            return []
        return history_of(self.standing, plan_view(self.sources.now, self.desk), past)

    @property
    def breaches(self) -> list[Breach]:
        """Breaches that stand in the way of the next step."""
        return [breach for breach in self.standing if breach not in self.history]

    def breaches_of(self, plan: Plan) -> list[Breach]:
        """Every breach of other rows of this plan."""
        return audit(plan_view(plan, self.desk))

    @cached_property
    def numbers(self) -> PlannedYear:
        """The plan as numbers, for questions."""
        return planned_year(self.plan, self.desk.case, self.desk.risk)


@dataclass(frozen=True)
class Sources:
    """What the store keeps of a version.

    Attributes
    ----------
    made : the plan as the program made it
    now : its rows as they are now, with the facts of `made`
    before : the published plan that it amends
    """

    made: Plan
    now: Plan
    edits: Sequence[StoredEdit]
    before: Plan | None

    def edited(self, plan: Plan, edits: Sequence[StoredEdit], case: Case) -> Plan:
        """These rows with facts of their own; those of the made plan when no edit holds."""
        if not edits:
            return replace(plan, facts=self.made.facts)
        parent = str(self.made.facts.get("plan_id", ""))
        told = edited_year(self.made, plan, journal_of(edits, parent), case)
        facts = {k: v for k, v in told.facts.items() if k != "calendar"}
        if self.before is None:  # nobody has seen the draft: no event was moved or taken back
            return replace(told, facts=facts)
        if facts.get("replan"):
            facts["replan"] = replan_by_hand(self.before, self.made, plan)
        return amended(replace(told, facts=facts), self.before)


def open_plan(store: Store, plan_id: int) -> OpenPlan:
    """The version beside the accepted data.

    Raises
    ------
    data.store.errors.NotFound, scheduler.errors.Refused
    """
    with store.reading() as db:
        version = plans.get(db, plans.VISITS, plan_id)
        dataset_id = accepted(db).id
    office = open_office(store, year=version.year)
    desk = desk_of(store, office, version.year, version.facts.get("birth", {}).get("trial") or {})
    sources = remembered(
        store, ("sources", plan_id, version.revision), lambda: _sources(store, version)
    )
    return remembered(
        store, ("open", plan_id, version.revision, office.digest, dataset_id),
        lambda: OpenPlan(version, dataset_id, sources, desk),
    )  # fmt: skip


def desk_of(store: Store, office: Office, year: int, trial: Mapping[str, Any]) -> YearDesk:
    """A year of this office, with trial values of rules or none."""
    key = ("desk", office.digest, year, json.dumps(trial, sort_keys=True))
    return remembered(store, key, lambda: year_desk(office, year, trial))


def sources_of(db: Connection, version: Version) -> Sources:
    """What the store keeps of a version, read in one picture."""
    facts = made_facts(db, version.id)
    rows, weeks = visits.all_rows(db, version.id), visits.reserve(db, version.id)
    edits = plan_edits.listed(db, version.id)
    now = Plan(version.year, rows, weeks, facts)
    before = None
    if version.previous_id is not None:
        old = plans.get(db, plans.VISITS, version.previous_id)
        before = Plan(
            old.year, visits.all_rows(db, old.id), visits.reserve(db, old.id), dict(old.facts)
        )
    return Sources(reverted(now, edits), now, edits, before)


def made_facts(db: Connection, plan_id: int) -> dict[str, Any]:
    """The facts as the program wrote them, in their order."""
    found: dict[str, Any] = json.loads(files.read(db, "plan", plan_id, plans.MADE + "plan.json"))
    found.pop("format", None)
    return found


def _sources(store: Store, version: Version) -> Sources:
    with store.reading() as db:
        return sources_of(db, version)
