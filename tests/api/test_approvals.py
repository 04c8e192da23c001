"""The leader's pages from the door: what waits for whom, what is said of a plan, signing right there."""

from dataclasses import replace
from datetime import date

import pytest

from data.records import PlannedVisit, Unplaced
from data.rulefiles import read_rules
from data.store import plans
from scheduler.approval import dropped_by_reason, unplaced_by_reason
from scheduler.journeys.online import approvals, lifecycle, rotation_asks
from tests.hr_office import accept, guarded_year, rotation
from tests.plan_offices import bare_plan, give_plan, publish, replaced_dataset, status_of

HTML = {"accept": "text/html"}
SHEET = "/approvals/plans/{}"


def page(client, path):
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 200
    return answer.text


def leader(office, name="hoa", **how):
    return office.client("leader", name=name, **{"lang": "vi", **how})


def test_what_is_submitted_or_approved_waits_and_nothing_else(small_office):
    states = ("draft", "checked", "submitted", "approved", "published", "closed", "discarded")
    ids = {state: bare_plan(small_office, state) for state in states}
    shown = page(leader(small_office), "/approvals")
    seen = {state for state, plan in ids.items() if f'"{SHEET.format(plan)}"' in shown}
    assert seen == {"submitted", "approved"}


def test_rotation_plans_wait_as_well(small_office):
    accept(small_office, guarded_year())
    plan = rotation(small_office)
    hr = small_office.actor(small_office.account("hr", name="hr"))
    version = lifecycle.check(
        small_office.store, hr, small_office.now, plans.MOVES, plan, 1, rotation_asks.judge
    )
    lifecycle.submit(small_office.store, hr, small_office.now, plans.MOVES, plan, version.revision)
    client = leader(small_office)
    assert f'"/approvals/rotations/{plan}"' in page(client, "/approvals")
    sheet = page(client, f"/approvals/rotations/{plan}")
    assert f'action="/rotations/{plan}/approve"' in sheet
    assert "Không vi phạm quy tắc bắt buộc nào" in sheet
    assert "Tổng chi phí" in sheet


@pytest.mark.parametrize(("status", "steps"), [
    ("submitted", {"approve", "send-back"}), ("approved", {"publish", "send-back"}),
    ("draft", set()), ("published", set()),
])  # fmt: skip
def test_the_page_offers_the_steps_that_lead_on(small_office, status, steps):
    plan = bare_plan(small_office, status)
    sheet = page(leader(small_office), SHEET.format(plan))
    offered = {
        step for step in ("approve", "send-back", "publish") if f'action="/plans/{plan}/{step}"' in sheet
    }  # fmt: skip
    assert offered == steps


def test_whoever_had_a_part_in_it_reads_it_but_is_offered_nothing(small_office):
    small_office.account("planner", "leader", name="kiem")
    plan = bare_plan(small_office, "submitted", maker="kiem")
    both = small_office.client("planner", "leader", name="kiem", lang="vi")
    sheet = page(both, SHEET.format(plan))
    assert "Bạn không quyết định bản này" in sheet
    assert f'action="/plans/{plan}/approve"' not in sheet
    assert "người khác quyết định" in page(both, "/approvals")
    assert "người khác quyết định" not in page(leader(small_office), "/approvals")


def test_a_leader_approves_on_the_page_and_comes_back_to_what_waits(small_office):
    plan = bare_plan(small_office, "submitted")
    client = leader(small_office)
    form = {"revision": 2, "note": "Đồng ý", "back": "/approvals"}
    answer = client.post(f"/plans/{plan}/approve", data=form, headers=HTML, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/approvals")
    assert status_of(small_office, plan) == "approved"
    back = {"revision": 3, "note": " ", "back": "/approvals"}
    assert client.post(f"/plans/{plan}/send-back", data=back, headers=HTML).status_code == 409
    elsewhere = {**back, "note": "x", "back": "//elsewhere.example"}
    assert client.post(f"/plans/{plan}/send-back", data=elsewhere, headers=HTML).status_code == 422
    assert status_of(small_office, plan) == "approved"


def test_the_page_of_a_real_plan_says_what_a_signature_needs(small_office):
    publish(small_office, give_plan(small_office))
    plan = give_plan(small_office)
    sheet = page(leader(small_office), SHEET.format(plan))
    for said in (
        "Bao phủ", "Bận nhất:", "Không xếp được, và vì sao", "Bản số 1 đang có hiệu lực.", "Giữ nguyên",
        "mục tiêu đã chứng minh là tốt nhất", "Quy tắc chưa chắc căn cứ đang bật", "Lập",
    ):  # fmt: skip
        assert said in sheet, said


def test_a_plan_of_a_year_without_one_in_force_says_so(small_office):
    plan = bare_plan(small_office, "submitted", year=2031)
    assert "Năm 2031 chưa có bản nào có hiệu lực" in page(leader(small_office), SHEET.format(plan))


def test_a_dataset_that_came_after_the_check_is_told(small_office):
    plan = bare_plan(small_office, "submitted")
    assert "Dữ liệu đã đổi" not in page(leader(small_office), SHEET.format(plan))
    replaced_dataset(small_office)
    assert "Dữ liệu đã đổi" in page(leader(small_office), SHEET.format(plan))


def test_visits_are_left_out_together_by_reason_the_riskiest_unit_first():
    known = {row.id for row in read_rules()}
    row = PlannedVisit("V1", "U1", "periodic", status="dropped")
    rows = [
        replace(row, visit_id="A", reason="capacity.teams-per-day: không tìm được ngày"),
        replace(
            row, visit_id="B", unit_id="U2", reason="capacity.teams-per-day: không tìm được ngày"
        ),
        replace(row, visit_id="C", reason="plan.dropped-by-hand: đơn vị giải thể"),
        replace(row, visit_id="D", reason="plan.dropped-by-hand: bận việc khác"),
        replace(
            row, visit_id="E", unit_id="U2", reason="capacity.teams-per-day; follow-up.window: x"
        ),
        replace(row, visit_id="F", reason="không.có: chữ của người"),
    ]
    found = dropped_by_reason(rows, {"U2": {"score": 9.0}, "U1": {"score": 1.0}}, known)
    assert [(group.rules, group.by_hand, group.keys) for group in found[:2]] == [
        (("capacity.teams-per-day",), False, ("B", "A")), ((), True, ("C", "D")),
    ]  # fmt: skip
    assert {group.keys for group in found[2:]} == {("E",), ("F",)}
    assert sum(len(group.keys) for group in found) == len(rows)


def test_people_without_a_place_are_grouped_by_the_rules_that_leave_them_none():
    rows = [
        Unplaced("CB1", "chữ", ("move.kin",)), Unplaced("CB2", "khác", ("move.kin",)),
        Unplaced("CB3", "riêng"),
    ]  # fmt: skip
    found = unplaced_by_reason(rows)
    assert [(group.rules, group.words, group.keys) for group in found] == [
        (("move.kin",), "", ("CB1", "CB2")), ((), "riêng", ("CB3",)),
    ]  # fmt: skip


def test_only_rules_of_the_plans_own_kind_and_of_uncertain_source_are_named(small_office):
    plan = give_plan(small_office)
    with small_office.store.reading() as db:
        version = plans.get(db, plans.VISITS, plan)
    doubts = approvals.doubts_of(version)
    assert doubts.switches
    assert all(rule.row.confidence != "high" for rule in doubts.switches)
    assert all(rule.now.value is not False for rule in doubts.switches)
    assert not any(rule.id.startswith(("move.", "rotation.")) for rule in doubts.switches)
    assert doubts.others > len(doubts.switches)
    assert date(version.year, 1, 1) >= max(rule.now.start for rule in doubts.switches)


@pytest.mark.parametrize(
    ("status", "decides"), [("submitted", True), ("draft", False), ("discarded", False)]
)
def test_only_what_waits_has_a_place_to_sign(small_office, status, decides):
    shown = page(leader(small_office), SHEET.format(bare_plan(small_office, status)))
    assert ("sign-here" in shown) == decides
    assert ("Không có gì để quyết định" in shown) != decides
