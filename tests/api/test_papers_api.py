"""Papers from the door: made as a run, marked while the plan is a draft, and nobody reads a ground by them."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from data.records import Move
from data.records.actors import PROGRAM
from data.store import moves, plans, visits
from scheduler.papers.kinds import OF_ROTATION, OF_YEAR
from tests.api.test_assignments import HAI, OTHER, VISIT, inspector
from tests.papers_read import word_text

PLANS, ROTATIONS = "/api/v1/plans", "/api/v1/rotations"
SPARED = "CB0055"  # ill, says the dataset
GROUND = "Đang điều trị bệnh hiểm nghèo"
MOVE = Move(
    "2027-CD-1", "CB0100", "VT0100", "VT0101", 5, date(2027, 5, 3), "assignment", "C1", "swap", 30, 2.0
)  # fmt: skip


def text_of(content):
    return word_text(Document(io.BytesIO(content)))


def rotation(office):
    facts = {
        "year": 2027, "plan_id": "r", "on": "2027-01-01", "counts": {"due": 1, "placed": 1},
        "deferred": [{"staff_id": SPARED, "ground": "illness", "until": "2027-10-11", "basis": "Điều 38"}],
        "exempt": [], "single": [], "warnings": [],
    }  # fmt: skip
    with office.store.writing(PROGRAM, office.now) as work:
        made = plans.add(
            work, plans.MOVES, 2027, name="r", title="?", trial=False, dataset_id=1, facts=facts,
            status="draft",
        )  # fmt: skip
        moves.put(work.db, made, [MOVE], [])
    return made


def made_papers(office, where, role):
    """Ask for the papers of a plan and have them made; gives the run as it ended."""
    asked = office.client(role).post(f"{where}/papers")
    assert asked.status_code == 202
    run_id = asked.json()["run_id"]
    assert asked.headers["Location"] == f"/api/v1/runs/{run_id}"
    (run,) = office.work()
    assert (run.id, run.status, run.error) == (run_id, "done", {})
    return run


@pytest.fixture
def planned(small_office):
    small_office.dataset()
    small_office.plan = small_office.version([VISIT, OTHER])
    small_office.where = f"{PLANS}/{small_office.plan}"
    return small_office


def test_every_kind_of_a_plan_of_visits_is_made_listed_read_and_zipped(office):
    office.dataset()
    first = office.version([VISIT, OTHER])
    moved = replace(OTHER, start=date(2027, 4, 6), end=date(2027, 4, 6))
    where = f"{PLANS}/{office.version([VISIT, moved], amends=first)}"
    planner = office.client("planner")
    empty = planner.get(f"{where}/papers").json()
    assert (empty["total"], empty["made_at"], empty["current"]) == (0, None, False)
    assert planner.get(f"{where}/papers/all.zip").status_code == 404
    run = made_papers(office, where, "planner")
    assert run.result["noun"] == "plan"
    listed = planner.get(f"{where}/papers?limit=500").json()
    assert {paper["kind"] for paper in listed["items"]} == {*OF_YEAR, "phieu-trinh"}
    assert (listed["draft"], listed["current"]) == (False, True)
    assert listed["figures_of"] == "2027-03-01"
    notice = f"thong-bao/{VISIT.visit_id}"
    word = planner.get(f"{where}/papers/files/{notice}.docx")
    assert "Phường Ba Đình" in text_of(word.content)
    assert "DỰ THẢO" not in text_of(word.content)
    assert word.headers["content-disposition"].startswith("attachment;")
    assert planner.get(f"{where}/papers/files/{notice}.pdf").content.startswith(b"%PDF")
    whole = zipfile.ZipFile(io.BytesIO(planner.get(f"{where}/papers/all.zip").content))
    assert sorted(whole.namelist()) == sorted(paper["name"] for paper in listed["items"])
    for name in (
        "../plan.json",
        "made.json",
        "papers.json",
        "%00",
        "thong-bao/%2E%2E/ke-hoach.docx",
        "",
    ):
        assert planner.get(f"{where}/papers/files/{name}").status_code in (400, 404, 422)


def test_papers_of_a_draft_say_so_until_they_are_made_anew(planned):
    draft = planned.version([VISIT], "checked", year=2028)
    where = f"{PLANS}/{draft}"
    made_papers(planned, where, "planner")
    planner = planned.client("planner")
    for name in ("ke-hoach", f"bien-ban/{VISIT.visit_id}", "phieu-trinh"):
        assert "DỰ THẢO" in text_of(planner.get(f"{where}/papers/files/{name}.docx").content)
    listed = planner.get(f"{where}/papers").json()
    assert (listed["draft"], listed["current"]) == (True, True)
    with planned.store.upkeep() as db:
        visits.put(db, draft, [replace(VISIT, days=1)], {})
    assert planner.get(f"{where}/papers").json()["current"] is False
    with planned.store.upkeep() as db:
        visits.put(db, draft, [VISIT], {})
    assert planner.get(f"{where}/papers").json()["current"] is True
    with planned.store.writing(PROGRAM, planned.now) as work:
        version = plans.get(work.db, plans.VISITS, draft)
        plans.change(work, version, version.revision, status="published", published_at=planned.now)
        work.tell("test", "plan", draft)
    assert planner.get(f"{where}/papers").json()["current"] is False
    own = f"/api/v1/assignments/{VISIT.visit_id}"
    lan = inspector(planned)
    assert lan.get(own).json()["papers"] == []  # drafts reach nobody
    assert lan.get(f"{own}/papers/bien-ban.docx").status_code == 404
    made_papers(planned, where, "planner")
    assert planner.get(f"{where}/papers").json()["current"] is True
    assert len(lan.get(own).json()["papers"]) == 10
    word = lan.get(f"{own}/papers/bien-ban.docx")
    assert "DỰ THẢO" not in text_of(word.content)


def test_an_inspector_gets_the_papers_of_own_visits_alone(planned):
    made_papers(planned, planned.where, "planner")
    lan, hai = inspector(planned), inspector(planned, HAI)
    own, other = (f"/api/v1/assignments/{v.visit_id}/papers" for v in (VISIT, OTHER))
    word = lan.get(f"{own}/quyet-dinh-doan.docx")
    assert "Phường Ba Đình" in text_of(word.content)
    assert "Phường Hồng Hà" not in text_of(word.content)
    assert lan.get(f"{other}/quyet-dinh-doan.docx").status_code == 404
    assert hai.get(f"{other}/quyet-dinh-doan.docx").status_code == 200
    for name in ("ke-hoach.docx", "theo-doi-khac-phuc.docx", "made.json", f"{OTHER.visit_id}.docx"):
        assert lan.get(f"{own}/{name}").status_code == 404
    assert lan.get(f"{planned.where}/papers").status_code == 403


def test_visits_whose_files_would_have_one_name_give_their_papers_to_nobody(planned):
    rows = [
        replace(VISIT, visit_id="V.1"),
        replace(OTHER, visit_id="V 1"),
        replace(OTHER, visit_id="V_1"),
    ]
    where = f"{PLANS}/{planned.version(rows, amends=planned.plan)}"
    made_papers(planned, where, "planner")
    assert len(inspector(planned).get("/api/v1/assignments/V.1").json()["papers"]) == 10
    hai = inspector(planned, HAI)
    assert hai.get("/api/v1/assignments/V_1").json()["papers"] == []
    assert hai.get("/api/v1/assignments/V 1/papers/bien-ban.docx").status_code == 404


def test_the_leader_sees_papers_of_moves_but_no_ground(small_office):
    office = small_office
    office.dataset()
    where = f"{ROTATIONS}/{rotation(small_office)}"
    made_papers(office, where, "hr")
    hr, leader = office.client("hr"), office.client("leader")
    all_ = {
        paper["name"]: paper["kind"]
        for paper in hr.get(f"{where}/papers?limit=500").json()["items"]
    }
    assert {kind.removeprefix("cong-khai/") for kind in all_.values()} == {
        *OF_ROTATION,
        "phieu-trinh",
    }
    plan = hr.get(f"{where}/papers/files/ke-hoach-chuyen-doi.docx")
    assert GROUND in text_of(plan.content)
    seen = [paper["name"] for paper in leader.get(f"{where}/papers?limit=500").json()["items"]]
    assert "cong-khai/ke-hoach-chuyen-doi.docx" in seen
    assert "quyet-dinh-chuyen-doi/CB0100.docx" in seen
    for name in all_:
        answer = leader.get(f"{where}/papers/files/{name}")
        assert answer.status_code == (200 if name in seen else 404)
        if name in seen and name.endswith(".docx"):
            assert "bệnh" not in text_of(answer.content)
    for name in ("ke-hoach-chuyen-doi", "bao-cao-chuyen-doi", "phieu-trinh"):
        assert f"{name}.docx" not in seen
    zipped = zipfile.ZipFile(io.BytesIO(leader.get(f"{where}/papers/all.zip").content))
    assert sorted(zipped.namelist()) == sorted(seen)
    for role in ("planner", "inspector", "administrator", "auditor"):
        assert office.client(role).get(f"{where}/papers").status_code == 403


def test_a_plan_of_the_other_kind_has_no_papers_here(planned):
    other = rotation(planned)
    assert planned.client("leader").get(f"{PLANS}/{other}/papers").status_code == 404
    assert planned.client("leader").get(f"{ROTATIONS}/{planned.plan}/papers").status_code == 404
    assert planned.client("planner").post(f"{PLANS}/{other}/papers").status_code == 404
    assert planned.client("planner").post(f"{PLANS}/99999999999/papers").status_code == 422


# --- who issues and signs ----------------------------------------------------------------------------

SIGN = "/api/v1/organisation"


def test_who_signs_is_the_sample_citys_until_the_administrator_says_otherwise(office):
    admin, planner = office.client("administrator"), office.client("planner")
    first = planner.get(SIGN)
    assert (first.headers["ETag"], first.json()["changed_at"]) == ('"r0"', None)
    blocks = first.json()["blocks"]
    assert blocks[0]["name"] == "Sở Nội vụ"
    mine = [{**blocks[0], "place": "Đà Nẵng", "signer": "Trần Thị Hoa"}]
    tag = {"If-Match": first.headers["ETag"]}
    assert planner.put(SIGN, json={"blocks": mine}, headers=tag).status_code == 403
    assert admin.put(SIGN, json={"blocks": mine}).status_code == 428
    saved = admin.put(SIGN, json={"blocks": mine}, headers=tag)
    assert (saved.status_code, saved.headers["ETag"]) == (200, '"r1"')
    assert admin.put(SIGN, json={"blocks": blocks}, headers=tag).status_code == 412
    again = admin.put(SIGN, json={"blocks": mine}, headers={"If-Match": '"r1"'})
    assert again.headers["ETag"] == '"r2"'
    assert planner.get(SIGN).json()["blocks"] == again.json()["blocks"]
    for role, status in (("hr", 200), ("leader", 200), ("inspector", 403), ("auditor", 403)):
        assert office.client(role).get(SIGN).status_code == status


def test_the_papers_are_signed_by_who_the_administrator_named(planned):
    admin = planned.client("administrator")
    block = admin.get(SIGN).json()["blocks"][0]
    blocks = [
        {**block, "signer": "Nguyễn Văn Cũ"},
        {**block, "from": "2027-01-01", "signer": "Trần Thị Hoa"},
        {**block, "from": "2028-01-01", "signer": "Lê Văn Mới"},
    ]
    saved = admin.put(SIGN, json={"blocks": blocks}, headers={"If-Match": '"r0"'})
    assert saved.status_code == 200
    made_papers(planned, planned.where, "planner")
    planner = planned.client("planner")
    text = text_of(planner.get(f"{planned.where}/papers/files/ke-hoach.docx").content)
    assert "Trần Thị Hoa" in text
    assert "Lê Văn Mới" not in text


@pytest.mark.parametrize(
    ("odd", "told"),
    [
        ({"signature": ["GIÁM ĐỐC", "SỞ NỘI VỤ"]}, "signature"),
        ({"papers": {"ke-hoac": {}}}, ""),
        ({"name": ""}, "name"),
    ],
)
def test_every_fault_of_who_signs_is_told_and_nothing_saved(small_office, odd, told):
    admin = small_office.client("administrator")
    block = admin.get(SIGN).json()["blocks"][0]
    answer = admin.put(SIGN, json={"blocks": [{**block, **odd}]}, headers={"If-Match": '"r0"'})
    assert answer.status_code == 422
    assert told in [fault["column"] for fault in answer.json()["faults"]]
    assert admin.get(SIGN).headers["ETag"] == '"r0"'


def test_an_organisation_that_is_no_organisation_is_refused(small_office):
    admin = small_office.client("administrator")
    block = admin.get(SIGN).json()["blocks"][0]
    for odd in (
        {"from": "0001-01-01"},
        {"body": "SỞ"},
        {"x": 1},
        {"name": "a\u0000"},
        {"superior": ["x"] * 31},
    ):
        answer = admin.put(SIGN, json={"blocks": [{**block, **odd}]}, headers={"If-Match": '"r0"'})
        assert answer.status_code == 422
    assert admin.put(SIGN, json={"blocks": []}, headers={"If-Match": '"r0"'}).status_code == 422


def test_an_organisation_that_begins_after_the_plans_year_ends_the_run_with_a_clear_word(planned):
    admin = planned.client("administrator")
    block = {**admin.get(SIGN).json()["blocks"][0], "from": "2030-01-01"}
    admin.put(SIGN, json={"blocks": [block]}, headers={"If-Match": '"r0"'})
    planned.client("planner").post(f"{planned.where}/papers")
    (run,) = planned.work()
    assert run.status == "failed"
    assert "01/01/2027" in run.error["vi"]
    assert run.error["en"]
