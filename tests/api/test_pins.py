"""/pins from the door: written, changed under a version, withdrawn; nothing twice, nothing lost."""

import pytest

from scheduler.journeys.online.opened import open_dataset

PIN = {"unit_id": "00199", "must": True, "reason": "Theo đề nghị «của đơn vị»"}


def test_a_pin_is_written_read_changed_and_withdrawn(office):
    planner = office.client("planner")
    made = planner.post("/api/v1/pins", json=PIN)
    assert made.status_code == 201
    where, tag = made.headers["Location"], made.headers["ETag"]
    assert planner.get(where).json()["reason"] == PIN["reason"]
    changed = planner.put(where, json={**PIN, "must": False}, headers={"If-Match": tag})
    assert changed.json()["must"] is False
    gone = planner.delete(where, headers={"If-Match": changed.headers["ETag"]})
    assert gone.status_code == 204
    assert planner.get(where).status_code == 404
    assert planner.get("/api/v1/pins").json() == {"total": 0, "offset": 0, "items": []}


def test_the_second_of_two_planners_gets_a_clear_word_and_changes_nothing(office):
    one, other = (
        office.client("planner", name="lan"),
        office.client("planner", name="minh", lang="vi"),
    )
    made = one.post("/api/v1/pins", json=PIN)
    where, tag = made.headers["Location"], made.headers["ETag"]
    assert (
        one.put(where, json={**PIN, "reason": "một"}, headers={"If-Match": tag}).status_code == 200
    )
    late = other.put(where, json={**PIN, "reason": "hai"}, headers={"If-Match": tag})
    assert late.status_code == 412
    assert "Có người đã sửa yêu cầu ghim" in late.json()["detail"]
    assert one.get(where).json()["reason"] == "một"


def test_a_change_without_a_version_is_refused(small_office):
    planner = small_office.client("planner")
    where = planner.post("/api/v1/pins", json=PIN).headers["Location"]
    assert planner.put(where, json=PIN).status_code == 428
    assert planner.put(where, json=PIN, headers={"If-Match": "*"}).status_code == 412


def test_the_same_request_twice_makes_one_pin(office):
    planner, key = (
        office.client("planner"),
        {"Idempotency-Key": "lần-1".encode("ascii", "ignore").decode() + "-0001"},
    )
    first = planner.post("/api/v1/pins", json=PIN, headers=key)
    again = planner.post("/api/v1/pins", json=PIN, headers=key)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["Idempotency-Replayed"] == "true"
    assert planner.get("/api/v1/pins").json()["total"] == 1
    other = planner.post("/api/v1/pins", json={**PIN, "reason": "khác"}, headers=key)
    assert other.status_code == 422


def test_every_fault_of_a_request_is_named_at_once(small_office):
    planner = small_office.client("planner", lang="vi")
    answer = planner.post("/api/v1/pins", json={"must": "có lẽ", "date": "31/02/2027", "tên": 1})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert {fault["field"] for fault in answer.json()["faults"]} == {
        "body.must", "body.date", "body.reason", "body.tên",
    }  # fmt: skip


def test_a_pin_that_says_nothing_is_refused(small_office):
    planner = small_office.client("planner")
    answer = planner.post("/api/v1/pins", json={"must": True, "reason": "?"})
    assert answer.status_code == 409


def test_totals_count_all_pages(small_office):
    planner = small_office.client("planner")
    for n in range(3):
        planner.post("/api/v1/pins", json={**PIN, "unit_id": f"{n}"})
    listed = planner.get("/api/v1/pins?limit=2").json()
    assert (listed["total"], len(listed["items"])) == (3, 2)
    assert [p["unit_id"] for p in planner.get("/api/v1/pins?offset=2").json()["items"]] == ["2"]


@pytest.mark.parametrize("column", ["unit_id", "inspector_id", "staff_id"])
def test_an_id_that_the_accepted_dataset_does_not_have_is_refused(small_office, column):
    role = "hr" if column == "staff_id" else "planner"
    planner, pin = small_office.client(role), {"must": True, "reason": "?"}
    small_office.dataset()
    known = {"unit_id": "units", "inspector_id": "inspectors", "staff_id": "staff"}[column]
    ids = open_dataset(small_office.store).tables[known][column]
    assert planner.post("/api/v1/pins", json={**pin, column: ids.iloc[0]}).status_code == 201
    strange = planner.post("/api/v1/pins", json={**pin, column: "không có"})
    assert (strange.status_code, "không có" in strange.json()["detail"]) == (409, True)
    assert planner.get("/api/v1/pins").json()["total"] == 1


def test_pins_of_rotation_are_for_hr_alone_and_pins_of_visits_for_planners(office):
    hr, planner = office.client("hr"), office.client("planner")
    of_hr = hr.post("/api/v1/pins", json={"staff_id": "CB1", "must": False, "reason": "thai sản"})
    of_planner = planner.post("/api/v1/pins", json=PIN)
    assert (of_hr.status_code, of_planner.status_code) == (201, 201)
    for who, own, other in ((hr, of_hr, of_planner), (planner, of_planner, of_hr)):
        assert [p["id"] for p in who.get("/api/v1/pins").json()["items"]] == [own.json()["id"]]
        where, tag = other.headers["Location"], {"If-Match": other.headers["ETag"]}
        assert who.get(where).status_code == 404
        assert who.delete(where, headers=tag).status_code == 404
        assert who.put(where, json=PIN, headers=tag).status_code in (403, 404)
        assert who.get(own.headers["Location"]).status_code == 200
    assert (
        planner.post(
            "/api/v1/pins", json={"staff_id": "CB2", "must": True, "reason": "?"}
        ).status_code
        == 403
    )


def test_a_kept_answer_is_not_given_to_a_token_without_the_right(small_office):
    planner, key = small_office.client("planner"), {"Idempotency-Key": "kept-0001"}
    assert planner.post("/api/v1/pins", json=PIN, headers=key).status_code == 201
    token = planner.post(
        "/api/v1/tokens",
        json={"name": "narrow", "scopes": ["plans.read"], "days": 30},
    )
    assert token.status_code == 201, token.text
    narrow = small_office.anonymous(Authorization=f"Bearer {token.json()['token']}")
    assert narrow.post("/api/v1/pins", json=PIN, headers=key).status_code == 403


def test_a_binding_pin_on_a_day_off_is_refused(small_office):
    planner = small_office.client("planner")
    unit = open_dataset_unit(small_office)
    pin = {"unit_id": unit, "must": True, "reason": "?"}
    assert planner.post("/api/v1/pins", json={**pin, "date": "2027-03-07"}).status_code == 409
    assert planner.post("/api/v1/pins", json={**pin, "date": "2027-03-08"}).status_code == 201


def open_dataset_unit(office):
    """A unit of the small dataset, once it is accepted."""
    office.dataset()
    return str(open_dataset(office.store).tables["units"]["unit_id"].iloc[0])


def test_the_page_offers_to_withdraw_only_what_is_ones_own_to_withdraw(small_office):
    small_office.dataset()
    html = {"accept": "text/html"}
    planner, hr = small_office.client("planner", lang="vi"), small_office.client("hr", lang="vi")
    made = planner.post("/api/v1/pins", json={**PIN, "unit_id": "00004"}).json()["id"]
    shown = planner.get("/pins", headers=html).text
    assert f'action="/pins/{made}/withdraw"' in shown
    assert "phải có trong kế hoạch" in shown
    assert "Phường Ba Đình" not in hr.get("/pins", headers=html).text
    form = {"revision": 1}
    stale = planner.post(f"/pins/{made}/withdraw", data={"revision": 7}, headers=html)
    assert stale.status_code == 412
    assert hr.post(f"/pins/{made}/withdraw", data=form, headers=html).status_code == 404
    gone = planner.post(f"/pins/{made}/withdraw", data=form, headers=html, follow_redirects=False)
    assert gone.headers["location"] == "/pins"
    assert planner.get("/api/v1/pins").json()["total"] == 0


def test_the_form_is_there_before_any_data(small_office):
    for role in ("planner", "hr"):
        page = small_office.client(role).get("/pins/new", headers={"accept": "text/html"})
        assert page.status_code == 200
