"""The checker: a good plan has no breach, each planted breach is found by its rule and row, nothing makes it fall."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.records import (
    Absence, Blackout, Campaign, Conflict, Finding, PastVisit, Pin, Plan, PlannedVisit, Position, Posting, Relative,
    ReserveWeek,
)  # fmt: skip
from data.rulefiles import read_rules
from scheduler.audit import audit
from scheduler.plan_view import PlanView
from scheduler.rulebook import in_force
from scheduler.rules import RULES
from tests.offices import RULEBOOK, SECOND, YEAR, row, tiny_office, view_of, with_people


def good_plan():
    """A periodic, a thematic and a follow-up visit, and one left out with its reason."""
    office = tiny_office(
        campaigns=(Campaign("CD1", "Kỷ luật", date(YEAR, 3, 1), date(YEAR, 4, 30), ("Xã Hai",), 2, skills=("luat",)),),
        visits=(PastVisit("P1", "Xã Một", "periodic", date(2026, 11, 2), date(2026, 11, 2), "Khoa", ("Hà",)),),
        findings=(Finding("F1", "P1", "major", date(YEAR, 1, 29)),),
    )
    office = with_people(office, Chi={"skills": ("luat",)})
    second = {"lead": SECOND[0], "members": SECOND[1:]}
    rows = (
        row("V1", "Xã Một", date(YEAR, 3, 9), date(YEAR, 3, 10), row=2, kind="follow_up", follows="P1"),
        row("V2", "Xã Hai", date(YEAR, 3, 16), date(YEAR, 3, 17), row=3, kind="thematic", campaign_id="CD1"),
        row("V3", "Sở Ba", date(YEAR, 3, 16), row=4, **second),
        replace(
            row("V4", "Điểm Một", date(YEAR, 1, 4), row=5), start=None, end=None, days=0, lead="", members=(),
            status="dropped", reason="unit.co-located; person.absence: không còn ngày và người phù hợp",
        ),
    )  # fmt: skip
    ranks = {"An": "specialist", "Em": "director"}
    return view_of(rows, office, facts={"risk": {"Sở Ba": {"class": "high"}}}, inspector_rank=ranks)


def with_row(view, place, **changes):
    rows = list(view.plan.visits)
    rows[place] = replace(rows[place], **changes)
    return replace(view, plan=replace(view.plan, visits=tuple(rows)))


def without_row(view, place):
    rows = view.plan.visits[:place] + view.plan.visits[place + 1 :]
    return replace(view, plan=replace(view.plan, visits=rows))


def more_rows(view, *rows):
    return replace(view, plan=replace(view.plan, visits=view.plan.visits + rows))


def in_office(view, **tables):
    return replace(view, office=replace(view.office, **tables))


def post_of(staff_id, unit_id, end=None):
    return {"positions": (Position("post", unit_id, "", "", ""),),
            "postings": (Posting(staff_id, "post", date(2020, 1, 1), end),)}  # fmt: skip


THREE, MARCH_9, MARCH_16 = 2, date(YEAR, 3, 9), date(YEAR, 3, 16)
PLANTED = {
    "calendar.working-days": (lambda v: with_row(v, THREE, days=5), [4]),
    "calendar.in-year": (lambda v: with_row(v, THREE, start=date(YEAR + 1, 1, 5), end=date(YEAR + 1, 1, 5)), [4]),
    "visit.one-week": (lambda v: with_row(v, THREE, start=date(YEAR, 3, 19), end=date(YEAR, 3, 22), days=2), [4]),
    "visit.length": (lambda v: replace(v, rulebook=in_force(read_rules(), v.rulebook.on, {"visit.length": {"commune": 1}})), [2, 3]),
    "blackout.unit": (lambda v: in_office(v, blackouts=(Blackout("Sở Ba", MARCH_16, MARCH_16, "họp"),)), [4]),
    "blackout.other-body": (lambda v: in_office(v, blackouts=(Blackout("Sở Ba", MARCH_16, MARCH_16, "", "Thanh tra"),)), [4]),
    "campaign.window": (lambda v: with_row(v, 1, start=date(YEAR, 5, 5), end=date(YEAR, 5, 6)), [3]),
    "follow-up.window": (lambda v: with_row(v, 0, start=date(YEAR, 5, 11), end=date(YEAR, 5, 12)), [2]),
    "frequency.high": (lambda v: without_row(v, THREE), []),
    "coverage.target": (lambda v: replace(v, rulebook=in_force(read_rules(), v.rulebook.on, {"coverage.target": 1.01})), []),
    "unit.gap": (lambda v: in_office(v, visits=(*v.office.visits, PastVisit("P2", "Sở Ba", "surprise", date(YEAR, 2, 26), date(YEAR, 2, 26)))), [4]),
    "unit.once-a-year": (lambda v: more_rows(v, row("V5", "Sở Ba", date(YEAR, 9, 14), row=6)), [4, 6]),
    "unit.co-located": (lambda v: more_rows(v, row("V5", "Điểm Một", date(YEAR, 3, 11), row=6, lead="Em", members=SECOND[1:])), [2, 6]),
    "capacity.reserve": (lambda v: replace(v, plan=replace(v.plan, reserve=(*v.plan.reserve[:-1], ReserveWeek(v.plan.reserve[-1].week_start, 0)))), []),
    "team.size": (lambda v: with_row(v, THREE, members=("Giang",)), [4]),
    "team.leader": (lambda v: with_row(v, THREE, lead="Hà", members=("Em", "Giang")), [4]),
    "team.leader-rank": (lambda v: replace(v, unit_head_rank={"Xã Một": "commune_leader"}), [2]),
    "team.secretary": (lambda v: with_row(v, THREE, members=("Hà", "Khoa")), [4]),
    "team.skills": (lambda v: with_row(v, 1, members=("Bình", "Dũng", "Hà"), start=date(YEAR, 3, 23), end=date(YEAR, 3, 24)), [3]),
    "person.exists": (lambda v: with_row(v, THREE, members=("Giang", "Hà", "Ma")), [4]),
    "person.one-place": (lambda v: with_row(v, THREE, members=("Giang", "Hà", "Chi")), [3, 4]),
    "person.absence": (lambda v: in_office(v, absences=(Absence("Khoa", MARCH_16, MARCH_16),)), [4]),
    "person.month-days": (lambda v: replace(v, office=with_people(v.office, Dũng={"max_days_per_month": 3})), [2, 3]),
    "interest.declared": (lambda v: in_office(v, conflicts=(Conflict("Khoa", "Sở Ba", "kiện"),)), [4]),
    "interest.home-unit": (lambda v: replace(v, office=with_people(v.office, Khoa={"home_unit_id": "Sở Ba"})), [4]),
    "interest.former-unit": (lambda v: in_office(v, **post_of("Khoa", "Sở Ba", date(2025, 6, 30))), [4]),
    "interest.relative": (lambda v: in_office(v, relatives=(Relative("Khoa", "Anh", "anh"),), **post_of("Anh", "Sở Ba")), [4]),
    "independence.previous-leader": (lambda v: with_row(v, 0, members=("Bình", "Chi", "Khoa")), [2]),
    "independence.previous-pair": (lambda v: in_office(v, visits=(replace(v.office.visits[0], members=("Chi", "Dũng")),)), [2]),
    "leader.rotation": (lambda v: replace(v, leads_until={"Em": date(YEAR, 3, 31)}), [4]),
    "pins": (lambda v: in_office(v, pins=(Pin(7, "Sở Ba", "", MARCH_9, None, "", True, "họp"),)), [4]),
    "plan.complete": (lambda v: with_row(v, 3, reason="bận"), [5]),
}  # fmt: skip
PLANTED["capacity.teams-per-day"] = (
    lambda v: replace(v, rulebook=in_force(read_rules(), v.rulebook.on, {
        "capacity.teams-per-day": {"teams": 1, "people_per_team": 4}, "capacity.reserve": 0.0,
    }), plan=replace(v.plan, reserve=tuple(replace(w, team_days=0) for w in v.plan.reserve))),
    [3, 4],
)  # fmt: skip


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
    found = audit(replace(view, plan=replace(view.plan, visits=tuple(v for v in view.plan.visits if v.visit_id != "V2"))))
    assert [breach.rule for breach in found] == ["person.exists", "calendar.working-days", "campaign.window"]


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
IDS = st.sampled_from(["", "Xã Một", "Điểm Một", "V1", "P1", "CD1", "An", "Khoa", "Ma", "periodic", "thematic", "follow_up"])
ROWS = st.builds(
    PlannedVisit, visit_id=IDS, unit_id=IDS, kind=IDS, campaign_id=IDS, follows=IDS, start=DAYS, end=DAYS,
    days=st.integers(-3, 400), lead=IDS, members=st.lists(IDS, max_size=5).map(tuple),
    status=st.sampled_from(["scheduled", "dropped", "", "xong"]), reason=IDS, row=st.integers(0, 9),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=6), st.lists(st.builds(ReserveWeek, st.dates(), st.integers(-5, 5)), max_size=3))
def test_a_plan_that_makes_no_sense_gives_breaches_never_an_error(rows, weeks):
    view = good_plan()
    assert audit(replace(view, plan=replace(view.plan, visits=tuple(rows), reserve=tuple(weeks))))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2), st.integers(1, 30))
def test_moving_a_visit_onto_a_day_off_is_always_found(place, weeks):
    view = good_plan()
    sunday = date(YEAR, 3, 7) + timedelta(weeks=weeks)
    moved = with_row(view, place, start=sunday, end=sunday, days=1)
    assert "calendar.working-days" in {breach.rule for breach in audit(moved) if place + 2 in breach.rows}


def test_the_checker_loads_no_solver():
    code = "import sys, scheduler.audit; print([m for m in sys.modules if m.split('.')[0] in ('ortools', 'numba', 'numpy', 'pandas')], 'solver.engine' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["[]", "False"]
