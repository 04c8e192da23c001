"""What happened to the events of a plan since the plan that it amends: moved, or taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from data.date_cells import parse_date
from data.plan_columns import KINDS
from data.records import Plan, PlannedVisit

SHOWN = ("unit_id", "kind", "start", "end", "lead", "members", "reason")  # what an event tells


@dataclass(frozen=True)
class Gone:
    """An event that somebody has in the calendar and that takes place no longer, or without them."""

    visit: PlannedVisit
    people: tuple[str, ...]
    sequence: int


def calendar_changes(old: Plan, new: Plan) -> dict[str, Any]:
    """For the fact `calendar` of the new plan: how often each visit's event changed, who lost one.

    A visit keeps its UID from plan to plan; each change of what its event tells raises its sequence
    by one. Whoever had the event and has it no longer gets it as cancelled, also in the plans after
    the next, for calendars that are read seldom.
    """
    told = old.facts.get("calendar", {})
    sequence: dict[str, int] = dict(told.get("sequence", {}))
    before, after = ({v.visit_id: v for v in events_of(plan)} for plan in (old, new))
    for name in before.keys() | after.keys():
        one, other = before.get(name), after.get(name)
        if not (one and other) or any(getattr(one, c) != getattr(other, c) for c in SHOWN):
            never_seen = one is None and name not in sequence
            if not never_seen:
                sequence[name] = sequence.get(name, 0) + 1
    gone = [
        *gone_of(old),
        *(Gone(visit, team_of(visit), sequence.get(name, 0)) for name, visit in before.items()),
    ]
    left: dict[str, Gone] = {}
    for entry in gone:
        name = entry.visit.visit_id
        here = team_of(after[name]) if name in after else ()
        known = left[name].people if name in left else ()
        people = tuple(dict.fromkeys(who for who in (*known, *entry.people) if who not in here))
        if people:
            left[name] = Gone(entry.visit, people, sequence.get(name, 0))
    return {
        "sequence": {name: sequence[name] for name in sorted(sequence)},
        "cancelled": [_entry(left[name]) for name in sorted(left)],
    }


def events_of(plan: Plan) -> Iterator[PlannedVisit]:
    """The visits that stand in calendars: scheduled, with dates, and of a kind that a plan names.

    A surprise visit is in no calendar, whatever a plan's rows say.
    """
    for visit in plan.visits:
        if visit.status == "scheduled" and visit.start and visit.end and visit.kind in KINDS:
            yield visit


def team_of(visit: PlannedVisit) -> tuple[str, ...]:
    """Leader and members, each once."""
    return tuple(dict.fromkeys(who for who in (visit.lead, *visit.members) if who))


def gone_of(plan: Plan) -> list[Gone]:
    """The events that a plan's facts say were taken back."""
    found = []
    for entry in plan.facts.get("calendar", {}).get("cancelled", ()):
        visit = PlannedVisit(
            entry["visit_id"], entry["unit_id"], entry["kind"], start=parse_date(entry["start"]),
            end=parse_date(entry["end"]),
        )  # fmt: skip
        found.append(Gone(visit, tuple(entry["people"]), int(entry["sequence"])))
    return found


def amended(plan: Plan, old: Plan) -> Plan:
    """The plan with the fact `calendar` reckoned against another plan."""
    return replace(plan, facts={**plan.facts, "calendar": calendar_changes(old, plan)})


def _entry(gone: Gone) -> dict[str, Any]:
    visit = gone.visit
    return {
        "visit_id": visit.visit_id, "unit_id": visit.unit_id, "kind": visit.kind,
        "start": visit.start.isoformat() if visit.start else "",
        "end": visit.end.isoformat() if visit.end else "",
        "people": list(gone.people), "sequence": gone.sequence,
    }  # fmt: skip
