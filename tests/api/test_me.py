"""/me: who I am, my language, my password."""

import pytest

from data.store import accounts

PASSWORD = "ba con gà trống"
NEW = "bốn con vịt bơi"


@pytest.fixture
def lan(small_office):
    """Lan on her desk."""
    small_office.account_with(PASSWORD, "planner", inspector_id="TV0007")
    return sign_in(small_office)


def sign_in(office, password=PASSWORD):
    client = office.anonymous()
    answer = client.post("/api/v1/sessions", json={"username": "lan.anh", "password": password})
    client.status = answer.status_code
    return client


def change(client, old=PASSWORD, new=NEW):
    return client.put("/api/v1/me/password", json={"old": old, "new": new})


def test_i_read_who_i_am_and_choose_a_language(lan):
    me = lan.get("/api/v1/me")
    assert (me.json()["inspector_id"], me.json()["lang"]) == ("TV0007", "vi")
    tag = {"If-Match": me.headers["ETag"]}
    assert lan.put("/api/v1/me", json={"lang": "en"}).status_code == 428
    changed = lan.put("/api/v1/me", json={"lang": "en"}, headers=tag)
    assert changed.json()["lang"] == "en"
    assert lan.put("/api/v1/me", json={"lang": "vi"}, headers=tag).status_code == 412
    assert lan.put("/api/v1/me", json={"lang": "fr"}, headers=tag).status_code == 422
    assert lan.get("/api/v1/pins/999").headers["content-language"] == "en"


def test_nobody_gives_himself_a_role(lan):
    tag = {"If-Match": lan.get("/api/v1/me").headers["ETag"]}
    answer = lan.put("/api/v1/me", json={"lang": "vi", "roles": ["administrator"]}, headers=tag)
    assert answer.status_code == 422
    assert lan.get("/api/v1/me").json()["roles"] == ["planner"]


def test_a_new_password_ends_every_session_but_this_one(office):
    office.account_with(PASSWORD, "planner")
    desk, phone = sign_in(office), sign_in(office)
    assert change(desk).status_code == 204
    assert desk.get("/api/v1/me").status_code == 200
    assert phone.get("/api/v1/me").status_code == 401
    assert sign_in(office).status == 401
    assert sign_in(office, NEW).status == 201


def test_a_new_password_needs_the_present_one(lan, small_office):
    assert change(lan, "ba con gà mái").status_code == 403
    assert lan.get("/api/v1/me").status_code == 200
    assert sign_in(small_office).status == 201


def test_who_guesses_the_present_password_waits_as_at_the_door(lan, small_office):
    for n in range(5):
        assert change(lan, f"đoán lần thứ {n}").status_code == 403
    assert change(lan).status_code == 429
    assert sign_in(small_office).status == 429
    small_office.later(seconds=30)
    assert change(lan).status_code == 204


def test_a_new_password_keeps_the_rules(lan):
    answer = change(lan, new="Lan.Anh 1")
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json()["faults"]] == ["password", "password"]
    assert change(lan, new="x" * 1001).status_code == 422


def test_who_has_no_password_cannot_change_it(small_office):
    client = small_office.client("planner", name="by.link")
    assert change(client, "").status_code == 403
    with small_office.store.reading() as db:
        assert accounts.find(db, "by.link").password_hash is None
