"""Signing in: the cookie, the limits of a session, waits after wrong passwords, and what the journal says."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.identity import cookie_name
from api.settings import ServerSettings
from data.passwords import Passwords, PasswordsBusy
from data.records.actors import PROGRAM
from data.store import accounts, journal, sessions
from data.store.accounts import AccountText
from scheduler.journeys.online.signing_in import Caller, counted_try, sign_in
from scheduler.throttle import OF_A_NAME
from tests.clients import Office

PASSWORD = "ba con gà trống"
HTTPS = ServerSettings(_env_file=None, public_url="https://congvu.example.gov.vn")


@pytest.fixture
def lan(office):
    """An office where Lan, a planner, has a password."""
    office.account_with(PASSWORD, "planner")
    return office


@pytest.fixture
def small_lan(small_office):
    """The same, on SQLite only."""
    small_office.account_with(PASSWORD, "planner")
    return small_office


def try_in(client, password=PASSWORD, username="lan.anh", **more):
    return client.post(
        "/api/v1/sessions", json={"username": username, "password": password}, **more
    )


def told(office, action=""):
    with office.store.reading() as db:
        return journal.lines(db, action=action, limit=500)[0]


# --- in and out -----------------------------------------------------------------------------------


def test_who_signs_in_is_known_until_signing_out(lan):
    client = lan.anonymous()
    assert client.get("/api/v1/me").status_code == 401
    answer = try_in(client, username=" Lan.ANH ")
    assert answer.status_code == 201
    assert answer.json()["username"] == "lan.anh"
    assert "plans.draft" in answer.json()["rights"]
    assert client.get("/api/v1/me").json()["roles"] == ["planner"]
    cookie = client.cookies[cookie_name(lan.settings)]
    assert client.delete("/api/v1/sessions/current").status_code == 204
    assert cookie_name(lan.settings) not in client.cookies
    client.cookies.set(cookie_name(lan.settings), cookie)  # kept by somebody
    assert client.get("/api/v1/me").status_code == 401


def test_over_http_the_cookie_is_out_of_reach_of_scripts_and_other_sites(small_lan):
    cookie = try_in(small_lan.anonymous()).headers["set-cookie"]
    assert cookie.startswith("congvu=")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Secure" not in cookie
    assert "Max-Age" not in cookie


def test_over_https_the_cookie_belongs_to_this_host_and_to_secure_connections(sqlite_store):
    office = Office(sqlite_store, HTTPS)
    office.account_with(PASSWORD)
    cookie = try_in(office.anonymous()).headers["set-cookie"]
    assert cookie.startswith("__Host-congvu=")
    for part in ("HttpOnly", "SameSite=strict", "Secure", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


def test_another_site_cannot_sign_somebody_in(small_lan):
    answer = try_in(small_lan.anonymous(), headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("lan.anh", "ba con gà mái"),
        ("lan.anh", ""),
        ("nobody", PASSWORD),
        ("closed", PASSWORD),
        ("no.password", PASSWORD),
        ("", PASSWORD),
        ("lan\x1fanh", PASSWORD),
        ("lan.anh' OR 1=1 --", PASSWORD),
    ],
)
def test_whatever_is_wrong_the_answer_is_the_same(lan, username, password):
    lan.account("planner", name="no.password")
    closed = lan.account_with(PASSWORD, "planner", name="closed")
    with lan.store.writing(PROGRAM, lan.now) as work:
        accounts.change(work, closed, 1, AccountText("C", ("planner",), active=False))
    answer = try_in(lan.anonymous(), password, username)
    right = try_in(lan.anonymous(), "sai mật khẩu", "lan.anh")
    assert answer.status_code == right.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert "set-cookie" not in answer.headers
    same = ("type", "title", "detail", "status")
    assert [answer.json()[k] for k in same] == [right.json()[k] for k in same]


def test_a_password_is_hashed_again_when_more_work_is_asked_for(small_lan):
    store = small_lan.store
    with store.reading() as db:
        before = accounts.find(db, "lan.anh")
    better = Passwords(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    caller = Caller("203.0.113.7")
    sign_in(store, better, "lan.anh", PASSWORD, small_lan.now, caller, 12)
    with store.reading() as db:
        after = accounts.find(db, "lan.anh")
    assert "t=2" in after.password_hash
    assert after.revision == before.revision
    sign_in(store, better, "lan.anh", PASSWORD, small_lan.now, caller, 12)
    assert len(told(small_lan, "account.rehashed")) == 1


def test_a_password_changed_while_it_was_being_checked_lets_nobody_in(lan):
    class Slow(Passwords):
        def fits(self, kept, password):
            good = super().fits(kept, password)
            with lan.store.writing(PROGRAM, lan.now) as work:
                accounts.set_password(work, 1, lan.passwords.hash("mật khẩu khác hẳn"))
            return good

    lan.app.state.passwords = Slow(lan.passwords.hasher)
    assert try_in(lan.anonymous()).status_code == 401
    assert told(lan, "session.begun") == []


def test_when_too_many_hash_at_once_the_answer_is_to_come_again_and_no_try_is_counted(small_lan):
    class Full(Passwords):
        def fits(self, kept, password):
            raise PasswordsBusy

    small_lan.app.state.passwords = Full(small_lan.passwords.hasher)
    for _ in range(2 * OF_A_NAME.free):
        answer = try_in(small_lan.anonymous())
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")
    small_lan.app.state.passwords = small_lan.passwords
    assert try_in(small_lan.anonymous()).status_code == 201


# --- the limits of a session ----------------------------------------------------------------------


def test_a_session_ends_when_nobody_used_it_for_an_hour(lan):
    client = lan.anonymous()
    try_in(client)
    lan.later(minutes=60, seconds=-1)
    assert client.get("/api/v1/me").status_code == 200
    lan.later(minutes=60)
    assert client.get("/api/v1/me").status_code == 401


def test_a_session_in_use_ends_after_twelve_hours_all_the_same(lan):
    client = lan.anonymous()
    try_in(client)
    for _ in range(23):
        lan.later(minutes=30)
        assert client.get("/api/v1/me").status_code == 200
    lan.later(minutes=30, seconds=-1)
    assert client.get("/api/v1/me").status_code == 200
    lan.later(seconds=1)
    assert client.get("/api/v1/me").status_code == 401


def test_people_see_their_own_devices_and_end_one_or_all_others(lan):
    lan.account_with(PASSWORD, "hr", name="minh")
    phone, desk, home = (
        lan.anonymous(**{"User-Agent": name}) for name in ("phone", "desk", "home")
    )
    other = lan.anonymous()
    try_in(other, username="minh")
    for client in (phone, home, desk):
        try_in(client)
        lan.later(seconds=31)
    listed = desk.get("/api/v1/sessions").json()
    assert listed["total"] == 3
    assert [(s["device"], s["current"]) for s in listed["items"]] == [
        ("desk", True), ("home", False), ("phone", False),
    ]  # fmt: skip
    theirs = other.get("/api/v1/sessions").json()["items"][0]["id"]
    assert desk.delete(f"/api/v1/sessions/{theirs}").status_code == 404
    assert desk.delete(f"/api/v1/sessions/{listed['items'][2]['id']}").status_code == 204
    assert desk.delete(f"/api/v1/sessions/{listed['items'][2]['id']}").status_code == 404
    assert phone.get("/api/v1/me").status_code == 401
    assert desk.delete("/api/v1/sessions").json() == {"ended": 1}
    answers = [client.get("/api/v1/me").status_code for client in (home, desk, other)]
    assert answers == [401, 200, 200]


# --- waits ----------------------------------------------------------------------------------------


def fail(office, times, username="lan.anh", address="testclient"):
    for _ in range(times):
        client = office.anonymous()
        client.headers["X-Forwarded-For"] = address
        assert try_in(client, "sai mật khẩu", username).status_code == 401


def test_the_sixth_try_waits_even_with_the_right_password_and_not_a_second_longer(lan):
    fail(lan, 4)
    assert try_in(lan.anonymous()).status_code == 201  # four were free, and are forgotten
    fail(lan, 5)
    answer = try_in(lan.anonymous())
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "30")
    assert "30" in answer.json()["detail"]
    lan.later(seconds=29)
    assert try_in(lan.anonymous()).headers["retry-after"] == "1"
    lan.later(seconds=1)
    assert try_in(lan.anonymous()).status_code == 201
    fail(lan, 5)


@pytest.mark.parametrize("username", ["lan.anh", "nobody.here"])
def test_waits_grow_whether_or_not_there_is_such_an_account(small_lan, username):
    fail(small_lan, 5, username)
    for wait in (30, 60, 300, 900, 1800, 1800):
        refused = try_in(small_lan.anonymous(), username=username)
        assert refused.headers["retry-after"] == str(wait)
        small_lan.later(seconds=wait)
        fail(small_lan, 1, username)


def test_waits_outlive_a_restart_of_the_server(lan):
    fail(lan, 5)
    again = Office(lan.store, lan.settings, lan.now)
    assert try_in(again.anonymous()).status_code == 429


def test_one_name_waits_and_the_others_do_not(small_lan):
    small_lan.account_with(PASSWORD, "hr", name="minh")
    fail(small_lan, 5)
    assert try_in(small_lan.anonymous(), username="minh").status_code == 201


def test_refused_tries_do_not_make_the_wait_longer(small_lan):
    fail(small_lan, 5)
    for _ in range(20):
        assert try_in(small_lan.anonymous()).status_code == 429
    small_lan.later(seconds=30)
    assert try_in(small_lan.anonymous()).status_code == 201


def test_an_address_waits_after_many_names(small_lan):
    for n in range(50):
        fail(small_lan, 1, f"name{n}")
    assert try_in(small_lan.anonymous()).headers["retry-after"] == "30"
    small_lan.later(seconds=30)
    fail(small_lan, 1, "one.more")
    assert try_in(small_lan.anonymous()).headers["retry-after"] == "60"


def test_each_person_who_comes_in_makes_room_for_three_mistakes_at_the_address_and_only_once(
    small_lan,
):
    small_lan.account_with(PASSWORD, "hr", name="minh")
    for _ in range(4):
        assert try_in(small_lan.anonymous()).status_code == 201
    for n in range(53):
        fail(small_lan, 1, f"name{n}")
    assert try_in(small_lan.anonymous(), username="minh").headers["retry-after"] == "30"
    small_lan.later(seconds=30)
    assert try_in(small_lan.anonymous(), username="minh").status_code == 201
    for n in range(53, 56):
        fail(small_lan, 1, f"name{n}")
    assert try_in(small_lan.anonymous()).status_code == 429


def test_somebody_whose_clock_was_read_before_another_began_does_not_wait(small_lan):
    store, desk = small_lan.store, Caller("10.0.0.1")
    with store.reading() as db:
        account = accounts.find(db, "lan.anh")
    with counted_try(store, "lan.anh", account, small_lan.now + timedelta(seconds=1), desk):
        earlier = sign_in(store, small_lan.passwords, "lan.anh", PASSWORD, small_lan.now, desk, 8)
    assert earlier[0] == account


def test_a_made_up_forwarded_address_does_not_get_around_the_wait(small_lan):
    for n in range(50):
        fail(small_lan, 1, f"name{n}", address=f"198.51.100.{n}")
    assert try_in(small_lan.anonymous(**{"X-Forwarded-For": "192.0.2.1"})).status_code == 429


def test_many_tries_at_the_same_moment_are_all_counted(lan):
    clients = [lan.anonymous() for _ in range(12)]
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda c: try_in(c, "sai mật khẩu").status_code, clients))
    assert sorted(answers) == [401] * 5 + [429] * 7


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.integers(0, 2000), st.booleans()), min_size=1, max_size=14
    )
)  # fmt: skip
def test_a_name_is_let_in_exactly_when_the_table_of_waits_says_so(small_lan, tries):
    small_lan.later(days=2)  # everything before is forgotten
    count, last = 0, None
    for wait, right in tries:
        small_lan.later(seconds=wait)
        has_to_wait = last is not None and small_lan.now < last + OF_A_NAME.after(count)
        answer = try_in(small_lan.anonymous(), PASSWORD if right else "sai mật khẩu")
        if has_to_wait:
            assert answer.status_code == 429
        elif right:
            assert answer.status_code == 201
            count, last = 0, None
        else:
            assert answer.status_code == 401
            count, last = count + 1, small_lan.now


# --- the journal ----------------------------------------------------------------------------------


def test_the_journal_tells_of_good_and_bad_tries_and_of_the_lock(lan):
    fail(lan, 5)
    lan.later(seconds=30)
    try_in(lan.anonymous(**{"X-Request-Id": "abc-1"}))
    lines = list(reversed(told(lan)))
    assert [line.action for line in lines] == [
        "account.made", *["sign_in.failed"] * 5, "sign_in.locked", "session.begun",
    ]  # fmt: skip
    failed, locked, begun = lines[1], lines[-2], lines[-1]
    assert (failed.noun_id, failed.account_id) == ("1", None)
    assert locked.details == {"address": "testclient", "wait_s": 30}
    assert (begun.actor, begun.account_id, begun.request_id) == ("lan.anh", 1, "abc-1")
    assert begun.details["address"] == "testclient"


def test_a_password_typed_into_the_name_field_is_written_nowhere(lan):
    typed = "ba-con-ga-trong-9"
    fail(lan, 6 - 1, typed)
    assert try_in(lan.anonymous(), username=typed).status_code == 429
    assert {line.noun_id for line in told(lan, "sign_in.failed")} == {""}
    with lan.store.reading() as db:
        for table in ("journal", "sign_ins", "sessions", "accounts"):
            rows = db.exec_driver_sql(f"SELECT * FROM {table}").fetchall()
            assert typed not in repr(rows)


def test_an_ended_session_stays_in_the_store_with_its_moment(small_lan):
    client = small_lan.anonymous()
    try_in(client)
    client.delete("/api/v1/sessions/current")
    with small_lan.store.reading() as db:
        [row] = db.execute(sessions.table.select()).all()
    assert row.ended_at == small_lan.now
