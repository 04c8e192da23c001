"""/plans from asking to amending: long work, lists, figures, risk; a trial stays a trial."""

import pytest
from sqlalchemy import text

from data.store import runs
from tests.plan_offices import bare_plan, give_plan

PLANS = "/api/v1/plans"
ASK = {"year": 2027, "time_limit_s": 1}


def test_a_plan_is_asked_for_made_once_and_read_with_its_figures(small_office):
    dataset = small_office.dataset()
    lan = small_office.client("planner", name="lan")
    asked = lan.post(PLANS, json={**ASK, "what_if": {"unit.gap": 16}})
    assert asked.status_code == 202
    assert asked.headers["Location"] == f"/api/v1/runs/{asked.json()['run_id']}"
    (run,) = small_office.work()
    assert (run.status, run.result["noun"]) == ("done", "plan")
    plan = lan.get(f"{PLANS}/{run.result['id']}").json()
    assert (plan["status"], plan["trial"], plan["made_by"]["name"]) == ("draft", True, "Lan")
    assert (plan["dataset_id"], plan["run_id"], plan["year"]) == (dataset, run.id, 2027)
    assert {goal["name"] for goal in plan["goals"]} >= {"drops", "timing", "travel"}
    assert all(goal["bound"] <= goal["value"] and goal["gap"] >= 0 for goal in plan["goals"])
    assert plan["counts"]["scheduled"] == lan.get(f"{PLANS}/{plan['id']}/visits").json()["total"]
    small_office.jobs.start(run.id)  # taken up a second time, as after a crash
    with pytest.raises(runs.RunOver):
        small_office.work()
    assert lan.get(PLANS).json()["total"] == 1


def test_what_a_run_made_is_saved_once_however_often_it_is_carried_out(office):
    give_plan(office)
    with pytest.raises(runs.RunOver):
        give_plan(office, saves=2)
    assert office.client("planner", name="lan").get(PLANS).json()["total"] == 2
    assert [line.action for line in office.journal()].count("plan.made") == 2


def test_a_plan_needs_an_accepted_dataset_and_values_of_rules_that_exist(small_office):
    lan = small_office.client("planner", name="lan")
    assert lan.post(PLANS, json=ASK).status_code == 409
    small_office.dataset()
    wrong = lan.post(PLANS, json={**ASK, "what_if": {"no.such-rule": 1}})
    assert (wrong.status_code, wrong.json()["type"]) == (422, "/problems/trial")
    assert small_office.jobs.waiting == []


@pytest.mark.parametrize(
    "ask", [{}, {"year": 1999}, {"year": 2101}, {**ASK, "time_limit_s": 0}, {**ASK, "seed": -1},
            {**ASK, "time_limit_s": 3601}, {**ASK, "more": 1}, {**ASK, "what_if": []}]
)  # fmt: skip
def test_what_is_no_request_for_a_plan_is_refused(small_office, ask):
    small_office.dataset()
    assert small_office.client("planner").post(PLANS, json=ask).status_code == 422


def test_versions_are_listed_by_year_and_state_newest_first(small_office):
    old, new = bare_plan(small_office, "closed"), bare_plan(small_office, "published")
    other = bare_plan(small_office, year=2028)
    boss = small_office.client("leader")

    def ids(query):
        return [plan["id"] for plan in boss.get(f"{PLANS}?{query}").json()["items"]]

    assert ids("") == [other, new, old]
    assert ids("year=2027") == [new, old]
    assert ids("status=closed&status=draft") == [other, old]
    assert [boss.get(f"{PLANS}/{plan}").json()["number"] for plan in (old, new, other)] == [1, 2, 1]
    assert boss.get(f"{PLANS}?status=gone").status_code == 422


def test_a_units_risk_is_told_in_the_readers_language(small_office):
    plan = give_plan(small_office)
    lan = small_office.client("planner", name="lan")
    unit = lan.get(f"{PLANS}/{plan}/visits?limit=1").json()["items"][0]["unit_id"]
    risk, viet = (
        lan.get(f"{PLANS}/{plan}/risk/{unit}?lang={lang}").json() for lang in ("en", "vi")
    )
    assert (
        risk["score"]
        == viet["score"]
        == pytest.approx(sum(p["points"] for p in risk["parts"]), abs=1)
    )
    assert [p["title"] for p in risk["parts"]] != [p["title"] for p in viet["parts"]]
    assert lan.get(f"{PLANS}/{plan}/risk/none").status_code == 404


def test_only_the_plan_in_force_is_amended_and_only_in_its_year(small_office):
    lan = small_office.client("planner", name="lan")
    for status in ("draft", "approved", "closed", "amended"):
        plan = bare_plan(small_office, status)
        assert lan.post(f"{PLANS}/{plan}/amendments", json={"on": "2027-06-01"}).status_code == 409
    plan = bare_plan(small_office, "published")
    assert lan.post(f"{PLANS}/{plan}/amendments", json={"on": "2026-06-01"}).status_code == 409
    assert lan.post(f"{PLANS}/{plan}/amendments", json={"on": "2027-06-01"}).status_code == 202
    assert lan.post(f"{PLANS}/999/amendments", json={"on": "2027-06-01"}).status_code == 404


def test_an_inspector_knows_of_no_plan(small_office):
    plan = bare_plan(small_office, "published")
    inspector = small_office.client("inspector", inspector_id="TV0001")
    for where in (PLANS, f"{PLANS}/{plan}", f"{PLANS}/{plan}/visits", f"{PLANS}/{plan}/files"):
        assert inspector.get(where).status_code == 403


def test_a_plan_of_moves_is_none_of_visits(small_office):
    plan = bare_plan(small_office)
    with small_office.store.engine.begin() as db:
        db.execute(text("UPDATE plans SET kind = 'moves'"))
    assert small_office.client("planner").get(f"{PLANS}/{plan}").status_code == 404
