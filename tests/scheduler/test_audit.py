"""The checker: no breach in a good plan, each planted breach found, and nothing makes it fall."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.records import Plan, PlannedVisit, ReserveWeek
from scheduler.audit import audit
from scheduler.plan_view import PlanView
from scheduler.rules import RULES
from tests.offices import RULEBOOK, YEAR, row, tiny_office, view_of
from tests.spoiled import MARCH_9, PLANTED, THREE, good_plan, with_row


def test_a_good_plan_has_no_breach():
    assert audit(good_plan()) == []


def test_every_rule_has_its_planted_breach():
    assert PLANTED.keys() == {rule.id for rule in RULES}


@pytest.mark.parametrize("rule_id", PLANTED)
def test_a_planted_breach_is_found_by_its_rule_alone_and_at_its_rows(rule_id):
    plant, rows = PLANTED[rule_id]
    found = audit(plant(good_plan()))
    assert {breach.rule for breach in found} == {rule_id}
    assert sorted({n for breach in found for n in breach.rows}) == rows


@pytest.mark.parametrize("rule_id", PLANTED)
def test_a_breach_is_told_in_vietnamese_with_nothing_left_open(rule_id):
    for breach in audit(PLANTED[rule_id][0](good_plan())):
        sentence = breach.message.say("vi")
        assert breach.source
        assert len(sentence) > 15
        assert not set("{}") & set(sentence)


def test_breaches_come_in_the_order_of_the_rows_and_missing_units_last():
    view = with_row(with_row(good_plan(), THREE, days=9), 0, lead="Ma")
    found = audit(
        replace(
            view,
            plan=replace(
                view.plan, visits=tuple(v for v in view.plan.visits if v.visit_id != "V2")
            ),
        )
    )
    assert [breach.rule for breach in found] == [
        "person.exists",
        "calendar.working-days",
        "campaign.window",
    ]


def test_a_rule_that_only_should_hold_is_not_reported():
    view = PLANTED["unit.gap"][0](good_plan())
    softer = {**RULEBOOK.policies, "unit.gap": replace(RULEBOOK["unit.gap"], binding="should")}
    assert audit(replace(view, rulebook=replace(RULEBOOK, policies=softer))) == []


def test_an_empty_plan_breaks_coverage_and_nothing_hides_it():
    empty = PlanView(Plan(YEAR, (), ()), tiny_office(), good_plan().calendar, RULEBOOK)
    assert {"coverage.target", "capacity.reserve"} == {breach.rule for breach in audit(empty)}


def test_a_plan_of_an_office_without_anybody_is_judged():
    nobody = replace(tiny_office(), inspectors=(), units=())
    found = {breach.rule for breach in audit(view_of((row("V1", "Xã Một", MARCH_9),), nobody))}
    assert {"plan.complete", "person.exists"} <= found


DAYS = st.none() | st.dates() | st.dates(date(YEAR - 1, 12, 20), date(YEAR + 1, 1, 10))
IDS = st.sampled_from(
    [
        "",
        "Xã Một",
        "Điểm Một",
        "V1",
        "P1",
        "CD1",
        "An",
        "Khoa",
        "Ma",
        "periodic",
        "thematic",
        "follow_up",
    ]
)
ROWS = st.builds(
    PlannedVisit,
    visit_id=IDS,
    unit_id=IDS,
    kind=IDS,
    campaign_id=IDS,
    follows=IDS,
    start=DAYS,
    end=DAYS,
    days=st.integers(-3, 400),
    lead=IDS,
    members=st.lists(IDS, max_size=5).map(tuple),
    status=st.sampled_from(["scheduled", "dropped", "", "xong"]),
    reason=IDS,
    row=st.integers(0, 9),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(ROWS, min_size=1, max_size=6),
    st.lists(st.builds(ReserveWeek, st.dates(), st.integers(-5, 5)), max_size=3),
)
def test_a_plan_that_makes_no_sense_gives_breaches_never_an_error(rows, weeks):
    view = good_plan()
    assert audit(replace(view, plan=replace(view.plan, visits=tuple(rows), reserve=tuple(weeks))))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2), st.integers(1, 30))
def test_moving_a_visit_onto_a_day_off_is_always_found(place, weeks):
    view = good_plan()
    sunday = date(YEAR, 3, 7) + timedelta(weeks=weeks)
    moved = with_row(view, place, start=sunday, end=sunday, days=1)
    assert "calendar.working-days" in {
        breach.rule for breach in audit(moved) if place + 2 in breach.rows
    }


def test_the_checker_loads_no_solver():
    heavy = {"ortools", "numba", "numpy", "pandas"}
    code = "import sys, scheduler.audit; print(*{name.split('.')[0] for name in sys.modules})"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "scheduler" in told.stdout.split()
    assert heavy.isdisjoint(told.stdout.split())
