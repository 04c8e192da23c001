from dataclasses import replace
from datetime import date, timedelta

from icalendar import Calendar

from data.exports.ics import calendars
from data.records import Inspector, Office, Plan, PlannedVisit, Unit

VISIT = PlannedVisit(
    "V1",
    "U1",
    "periodic",
    start=date(2027, 3, 15),
    end=date(2027, 3, 16),
    days=2,
    lead="A",
    members=("B",),
    reason="Rủi ro cao; xem hồ sơ, bản 2",
)
OFFICE = Office(
    units=(Unit("U1", 'Sở "Một", Hai', "department", lat=21.0, lon=105.8),),
    inspectors=(
        Inspector("A", "Trần An", "U1"),
        Inspector("B", "Lê Bình", "U1"),
        Inspector("C", "Vũ Chi", "U1"),
    ),
)


def events(visits, who="A"):
    plan = Plan(2027, tuple(visits), ())
    return Calendar.from_ical(calendars(plan, OFFICE)[who]).walk("VEVENT")


def test_the_day_after_the_last_day_ends_the_event():
    (event,) = events([VISIT])
    assert event.decoded("dtstart") == date(2027, 3, 15)
    assert event.decoded("dtend") == date(2027, 3, 17)


def test_a_visit_that_moves_keeps_its_uid():
    later = replace(VISIT, start=VISIT.start + timedelta(7), end=VISIT.end + timedelta(7))
    assert events([VISIT])[0]["uid"] == events([later])[0]["uid"]
    assert events([VISIT])[0]["dtstart"].dt != events([later])[0]["dtstart"].dt


def test_two_visits_never_share_a_uid():
    assert len({e["uid"] for e in events([VISIT, replace(VISIT, visit_id="V2")])}) == 2


def test_every_member_of_the_team_has_the_visit_and_nobody_else():
    assert set(calendars(Plan(2027, (VISIT,), ()), OFFICE)) == {"A", "B"}


def test_commas_quotes_and_long_lines_come_back_as_they_were():
    (event,) = events([VISIT])
    assert str(event["location"]) == 'Sở "Một", Hai'
    assert str(event["description"]).endswith("Rủi ro cao; xem hồ sơ, bản 2")
    raw = calendars(Plan(2027, (VISIT,), ()), OFFICE)["A"]
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75


def test_a_dropped_visit_is_in_no_calendar():
    dropped = PlannedVisit("V9", "U1", "periodic", lead="A", status="dropped", reason="x")
    assert calendars(Plan(2027, (dropped,), ()), OFFICE) == {}
