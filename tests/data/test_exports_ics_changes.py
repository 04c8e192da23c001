"""Calendars of an amended plan: what moved, what was taken back, as two different readers see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from data.exports.ics import calendars, cancellations
from data.exports.ics_changes import amended, calendar_changes
from data.plan_folder import calendar_files
from data.records import Inspector, Office, Plan, PlannedVisit, ReserveWeek, Unit

MONDAY = date(2027, 3, 15)
OFFICE = Office(
    units=(Unit("U1", "Phường Văn Miếu – Quốc Tử Giám, khu phố cổ", "ward", lat=21.0, lon=105.8),),
    inspectors=tuple(Inspector(i, n, "U1") for i, n in (("A", "Trần Ánh"), ("B", "Lê Bình"), ("C", "Vũ Ổn"))),
)  # fmt: skip
ONE = PlannedVisit(
    "V1", "U1", "periodic", start=MONDAY, end=MONDAY + timedelta(1), days=2, lead="A", members=("B",),
    reason="Điểm rủi ro cao; «một cửa» chậm: 12 hồ sơ, 3 phản ánh – " + "ữ" * 60,
)  # fmt: skip
TWO = replace(ONE, visit_id="V2", start=MONDAY + timedelta(7), end=MONDAY + timedelta(7), lead="C")
PLAN = Plan(2027, (ONE, TWO), (), {"owner": "Sở Nội vụ"})
HOURS = (time(8), time(17))


def by_icalendar(raw):
    """UID -> (sequence, status, start, end, summary, description)."""
    calendar = icalendar.Calendar.from_ical(raw)
    return {
        str(e["uid"]): (
            int(e["sequence"]), str(e["status"]), e.decoded("dtstart"), e.decoded("dtend"),
            str(e["summary"]), str(e["description"]),
        )
        for e in calendar.walk("VEVENT")
    }  # fmt: skip


def by_vobject(raw):
    """The same by another reader."""
    calendar = vobject.readOne(raw.decode())
    return {
        e.uid.value: (
            int(e.sequence.value), e.status.value, e.dtstart.value, e.dtend.value, e.summary.value,
            e.description.value,
        )
        for e in calendar.contents.get("vevent", [])
    }  # fmt: skip


def opened(plan, who="A", hours=None):
    """The events of somebody's calendar, which both readers see alike."""
    raw = calendars(plan, OFFICE, hours=hours)[who]
    seen, other = by_icalendar(raw), by_vobject(raw)
    assert seen == other
    return seen


def test_both_readers_see_the_same_events_with_whole_texts():
    ((uid, event),) = opened(PLAN).items()
    assert uid == "V1.2027@congvu"
    assert event[:4] == (0, "CONFIRMED", MONDAY, MONDAY + timedelta(2))
    assert event[4] == "Định kỳ: Phường Văn Miếu – Quốc Tử Giám, khu phố cổ"
    assert event[5].endswith("ữ" * 60)


def test_timed_events_are_in_vietnams_time_for_both_readers():
    (event,) = opened(PLAN, hours=HOURS).values()
    there = ZoneInfo("Asia/Ho_Chi_Minh")
    assert event[2:4] == (
        datetime(2027, 3, 15, 8, tzinfo=there), datetime(2027, 3, 16, 17, tzinfo=there),
    )  # fmt: skip
    assert event[2].utcoffset() == timedelta(hours=7)
    raw = calendars(PLAN, OFFICE, hours=HOURS)["A"]
    assert b"DTSTART;TZID=Asia/Ho_Chi_Minh:20270315T080000\r\n" in raw
    assert raw.count(b"BEGIN:VTIMEZONE") == raw.count(b"TZID:Asia/Ho_Chi_Minh") == 1


@pytest.mark.parametrize("hours", [None, HOURS])
def test_lines_end_and_fold_as_the_standard_asks_and_never_inside_a_letter(hours):
    for raw in calendars(PLAN, OFFICE, hours=hours).values():
        lines = raw.split(b"\r\n")
        assert b"\n" not in b"".join(lines)
        assert b"\r" not in b"".join(lines)
        assert max(map(len, lines)) <= 75
        assert all(line.decode() is not None for line in lines)  # each is UTF-8 by itself
        assert lines[-1] == b""


def test_an_alarm_rings_the_morning_before_a_whole_day_and_an_hour_before_a_timed_one():
    def alarms(hours):
        calendar = vobject.readOne(calendars(PLAN, OFFICE, hours=hours)["A"].decode())
        return {a.trigger.value for a in calendar.vevent.contents["valarm"]}

    assert alarms(None) == {timedelta(hours=-15)}
    assert alarms(HOURS) == {timedelta(days=-1), timedelta(hours=-1)}


def test_a_moved_visit_keeps_its_uid_and_has_a_higher_sequence():
    later = replace(ONE, start=MONDAY + timedelta(2), end=MONDAY + timedelta(3))
    new = amended(replace(PLAN, visits=(later, TWO)), PLAN)
    ((uid, event),) = opened(new).items()
    assert (uid, event[0], event[2]) == ("V1.2027@congvu", 1, MONDAY + timedelta(2))
    assert opened(new, "C")["V2.2027@congvu"][0] == 0  # the other visit stayed
    again = amended(replace(new, visits=(ONE, TWO)), new)
    assert opened(again)["V1.2027@congvu"][:3] == (2, "CONFIRMED", MONDAY)


def test_a_plan_that_did_not_change_changes_no_sequence():
    assert calendar_changes(PLAN, PLAN) == {"sequence": {}, "cancelled": []}


def test_a_dropped_visit_is_cancelled_for_everybody_who_had_it():
    gone = replace(ONE, status="dropped", start=None, end=None)
    new = amended(replace(PLAN, visits=(gone, TWO)), PLAN)
    for who in ("A", "B"):
        event = opened(new, who)["V1.2027@congvu"]
        assert event[:4] == (1, "CANCELLED", MONDAY, MONDAY + timedelta(2))
    assert "V1.2027@congvu" not in opened(new, "C")
    cancelled = cancellations(new, OFFICE)
    assert set(cancelled) == {"A", "B"}
    calendar = vobject.readOne(cancelled["A"].decode())
    assert (calendar.method.value, calendar.vevent.status.value) == ("CANCEL", "CANCELLED")
    assert calendar.vevent.organizer.params["CN"] == ["Sở Nội vụ"]
    assert set(calendar_files(new, OFFICE)) == {
        "calendars/A.ics", "calendars/B.ics", "calendars/C.ics", "calendars/cancelled/A.ics",
        "calendars/cancelled/B.ics",
    }  # fmt: skip


def test_whoever_leaves_the_team_gets_it_cancelled_and_whoever_comes_gets_it_new():
    new = amended(replace(PLAN, visits=(replace(ONE, members=("C",)), TWO)), PLAN)
    assert opened(new, "B")["V1.2027@congvu"][:2] == (1, "CANCELLED")
    assert opened(new, "C")["V1.2027@congvu"][:2] == (1, "CONFIRMED")
    back = amended(replace(new, visits=(ONE, TWO)), new)
    assert opened(back, "B")["V1.2027@congvu"][:2] == (2, "CONFIRMED")
    assert opened(back, "C")["V1.2027@congvu"][:2] == (2, "CANCELLED")


def test_a_cancelled_event_stays_cancelled_in_the_plans_that_follow():
    gone = amended(replace(PLAN, visits=(TWO,)), PLAN)
    later = amended(replace(gone, visits=(replace(TWO, lead="B", members=()),)), gone)
    assert opened(later)["V1.2027@congvu"][:2] == (1, "CANCELLED")
    back = amended(replace(later, visits=(ONE, TWO)), later)
    assert opened(back)["V1.2027@congvu"][:2] == (2, "CONFIRMED")


def test_the_stamp_rises_with_the_sequence_and_the_same_plan_gives_the_same_bytes():
    new = amended(replace(PLAN, visits=(replace(ONE, reason="khác"), TWO)), PLAN)
    one, other = (
        icalendar.Calendar.from_ical(calendars(p, OFFICE)["A"]).walk("VEVENT")[0].decoded("dtstamp")
        for p in (PLAN, new)
    )
    assert one < other
    assert calendars(new, OFFICE) == calendars(new, OFFICE)


def test_a_surprise_visit_is_in_no_calendar_whatever_the_rows_say():
    secret = replace(ONE, visit_id="BM", kind="surprise", unit_id="U9", lead="C")
    for plan in (
        replace(PLAN, visits=(ONE, TWO, secret)),
        amended(PLAN, replace(PLAN, visits=(secret,))),
    ):
        files = calendar_files(plan, OFFICE)
        assert all(b"BM" not in raw and b"U9" not in raw for raw in files.values())
    assert calendar_files(replace(PLAN, visits=(ONE, TWO, secret)), OFFICE) == calendar_files(
        PLAN, OFFICE
    )


def test_the_days_kept_for_surprise_visits_show_in_no_calendar():
    kept = replace(PLAN, reserve=(ReserveWeek(MONDAY, 6, 2),))
    assert calendar_files(kept, OFFICE) == calendar_files(PLAN, OFFICE)
