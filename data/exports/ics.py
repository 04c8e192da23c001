"""Calendars: one for each inspector, one event for each visit; moved and cancelled ones keep their UID."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress

from data.drop_reasons import said_reason
from data.exports.ics_changes import Gone, events_of, gone_of, team_of
from data.exports.labels import KINDS
from data.records import Office, Plan, PlannedVisit, Unit
from data.words import Message, say

ZONE = "Asia/Ho_Chi_Minh"
NOBODY = "invalid:nomail"  # an organiser without an address, as calendar programs write it
ALL_DAY_ALARMS = (timedelta(hours=-15),)  # nine in the morning of the day before
TIMED_ALARMS = (timedelta(days=-1), timedelta(hours=-1))
Hours = tuple[time, time]


@dataclass(frozen=True)
class _Desk:
    """What the events of one plan are written from."""

    plan: Plan
    units: dict[str, Unit]
    names: dict[str, str]
    sequence: dict[str, int]
    hours: Hours | None
    lang: str


def calendars(
    plan: Plan, office: Office, lang: str = "vi", hours: Hours | None = None
) -> dict[str, bytes]:
    """Inspector id -> iCalendar text (RFC 5545), for everybody who is, or was, on a visit.

    A visit keeps its UID from plan to plan. The plan's fact `calendar` says how often its event
    changed (SEQUENCE) and who lost it (STATUS:CANCELLED). Events last whole days; with `hours` they
    last from the first hour of the first day to the last hour of the last, in Vietnam's time. The
    stamp follows the plan's year and the sequence: the same plan gives the same bytes.
    """
    desk = _desk(plan, office, lang, hours)
    mine: dict[str, list[Event]] = defaultdict(list)
    for visit in _by_day(events_of(plan)):
        for who in team_of(visit):
            mine[who].append(_event(visit, desk))
    for gone in gone_of(plan):
        for who in gone.people:
            mine[who].append(_cancelled(gone, desk))
    return {who: _calendar(_title(who, desk), mine[who], "PUBLISH") for who in sorted(mine)}


def cancellations(
    plan: Plan, office: Office, lang: str = "vi", hours: Hours | None = None
) -> dict[str, bytes]:
    """Inspector id -> a file of the events taken back (METHOD:CANCEL, RFC 5546).

    For calendar programs into which files are imported once instead of being read again and again.
    """
    desk = _desk(plan, office, lang, hours)
    mine: dict[str, list[Event]] = defaultdict(list)
    for gone in gone_of(plan):
        for who in gone.people:
            mine[who].append(_cancelled(gone, desk, who))
    return {who: _calendar(_title(who, desk), mine[who], "CANCEL") for who in sorted(mine)}


def feed(plans: Iterable[tuple[Plan, Office]], who: str, name: str, lang: str = "vi") -> bytes:
    """One inspector's calendar over several years, each plan with its office, for programs that ask again.

    Visits that were taken back stand in it as cancelled, so that they leave calendars that know them.
    """
    events: list[Event] = []
    for plan, office in plans:
        desk = _desk(plan, office, lang, None)
        mine = [visit for visit in events_of(plan) if who in team_of(visit)]
        events += [_event(visit, desk) for visit in _by_day(mine)]
        events += [_cancelled(gone, desk) for gone in gone_of(plan) if who in gone.people]
    return _calendar(say(lang, "Lịch kiểm tra – {name}", name=name), events, "PUBLISH")


def _desk(plan: Plan, office: Office, lang: str, hours: Hours | None) -> _Desk:
    return _Desk(
        plan,
        {unit.unit_id: unit for unit in office.units},
        {who.inspector_id: who.name for who in office.inspectors},
        plan.facts.get("calendar", {}).get("sequence", {}),
        hours,
        lang,
    )


def _by_day(visits: Iterable[PlannedVisit]) -> list[PlannedVisit]:
    return sorted(visits, key=lambda v: (v.start or date.max, v.visit_id))


@cache
def _zone() -> Timezone:
    zone = Timezone.from_tzid(ZONE, first_date=date(1976, 1, 1))  # one offset ever since
    zone.pop("comment", None)
    return zone


def _title(who: str, desk: _Desk) -> str:
    return say(
        desk.lang,
        "Lịch kiểm tra {year} – {name}",
        year=desk.plan.year,
        name=desk.names.get(who, who),
    )


def _calendar(name: str, events: list[Event], method: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Cong Vu//congvu//VI")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add_component(_zone())
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(visit: PlannedVisit, desk: _Desk) -> Event:
    """The event of a visit that takes place."""
    event = _bare(visit, desk, desk.sequence.get(visit.visit_id, 0))
    unit = desk.units.get(visit.unit_id, Unit(visit.unit_id, visit.unit_id, ""))
    members = ", ".join(desk.names.get(who, who) for who in visit.members) or "–"
    lines = (
        say(desk.lang, "Trưởng đoàn: {name}", name=desk.names.get(visit.lead, visit.lead)),
        say(desk.lang, "Thành viên: {names}", names=members),
        said_reason(visit.reason, desk.lang),
    )
    event.add("status", "CONFIRMED")
    event.add("description", "\n".join(lines).strip())
    if unit.lat is not None and unit.lon is not None:
        event.add("geo", (unit.lat, unit.lon))
    for before in TIMED_ALARMS if desk.hours else ALL_DAY_ALARMS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", before)
        alarm.add("description", str(event["summary"]))
        event.add_component(alarm)
    return event


def _cancelled(gone: Gone, desk: _Desk, who: str = "") -> Event:
    """The event of a visit that takes place no longer, or without somebody; `who` for a CANCEL file."""
    event = _bare(gone.visit, desk, gone.sequence)
    event.add("status", "CANCELLED")
    event.add("description", Message("Không còn trong lịch của ông/bà.").say(desk.lang))
    if who:
        organiser = vCalAddress(NOBODY)
        organiser.params["cn"] = str(desk.plan.facts.get("owner", "")) or "-"
        event.add("organizer", organiser)
        attendee = vCalAddress(NOBODY)
        attendee.params["cn"] = desk.names.get(who, who)
        event.add("attendee", attendee)
    return event


def _bare(visit: PlannedVisit, desk: _Desk, sequence: int) -> Event:
    """Name, days and place: what every event of a visit has."""
    assert visit.start is not None
    assert visit.end is not None
    kind = KINDS[visit.kind].name.say(desk.lang)
    unit = desk.units.get(visit.unit_id, Unit(visit.unit_id, visit.unit_id, ""))
    stamp = datetime(desk.plan.year, 1, 1, tzinfo=UTC) + timedelta(minutes=sequence)
    event = Event()
    event.add("uid", f"{visit.visit_id}.{desk.plan.year}@congvu")
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", sequence)
    if desk.hours:
        first, last = desk.hours
        zone = ZoneInfo(ZONE)
        event.add("dtstart", datetime.combine(visit.start, first, zone))
        event.add("dtend", datetime.combine(visit.end, last, zone))
    else:
        event.add("dtstart", visit.start)
        event.add("dtend", visit.end + timedelta(days=1))  # exclusive
    event.add("summary", f"{kind}: {unit.name}")
    event.add("location", unit.name)
    event.add("categories", [kind])
    return event
