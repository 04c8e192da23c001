"""Calendars: one for each inspector, one all-day event for each visit."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from data.exports.labels import KINDS
from data.records import Office, Plan, PlannedVisit, Unit
from data.words import say


def calendars(plan: Plan, office: Office, lang: str = "vi") -> dict[str, bytes]:
    """Inspector id -> iCalendar text (RFC 5545), for everybody who is on a visit.

    A visit keeps its UID from plan to plan, so that an amended plan moves the event instead of
    adding one. The stamp is the start of the plan's year: the same plan gives the same bytes.
    """
    units = {unit.unit_id: unit for unit in office.units}
    names = {who.inspector_id: who.name for who in office.inspectors}
    mine: dict[str, list[PlannedVisit]] = {}
    for visit in plan.visits:
        if visit.status == "scheduled" and visit.start and visit.end:
            for who in dict.fromkeys((visit.lead, *visit.members)):
                mine.setdefault(who, []).append(visit)
    return {
        who: _calendar(who, mine[who], plan.year, units, names, lang) for who in sorted(mine) if who
    }


def _calendar(
    who: str,
    visits: list[PlannedVisit],
    year: int,
    units: dict[str, Unit],
    names: dict[str, str],
    lang: str,
) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Cong Vu//congvu//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add(
        "x-wr-calname",
        say(lang, "Lịch kiểm tra {year} – {name}", year=year, name=names.get(who, who)),
    )
    for visit in sorted(visits, key=lambda v: (v.start or date.max, v.visit_id)):
        unit = units.get(visit.unit_id, Unit(visit.unit_id, visit.unit_id, ""))
        calendar.add_component(_event(visit, year, unit, names, lang))
    return bytes(calendar.to_ical())


def _event(visit: PlannedVisit, year: int, unit: Unit, names: dict[str, str], lang: str) -> Event:
    assert visit.start is not None
    assert visit.end is not None
    kind = KINDS[visit.kind].name.say(lang)
    members = ", ".join(names.get(who, who) for who in visit.members) or "–"
    event = Event()
    event.add("uid", f"{visit.visit_id}.{year}@congvu")
    event.add("dtstamp", datetime(year, 1, 1, tzinfo=UTC))
    event.add("dtstart", visit.start)
    event.add("dtend", visit.end + timedelta(days=1))  # exclusive
    event.add("summary", f"{kind}: {unit.name}")
    event.add("location", unit.name)
    event.add("categories", [kind])
    event.add(
        "description",
        "\n".join(
            (
                say(lang, "Trưởng đoàn: {name}", name=names.get(visit.lead, visit.lead)),
                say(lang, "Thành viên: {names}", names=members),
                visit.reason,
            )
        ).strip(),
    )
    if unit.lat is not None and unit.lon is not None:
        event.add("geo", (unit.lat, unit.lon))
    return event
