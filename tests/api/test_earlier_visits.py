"""What was planned and published here is known to the next year's plan, typed in again or not."""

from datetime import date

import pytest

from data.records import PlannedVisit
from scheduler.journeys.online.opened import open_office
from scheduler.journeys.online.plan_desk import open_plan
from scheduler.journeys.online.plans import one_plan
from tests.plan_offices import bare_plan

PLANS = "/api/v1/plans"


def unit_of(office):
    return open_office(office.store).units[0].unit_id


def published(office, unit, *, year=2027, lead="TV0001", status="published"):
    day = date(year, 12, 20)
    row = PlannedVisit(
        f"{year}-X", unit, "periodic", start=day, end=day, days=1, lead=lead, members=("TV0002", "gone"),
    )  # fmt: skip
    return office.version([row], status, year=year)


def told(office, year):
    return {v.visit_id: v for v in open_office(office.store, year=year).visits}


@pytest.fixture
def accepted(office):
    office.dataset()
    return office


def test_the_next_year_knows_last_years_visits_and_the_year_itself_does_not(accepted):
    published(accepted, unit_of(accepted))
    assert told(accepted, 2028)["2027-X"].end == date(2027, 12, 20)
    assert "2027-X" not in told(accepted, 2027)


@pytest.mark.parametrize(
    ("status", "known"),
    [("published", True), ("closed", True), ("draft", False), ("approved", False)],
)
def test_only_visits_in_force_are_history(accepted, status, known):
    published(accepted, unit_of(accepted), status=status)
    assert ("2027-X" in told(accepted, 2028)) == known


def test_a_plan_that_is_published_later_is_seen_although_the_office_was_open(accepted):
    assert "2027-X" not in told(accepted, 2028)
    published(accepted, unit_of(accepted))
    assert "2027-X" in told(accepted, 2028)


def test_who_has_left_is_not_named_and_a_unit_that_is_gone_is_left_out(accepted):
    published(accepted, unit_of(accepted), lead="left")
    published(accepted, "dissolved", year=2026)
    known = told(accepted, 2028)
    assert (known["2027-X"].lead, known["2027-X"].members) == ("", ("TV0002",))
    assert "2026-X" not in known


def test_a_visit_that_the_workbook_has_under_its_own_code_is_one_visit(accepted):
    past = open_office(accepted.store).visits[-1]
    row = PlannedVisit(
        "ours", past.unit_id, past.kind, start=past.start, end=past.end, days=1, lead="TV0001"
    )
    accepted.version([row], "closed", year=past.start.year)
    assert "ours" not in told(accepted, 2028)


def test_a_plan_is_made_from_the_history_on_which_it_is_judged(accepted):
    published(accepted, unit_of(accepted))
    planner = accepted.client("planner")
    asked = planner.post(PLANS, json={"year": 2028, "time_limit_s": 1})
    assert asked.status_code == 202, asked.text
    run = accepted.work()[0]
    facts = one_plan(accepted.store, run.result["id"]).version.facts
    assert facts["birth"]["data"] == open_office(accepted.store, year=2028).digest
    assert facts["birth"]["data"] != open_office(accepted.store).digest


def test_a_plan_is_opened_beside_the_history_of_its_own_year(accepted):
    published(accepted, unit_of(accepted))
    for year, knows in ((2028, True), (2027, False)):
        plan = bare_plan(accepted, "draft", year=year)
        office = open_plan(accepted.store, plan).desk.case.office
        assert ("2027-X" in {visit.visit_id for visit in office.visits}) == knows
