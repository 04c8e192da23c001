"""One inspector, one open account: at the API and at the page, made, changed and opened again."""

import pytest

HTML = {"accept": "text/html"}
ACCOUNTS = "/api/v1/accounts"


@pytest.fixture
def chief(office):
    """A signed-in administrator."""
    return office.client("administrator", name="chief", lang="vi")


def made(chief, username, inspector_id):
    told = {"username": username, "name": "A", "roles": ["inspector"], "inspector_id": inspector_id}
    return chief.post(ACCOUNTS, json=told)


def changed(chief, where, **more):
    was = chief.get(where)
    kept = ("name", "roles", "inspector_id", "staff_id", "subject", "active")
    text = {**{name: was.json()[name] for name in kept}, **more}
    return chief.put(where, json=text, headers={"If-Match": was.headers["ETag"]})


def test_a_second_account_of_an_inspector_is_refused_and_names_the_first(chief):
    assert made(chief, "lan", "TV0007").status_code == 201
    second = made(chief, "lan2", "TV0007")
    assert second.status_code == 409
    assert "«TV0007» đã gắn với tài khoản «lan»" in second.json()["detail"]
    assert made(chief, "hai", "TV0008").status_code == 201
    assert made(chief, "khong1", "").status_code == made(chief, "khong2", "").status_code == 201


def test_an_account_is_not_changed_to_an_inspector_who_has_one_but_keeps_its_own(chief):
    lan = made(chief, "lan", "TV0007").headers["Location"]
    hai = made(chief, "hai", "TV0008").headers["Location"]
    assert changed(chief, hai, inspector_id="TV0007").status_code == 409
    assert chief.get(hai).json()["inspector_id"] == "TV0008"
    assert changed(chief, lan, name="Lan Anh").status_code == 200
    assert changed(chief, hai, inspector_id="TV0009").status_code == 200


def test_a_closed_account_makes_room_and_is_not_opened_beside_the_new_one(chief):
    old = made(chief, "lan.cu", "TV0007").headers["Location"]
    assert changed(chief, old, active=False).status_code == 200
    assert made(chief, "lan.moi", "TV0007").status_code == 201
    assert changed(chief, old, active=True).status_code == 409
    assert chief.get(old).json()["active"] is False
    assert changed(chief, old, active=True, inspector_id="").status_code == 200


def test_the_page_refuses_as_well_and_says_why(chief):
    assert made(chief, "lan", "TV0007").status_code == 201
    form = {"username": "lan2", "name": "B", "roles": "inspector", "inspector_id": "TV0007"}
    answer = chief.post("/accounts", data=form, headers=HTML, follow_redirects=False)
    assert answer.status_code == 409
    assert "«TV0007» đã gắn với tài khoản «lan»" in answer.text
