"""/tokens: for programs, with at most their owner's rights, and never for keeping accounts."""

from datetime import timedelta

import pytest

from api.access import IN_PERSON, ROLES, rights_of
from api.app import V1
from data.records.actors import PROGRAM
from data.store import accounts, tokens
from data.store.accounts import AccountText
from tests.api.test_rights import OPEN, ROUTES, address, right_of

WANTED = {"name": "Đồng bộ hằng đêm", "scopes": ["pins.read"], "days": 30}


def program(office, token):
    return office.anonymous(Authorization=f"Bearer {token}")


def make(client, **more):
    return client.post("/api/v1/tokens", json={**WANTED, **more})


def test_a_token_opens_what_its_scopes_name_and_nothing_else(office):
    planner = office.client("planner")
    made = make(planner)
    assert made.status_code == 201
    assert made.json()["token"].startswith("cvt_")
    client = program(office, made.json()["token"])
    assert client.get("/api/v1/pins").status_code == 200
    assert (
        client.post("/api/v1/pins", json={"unit_id": "1", "must": True, "reason": "?"}).status_code
        == 403
    )
    assert client.get("/api/v1/me").status_code == 403


def test_the_secret_is_shown_once(office):
    planner = office.client("planner")
    made = make(planner)
    listed, one = planner.get("/api/v1/tokens"), planner.get(made.headers["Location"])
    assert listed.json()["items"] == [one.json()]
    assert "token" not in one.json()
    assert made.json()["token"] not in listed.text + one.text


def test_a_key_against_repetition_keeps_no_secret(office):
    planner, key = office.client("planner"), {"Idempotency-Key": "lap-lai-0001"}
    made = planner.post("/api/v1/tokens", json=WANTED, headers=key)
    with office.store.reading() as db:
        rows = db.exec_driver_sql("SELECT * FROM answers_given").fetchall()
    assert made.status_code == 201
    assert rows == []


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"days": 1}, 201), ({"days": 0}, 422), ({"days": 365}, 201), ({"days": 366}, 422),
        ({"scopes": []}, 422), ({"scopes": ["pins.read", "pins.read"]}, 201),
        ({"scopes": ["journal.read"]}, 422), ({"scopes": ["self"]}, 422), ({"scopes": ["*"]}, 422),
        ({"scopes": ["me"]}, 201), ({"name": ""}, 422), ({"name": "a\x1fb"}, 422),
    ],
)  # fmt: skip
def test_a_token_has_rights_of_its_owner_and_at_most_a_year(small_office, more, status):
    assert make(small_office.client("planner"), **more).status_code == status


def test_every_right_that_cannot_be_given_is_named(small_office):
    answer = make(
        small_office.client("administrator"), scopes=["accounts.write", "accounts.read", "x"]
    )
    assert [fault["found"] for fault in answer.json()["faults"]] == ["accounts.write", "x"]


def test_a_token_ends_to_the_second(office):
    client = program(office, make(office.client("planner")).json()["token"])
    office.later(days=30, seconds=-1)
    assert client.get("/api/v1/pins").status_code == 200
    office.later(seconds=1)
    assert client.get("/api/v1/pins").status_code == 401


def test_a_revoked_token_opens_nothing_and_only_its_owner_revokes_it(office):
    planner, other = office.client("planner"), office.client("planner", name="other")
    made = make(planner)
    client, where = program(office, made.json()["token"]), made.headers["Location"]
    assert other.delete(where).status_code == 404
    assert other.get(where).status_code == 404
    assert other.get("/api/v1/tokens").json()["total"] == 0
    assert client.get("/api/v1/pins").status_code == 200
    assert planner.delete(where).status_code == 204
    assert client.get("/api/v1/pins").status_code == 401
    assert planner.get("/api/v1/tokens").json()["total"] == 0
    assert planner.delete(where).status_code == 404


def test_the_last_use_is_noted_at_most_each_minute(office):
    planner = office.client("planner")
    made = make(planner).json()
    client = program(office, made["token"])

    def used():
        with office.store.reading() as db:
            return tokens.find(db, made["token"], office.now).used_at

    assert used() is None
    client.get("/api/v1/pins")
    first = used()
    assert first == office.now
    office.later(seconds=59)
    client.get("/api/v1/pins")
    assert used() == first
    office.later(seconds=1)
    client.get("/api/v1/pins")
    assert used() == office.now


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer cvt_x", "Bearer Đ", "Basic Y3Z0Ong=", "Bearer cvt_" + "x" * 5000]
)
def test_a_made_up_token_is_nobody_even_beside_a_good_cookie(small_office, header):
    client = small_office.client("planner")
    status = client.get("/api/v1/me", headers={"Authorization": header.encode()}).status_code
    named = header.startswith("Bearer ")
    assert status == (401 if named else 200)


def test_fewer_roles_are_fewer_rights_of_the_token_at_once(office):
    made = make(office.client("planner")).json()
    with office.store.writing(PROGRAM, office.now) as work:
        accounts.change(work, 1, 1, AccountText("x", ("leader",)))
    assert program(office, made["token"]).get("/api/v1/pins").status_code == 403


def test_a_token_with_every_scope_still_cannot_do_what_is_done_in_person(small_office):
    who = small_office.account(*ROLES, name="all")
    with small_office.store.writing(PROGRAM, small_office.now) as work:
        every = tuple(sorted(rights_of(ROLES)))  # even those that the door would refuse
        _, secret = tokens.make(work, who, "x", every, timedelta(days=1))
    client = program(small_office, secret)
    asked = [
        client.request(method, address(path)).status_code
        for method, path, route in ROUTES
        if (method, path) not in OPEN and right_of(route) in IN_PERSON
    ]
    assert len(asked) >= 10
    assert set(asked) == {403}
    assert client.get(f"{V1}/me").status_code == 200


def test_there_is_an_end_to_tokens(small_office, monkeypatch):
    monkeypatch.setattr("scheduler.journeys.online.tokens.MOST", 2)
    planner = small_office.client("planner")
    assert [make(planner).status_code for _ in range(3)] == [201, 201, 409]
    planner.delete(f"/api/v1/tokens/{planner.get('/api/v1/tokens').json()['items'][0]['id']}")
    assert make(planner).status_code == 201
