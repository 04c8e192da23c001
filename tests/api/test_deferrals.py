"""/deferrals: written online they move the flag; withdrawn or over, the flag comes back by itself."""

from collections import Counter

import pytest

from scheduler.journeys.online.opened import open_office
from tests.hr_office import accept, opened_year, small_year

PEOPLE, DEFERRALS = "/api/v1/people", "/api/v1/deferrals"
STUDY = {
    "staff_id": "An", "ground": "study", "start": "2027-03-01", "end": "2027-08-31",
    "evidence": "Quyết định số 12/QĐ-SNV",
}  # fmt: skip


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    office = opened_year(tmp_path_factory.mktemp("deferrals"))
    yield office
    office.store.close()


@pytest.fixture(scope="module")
def hr(year):
    return year.client("hr", lang="vi")


def withdraw(client, made):
    client.delete(made.headers["Location"], headers={"If-Match": made.headers["ETag"]})


def standing(client, on, who="An"):
    answer = client.get(f"{PEOPLE}/{who}?on={on}")
    assert answer.status_code == 200, answer.text
    return answer.json()["standing"]


def test_a_deferral_written_online_moves_the_flag_and_withdrawn_brings_it_back(office):
    accept(office, small_year())
    hr = office.client("hr")
    assert standing(hr, "2027-05-11") == "overdue"
    made = hr.post(DEFERRALS, json=STUDY)
    assert made.status_code == 201, made.text
    assert standing(hr, "2027-05-11") == "deferred"
    told = hr.get(f"{PEOPLE}/An?on=2027-05-11").json()
    assert told["deadline"] == "2027-05-10"  # the clock runs on
    assert (told["readings"][0]["overlay_until"], told["readings"][0]["ground"]) == (
        "2027-08-31",
        "study",
    )
    where, tag = made.headers["Location"], made.headers["ETag"]
    assert hr.delete(where, headers={"If-Match": tag}).status_code == 204
    assert standing(hr, "2027-05-11") == "overdue"
    assert hr.get(where).status_code == 404


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2027-02-28", "due_soon"), ("2027-03-01", "deferred"), ("2027-08-31", "deferred"),
     ("2027-09-01", "overdue")],
)  # fmt: skip
def test_it_holds_from_its_first_day_to_its_last_and_not_a_day_longer(hr, on, expected):
    made = hr.post(DEFERRALS, json=STUDY)
    assert standing(hr, on) == expected
    withdraw(hr, made)


def test_a_changed_end_moves_the_day_on_which_it_comes_back(small_office):
    accept(small_office, small_year())
    hr = small_office.client("hr")
    made = hr.post(DEFERRALS, json=STUDY)
    where, tag = made.headers["Location"], made.headers["ETag"]
    changed = hr.put(where, json={**STUDY, "end": "2027-05-31"}, headers={"If-Match": tag})
    assert changed.json()["end"] == "2027-05-31"
    assert (standing(hr, "2027-05-31"), standing(hr, "2027-06-01")) == ("deferred", "overdue")


def test_what_expires_soon_is_found(small_office):
    accept(small_office, small_year())
    hr = small_office.client("hr")
    hr.post(DEFERRALS, json=STUDY)
    hr.post(DEFERRALS, json={**STUDY, "staff_id": "Bình", "end": None})  # open: never expires
    hr.post(
        DEFERRALS, json={**STUDY, "staff_id": "Chi", "start": "2027-01-01", "end": "2027-02-28"}
    )
    for by_day, found in (("2027-08-30", []), ("2027-08-31", ["An"]), ("2027-12-31", ["An"])):
        listed = hr.get(f"{DEFERRALS}?expiring_by={by_day}").json()
        assert [d["staff_id"] for d in listed["items"]] == found
    whole = [d["staff_id"] for d in hr.get(DEFERRALS).json()["items"]]
    assert whole == ["Chi", "An", "Bình"]  # the open one last
    assert [d["name"] for d in hr.get(f"{DEFERRALS}?on=2027-02-28").json()["items"]] == ["Chi"]


@pytest.mark.parametrize(
    ("change", "status"),
    [({"staff_id": "Ma"}, 409), ({"ground": "holiday"}, 422), ({"evidence": ""}, 422),
     ({"end": "2027-02-28"}, 409), ({"end": "2027-03-01"}, 201), ({"start": "1027-03-01"}, 422),
     ({"surprise": 1}, 422)],
)  # fmt: skip
def test_what_the_law_does_not_know_is_refused(hr, change, status):
    answer = hr.post(DEFERRALS, json={**STUDY, **change})
    assert answer.status_code == status, answer.text
    assert hr.get(DEFERRALS).json()["total"] == (status == 201)
    if status == 201:
        withdraw(hr, answer)


def test_what_looks_odd_is_said_and_saved(small_office):
    accept(small_office, small_year())
    hr = small_office.client("hr", lang="vi")
    assert hr.post(DEFERRALS, json=STUDY).json()["warnings"] == []
    later = {**STUDY, "start": "2027-09-01", "end": None}
    told = hr.post(DEFERRALS, json=later).json()["warnings"]
    assert ["Chưa có ngày cuối" in told[0], "liền kề" in told[1]] == [True, True]
    apart = hr.post(
        DEFERRALS, json={**STUDY, "staff_id": "Lý", "start": "2026-01-01", "end": "2026-02-01"}
    )
    assert len(apart.json()["warnings"]) == 2  # over already; in no post that rotates


def test_two_officers_at_once_lose_nothing(office):
    accept(office, small_year())
    one, other = office.client("hr", name="lan"), office.client("hr", name="minh", lang="vi")
    made = one.post(DEFERRALS, json=STUDY)
    where, tag = made.headers["Location"], made.headers["ETag"]
    first = one.put(where, json={**STUDY, "end": "2027-06-30"}, headers={"If-Match": tag})
    late = other.put(where, json={**STUDY, "end": None}, headers={"If-Match": tag})
    assert (first.status_code, late.status_code) == (200, 412)
    assert "Có người đã sửa" in late.json()["detail"]
    assert other.delete(where, headers={"If-Match": tag}).status_code == 412
    assert one.get(where).json()["end"] == "2027-06-30"
    key = {"Idempotency-Key": "deferral-0001"}
    again = [one.post(DEFERRALS, json={**STUDY, "staff_id": "Bình"}, headers=key) for _ in "ab"]
    assert again[0].json() == again[1].json()
    assert one.get(DEFERRALS).json()["total"] == 2


def test_a_leader_sees_that_and_until_when_but_not_why(small_office):
    accept(small_office, small_year())
    hr, leader = small_office.client("hr"), small_office.client("leader")
    where = hr.post(DEFERRALS, json=STUDY).headers["Location"]
    for seen in (leader.get(where).json(), leader.get(DEFERRALS).json()["items"][0]):
        assert (seen["name"], seen["start"], seen["end"]) == ("An", "2027-03-01", "2027-08-31")
        assert seen["ground"] is None
        assert seen["evidence"] is None
    told = leader.get(f"{PEOPLE}/An?on=2027-05-01")
    assert told.json()["readings"][0]["ground"] is None
    assert told.json()["deferrals"] == [
        {"start": "2027-03-01", "end": "2027-08-31", "ground": None, "evidence": None}
    ]
    assert "khoản 3" not in str(told.json()["derivations"])  # the clause would tell the ground
    assert "study" not in told.text
    assert "study" in hr.get(f"{PEOPLE}/An?on=2027-05-01").text


def test_the_clause_of_a_ground_hides_in_no_sentence_of_any_ground(year, hr):
    leader = year.client("leader")
    seen = set()
    for ground in ("discipline", "investigation", "illness", "secondment", "pregnancy_or_child"):
        made = hr.post(DEFERRALS, json={**STUDY, "ground": ground})
        seen.add(leader.get(f"{PEOPLE}/An?on=2027-05-01").text)
        withdraw(hr, made)
    assert len(seen) == 1


@pytest.mark.parametrize(("path", "more"), [
    ("/deferrals", {"ground": "study", "evidence": "12/QĐ"}),
    ("/measures", {"kind": "warning", "decision_no": "12/QĐ"}),
])  # fmt: skip
def test_on_the_pages_a_full_name_is_enough_where_only_one_person_has_it(small_office, path, more):
    small_office.dataset()
    people = open_office(small_office.store).staff
    times = Counter(who.name for who in people)
    one = next(who for who in people if times[who.name] == 1)
    many = next(who.name for who in people if times[who.name] > 1)
    client = small_office.client("hr", lang="vi")
    form = {"start": "2027-03-01", "end": "2027-03-20", **more}

    def sent(name):
        answer = client.post(path, data={**form, "staff_id": name}, headers={"accept": "text/html"})
        rows = client.get(f"/api/v1{path}").json()["items"]
        return answer, [row["staff_id"] for row in rows if row["start"] == "2027-03-01"]

    assert one.staff_id in sent(f" {one.name.lower()} ")[1]
    before = sent("Không Có Ai")[1]
    refused, after = sent(many)
    assert refused.status_code == 409
    assert all(who.staff_id in refused.text for who in people if who.name == many)
    assert after == before
