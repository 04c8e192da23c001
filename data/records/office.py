"""The rows of a dataset as frozen records, and the office that they make up.

Text is NFC; a missing text is "", a missing number, date or coordinate is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Day = date  # for records with a field named `date`


@dataclass(frozen=True, slots=True)
class Unit:
    """A body, ward, commune, service point, service unit or section."""

    unit_id: str
    name: str
    kind: str
    parent_id: str = ""
    cluster: str = ""
    lat: float | None = None
    lon: float | None = None
    headcount: int | None = None
    in_scope: bool = True


@dataclass(frozen=True, slots=True)
class Indicator:
    """One scorecard value of a unit."""

    unit_id: str
    as_of: date
    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Inspector:
    """Somebody who can be on a team."""

    inspector_id: str
    name: str
    home_unit_id: str
    skills: tuple[str, ...] = ()
    can_lead: bool = False
    lat: float | None = None
    lon: float | None = None
    max_days_per_month: int | None = None
    staff_id: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which an inspector is away, both ends included."""

    inspector_id: str
    start: date
    end: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A declared conflict of interest; without `until` for ever."""

    inspector_id: str
    unit_id: str
    reason: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Blackout:
    """Days on which a unit ("" = all) is not inspected; `body` names another inspecting body."""

    unit_id: str
    start: date
    end: date
    reason: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A thematic inspection: each unit of `units` gets one visit inside the window."""

    campaign_id: str
    title: str
    start: date
    end: date
    units: tuple[str, ...]  # unit ids, or one or more of "kind=ward"
    days: int
    team_size: int | None = None
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PastVisit:
    """A visit that took place."""

    visit_id: str
    unit_id: str
    kind: str
    start: date
    end: date
    lead: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found at a past visit; open until `closed_on`."""

    finding_id: str
    visit_id: str
    severity: str
    remedy_due: date
    closed_on: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A user's own holiday or make-up workday, over the program's calendar."""

    date: date
    kind: str  # holiday or makeup
    name: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """A post."""

    position_id: str
    unit_id: str
    title: str
    rank_group: str
    profession: str
    field: str = ""
    category: str = ""
    is_lead: bool = False
    faces_public: bool = False
    term_months: int | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """A person who serves in posts."""

    staff_id: str
    name: str
    birth_date: date
    sex: str
    regime: str
    profession: str
    rank_group: str
    home_unit_id: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Posting:
    """One written assignment of a person to a post; `end` is the last day in it."""

    staff_id: str
    position_id: str
    start: date | None
    end: date | None = None
    document_no: str = ""
    is_probation: bool = False
    continues_previous: str = ""  # yes, no, unknown or ""
    field: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Relative:
    """Kin: `relative_id` is a staff_id."""

    staff_id: str
    relative_id: str
    relation: str


@dataclass(frozen=True, slots=True)
class Deferral:
    """A rotation put off by law; without `end` the time is open."""

    staff_id: str
    ground: str
    start: date
    end: date | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Succession:
    """An answer for a unit or post at once: did the work go on under the papers of this day?"""

    date: Day
    continues: bool
    unit_id: str = ""  # the new unit, "" = any; so for the rest
    position_id: str = ""
    from_unit_id: str = ""
    from_position_id: str = ""
    event: str = ""
    document_no: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """A unit that somebody wants (to 3) or does not want (from -3)."""

    staff_id: str
    unit_id: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Pin:
    """A planner's wish that binds: this must, or must not, happen. `row` is the user's.

    With a `staff_id` it speaks of a rotation move, without of a visit.
    """

    row: int
    unit_id: str  # "" = any unit
    kind: str  # "" = any planned kind
    date: Day | None
    week: Day | None  # Monday of the week
    inspector_id: str  # "" = nobody in particular
    must: bool
    reason: str
    staff_id: str = ""  # who is, or is not, to be moved
    position_id: str = ""  # to this post; "" = to any


@dataclass(frozen=True)
class Office:
    """All that the yearly plan reads, as records. One frozen picture of a dataset."""

    units: tuple[Unit, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    inspectors: tuple[Inspector, ...] = ()
    absences: tuple[Absence, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    blackouts: tuple[Blackout, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    visits: tuple[PastVisit, ...] = ()
    findings: tuple[Finding, ...] = ()
    calendar: tuple[CalendarDay, ...] = ()
    positions: tuple[Position, ...] = ()
    staff: tuple[Staff, ...] = ()
    postings: tuple[Posting, ...] = ()
    relatives: tuple[Relative, ...] = ()
    pins: tuple[Pin, ...] = ()  # those of visits
    move_pins: tuple[Pin, ...] = ()  # those of rotation moves
    deferrals: tuple[Deferral, ...] = ()
    wishes: tuple[Wish, ...] = ()
    successions: tuple[Succession, ...] = ()
    digest: str = ""  # "sha256:..." of the checked tables
