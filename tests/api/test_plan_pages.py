"""The pages of yearly plans from the door: buttons by role and state, stale forms, filters, hostile input."""

from datetime import date, timedelta

import pytest

from data.records import PlannedVisit
from scheduler.journeys.online import pins, visits
from tests.plan_offices import bare_plan, give_plan, status_of

HTML = {"accept": "text/html"}
STEPS = ("check", "submit", "approve", "send-back", "publish", "close", "discard", "amend")


def buttons(office, role, plan, **who):
    page = office.client(role, lang="vi", **who).get(f"/plans/{plan}", headers=HTML).text
    return {step for step in STEPS if f'action="/plans/{plan}/{step}"' in page}


@pytest.mark.parametrize(("status", "planner", "leader"), [
    ("draft", {"check", "discard"}, set()),
    ("checked", {"check", "submit", "discard"}, set()),
    ("submitted", set(), {"approve", "send-back"}),
    ("approved", {"publish"}, {"publish", "send-back"}),
    ("published", {"amend", "close"}, {"close"}),
    ("closed", set(), set()),
    ("discarded", set(), set()),
])  # fmt: skip
def test_only_what_leads_on_and_is_ones_own_is_offered(small_office, status, planner, leader):
    plan = bare_plan(small_office, status)
    assert buttons(small_office, "planner", plan) == planner
    assert buttons(small_office, "leader", plan) == leader


def test_a_trial_is_never_offered_to_the_leaders(small_office):
    plan = bare_plan(small_office, "checked", trial=True)
    assert buttons(small_office, "planner", plan) == {"check", "discard"}


def test_a_form_of_an_older_page_changes_nothing_and_says_why(small_office):
    plan = bare_plan(small_office, "checked")
    client = small_office.client("planner", lang="vi")
    answer = client.post(f"/plans/{plan}/submit", data={"revision": 1}, headers=HTML)
    assert answer.status_code == 412
    assert "Có người đã sửa" in answer.text
    assert status_of(small_office, plan) == "checked"
    answer = client.post(f"/plans/{plan}/submit", data={"revision": 2}, headers=HTML)
    assert answer.status_code == 200
    assert status_of(small_office, plan) == "submitted"


def test_a_form_without_a_revision_changes_nothing(small_office):
    plan = bare_plan(small_office, "checked")
    answer = small_office.client("planner").post(f"/plans/{plan}/submit", headers=HTML)
    assert answer.status_code == 422
    assert status_of(small_office, plan) == "checked"


def test_units_are_found_with_and_without_accents_and_others_are_not(small_office):
    rows = [
        PlannedVisit(
            f"V{n}", unit, "periodic", start=date(2027, 5, 10), end=date(2027, 5, 10), days=1
        )
        for n, unit in enumerate(("Phường Đống Đa", "Xã Sóc Sơn"))
    ]
    small_office.dataset()
    plan = small_office.version(rows, "draft")
    client = small_office.client("planner", lang="vi")
    for sought, found in (("dong da", 1), ("Đống Đa", 1), ("SOC SON", 1), ("ba vi", 0), ("", 2)):
        page = client.get(f"/plans/{plan}/year", params={"q": sought}, headers=HTML).text
        assert page.count('class="v ') - page.count('<i class="v ') == found, sought


def test_what_is_sought_and_named_never_becomes_html(small_office):
    evil = '"><script>alert(1)</script>'
    row = PlannedVisit(
        evil, evil, "periodic", start=date(2027, 5, 10), end=date(2027, 5, 10), lead=evil
    )
    small_office.dataset()
    plan = small_office.version([row], "draft")
    client = small_office.client("planner")
    for path in ("", "?view=team", "?view=list", "?zoom=week&at=2027-05-10"):
        mark = "&" if "?" in path else "?"
        page = client.get(
            f"/plans/{plan}/year{path}{mark}team={'%22%3E%3Cscript%3E'}", headers=HTML
        )
        assert page.status_code == 200
        assert "<script>" not in page.text
        assert "<script>alert" not in client.get(f"/plans/{plan}/year{path}", headers=HTML).text


@pytest.mark.parametrize("query", [
    "zoom=decade", "at=2027-13-01", "view=x", "kind=x", "status=x", "q=" + "a" * 201, "offset=-1",
])  # fmt: skip
def test_an_odd_question_is_refused_and_never_a_fault_of_the_program(small_office, query):
    plan = bare_plan(small_office)
    answer = small_office.client("planner").get(f"/plans/{plan}/year?{query}", headers=HTML)
    assert answer.status_code == 422


def test_after_a_change_one_comes_back_to_a_page_of_the_same_plan_only(small_office):
    plan = give_plan(small_office)
    client = small_office.client("planner")
    where, rows = (
        f"/plans/{plan}",
        client.get(f"/api/v1/plans/{plan}/visits?limit=1").json()["items"],
    )
    form = {"revision": 1, "reason": "Đơn vị sáp nhập từ tháng sau, không còn đối tượng"}
    for back, leads in (
        (f"{where}/year?zoom=month", f"{where}/year?zoom=month"),
        ("//x.example", None),
    ):
        answer = client.post(
            f"{where}/visits/{rows[0]['visit_id']}/drop", data={**form, "back": back}, headers=HTML,
            follow_redirects=False,
        )  # fmt: skip
        assert (answer.status_code, answer.headers["location"]) == (303, leads or f"{where}/year")
        form["revision"] += 1
        undone = client.post(f"{where}/undo", data={"revision": form["revision"]}, headers=HTML)
        assert undone.status_code == 200
        form["revision"] += 1


@pytest.mark.parametrize(("reason", "status"), [("a b", 303), ("a\x00b", 422)])
def test_a_reason_is_text_that_every_database_can_hold(small_office, reason, status):
    plan = give_plan(small_office)
    row = visits.list_visits(small_office.store, plan, 0, 1)[0][0].row
    answer = small_office.client("planner").post(
        f"/plans/{plan}/visits/{row.visit_id}/pin", data={"what": "lead", "reason": reason},
        headers=HTML, follow_redirects=False,
    )  # fmt: skip
    assert answer.status_code == status


@pytest.mark.parametrize(("what", "must"), [("day", "yes"), ("week", "no"), ("lead", "no")])
def test_a_pin_says_what_the_button_said(small_office, what, must):
    plan = give_plan(small_office)
    row = visits.list_visits(small_office.store, plan, 0, 1)[0][0].row
    answer = small_office.client("planner").post(
        f"/plans/{plan}/visits/{row.visit_id}/pin",
        data={"what": what, "must": must, "reason": "vì"}, headers=HTML, follow_redirects=False,
    )  # fmt: skip
    assert answer.status_code == 303
    text = pins.list_pins(
        small_office.store, small_office.actor(small_office.account("planner")), 0, 1000
    )[0][-1].text
    assert (text.unit_id, text.kind, text.must) == (row.unit_id, row.kind, must == "yes")
    monday = row.start - timedelta(days=row.start.weekday())
    assert text.date == (row.start if what == "day" else None)
    assert text.week == (monday if what == "week" else None)
    assert text.inspector_id == (row.lead if what == "lead" else "")


def test_a_leader_reads_the_year_and_changes_no_visit(small_office):
    plan = bare_plan(small_office)
    leader = small_office.client("leader")
    assert leader.get(f"/plans/{plan}/visits/V1", headers=HTML).status_code == 200
    assert "data-try" not in leader.get(f"/plans/{plan}/visits/V1", headers=HTML).text
    for path in ("visits/V1", "visits/V1/try", "visits/V1/drop", "undo"):
        answer = leader.post(f"/plans/{plan}/{path}", data={"revision": 2}, headers=HTML)
        assert answer.status_code == 403, path


def test_a_year_of_six_hundred_units_is_light(small_office):
    rows = [
        PlannedVisit(
            f"2027-DK-{n:05}", f"Phường tên khá dài {n}", "periodic", start=date(2027, 1 + n % 12, 4),
            end=date(2027, 1 + n % 12, 5), days=2, lead="TV0001", members=("TV0002", "TV0003"),
        )
        for n in range(900)
    ]  # fmt: skip
    small_office.dataset()
    plan = small_office.version(rows, "draft")
    client = small_office.client("planner", lang="vi")
    for view in ("unit", "team"):
        page = client.get(f"/plans/{plan}/year?view={view}", headers=HTML)
        assert page.text.count('href="visits/2027-DK-') >= 900
        assert len(page.content) < 1_000_000
