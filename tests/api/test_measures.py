"""/measures: a register of its own; the law's longest time is kept, and no clock is touched."""

import pytest

from tests.hr_office import accept, opened_year, small_year

PEOPLE, MEASURES = "/api/v1/people", "/api/v1/measures"
TRANSFER = {
    "staff_id": "An", "kind": "temporary_transfer", "start": "2027-03-01", "end": "2027-05-29",
    "decision_no": "15/QĐ-SNV",
}  # fmt: skip


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    office = opened_year(tmp_path_factory.mktemp("measures"))
    yield office
    office.store.close()


@pytest.fixture(scope="module")
def hr(year):
    return year.client("hr", lang="vi")


@pytest.mark.parametrize(
    ("change", "status"),
    [({}, 201), ({"end": "2027-05-30"}, 409), ({"end": None}, 409), ({"end": "2027-02-28"}, 409),
     ({"kind": "suspension", "end": "2027-05-29"}, 201), ({"kind": "suspension", "end": "2027-05-30"}, 409),
     ({"kind": "warning", "end": None}, 201), ({"staff_id": "Ma"}, 409), ({"kind": "other"}, 422),
     ({"decision_no": ""}, 422)],
)  # fmt: skip
def test_ninety_days_and_not_one_more(hr, change, status):
    before = hr.get(MEASURES).json()["total"]
    answer = hr.post(MEASURES, json={**TRANSFER, **change})
    assert answer.status_code == status, answer.text
    assert hr.get(MEASURES).json()["total"] - before == (status == 201)


def test_the_refusal_names_the_article(hr):
    told = hr.post(MEASURES, json={**TRANSFER, "end": "2027-06-30"}).json()["detail"]
    assert "122 ngày" in told
    assert "90 ngày" in told
    assert "Điều 71" in told


def test_no_measure_changes_any_flag(hr):
    shown = f"{PEOPLE}?on=2027-05-01&limit=500&status=due&status=due_soon&status=not_yet&status=may_move"
    before = hr.get(shown).json()
    for kind in ("temporary_transfer", "suspension", "warning"):
        hr.post(MEASURES, json={**TRANSFER, "kind": kind, "staff_id": "Bình"})
    assert hr.get(shown).json() == before
    told = hr.get(f"{PEOPLE}/Bình?on=2027-05-01").json()
    assert [m["kind"] for m in told["measures"]] == ["temporary_transfer", "suspension", "warning"]
    assert told["deadline"] == "2027-06-01"


def test_a_measure_is_written_changed_under_its_version_and_withdrawn(office):
    accept(office, small_year())
    one, other = office.client("hr", name="lan"), office.client("hr", name="minh")
    made = one.post(MEASURES, json=TRANSFER)
    where, tag = made.headers["Location"], made.headers["ETag"]
    shorter = one.put(where, json={**TRANSFER, "end": "2027-04-01"}, headers={"If-Match": tag})
    assert shorter.json()["end"] == "2027-04-01"
    assert other.put(where, json=TRANSFER, headers={"If-Match": tag}).status_code == 412
    assert other.put(where, json=TRANSFER).status_code == 428
    assert [m["id"] for m in one.get(f"{MEASURES}?on=2027-04-02").json()["items"]] == []
    assert [m["name"] for m in one.get(f"{MEASURES}?staff_id=An").json()["items"]] == ["An"]
    gone = one.delete(where, headers={"If-Match": shorter.headers["ETag"]})
    assert gone.status_code == 204
    assert one.get(where).status_code == 404


def test_which_measure_it_is_stays_with_hr(year, hr):
    where = hr.post(MEASURES, json={**TRANSFER, "staff_id": "Chi"}).headers["Location"]
    seen = year.client("leader").get(where).json()
    assert (seen["kind"], seen["decision_no"], seen["end"]) == (None, None, "2027-05-29")
    told = year.client("leader").get(f"{PEOPLE}/Chi").json()["measures"]
    assert told == [{"start": "2027-03-01", "end": "2027-05-29", "kind": None, "decision_no": None}]
    for role in ("planner", "inspector", "administrator", "auditor"):
        assert year.client(role).get(MEASURES).status_code == 403
