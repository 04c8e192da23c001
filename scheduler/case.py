"""A year to plan as the rules see it: office, calendar and visits owed, with day numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.rulebook import NO_RULES, Rulebook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.calendar import WorkCalendar
    from data.records import Inspector, Office, PastVisit, Unit


@dataclass(frozen=True)
class Owed:
    """One visit owed this year, before it has a date or a team."""

    visit_id: str
    unit_id: str
    kind: str  # periodic, thematic, follow_up
    days: int  # working days on the spot
    size: int  # people in the team
    risk: int  # 1..100, the weight of leaving it out
    due_from: date  # wished window: outside it the goal "timing" counts days
    due_to: date
    skills: tuple[str, ...] = ()
    campaign_id: str = ""
    follows: str = ""  # past visit whose findings are followed up
    must: str = ""  # id of the rule that makes it mandatory; "" = may be dropped with a reason
    why: Message = field(default_factory=lambda: Message(""))


@dataclass(frozen=True)
class Case:
    """What a rule's `enforce` reads. Day d is `days[d]`, week w starts on Monday `weeks[w]`."""

    office: Office
    calendar: WorkCalendar
    year: int
    days: tuple[date, ...]  # the year's working days
    owed: tuple[Owed, ...]
    leads_until: Mapping[str, date]  # inspector id -> last day before his own post must rotate
    unit_head_rank: Mapping[str, str]  # unit id -> rank group of its head, where known
    inspector_rank: Mapping[str, str]  # inspector id -> rank group, where known
    report_days: int = 15  # working days from a visit's end to its report
    follow_up_days: tuple[int, ...] = ()  # team-days per week for expected follow-ups; () = none
    rulebook: Rulebook = NO_RULES  # for rules that read a second rule's value

    @cached_property
    def day_number(self) -> dict[date, int]:
        """Working day -> its number in the year."""
        return {day: number for number, day in enumerate(self.days)}

    @cached_property
    def weeks(self) -> tuple[date, ...]:
        """Mondays of the weeks that hold working days, in order."""
        return tuple(dict.fromkeys(day - timedelta(days=day.weekday()) for day in self.days))

    @cached_property
    def week_of(self) -> tuple[int, ...]:
        """Week number of each working day."""
        number = {monday: w for w, monday in enumerate(self.weeks)}
        return tuple(number[day - timedelta(days=day.weekday())] for day in self.days)

    @cached_property
    def inspector_number(self) -> dict[str, int]:
        """Inspector id -> number."""
        return {who.inspector_id: i for i, who in enumerate(self.office.inspectors)}

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Unit id -> unit."""
        return {unit.unit_id: unit for unit in self.office.units}

    @cached_property
    def inspectors(self) -> dict[str, Inspector]:
        """Inspector id -> inspector."""
        return {who.inspector_id: who for who in self.office.inspectors}

    @cached_property
    def last_visit(self) -> dict[str, PastVisit]:
        """Unit id -> its latest past visit."""
        return {v.unit_id: v for v in sorted(self.office.visits, key=lambda v: (v.end, v.visit_id))}

    def numbers_between(self, first: date, last: date) -> range:
        """Numbers of the working days from `first` to `last`, both included."""
        inside = [n for n, day in enumerate(self.days) if first <= day <= last]
        return range(inside[0], inside[-1] + 1) if inside else range(0)
