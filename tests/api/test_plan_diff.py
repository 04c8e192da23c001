"""/plans/{id}/diff: every visit of two versions, once; an amendment's own reasons."""

import re

from data.records.actors import PROGRAM
from data.rulefiles import read_rules
from data.store import plans
from tests.api.test_visits import Desk
from tests.plan_offices import amended_files, bare_plan, give_plan, made_files

PLANS = "/api/v1/plans"
HTML = {"accept": "text/html"}


def test_an_amendment_is_compared_with_the_version_that_it_amends(small_office):
    first = give_plan(small_office)
    second = give_plan(small_office, content=amended_files(), previous=first)
    lan = small_office.client("planner", name="lan")
    diff = lan.get(f"{PLANS}/{second}/diff?limit=500").json()
    assert diff["against"] == first
    ids = [change["visit_id"] for change in diff["items"]]
    assert len(ids) == len(set(ids)) == diff["total"] == sum(diff["counts"].values())
    changed = [change for change in diff["items"] if change["what"] != "kept"]
    assert changed
    assert all(change["reasons"] for change in changed)
    assert all(
        change["before"] == change["after"] for change in diff["items"] if change["what"] == "kept"
    )
    assert {c["what"] for c in lan.get(f"{PLANS}/{second}/diff?what=kept").json()["items"]} == {
        "kept"
    }


def test_an_edit_shows_as_one_change(small_office):
    first = give_plan(small_office)
    desk = Desk(small_office, give_plan(small_office, content=made_files()))
    visit, day = desk.lawful_move()
    desk.patch(visit, {"start": day})
    diff = desk.client.get(f"{desk.where}/diff?against={first}&what=moved").json()
    assert [(c["visit_id"], c["after"]["start"]) for c in diff["items"]] == [(visit, day)]
    assert diff["counts"]["moved"] == 1
    assert {f["name"] for f in diff["figures"]} >= {"coverage.covered", "counts.scheduled"}
    back = desk.client.get(f"{PLANS}/{first}/diff?against={desk.plan}&what=moved").json()
    assert back["items"][0]["before"]["start"] == day


def test_what_cannot_be_compared_is_refused(small_office):
    plan, other = bare_plan(small_office), bare_plan(small_office, year=2028)
    lan = small_office.client("planner", name="lan")
    assert lan.get(f"{PLANS}/{plan}/diff").status_code == 409
    assert lan.get(f"{PLANS}/{plan}/diff?against={other}").status_code == 409
    assert lan.get(f"{PLANS}/{plan}/diff?against=999").status_code == 404
    assert lan.get(f"{PLANS}/{plan}/diff?against={plan}").json()["counts"]["kept"] == 2


def test_a_reason_on_the_page_of_a_comparison_names_each_rule_by_its_title(small_office):
    first = give_plan(small_office)
    second = give_plan(small_office, content=amended_files(), previous=first)
    gap, reserve = (
        next(row for row in read_rules() if row.id == rule)
        for rule in ("unit.gap", "capacity.reserve")
    )
    with small_office.store.writing(PROGRAM, small_office.now) as work:
        version = plans.get(work.db, plans.VISITS, second)
        facts = {**version.facts}
        row = next(c for c in facts["replan"]["changes"] if c["what"] != "kept")
        row["reasons_vi"] = [
            f"unit.gap: {gap.title_vi}", "không xếp lại được: capacity.reserve: không còn chỗ",
        ]  # fmt: skip
        plans.change(work, version, version.revision, facts=facts)
        work.tell("plan.checked", "plan", second)
    page = small_office.client("planner", name="lan", lang="vi").get(
        f"/plans/{second}/compare", headers=HTML
    )
    for rule in (gap, reserve):
        link = f'<a href="/rules#{rule.id}">{rule.title_vi}</a>'
        assert f'{link} <small class="rule-code">{rule.id}</small>' in page.text
    seen = re.sub(r'<small class="rule-code">.*?</small>|<[^>]+>', "", page.text)
    assert [row.id for row in read_rules() if "." in row.id and row.id in seen] == []
    assert seen.count(gap.title_vi) == 1
