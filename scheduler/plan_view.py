"""A plan as the checker sees it: rows with calendar dates, beside office and rules. No solver."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.calendar import WorkCalendar
    from data.records import Inspector, Office, PastVisit, Plan, PlannedVisit, Unit
    from scheduler.rulebook import Rulebook


@dataclass(frozen=True)
class PlanView:
    """What a rule's `check` reads. It shares no arithmetic with `Case`."""

    plan: Plan
    office: Office
    calendar: WorkCalendar
    rulebook: Rulebook
    leads_until: Mapping[str, date] = field(default_factory=dict)  # last lawful day in the own post
    unit_head_rank: Mapping[str, str] = field(default_factory=dict)  # unit id -> of its head
    inspector_rank: Mapping[str, str] = field(default_factory=dict)  # inspector id -> rank group

    @cached_property
    def scheduled(self) -> tuple[PlannedVisit, ...]:
        """Rows that take place and have dates that make sense, by start."""
        rows = [v for v in self.plan.visits if self.stay(v)]
        return tuple(sorted(rows, key=lambda v: (v.start or date.min, v.visit_id)))

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Unit id -> unit."""
        return {unit.unit_id: unit for unit in self.office.units}

    @cached_property
    def inspectors(self) -> dict[str, Inspector]:
        """Inspector id -> inspector."""
        return {who.inspector_id: who for who in self.office.inspectors}

    @cached_property
    def past(self) -> dict[str, PastVisit]:
        """Past visit id -> visit."""
        return {v.visit_id: v for v in self.office.visits}

    def has_left(self, visit: PlannedVisit, who: str) -> bool:
        """Whether somebody on a row went away after it had begun, as the facts of a changed plan tell.

        Their papers are gone with them: what they could do is no longer known, and the visit is over.
        """
        change = self.plan.facts.get("replan") or {}
        begun = visit.start is not None and visit.start.isoformat() < str(change.get("on", ""))
        return begun and who not in self.inspectors and who in change.get("gone_people", ())

    def worked(self, visit: PlannedVisit) -> tuple[date, ...]:
        """Working days from the visit's start to its end."""
        dates = self.stay(visit)
        return self.calendar.working_days(*dates) if dates else ()

    def stay(self, visit: PlannedVisit) -> tuple[date, date] | None:
        """First and last day of a row that takes place.

        None when the row is not scheduled, a date is missing, they are the wrong way round, or they
        lie beyond the years next to the plan's: calendar.in-year and plan.complete say so.
        """
        if visit.status != "scheduled" or visit.start is None or visit.end is None:
            return None
        near = self.plan.year - 1 <= visit.start.year and visit.end.year <= self.plan.year + 1
        return (visit.start, visit.end) if near and visit.start <= visit.end else None
