"""Bad input at every door: a clear problem with the right status, on either engine, and nothing is saved."""

import json

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert

from api.settings import ServerSettings
from data.store.errors import Unstorable
from tests.clients import Office

PINS = "/api/v1/pins"
PIN = {"unit_id": "00199", "must": True, "reason": "Theo đề nghị"}
AS_JSON = {"Content-Type": "application/json"}


def send(client, body, **headers):
    return client.post(PINS, content=body, headers={**AS_JSON, **headers})


def is_problem(answer, status, slug=None):
    told = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, told["status"]) == (status, status)
    assert told["title"]
    assert told["detail"]
    assert told["instance"] == answer.headers["X-Request-Id"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    return slug is None or told["type"] == f"/problems/{slug}"


def nothing_saved(office):
    return office.client("planner").get(PINS).json()["total"] == 0


@pytest.mark.parametrize(
    "body",
    [
        b'{"unit_id": "a\\u0000b", "must": true, "reason": "x"}',
        b'{"unit_id": "00199", "must": true, "reason": "n\\ud800a"}',
        b'{"unit_id": "00199", "must": true, "reason": "\xff\xfe"}',
        b'{"unit_id": "00199", "must": true, "must": false, "reason": "x"}',
        b'{"unit_id": "00199", "must": true, "reason": NaN}',
        b'{"unit_id": "00199", "must": 1e999, "reason": "x"}',
        b'{"unit_id": "00199", "must": ' + b"9" * 5000 + b', "reason": "x"}',
        b"[" * 100_000,
        b'{"a":' * 60 + b"1" + b"}" * 60,
        b'{"unit_id": "00199", "must"',
        b'"\\',
    ],
    ids=[
        "nul", "half a letter", "not UTF-8", "a name twice", "NaN", "infinite", "endless number",
        "endless depth", "deep", "cut off", "open text",
    ],
)  # fmt: skip
def test_a_body_that_does_not_say_one_clear_thing_is_refused(office, body):
    assert is_problem(send(office.client("planner"), body), 422)
    assert nothing_saved(office)


def test_a_text_about_the_sign_nul_is_no_nul(office):
    body = json.dumps({**PIN, "reason": "viết là \\u0000, «{}», 100 %"}).encode()
    assert send(office.client("planner"), body).status_code == 201


def test_forty_levels_are_read_and_the_next_is_not(small_office):
    planner = small_office.client("planner")
    nested = {n: b'{"a":' * n + b"1" + b"}" * n for n in (40, 41)}
    assert "faults" in send(planner, nested[40]).json()  # read: its fields are wrong
    assert "faults" not in send(planner, nested[41]).json()


@pytest.mark.parametrize("more", [-1, 1], ids=["just fits", "one too many"])
@pytest.mark.parametrize("chunked", [False, True], ids=["said", "not said"])
@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x"])
def test_a_body_is_at_most_as_large_as_it_may(sqlite_store, more, chunked, kind):
    office = Office(sqlite_store, ServerSettings(body_kb=16))
    size = 16 * 1024 + more
    body = (b'{"a":"' + b"x" * (size - 8) + b'"}')[:size]
    answer = office.client("planner").post(
        PINS,
        content=iter([body[: size // 2], body[size // 2 :]]) if chunked else body,
        headers={"Content-Type": kind},
    )
    assert is_problem(answer, 413 if more > 0 else 422 if "json" in kind else answer.status_code)


def test_a_false_length_is_no_way_around_the_limit(small_office):
    answer = send(small_office.client("planner"), b"{}", **{"Content-Length": "9" * 30})
    assert is_problem(answer, 413)


@pytest.mark.parametrize(
    ("kind", "status"),
    [("text/plain", 415), ("application/xml", 415), (None, 415), ("application/json", 201),
     ("application/json; charset=utf-8", 201), ("APPLICATION/JSON", 201)],
)  # fmt: skip
def test_what_is_sent_says_that_it_is_json(small_office, kind, status):
    headers = {"Content-Type": kind} if kind else {}
    client = small_office.client("planner")
    answer = client.post(PINS, content=json.dumps(PIN).encode(), headers=headers)
    assert answer.status_code == status
    assert status == 201 or is_problem(answer, status, "content-type")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{PINS}/99999999999999999999999", 404),
        (f"{PINS}/-99999999999999999999999", 404),
        (f"{PINS}/9223372036854775807", 404),
        (f"{PINS}/999999999999999999", 404),
        (f"{PINS}/3000000000", 404),
        (f"{PINS}/-1", 404),
        (f"{PINS}/a%00b", 404),
        (f"{PINS}/%ff", 422),
        (f"{PINS}/một", 422),
        (f"{PINS}?limit=%00", 422),
        (f"{PINS}?offset=99999999999999999999999", 422),
        (f"{PINS}?offset=1e3", 422),
        (f"{PINS}?lang=%ff", 200),
        (f"{PINS}?x=" + "y" * 9000, 414),
        (f"{PINS}/", 404),
        ("/api/v1/../../etc/passwd", 404),
    ],
)
def test_an_odd_address_is_answered_clearly_on_either_engine(office, address, status):
    answer = office.client("planner").get(address, follow_redirects=False)
    assert answer.status_code == status
    assert status == 200 or is_problem(answer, status)


@pytest.mark.parametrize(("length", "status"), [(20_000, 200), (40_000, 431)])
def test_headers_are_at_most_so_long(small_office, length, status):
    answer = small_office.client("planner").get(PINS, headers={"X-Odd": "x" * length})
    assert answer.status_code == status


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_a_method_that_is_not_there_names_those_that_are(small_office, method):
    answer = small_office.client("planner").request(method, PINS)
    assert is_problem(answer, 405)
    assert answer.headers["Allow"] == "GET, HEAD, POST"


def test_the_methods_of_one_row(small_office):
    answer = small_office.client("planner").post(f"{PINS}/7", json=PIN)
    assert answer.headers["Allow"] == "DELETE, GET, HEAD, PUT"


def test_head_is_get_without_the_body(small_office):
    planner = small_office.client("planner")
    head, get = planner.head(PINS), planner.get(PINS)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]
    assert small_office.anonymous().head(PINS).status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 201),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver"}, 201),
    ],
)
def test_another_site_writes_nothing(small_office, headers, status):
    answer = small_office.client("planner").post(PINS, json=PIN, headers=headers)
    assert answer.status_code == status
    assert status == 201 or is_problem(answer, status, "cross-origin")
    assert nothing_saved(small_office) == (status != 201)


def test_no_other_site_is_told_anything(small_office):
    planner = small_office.client("planner")
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for answer in (planner.get(PINS, headers=asked), planner.options(PINS, headers=asked)):
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_session_that_is_over_is_a_clear_word_in_the_callers_language(small_office):
    planner = small_office.client("planner", lang="vi")
    assert planner.get(PINS).status_code == 200
    small_office.later(hours=2)
    answer = planner.get(PINS)
    assert is_problem(answer, 401, "sign-in")
    assert "phiên làm việc đã hết hạn" in answer.json()["detail"]


@pytest.mark.parametrize("value", [2**31, 2**63, 10**30, "a\0b"])
def test_what_a_database_cannot_keep_is_a_clear_word_from_the_store(store, value):
    """The last net, behind the doors: a field that somebody forgot to limit."""
    columns = Table("pins", MetaData(), Column("revision", Integer))
    if store.dialect == "sqlite" and value in (2**31, "a\0b"):
        pytest.skip("SQLite keeps it")
    with pytest.raises(Unstorable), store.upkeep() as db:
        db.execute(insert(columns).values(revision=value))


def test_what_is_refused_at_the_door_speaks_the_language_that_was_switched_to(small_office):
    client = small_office.client("planner", lang="vi")
    client.headers.update({"accept": "text/html", "accept-language": "en"})
    foreign = {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"}
    form = {"content-type": "application/x-www-form-urlencoded"}
    answers = [
        client.get("/search?q=%00"), client.post("/sign-out", headers=foreign),
        client.post("/plans", content=b"x" * 3_000_000, headers=form),
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [422, 403, 413]
    assert {answer.headers["content-language"] for answer in answers} == {"vi"}
