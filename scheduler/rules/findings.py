"""What several `check` functions need: teams, names, dates as people write them, breaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.rules.base import Breach, Policy

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from data.records import PastVisit, PlannedVisit
    from data.words import Message
    from scheduler.plan_view import PlanView


def breach(policy: Policy, visits: Iterable[PlannedVisit], message: Message) -> Breach:
    """A breach of a rule by rows of the plan, said in a sentence."""
    visits = tuple(visits)
    return Breach(
        rule=policy.id,
        source=policy.source,
        visits=tuple(v.visit_id for v in visits),
        rows=tuple(v.row for v in visits),
        message=message,
    )


def team(visit: PlannedVisit | PastVisit) -> tuple[str, ...]:
    """Ids of everybody on the team, the leader first, blanks left out."""
    return tuple(who for who in (visit.lead, *visit.members) if who)


def on_paper(day: date | None) -> str:
    """A date as Vietnamese papers write it; "?" when there is none.

    >>> from datetime import date
    >>> on_paper(date(2027, 3, 8))
    '08/03/2027'
    """
    return day.strftime("%d/%m/%Y") if day else "?"


def unit_name(view: PlanView, unit_id: str) -> str:
    """The unit's name, or its id when the office does not know it."""
    return view.units[unit_id].name if unit_id in view.units else unit_id


def person(view: PlanView, inspector_id: str) -> str:
    """Name and id of an inspector."""
    known = view.inspectors.get(inspector_id)
    return f"{known.name} ({inspector_id})" if known else inspector_id


def visit_days(view: PlanView, visit: PlannedVisit) -> tuple[date, ...]:
    """Days on which the team is at the unit: working days, and both ends even if they are off."""
    dates = view.stay(visit)
    return tuple(sorted({*view.worked(visit), *dates})) if dates else ()


def joint(view: PlanView, one: PlannedVisit, other: PlannedVisit) -> bool:
    """Whether two rows are one joint visit to a unit and its parent: same dates, same team."""
    related = {one.unit_id, other.unit_id} <= view.units.keys() and (
        view.units[one.unit_id].parent_id == other.unit_id
        or view.units[other.unit_id].parent_id == one.unit_id
    )
    same_team = one.lead == other.lead and set(one.members) == set(other.members)
    return related and same_team and (one.start, one.end) == (other.start, other.end)
