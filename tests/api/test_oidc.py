"""The city's own sign-in, against a small issuer in the test's process."""

import subprocess
import sys

import httpx2
import pytest

from api.settings import ServerSettings
from data.store import accounts, journal
from tests.clients import Office
from tests.issuers import ADDRESS, STRANGE, FakeIssuer

SECRET = "bí-mật/của ứng dụng"
HOME = "https://congvu.example.gov.vn"
SETTINGS = ServerSettings(
    _env_file=None, public_url=HOME, oidc_issuer=ADDRESS, oidc_client_id="congvu",
    oidc_client_secret=SECRET,
)  # fmt: skip
START, CALLBACK = f"{HOME}/api/v1/oidc/start", f"{HOME}/api/v1/oidc/callback"


class City:
    """An office whose people sign in at the city's issuer."""

    def __init__(self, store):
        self.office = Office(store, SETTINGS)
        self.issuer = FakeIssuer(
            "b%C3%AD-m%E1%BA%ADt%2Fc%E1%BB%A7a%20%E1%BB%A9ng%20d%E1%BB%A5ng", now=self.office.now
        )
        self.office.app.state.issuer.transport = self.issuer.transport

    def leave(self, **headers):
        """A browser that has been sent to the issuer, and where to."""
        client = self.office.anonymous(**headers)
        sent = client.get(START, follow_redirects=False)
        return client, sent

    def come_in(self, **headers):
        """A browser that went to the issuer and came back."""
        client, sent = self.leave(**headers)
        self.issuer.now = self.office.now
        return client, client.get(CALLBACK, params=self.issuer.approve(sent.headers["location"]))


@pytest.fixture
def city(store):
    """The city on each engine."""
    return City(store)


@pytest.fixture
def small_city(sqlite_store):
    """The city on SQLite, with an account for the issuer's person."""
    made = City(sqlite_store)
    made.office.account("planner", name="lan.anh", subject="a7f-0001")
    return made


def test_who_is_known_by_subject_signs_in(city):
    city.office.account("planner", name="lan", subject="a7f-0001")
    client, answer = city.come_in()
    assert answer.status_code == 200
    assert 'http-equiv="refresh" content="0; url=/"' in answer.text
    assert client.get(f"{HOME}/api/v1/me").json()["username"] == "lan"


def test_nobody_gets_an_account_by_coming(city):
    city.office.account(
        "planner", name="lan.anh"
    )  # same name here; nobody has said it is the same person
    client, answer = city.come_in()
    assert answer.status_code == 403
    assert "a7f-0001" in answer.json()["detail"]  # to be given to the administrator
    assert client.get(f"{HOME}/api/v1/me").status_code == 401
    with city.office.store.reading() as db:
        assert accounts.page(db, 0, 10)[1] == 1
        assert [line.action for line in journal.lines(db)[0]] == ["sign_in.failed", "account.made"]


def test_a_name_entered_by_the_administrator_becomes_the_subject_at_the_first_sign_in(city):
    who = city.office.account("planner", name="lan", subject="@Lan.Anh")
    assert city.come_in()[1].status_code == 200
    with city.office.store.reading() as db:
        assert accounts.get(db, who).subject == "a7f-0001"
    city.issuer.subject = "b8e-0002"  # somebody else who has got the name since
    assert city.come_in()[1].status_code == 403


def test_a_subject_that_looks_like_a_name_is_not_taken_for_one(small_city):
    small_city.office.account("administrator", name="chief", subject="@chief")
    small_city.issuer.subject, small_city.issuer.username = "@chief", ""
    assert small_city.come_in()[1].status_code == 403


def test_a_closed_account_stays_closed(small_city):
    with small_city.office.store.upkeep() as db:
        db.execute(accounts.table.update().values(active=False))
    assert small_city.come_in()[1].status_code == 403


def test_what_is_sent_to_the_issuer_holds_a_challenge_and_no_secret(small_city):
    _, sent = small_city.leave()
    where = sent.headers["location"]
    assert sent.status_code == 303
    assert where.startswith(f"{ADDRESS}/authorize?response_type=code&client_id=congvu")
    assert "code_challenge_method=S256" in where
    cookie = sent.headers["set-cookie"]
    assert cookie.startswith("__Host-congvu-oidc=")
    for part in ("HttpOnly", "SameSite=lax", "Secure", "Max-Age=600"):
        assert part in cookie
    assert "b%C3%AD" not in where


# --- somebody tries to get in ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://evil.example"}, {"aud": "another"}, {"aud": ["congvu", "another"]},
        {"azp": "another"}, {"nonce": "another"}, {"nonce": None}, {"exp": 1}, {"iat": 9_999_999_999},
        {"sub": ""}, {"sub": 7}, {"sub": "x" * 301}, {"sub": "a\x00"}, {"exp": "never"}, {"iss": None},
    ],
)  # fmt: skip
def test_a_paper_that_is_not_for_us_now_lets_nobody_in(small_city, lie):
    small_city.issuer.lie = lie
    client, answer = small_city.come_in()
    assert (answer.status_code, answer.json()["type"]) == (502, "/problems/oidc-answer")
    assert "__Host-congvu" not in client.cookies


def test_a_paper_signed_by_somebody_else_or_by_nobody_lets_nobody_in(small_city):
    small_city.issuer.key = STRANGE
    assert small_city.come_in()[1].status_code == 502
    small_city.issuer.header = {"alg": "none"}
    assert small_city.come_in()[1].status_code == 502


@pytest.mark.parametrize(("minutes", "status"), [(10, 200), (10.1, 400)])
def test_coming_back_takes_at_most_ten_minutes(small_city, minutes, status):
    client, sent = small_city.leave()
    back = small_city.issuer.approve(sent.headers["location"])
    small_city.office.later(minutes=minutes)
    small_city.issuer.now = small_city.office.now
    assert client.get(CALLBACK, params=back).status_code == status


def test_another_browsers_return_is_not_taken(small_city):
    _, sent = small_city.leave()
    back = small_city.issuer.approve(sent.headers["location"])
    stranger = small_city.office.anonymous()
    assert stranger.get(CALLBACK, params=back).status_code == 400
    other, _ = small_city.leave()
    assert other.get(CALLBACK, params=back).status_code == 400
    assert "/token" not in small_city.issuer.asked


def test_a_cookie_that_was_changed_is_not_taken(small_city):
    client, sent = small_city.leave()
    back = small_city.issuer.approve(sent.headers["location"])
    name = "__Host-congvu-oidc"
    value = client.cookies[name]
    client.cookies.clear()
    client.cookies.set(name, value[:-4] + ("AAAA" if value[-4:] != "AAAA" else "BBBB"))
    assert client.get(CALLBACK, params=back).status_code == 400


def test_a_return_is_good_once(small_city):
    client, sent = small_city.leave()
    back = small_city.issuer.approve(sent.headers["location"])
    cookie = client.cookies["__Host-congvu-oidc"]
    assert client.get(CALLBACK, params=back).status_code == 200
    assert client.get(CALLBACK, params=back).status_code == 400  # the cookie is gone
    again = small_city.office.anonymous()
    again.cookies.set("__Host-congvu-oidc", cookie)
    assert again.get(CALLBACK, params=back).status_code == 502  # the issuer's code is used up


def test_who_is_refused_at_the_issuer_is_told(small_city):
    client, sent = small_city.leave()
    state = small_city.issuer.approve(sent.headers["location"])["state"]
    answer = client.get(CALLBACK, params={"state": state, "error": "access_denied"})
    assert answer.status_code == 401


# --- an issuer that is not well ------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys"])
@pytest.mark.parametrize(
    "answer",
    [
        httpx2.Response(500, text="<html>"), httpx2.Response(200, text="<html>"),
        httpx2.Response(200, json=[]), httpx2.Response(200, json={}), httpx2.Response(302),
        httpx2.Response(200, content=b"\xff\xfe{"), httpx2.Response(200, json={"keys": [{"kty": "?"}]}),
    ],
    ids=["500", "page", "list", "empty", "moved", "bytes", "odd key"],
)  # fmt: skip
def test_an_issuer_that_talks_nonsense_gets_a_clear_word(small_city, path, answer):
    client, sent = small_city.leave()
    back = small_city.issuer.approve(sent.headers["location"])
    small_city.issuer.broken[path] = answer
    got = client.get(CALLBACK, params=back)
    assert (got.status_code, got.json()["type"]) == (502, "/problems/oidc-answer")


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://id.example.gov.vn/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_an_issuer_that_describes_somebody_else_is_not_followed(small_city, described):
    small_city.issuer.described = described
    _, sent = small_city.leave()
    assert sent.status_code == 502


def test_an_issuer_that_does_not_answer_is_told_apart(small_city):
    def away(request):
        said = "away"
        raise httpx2.ConnectError(said)

    small_city.office.app.state.issuer.transport = httpx2.MockTransport(away)
    _, sent = small_city.leave(**{"Accept-Language": "vi"})
    assert (sent.status_code, sent.headers["retry-after"]) == (503, "30")
    assert "không trả lời" in sent.json()["detail"]


def test_without_an_issuer_there_is_no_such_door(small_office):
    assert small_office.anonymous().get("/api/v1/oidc/start").status_code == 404


def test_the_libraries_of_the_extra_are_asked_for_only_with_an_issuer():
    code = (
        "import sys, api.app, api.settings\n"
        "from data.store.store import Store\n"
        "made = api.app.create_app(api.settings.ServerSettings(_env_file=None), Store('sqlite://'), None)\n"
        "print(sorted({'authlib', 'httpx2', 'joserfc', 'itsdangerous'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
