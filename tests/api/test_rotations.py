"""/rotations: a plan from the asking to its publishing and mending; who may not know grounds sees none."""

import csv
import io

import pytest

from data.records import Unplaced
from data.store import moves
from data.words import Message
from scheduler.errors import PlanRefused, Refused
from scheduler.journeys.online import rotation_work
from scheduler.journeys.online.work_errors import told_error
from scheduler.rules.base import Breach
from tests.hr_office import (
    ASKED,
    RELATION,
    ROTATIONS,
    accept,
    guarded_year,
    opened_year,
    planned,
    rotation,
)

DEFERRALS = "/api/v1/deferrals"


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    office = opened_year(tmp_path_factory.mktemp("rotations"))
    yield office
    office.store.close()


@pytest.fixture
def draft(small_office):
    """A draft in the store of a small office: (office, address)."""
    accept(small_office, guarded_year())
    return small_office, f"{ROTATIONS}/{rotation(small_office)}"


def step(client, where, name, **word):
    tag = client.get(where).headers["ETag"]
    return client.post(f"{where}/{name}", json=word, headers={"If-Match": tag})


def published(office, where):
    """The draft through all its steps by two people."""
    hr, leader = office.client("hr"), office.client("leader")
    for client, name, word in (
        (hr, "check", {}), (hr, "submit", {}), (leader, "approve", {"note": "Đồng ý"}), (hr, "publish", {}),
    ):  # fmt: skip
        answer = step(client, where, name, **word)
        assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_plan_asked_for_at_the_door_is_made_by_a_run_with_files_and_a_public_copy():
    made = planned()
    assert made.run.result["noun"] == "rotation"
    assert made.run.result["counts"] == {"due": 1, "placed": 1, "unplaced": 0, "helpers": 1}
    for name in ("moves.csv", "rotation.xlsx", "rotation.docx", "report.html"):
        assert made.files[name]
        assert made.files[f"public/{name}"]


def test_a_draft_is_read_with_its_figures_and_its_moves(draft):
    office, where = draft
    hr = office.client("hr")
    shown = hr.get(where).json()
    assert (shown["year"], shown["number"], shown["status"], shown["public"]) == (
        2027,
        1,
        "draft",
        False,
    )
    assert all(goal["bound"] <= goal["value"] for goal in shown["goals"])
    assert sum(w["moves"] for w in shown["waves"]) == 2
    listed = hr.get(f"{where}/moves").json()
    assert [(m["name"], m["takes"]["position_id"]) for m in listed["items"]] == [
        ("An", "Trống"), ("Tân", "Một"),
    ]  # fmt: skip
    assert listed["items"][0]["leaves"]["unit_name"] == "Xã Một"
    assert listed["items"][1]["leaves"] is None
    assert hr.get(f"{where}/moves?staff_id=Chi").json()["total"] == 0
    spared = hr.get(f"{where}/spared?which=deferred").json()["items"]
    assert [(s["people"][0]["name"], s["ground"]) for s in spared] == [
        ("Bình", "pregnancy_or_child")
    ]
    assert hr.get(ROTATIONS).json()["items"][0]["counts"]["due"] == 1
    assert hr.get(f"{ROTATIONS}?year=2028").json()["total"] == 0


def test_from_draft_to_published_takes_two_people(office):
    accept(office, guarded_year())
    where = f"{ROTATIONS}/{rotation(office)}"
    hr, leader = office.client("hr"), office.client("leader")
    assert step(hr, where, "submit").status_code == 409  # not checked yet
    checked = step(hr, where, "check")
    assert (checked.json()["status"], checked.json()["breaches"]) == ("checked", 0)
    assert step(hr, where, "submit").json()["status"] == "submitted"
    assert step(hr, where, "approve", note="x").status_code == 403
    approved = step(leader, where, "approve", note="Đồng ý")
    assert (approved.json()["status"], approved.json()["note"]) == ("approved", "Đồng ý")
    planner = office.client("planner")
    assert planner.post(f"{where}/publish", headers={"If-Match": '"r4"'}).status_code == 403
    done = step(hr, where, "publish").json()
    assert (done["status"], done["published_by"]["name"]) == ("published", "Hr")
    assert step(hr, where, "discard").status_code == 409


def test_who_asked_for_a_plan_does_not_approve_it_though_a_leader_too(small_office):
    accept(small_office, guarded_year())
    small_office.account("hr", "leader", name="lan")
    where = f"{ROTATIONS}/{rotation(small_office, by='lan')}"
    lan = small_office.client("hr", "leader", name="lan")
    step(lan, where, "check")
    step(lan, where, "submit")
    assert step(lan, where, "approve").status_code == 409
    assert step(small_office.client("leader"), where, "approve").status_code == 200


def test_the_second_of_two_steps_on_one_version_gets_a_clear_word(draft):
    office, where = draft
    hr = office.client("hr")
    tag = hr.get(where).headers["ETag"]
    assert hr.post(f"{where}/discard", headers={"If-Match": tag}).status_code == 200
    assert hr.post(f"{where}/check", headers={"If-Match": tag}).status_code == 412
    assert hr.post(f"{where}/check").status_code == 428


def test_a_deferral_since_then_is_a_breach_of_which_a_leader_reads_only_the_rule(draft):
    office, where = draft
    hr, leader = office.client("hr"), office.client("leader")
    spare = {
        "staff_id": "An", "ground": "illness", "start": "2026-12-01", "end": None, "evidence": "Giấy",
    }  # fmt: skip
    assert hr.post(DEFERRALS, json=spare).status_code == 201
    judged = step(hr, where, "check").json()
    assert judged["status"] == "draft"
    assert judged["breaches"] >= 1
    mine, theirs = (c.get(f"{where}/breaches").json()["items"] for c in (hr, leader))
    assert [b["rule"] for b in mine] == [b["rule"] for b in theirs]
    assert any("An" in b["message"] for b in mine)
    assert {move for b in theirs for move in b["moves"]} == {"CD-2027-0001"}
    assert not any("An" in b["message"] for b in theirs)


def test_a_leader_gets_the_public_copy_of_everything(draft):
    office, where = draft
    hr, leader = office.client("hr"), office.client("leader")
    assert leader.get(where).json()["public"] is True
    mine = {f["name"] for f in hr.get(f"{where}/files").json()["items"]}
    theirs = {f["name"] for f in leader.get(f"{where}/files").json()["items"]}
    assert theirs == {name for name in mine if name.startswith("public/")} < mine
    assert leader.get(f"{where}/files/rotation.xlsx").status_code == 404
    assert leader.get(f"{where}/files/public/../rotation.xlsx").status_code == 404
    book = leader.get(f"{where}/files/public/rotation.xlsx")
    assert (book.status_code, book.content[:2]) == (200, b"PK")
    rows = list(csv.DictReader(io.StringIO(hr.get(f"{where}/files/moves.csv").text)))
    assert [row["staff_id"] for row in rows] == ["An", "Tân"]
    theirs, mine = (c.get(f"{where}/moves").json()["items"][0] for c in (leader, hr))
    assert theirs["reason"].startswith("Đến hạn chuyển đổi")
    assert mine["reason"] != theirs["reason"]
    assert leader.get(f"{where}/spared?which=deferred").json()["total"] == 0
    together = leader.get(f"{where}/spared?which=spared").json()["items"]
    assert [(s["people"][0]["name"], s["ground"], s["until"]) for s in together] == [
        ("Bình", None, "")
    ]


def test_why_somebody_has_no_place_is_told_to_hr_alone(draft):
    office, where = draft
    kin = Unplaced("Chi", f"Có người thân ({RELATION}) ở Xã Hai", ("move.kin",), "Nới quy tắc")
    with office.store.upkeep() as db:
        moves.put(db, int(where[-1]), (), (kin,))
    mine, theirs = (
        office.client(role).get(f"{where}/unplaced").json()["items"][0] for role in ("hr", "leader")
    )
    assert (mine["name"], mine["rules"], RELATION in mine["reason"]) == ("Chi", ["move.kin"], True)
    assert (theirs["name"], theirs["rules"], theirs["relaxation"]) == ("Chi", [], "")
    assert RELATION not in theirs["reason"]


def test_a_published_plan_is_mended_by_a_run_and_compared_with_what_it_was(draft):
    office, where = draft
    hr = office.client("hr")
    ask = {"on": "2027-03-01", "without": ["An"], "time_limit_s": 1}
    early = hr.post(f"{where}/amendments", json=ask)
    assert early.status_code == 409  # not in force
    published(office, where)
    assert hr.post(f"{where}/amendments", json=ask).status_code == 202
    (run,) = office.work()
    assert run.status == "done", run.error
    new = f"{ROTATIONS}/{run.result['id']}"
    shown = hr.get(new).json()
    assert (shown["number"], shown["status"], shown["previous_id"]) == (2, "draft", int(where[-1]))
    diff = hr.get(f"{new}/diff").json()
    assert diff["counts"] == {"changed": 0, "added": 0, "dropped": 2, "kept": 0}
    assert {(row["name"], row["what"], row["after"]) for row in diff["items"]} == {
        ("An", "dropped", None), ("Tân", "dropped", None),
    }  # fmt: skip
    back = hr.get(f"{where}/diff?against={shown['id']}").json()
    assert back["counts"]["added"] == 2
    assert hr.get(f"{where}/diff").status_code == 409
    left = [c.get(f"{new}/unplaced").json()["items"][0] for c in (hr, office.client("leader"))]
    assert [row["name"] for row in left] == ["An", "An"]
    assert left[1]["rules"] == []
    published(office, new)
    assert hr.get(where).json()["status"] == "amended"


@pytest.mark.parametrize(
    ("ask", "status"),
    [({"year": 2027}, 202), ({}, 422), ({"year": 1999}, 422), ({"year": 2027, "reading": "x"}, 422),
     ({"year": 2027, "what_if": {"rotation.limit": 48}}, 202), ({"year": 2027, "what_if": {"no.rule": 1}}, 422),
     ({"year": 2027, "what_if": {"rotation.limit": "x"}}, 422), ({"year": 2027, "on": "2027-02-30"}, 422),
     ({"year": 2027, "time_limit_s": 1e9}, 422)],
)  # fmt: skip
def test_what_cannot_be_planned_is_refused_before_any_work(year, ask, status):
    answer = year.client("hr").post(ROTATIONS, json=ask)
    assert answer.status_code == status, answer.text
    assert len(year.jobs.waiting) == (status == 202)
    year.jobs.waiting.clear()


def test_without_a_dataset_nothing_is_asked(small_office):
    assert small_office.client("hr").post(ROTATIONS, json=ASKED).status_code == 409


def test_a_repair_that_cannot_be_says_why_and_saves_nothing(draft):
    office, where = draft
    hr = office.client("hr", lang="vi")
    published(office, where)
    hr.post(f"{where}/amendments", json={"on": "2027-03-01", "without": ["Chi"], "time_limit_s": 1})
    (run,) = office.work()
    assert run.status == "failed"
    assert "Chi không có trong các trường hợp" in run.error["vi"]
    assert hr.get(ROTATIONS).json()["total"] == 1
    assert RELATION not in str(run.error)


def test_a_plan_of_visits_is_no_rotation_and_the_other_way_round(draft):
    office, where = draft
    planner = office.client("planner")
    assert planner.get(where).status_code == 403
    assert planner.get(where.replace("rotations", "plans")).status_code == 404
    assert office.client("hr").get(f"{ROTATIONS}/999").status_code == 404


def test_what_the_checker_says_of_people_stays_out_of_a_failed_run():
    def refused():
        said = Message("An có người thân ({who}) công tác tại Xã Ba.", {"who": RELATION})
        raise PlanRefused([Breach("move.kin", "Luật", (), (), said)])

    with pytest.raises(Refused) as caught:
        rotation_work._judged(refused)
    words = told_error(caught.value)
    assert "move.kin" in words["vi"]
    assert "An" not in words["vi"].split()
    assert RELATION not in str(words)
