"""What is owed in a year: by risk and time, by campaign, by open findings, by a planner's pin."""

from dataclasses import replace
from datetime import date

import pytest

from data.calendar import WorkCalendar
from data.records import Campaign, Finding, Office, PastVisit, Pin, Unit
from data.rulefiles import read_rules
from scheduler.owed import YearOfWork, visits_owed
from scheduler.risk import UnitRisk
from scheduler.rulebook import in_force

RULES = in_force(read_rules(), date(2027, 1, 1))
CALENDAR = WorkCalendar()
NONE_WANTED = in_force(read_rules(), date(2027, 1, 1), {"coverage.wanted": 0.0})


def office(**tables):
    return Office(
        units=(Unit("U1", "Xã Một", "commune"), Unit("U2", "Xã Hai", "commune")), **tables
    )


def seen(unit_id, end, visit_id="V1", kind="periodic"):
    return PastVisit(visit_id, unit_id, kind, end, end)


def owed(given_office, klass="middle", rulebook=NONE_WANTED, year=2027):
    risk = {u.unit_id: UnitRisk(u.unit_id, 50.0, klass, ()) for u in given_office.units}
    return visits_owed(YearOfWork(given_office, CALENDAR, rulebook, risk), year)


def units_of(found, kind):
    return [o.unit_id for o in found if o.kind == kind]


@pytest.mark.parametrize(
    ("klass", "last", "due"),
    [
        ("high", date(2026, 12, 31), True),
        ("middle", date(2025, 12, 31), True),
        ("middle", date(2026, 1, 5), False),
        ("low", date(2024, 12, 31), True),
        ("low", date(2025, 1, 3), False),
    ],
)
def test_a_unit_is_owed_a_visit_when_its_interval_ends_by_the_year_end(klass, last, due):
    both = (seen("U1", last), seen("U2", date(2026, 12, 31), "V2"))
    found = owed(office(visits=both), klass)
    assert ("U1" in units_of(found, "periodic")) == due


def test_a_unit_never_seen_is_owed_one_from_january_on():
    found = next(o for o in owed(office()) if o.unit_id == "U1")
    assert (found.kind, found.due_from) == ("periodic", date(2027, 1, 1))


def test_only_the_high_class_is_mandatory_among_periodic_visits():
    assert {o.must for o in owed(office(), "high")} == {"frequency.high"}
    assert {o.must for o in owed(office(), "low")} == {""}


def test_units_next_in_line_are_added_until_the_wanted_coverage():
    recent = (seen("U1", date(2026, 12, 1)), seen("U2", date(2026, 11, 1), "V2"))
    assert units_of(owed(office(visits=recent), "low"), "periodic") == []
    assert units_of(owed(office(visits=recent), "low", RULES), "periodic") == ["U2"]


def test_a_campaign_takes_the_place_of_the_periodic_visit():
    campaign = Campaign("C1", "Một cửa", date(2027, 2, 1), date(2027, 4, 30), ("kind=commune",), 1)
    found = owed(office(campaigns=(campaign,)))
    assert units_of(found, "thematic") == ["U1", "U2"]
    assert units_of(found, "periodic") == []


def test_a_campaign_of_another_year_owes_nothing():
    campaign = Campaign("C1", "Một cửa", date(2028, 2, 1), date(2028, 4, 30), ("U1",), 1)
    assert units_of(owed(office(campaigns=(campaign,))), "thematic") == []


def follow_up(remedy_due, closed_on=None):
    finding = Finding("F1", "V1", "major", remedy_due, closed_on)
    found = owed(office(visits=(seen("U1", date(2026, 9, 1)),), findings=(finding,)))
    return next((o for o in found if o.kind == "follow_up"), None)


def test_an_open_finding_owes_a_follow_up_twenty_to_sixty_working_days_after_its_remedy_is_due():
    found = follow_up(date(2027, 3, 1))
    assert (found.due_from, found.due_to) == (
        CALENDAR.add(date(2027, 3, 1), 20),
        CALENDAR.add(date(2027, 3, 1), 60),
    )
    assert (found.must, found.follows) == ("follow-up.window", "V1")


def test_a_closed_finding_owes_nothing():
    assert follow_up(date(2027, 3, 1), date(2027, 2, 1)) is None


def test_a_window_that_closed_last_year_moves_to_the_first_days_of_this_one():
    found = follow_up(date(2026, 3, 2))
    assert (found.due_from, found.due_to) == (CALENDAR.year(2027)[0], CALENDAR.year(2027)[59])


def test_a_window_that_runs_into_next_year_may_wait():
    found = follow_up(date(2027, 11, 1))
    assert (found.must, found.due_to) == ("", date(2027, 12, 31))


def test_a_window_that_opens_next_year_is_not_owed_this_year():
    assert follow_up(date(2027, 12, 15)) is None


def test_a_pin_adds_a_visit_that_nothing_else_asks_for():
    recent = (seen("U1", date(2026, 12, 1)), seen("U2", date(2026, 11, 1), "V2"))
    pin = Pin(2, "U1", "periodic", None, None, "", True, "theo chỉ đạo")
    given_office = office(visits=recent, pins=(pin,))
    assert units_of(owed(given_office, "low"), "periodic") == ["U1"]
    assert (
        units_of(owed(replace(given_office, pins=(replace(pin, must=False),)), "low"), "periodic")
        == []
    )


def test_ids_are_stable_when_the_order_of_the_rows_changes():
    given_office = office()
    other = replace(given_office, units=given_office.units[::-1])
    assert [o.visit_id for o in owed(given_office)] == [o.visit_id for o in owed(other)]
