"""The life of a plan over HTTP: each step by whom it is for, from where it leads on, under the version read."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from scheduler.lifecycle import STATES, STEPS
from tests.plan_offices import bare_plan, give_plan, replaced_dataset, status_of

PLANS = "/api/v1/plans"
DOORS = {
    "check": "planner", "submit": "planner", "discard": "planner", "approve": "leader",
    "send_back": "leader", "publish": "planner", "close": "planner",
}  # fmt: skip


def step(client, plan, name, tag=None, **body):
    """One step under the newest ETag, or under the one given."""
    where = f"{PLANS}/{plan}"
    tag = tag or client.get(where).headers["ETag"]
    more = {"json": body} if name in ("approve", "send_back") else {}
    return client.post(f"{where}/{name.replace('_', '-')}", headers={"If-Match": tag}, **more)


def test_a_plan_lives_from_its_draft_to_the_end_of_its_year(office):
    plan = give_plan(office, "lan")
    lan, hoa = office.client("planner", name="lan"), office.client("leader", name="hoa")
    states = []
    for client, name, body in (
        (lan, "check", {}), (lan, "submit", {}), (hoa, "approve", {"note": "Đồng ý"}),
        (lan, "publish", {}), (hoa, "close", {}),
    ):  # fmt: skip
        answer = step(client, plan, name, **body)
        assert answer.status_code == 200, answer.text
        assert answer.headers["ETag"] == client.get(f"{PLANS}/{plan}").headers["ETag"]
        states.append(answer.json()["status"])
    assert states == ["checked", "submitted", "approved", "published", "closed"]
    last = answer.json()
    assert (last["submitted_by"]["name"], last["approved_by"]["name"]) == ("Lan", "Hoa")
    assert (last["published_by"]["name"], last["note"]) == ("Lan", "Đồng ý")
    assert [line.action for line in office.journal() if line.noun == "plan"] == [
        "plan.made", "plan.checked", "plan.submitted", "plan.approved", "plan.published", "plan.closed",
    ]  # fmt: skip


@pytest.mark.parametrize("status", STATES)
def test_no_step_is_taken_from_a_state_that_it_does_not_lead_on_from(small_office, status):
    plan = bare_plan(small_office, status)
    clients = {
        role: small_office.client(role, name=f"x-{role}", lang="vi") for role in DOORS.values()
    }
    for name, role in DOORS.items():
        if status in STEPS[name].sources:
            continue
        answer = step(clients[role], plan, name, note="x")
        assert answer.status_code == 409
        assert STATES[status].say("vi") in answer.json()["detail"]
        assert status_of(small_office, plan) == status


@pytest.mark.parametrize("name", DOORS)
def test_a_step_is_taken_under_the_version_that_was_read(small_office, name):
    status = sorted(STEPS[name].sources)[0]
    plan = bare_plan(small_office, status)
    client = small_office.client(DOORS[name], name="somebody")
    where = f"{PLANS}/{plan}/{name.replace('_', '-')}"
    body = {"note": "x"} if DOORS[name] == "leader" else None
    assert client.post(where, json=body).status_code == 428
    assert step(client, plan, name, tag='"r1"', note="x").status_code == 412
    assert status_of(small_office, plan) == status


@pytest.mark.parametrize("part", ["maker", "editor", "submitter"])
@pytest.mark.parametrize("name", ["approve", "send_back"])
def test_nobody_judges_a_plan_that_he_had_a_part_in(small_office, part, name):
    both = small_office.client("planner", "leader", name="kiem")
    who = small_office.account("planner", "leader", name="kiem")
    plan = bare_plan(
        small_office, "submitted", maker="kiem" if part == "maker" else "lan",
        submitted_by=who if part == "submitter" else None,
    )  # fmt: skip
    if part == "editor":
        with small_office.store.engine.begin() as db:
            db.execute(
                text("INSERT INTO plan_edits VALUES (:p, 1, '[]', :w, 'kiem', '2027-03-01', true)"),
                {"p": plan, "w": who},
            )
    assert step(both, plan, name, note="x").status_code == 409
    assert status_of(small_office, plan) == "submitted"
    other = small_office.client("leader", name="hoa")
    assert step(other, plan, name, note="x").status_code == 200


def test_a_plan_sent_back_says_why_and_is_a_draft_again(small_office):
    plan = bare_plan(small_office, "submitted")
    hoa = small_office.client("leader", name="hoa")
    assert step(hoa, plan, "send_back", note="  ").status_code == 409
    back = step(hoa, plan, "send_back", note="Thiếu chuyên đề quý II").json()
    assert (back["status"], back["note"]) == ("draft", "Thiếu chuyên đề quý II")
    assert back["steps"] == ["edit", "check", "discard"]


def test_a_plan_checked_on_data_that_was_replaced_is_checked_again_before_it_is_submitted(office):
    plan = give_plan(office)
    lan = office.client("planner", name="lan", lang="vi")
    assert step(lan, plan, "check").json()["status"] == "checked"
    newer = replaced_dataset(office)
    assert lan.get(f"{PLANS}/{plan}").json()["data_changed"] is True
    refused = step(lan, plan, "submit")
    assert refused.status_code == 409
    assert "Kiểm tra lại rồi trình" in refused.json()["detail"]
    assert step(lan, plan, "check").json()["checked_on_id"] == newer
    assert step(lan, plan, "submit").json()["status"] == "submitted"


def test_a_plan_that_breaks_rules_stays_a_draft_and_names_them(small_office):
    plan = bare_plan(small_office)  # of a unit that nobody knows
    lan = small_office.client("planner", name="lan")
    answer = step(lan, plan, "check").json()
    assert answer["status"] == "draft"
    assert answer["breaches"] > 0
    listed = lan.get(f"{PLANS}/{plan}/breaches?limit=1").json()
    assert listed["total"] == answer["breaches"]
    assert listed["items"][0]["rule"]
    assert step(lan, plan, "submit").status_code == 409


def test_a_trial_can_be_checked_and_never_submitted(small_office):
    lan = small_office.client("planner", name="lan")
    trial, plan = bare_plan(small_office, "checked", trial=True), bare_plan(small_office, "checked")
    assert step(lan, trial, "submit").status_code == 409
    assert status_of(small_office, trial) == "checked"
    assert step(lan, plan, "submit").status_code == 200


def test_a_second_plan_of_the_year_is_not_published_beside_the_first(small_office):
    first, second = bare_plan(small_office, "published"), bare_plan(small_office, "approved")
    lan = small_office.client("planner", name="lan", lang="vi")
    refused = step(lan, second, "publish")
    assert refused.status_code == 409
    assert "đang có bản số 1" in refused.json()["detail"]
    step(lan, first, "close")
    assert step(lan, second, "publish").json()["status"] == "published"


def test_publishing_an_amendment_takes_the_version_before_it_out_of_force(office):
    first = bare_plan(office, "published")
    second = bare_plan(office, "approved", previous=first)
    rival = bare_plan(office, "approved", previous=first)
    lan = office.client("planner", name="lan")
    assert step(lan, second, "publish").status_code == 200
    assert (status_of(office, first), status_of(office, second)) == ("amended", "published")
    assert step(lan, rival, "publish").status_code == 409
    assert [x["id"] for x in lan.get(f"{PLANS}?status=published").json()["items"]] == [second]


def at_once(*asked):
    """Answers of requests sent at the same moment."""
    with ThreadPoolExecutor(len(asked)) as pool:
        waiting = [pool.submit(ask) for ask in asked]
        return [done.result() for done in waiting]


def test_of_two_who_publish_rivals_at_once_one_is_told_that_the_other_was_first(office):
    first = bare_plan(office, "published")
    rivals = [bare_plan(office, "approved", previous=first) for _ in range(2)]
    clients = [office.client("planner", name=name) for name in ("lan", "minh")]
    answers = at_once(*(
        lambda c=c, r=r: step(c, r, "publish", tag='"r2"') for c, r in zip(clients, rivals, strict=True)
    ))  # fmt: skip
    assert sorted(a.status_code for a in answers) == [200, 409]
    assert sorted(status_of(office, r) for r in rivals) == ["approved", "published"]


def test_of_two_who_publish_the_same_at_once_one_is_told(office):
    plan = bare_plan(office, "approved")
    clients = [office.client("planner", name=name) for name in ("lan", "minh")]
    answers = at_once(*(lambda c=c: step(c, plan, "publish", tag='"r2"') for c in clients))
    assert sorted(a.status_code for a in answers) == [200, 412]
    assert [line.action for line in office.journal()].count("plan.published") == 1
