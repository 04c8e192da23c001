"""/people: who stands where, found without accents, derived in words; both readings; the coming wave."""

from typing import get_args

import pytest

from api.people_shapes import Standing
from scheduler.flags import flag_table
from scheduler.journeys.online import people
from scheduler.officials import STANDINGS
from tests.hr_office import accept, opened_year, reorganised, small_year

PEOPLE = "/api/v1/people"
ANSWERS = "/api/v1/successions"


def names(answer):
    assert answer.status_code == 200, answer.text
    return [who["name"] for who in answer.json()["items"]]


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    office = opened_year(tmp_path_factory.mktemp("people"))
    yield office
    office.store.close()


@pytest.fixture(scope="module")
def hr(year):
    return year.client("hr")


def test_the_words_of_the_api_are_those_of_the_law():
    assert set(get_args(Standing)) == set(STANDINGS)


def test_officials_in_sensitive_posts_come_by_days_left(hr):
    listed = hr.get(f"{PEOPLE}?on=2027-05-01").json()
    assert [(p["name"], p["days_left"], p["standing"]) for p in listed["items"]] == [
        ("An", 9, "due"), ("Bình", 31, "due_soon"), ("Chi", 625, "may_move"), ("Đào", 1400, "not_yet"),
    ]  # fmt: skip
    assert listed["total"] == 4
    assert listed["counts"]["not_subject"] == 42  # Lý, Tân and forty clerks: counted, not shown
    assert listed["items"][0]["deadline"] == "2027-05-10"
    assert "Article 36" in listed["items"][0]["readings"][0]["legal_basis"]


@pytest.mark.parametrize(("on", "standing"), [("2027-05-10", "due"), ("2027-05-11", "overdue")])
def test_the_deadline_itself_is_in_time_and_the_next_day_is_not(hr, on, standing):
    an = hr.get(f"{PEOPLE}?on={on}&q=An").json()["items"][0]
    assert (an["name"], an["standing"]) == ("An", standing)


@pytest.mark.parametrize(
    ("q", "found"),
    [("dao", ["Đào"]), ("ĐÀO", ["Đào"]), ("Da\u0300o", ["Đào"]), ("so bon", ["Đào"]),
     ("xa mot an", ["An"]), ("binh hai", ["Bình"]), ("daohai", []), ("%", []), ("  ", None)],
)  # fmt: skip
def test_a_search_needs_no_accents(hr, q, found):
    got = names(hr.get(PEOPLE, params={"q": q}))
    assert got == (found if found is not None else ["An", "Bình", "Chi", "Đào"])


def test_names_are_sorted_the_vietnamese_way_and_pages_know_the_total(hr):
    sought = f"{PEOPLE}?sort=name&status=not_subject&status=not_yet&status=due_soon&limit=3"
    assert names(hr.get(f"{sought}&q=ly")) == ["Lý"]
    first, then = hr.get(sought).json(), hr.get(f"{sought}&offset=3").json()
    assert first["total"] == then["total"] > 40
    ids = [p["staff_id"] for page in (first, then) for p in page["items"]]
    assert len(set(ids)) == 6
    everybody = names(
        hr.get(f"{PEOPLE}?sort=name&limit=500&status=due_soon&status=not_yet&status=may_move")
    )
    assert everybody == ["An", "Bình", "Chi", "Đào"]


def test_a_unit_is_asked_for_by_its_code(hr):
    assert names(hr.get(PEOPLE, params={"unit": "Xã Ba"})) == ["Chi"]
    assert names(hr.get(PEOPLE, params={"unit": "Xã"})) == []


def test_a_person_is_told_step_by_step_in_the_readers_language(year, hr):
    told = hr.get(f"{PEOPLE}/An?on=2027-05-01").json()
    assert [p["position_id"] for p in told["postings"]] == ["Một"]
    assert told["postings"][0]["unit_name"] == "Xã Một"
    steps = told["derivations"][0]["steps"]
    assert any("10/05/2027" in step for step in steps)
    vi = year.client("hr", lang="vi").get(f"{PEOPLE}/An?on=2027-05-01").json()
    assert any(step.startswith("Được chuyển từ") for step in vi["derivations"][0]["steps"])
    assert hr.get(f"{PEOPLE}/nobody").status_code == 404


def test_without_a_dataset_or_a_rule_there_is_a_clear_word(small_office):
    hr = small_office.client("hr", lang="vi")
    assert "Chưa có bộ dữ liệu" in hr.get(PEOPLE).json()["detail"]
    accept(small_office, small_year())
    early = hr.get(f"{PEOPLE}?on=2019-06-30")
    assert (early.status_code, "01/07/2019" in early.text or "30/06/2019" in early.text) == (
        409,
        True,
    )
    assert hr.get(f"{PEOPLE}?on=2019-07-01").status_code == 200
    assert hr.get(f"{PEOPLE}?on=9999-12-31").status_code == 422


def test_an_open_question_gives_two_readings_until_somebody_answers_it(office):
    accept(office, reorganised())
    hr = office.client("hr")
    before = hr.get(f"{PEOPLE}?on=2027-03-01&unclear=true").json()
    assert [(p["name"], [r["reading"] for r in p["readings"]]) for p in before["items"]] == [
        ("Đào", ["continuous", "restarted"]), ("Chi", ["continuous", "restarted"]),
    ]  # fmt: skip
    dates = [r["latest_date"] for r in before["items"][1]["readings"]]
    assert dates == ["2026-08-01", "2030-07-01"]
    asked = hr.get(f"{PEOPLE}/unclear").json()
    assert [(q["name"], q["start"], q["unit_id"], q["alike"]) for q in asked["items"]] == [
        ("Đào", "2025-07-01", "Sở Bốn", 1), ("Chi", "2025-07-01", "Xã Ba", 1),
    ]  # fmt: skip
    said = {"date": "2025-07-01", "unit_id": "Xã Ba", "continues": True, "event": "Sắp xếp"}
    made = hr.post(ANSWERS, json=said)
    assert made.status_code == 201, made.text
    chi = hr.get(f"{PEOPLE}/Chi?on=2027-03-01").json()
    assert [r["latest_date"] for r in chi["readings"]] == ["2026-08-01"]
    assert [q["name"] for q in hr.get(f"{PEOPLE}/unclear").json()["items"]] == ["Đào"]
    gone = hr.delete(made.headers["Location"], headers={"If-Match": made.headers["ETag"]})
    assert gone.status_code == 204
    assert hr.get(f"{PEOPLE}/unclear").json()["total"] == 2


@pytest.mark.parametrize(
    "said",
    [{}, {"unit_id": "Xã Không"}, {"position_id": "X"}, {"unit_id": "Xã Ba", "from_unit_id": "Xã"}],
)
def test_an_answer_about_nothing_known_is_refused(hr, said):
    answer = hr.post(ANSWERS, json={"date": "2025-07-01", "continues": False, **said})
    assert answer.status_code == 409
    assert hr.get(ANSWERS).json()["total"] == 0


def test_the_coming_dues_count_everybody_once_in_each_reading(hr):
    found = hr.get(f"{PEOPLE}/forecast?from=2027&to=2031&on=2027-01-01").json()
    for reading in found["readings"]:
        assert sum(p["due"] for p in reading["periods"]) == 4
        by = {p["period"]: p["due"] for p in reading["periods"] if p["due"]}
        assert by == {"2027-Q2": 2, "2029-Q1": 1, "2031-Q1": 1}
    one = hr.get(
        PEOPLE + "/forecast", params={"from": 2027, "to": 2031, "on": "2027-01-01", "unit": "Xã Ba"}
    )
    assert sum(p["due"] for p in one.json()["readings"][0]["periods"]) == 1
    none = hr.get(PEOPLE + "/forecast", params={"from": 2027, "to": 2031, "unit": "Xã Không"})
    assert sum(p["due"] for p in none.json()["readings"][0]["periods"]) == 0
    assert hr.get(f"{PEOPLE}/forecast?from=2031&to=2027").status_code == 409


def test_kin_is_told_to_hr_alone(small_office):
    csv = "staff_id,relative_id,relation\nAn,Chi,chị em\n"
    accept(small_office, {**small_year(), "relatives": csv.encode()})
    hr, leader = small_office.client("hr"), small_office.client("leader")
    assert [k["name"] for k in hr.get(f"{PEOPLE}/Chi/relatives").json()["items"]] == ["An"]
    assert hr.get(f"{PEOPLE}/Chi/relatives").json()["items"][0]["told_by"] == "An"
    assert leader.get(f"{PEOPLE}/Chi/relatives").status_code == 403
    assert "chị em" not in leader.get(f"{PEOPLE}/Chi").text


def test_the_list_is_reckoned_once_while_nothing_changes(hr, monkeypatch):
    reckoned = []

    def counted(tables, catalogue, rulebook, on):
        reckoned.append(on)
        return flag_table(tables, catalogue, rulebook, on)

    monkeypatch.setattr(people, "flag_table", counted)
    for query in (
        "on=2031-01-01",
        "on=2031-01-01&q=an",
        "on=2031-01-01&sort=name",
        "on=2031-01-02",
    ):
        assert hr.get(f"{PEOPLE}?{query}").status_code == 200
    assert [day.isoformat() for day in reckoned] == ["2031-01-01", "2031-01-02"]
