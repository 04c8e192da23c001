"""The yearly plan as whole numbers: visits owed, limits with rule labels, and what the goals need.

Working days are numbered 0..n_days-1 through the year; weeks, months and quarters likewise from 0.
Every limit names the rule that asks for it in `label`, so that answers can speak the rule's name.
The solver knows no law: leaving a rule out means building a Problem without its limits.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Visit:
    """One visit owed: `days` consecutive working days from a start, by a team of `size` people.

    Before limits, every start day s with s + days <= n_days is allowed; `ForbidStarts` takes days away.
    """

    label: str  # id of the owed visit, echoed in answers
    unit: int  # 0..n_units-1; equal for visits to one unit
    cluster: int  # 0..n_clusters-1, -1 when unknown
    days: int  # working days on the spot, >= 1
    size: int  # people in the team, the leader included, >= 1
    drop_cost: int  # goal 1: price of leaving the visit out (risk points, >= 1)
    start_cost: tuple[
        int, ...
    ]  # goal 2: price of each start day (risk x days early or late), shape (n_days,)


@dataclass(frozen=True)
class Must:
    """The visit cannot be left out."""

    visit: int
    label: str
    type: Literal["must"] = "must"


@dataclass(frozen=True)
class ForbidStarts:
    """The visit does not start on these days."""

    visit: int
    starts: tuple[int, ...]
    label: str
    type: Literal["forbid_starts"] = "forbid_starts"


@dataclass(frozen=True)
class DayCapacity:
    """At most `capacity[d]` teams are out on day d."""

    capacity: tuple[int, ...]  # shape (n_days,)
    label: str
    type: Literal["day_capacity"] = "day_capacity"


@dataclass(frozen=True)
class WeekCapacity:
    """Team-days worked in week w by planned visits stay within `capacity[w]` (what the reserve leaves)."""

    capacity: tuple[int, ...]  # shape (n_weeks,)
    label: str
    type: Literal["week_capacity"] = "week_capacity"


@dataclass(frozen=True)
class KeepApart:
    """Between any two of these visits at least `gap` whole working days lie free.

    If a ends on day e and b starts on day s > e, then s - e - 1 >= gap; they never overlap.
    """

    visits: tuple[int, ...]
    gap: int
    label: str
    type: Literal["keep_apart"] = "keep_apart"


@dataclass(frozen=True)
class CoverAtLeast:
    """At least `at_least` of the groups have one visit that takes place."""

    groups: tuple[tuple[int, ...], ...]  # visits of each unit that counts
    at_least: int
    label: str
    type: Literal["cover_at_least"] = "cover_at_least"


@dataclass(frozen=True)
class AtMostOne:
    """At most one of these visits takes place."""

    visits: tuple[int, ...]
    label: str
    type: Literal["at_most_one"] = "at_most_one"


@dataclass(frozen=True)
class Barred:
    """These inspectors are not on the visit's team."""

    visit: int
    inspectors: tuple[int, ...]
    label: str
    type: Literal["barred"] = "barred"


@dataclass(frozen=True)
class NotLead:
    """These inspectors do not lead the visit (-1: any visit); they may still be members."""

    visit: int
    inspectors: tuple[int, ...]
    label: str
    type: Literal["not_lead"] = "not_lead"


@dataclass(frozen=True)
class NotLeadAfter:
    """The inspector leads no visit that ends after day `last_end`."""

    inspector: int
    last_end: int  # -1: leads nothing this year
    label: str
    type: Literal["not_lead_after"] = "not_lead_after"


@dataclass(frozen=True)
class Secretary:
    """One member who is not the leader is one of `inspectors` (-1: every visit)."""

    visit: int
    inspectors: tuple[int, ...]
    label: str
    type: Literal["secretary"] = "secretary"


@dataclass(frozen=True)
class Cover:
    """At least `at_least` of the team are among `inspectors` (holders of a skill; a pinned person)."""

    visit: int
    inspectors: tuple[int, ...]
    at_least: int
    label: str
    type: Literal["cover"] = "cover"


@dataclass(frozen=True)
class PinLead:
    """The visit, if it takes place, is led by this inspector."""

    visit: int
    inspector: int
    label: str
    type: Literal["pin_lead"] = "pin_lead"


@dataclass(frozen=True)
class NotTogether:
    """At most one of `inspectors` is on the visit's team (they did the previous one together)."""

    visit: int
    inspectors: tuple[int, ...]
    label: str
    type: Literal["not_together"] = "not_together"


@dataclass(frozen=True)
class NotBoth:
    """An inspector is on the team of at most one of these visits."""

    visits: tuple[int, ...]
    label: str
    type: Literal["not_both"] = "not_both"


@dataclass(frozen=True)
class Absent:
    """The inspector works on none of these days."""

    inspector: int
    days: tuple[int, ...]
    label: str
    type: Literal["absent"] = "absent"


@dataclass(frozen=True)
class MonthDays:
    """The inspector is on visits for at most `capacity[m]` working days in month m.

    Days count in the calendar month in which they lie, also when a visit runs over a month's end.
    """

    inspector: int
    capacity: tuple[int, ...]  # shape (n_months,)
    label: str
    type: Literal["month_days"] = "month_days"


@dataclass(frozen=True)
class OnePlace:
    """Nobody is on two visits on one day."""

    label: str
    type: Literal["one_place"] = "one_place"


@dataclass(frozen=True)
class KeepFree:
    """In week w, besides the planned visits, `teams[w]` more team-days of `size` people could go out.

    On each day of the week count the inspectors who are present and on no visit: the teams that could
    still go out that day are min(free // size, free leaders, free holders of each skill group, room under
    DayCapacity); the sum over the days of the week is at least teams[w].
    """

    teams: tuple[int, ...]  # shape (n_weeks,)
    size: int
    leaders: tuple[int, ...]  # inspectors who can lead
    skills: tuple[tuple[int, ...], ...]  # holders of each skill that a surprise team needs
    label: str
    type: Literal["keep_free"] = "keep_free"


Limit = (
    Must | ForbidStarts | DayCapacity | WeekCapacity | KeepApart | CoverAtLeast | AtMostOne
    | Barred | NotLead | NotLeadAfter | Secretary | Cover | PinLead | NotTogether | NotBoth
    | Absent | MonthDays | OnePlace | KeepFree
)  # fmt: skip


@dataclass(frozen=True)
class GoalData:
    """What the goals of the team stage are reckoned with."""

    available: tuple[int, ...]  # usable days of each inspector in the year, shape (n_inspectors,)
    past_days: tuple[
        int, ...
    ]  # days to count from earlier years (already faded), shape (n_inspectors,)
    pair_limit: int  # visits that one pair of inspectors may share without cost
    cluster_limit: int  # visits in one cluster that one inspector may do without cost
    distance: tuple[
        tuple[int, ...], ...
    ]  # hundreds of metres from home to unit, shape (n_inspectors, n_units)
    week_target: tuple[int, ...]  # wished team-days per week, shape (n_weeks,), for an even spread
    order: tuple[str, ...] = ("drops", "timing", "load", "pairs", "travel", "spread")


@dataclass(frozen=True)
class Problem:
    """A year to plan. `week_of`, `month_of`, `quarter_of` give the period of each working day."""

    n_days: int
    n_inspectors: int
    n_units: int
    week_of: tuple[int, ...]  # shape (n_days,), 0-based, ascending
    month_of: tuple[int, ...]  # shape (n_days,), 0..11
    quarter_of: tuple[int, ...]  # shape (n_days,), 0..3
    visits: tuple[Visit, ...]
    limits: tuple[Limit, ...]
    goals: GoalData
    extra: dict[str, str] = field(default_factory=dict)  # free notes, not used in solving


@dataclass(frozen=True)
class Solution:
    """A full plan: start day of each visit (-1: dropped) and its team, leader first (empty: dropped).

    When `Secretary` binds, the second member is the secretary.
    """

    starts: tuple[int, ...]
    teams: tuple[tuple[int, ...], ...]
