"""Plans as frozen records: a year of visits, a year of rotation moves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class PlannedVisit:
    """One row of visits.csv: scheduled with dates and team, or dropped, the reason naming rules."""

    visit_id: str
    unit_id: str
    kind: str  # periodic, thematic, follow_up
    campaign_id: str = ""
    follows: str = ""  # the past visit that a follow-up follows
    start: date | None = None
    end: date | None = None
    days: int = 0  # working days from start to end
    lead: str = ""
    members: tuple[str, ...] = ()  # the others; the secretary first
    status: str = "scheduled"  # or dropped
    reason: str = ""  # why it is owed, or, for a dropped row, which rules left no place
    owner: str = ""  # the body whose plan it is
    row: int = 0  # row in the user's file when read from one


@dataclass(frozen=True)
class ReserveWeek:
    """Team-days kept free in one week for surprise visits and for follow-ups still to come."""

    week_start: date  # Monday
    team_days: int  # for surprise visits
    follow_up_days: int = 0  # expected follow-ups, in team-days


@dataclass(frozen=True)
class Plan:
    """A yearly plan: rows, reserve, and the facts of plan.json (plain JSON values)."""

    year: int
    visits: tuple[PlannedVisit, ...]
    reserve: tuple[ReserveWeek, ...]
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Move:
    """One row of moves.csv: somebody leaves a post for another on a day.

    `cycle_kind`: swap, cycle (of three and more) or chain; moves with one `cycle_id` happen together.
    `instrument`: assignment (inside the agency), transfer, position_change (domain.md A6).
    """

    move_id: str
    staff_id: str
    from_position: str  # "" for a recruit
    to_position: str
    wave: int  # month of the plan year, 1 to 12
    effective_date: date | None
    instrument: str
    cycle_id: str
    cycle_kind: str
    days_before_limit: int | None  # latest lawful date - effective date; None: no limit applies
    distance_km: float | None  # home to new unit; None: unknown
    reason: str = ""
    row: int = 0  # row in the user's file when read from one


@dataclass(frozen=True)
class Unplaced:
    """Somebody due for whom no lawful move was found; `rules` are ids, `relaxation` what would help."""

    staff_id: str
    reason: str
    rules: tuple[str, ...] = ()
    relaxation: str = ""


@dataclass(frozen=True)
class RotationPlan:
    """A year of moves, and the facts of rotation.json (plain JSON values)."""

    year: int
    moves: tuple[Move, ...]
    unplaced: tuple[Unplaced, ...]
    facts: dict[str, Any] = field(default_factory=dict)
