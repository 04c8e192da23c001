"""Private calendar addresses: who gets one, when it is void, what stands in the calendar, what never does."""

from dataclasses import replace
from datetime import date

import pytest
from icalendar import Calendar

from data.records import PlannedVisit
from data.records.actors import PROGRAM
from data.store import accounts, answers_given
from tests.api.test_assignments import HA, HAI, LAN, OTHER, VISIT, inspector

URL = "/api/v1/me/feed"


@pytest.fixture
def planned(office):
    office.dataset()
    office.plan = office.version([VISIT, OTHER])
    return office


@pytest.fixture
def small(small_office):
    small_office.dataset()
    small_office.plan = small_office.version([VISIT, OTHER])
    return small_office


def path_of(made):
    return f"/api/v1/feeds/{made.json()['token']}.ics"


def events(office, path):
    answer = office.anonymous().get(path)
    assert answer.status_code == 200
    return {str(e["uid"]): e for e in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_a_calendar_program_reads_the_own_visits_without_signing_in(planned):
    made = inspector(planned).post(URL)
    assert made.status_code == 201
    assert made.json()["url"] == f"http://testserver{path_of(made)}"
    answer = planned.anonymous().get(path_of(made))
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "set-cookie" not in answer.headers
    found = events(planned, path_of(made))
    assert list(found) == [f"{VISIT.visit_id}.2027@congvu"]
    event = found[f"{VISIT.visit_id}.2027@congvu"]
    assert "Phường Ba Đình" in event["summary"]
    assert "Nguyễn Phương Lan" in event["description"]
    assert event["dtstart"].dt == date(2027, 3, 8)
    assert inspector(planned).get(URL).json()["made_at"].startswith("2027-03-01T02:00:00")


def test_a_reader_with_the_newest_state_gets_304_until_something_changes(planned):
    path = path_of(inspector(planned).post(URL))
    reader = planned.anonymous()
    tag = reader.get(path).headers["ETag"]
    again = reader.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert reader.get(path, headers={"If-None-Match": f"W/{tag}"}).status_code == 304
    planned.version([VISIT], "draft")
    assert reader.get(path, headers={"If-None-Match": tag}).status_code == 304  # a draft is nothing
    planned.version([VISIT], amends=planned.plan)
    fresh = reader.get(path, headers={"If-None-Match": tag})
    assert (fresh.status_code, fresh.headers["ETag"] != tag) == (200, True)


def test_moved_and_lost_visits_are_told_as_such(planned):
    lan, ha = (path_of(inspector(planned, who).post(URL)) for who in (LAN, HA))
    planned.later(hours=1)
    moved = replace(VISIT, start=date(2027, 3, 15), end=date(2027, 3, 16), members=())
    second = planned.version([moved, OTHER], amends=planned.plan)
    uid = f"{VISIT.visit_id}.2027@congvu"
    mine, theirs = events(planned, lan)[uid], events(planned, ha)[uid]
    assert (mine["status"], mine["sequence"], mine["dtstart"].dt) == ("CONFIRMED", 1, moved.start)
    assert (theirs["status"], theirs["sequence"]) == ("CANCELLED", 1)
    planned.later(hours=1)
    planned.version([OTHER], amends=second)
    gone = events(planned, lan)[uid]
    assert (gone["status"], gone["sequence"]) == ("CANCELLED", 2)
    assert events(planned, ha)[uid]["status"] == "CANCELLED"
    draft = replace(VISIT, visit_id="2027-DK-SECRET")
    planned.version([draft], "approved")
    assert "SECRET" not in planned.anonymous().get(lan).text


def test_two_years_stand_in_one_calendar(small):
    path = path_of(inspector(small).post(URL))
    next_year = replace(VISIT, start=date(2028, 3, 8), end=date(2028, 3, 9))
    small.version([next_year], year=2028)
    assert set(events(small, path)) == {f"{VISIT.visit_id}.{y}@congvu" for y in (2027, 2028)}


def test_a_surprise_visit_and_a_dropped_one_are_in_no_calendar(small):
    path = path_of(inspector(small).post(URL))
    rows = [
        VISIT, replace(VISIT, visit_id="S", kind="surprise", unit_id="00322"),
        PlannedVisit("D", "00229", "periodic", lead=LAN, status="dropped", reason="?"),
    ]  # fmt: skip
    small.version(rows, amends=small.plan)
    text = small.anonymous().get(path).text
    assert text.count("BEGIN:VEVENT") == 1
    assert "Tương Mai" not in text


def refused_ways(office, path):
    """Every way in which an address stops being good -> what does it."""

    def account(**values):
        with office.store.writing(PROGRAM, office.now) as work:
            work.db.execute(
                accounts.table.update().where(accounts.table.c.username == f"i-{LAN}".lower()).values(**values)
            )  # fmt: skip
            work.tell("test", "account", 0)

    return {
        "renewed": lambda: inspector(office).post(URL),
        "ended": lambda: inspector(office).delete(URL),
        "shut": lambda: account(active=False),
        "no inspector any more": lambda: account(roles=["planner"]),
        "nobody in the tables": lambda: account(inspector_id=""),
    }


@pytest.mark.parametrize("way", list(refused_ways(None, "")))
def test_an_address_that_is_void_says_no_more_than_one_that_never_was(small, way):
    path = path_of(inspector(small).post(URL))
    assert small.anonymous().get(path).status_code == 200
    refused_ways(small, path)[way]()
    never, void = (small.anonymous().get(p) for p in ("/api/v1/feeds/never.ics", path))
    assert (never.status_code, void.status_code) == (404, 404)
    one, other = ({**answer.json(), "instance": ""} for answer in (never, void))
    assert one == other
    token = path.rpartition("/")[2].removesuffix(".ics")
    assert token not in void.text


def test_a_new_address_is_good_at_once_and_only_the_owners(planned):
    old = path_of(inspector(planned).post(URL))
    new = path_of(inspector(planned).post(URL))
    hais = path_of(inspector(planned, HAI).post(URL))
    assert planned.anonymous().get(old).status_code == 404
    assert list(events(planned, new)) == [f"{VISIT.visit_id}.2027@congvu"]
    assert list(events(planned, hais)) == [f"{OTHER.visit_id}.2027@congvu"]
    assert inspector(planned).delete(URL).status_code == 204
    assert inspector(planned).get(URL).json() == {"made_at": None}
    assert planned.anonymous().get(hais).status_code == 200


def test_an_inspector_account_without_an_inspector_gets_no_address(small):
    assert inspector(small, "").post(URL).status_code == 409


def test_no_log_and_no_store_keeps_the_secret(small, capsys):
    lan = inspector(small)
    made = lan.post(URL, headers={"Idempotency-Key": "calendar-0001"})
    token = made.json()["token"]
    for path in (path_of(made), f"/api/v1/feeds/{token}", f"/api/v1/feeds/{token}.ics/x"):
        small.anonymous().get(path)
        small.anonymous().post(path)
    told = capsys.readouterr()
    assert token not in told.out + told.err
    assert "/api/v1/feeds/{token}" in told.out
    assert not any(token in str(line) for line in small.journal())
    with small.store.reading() as db:
        assert db.execute(answers_given.table.select()).all() == []


@pytest.mark.parametrize("token", ["%00", "..%2F..%2F", "%F0%9F%98%80", "a" * 201, "'--"])
def test_hostile_addresses_find_nothing(small, token):
    assert small.anonymous().get(f"/api/v1/feeds/{token}.ics").status_code in (400, 404, 422)
