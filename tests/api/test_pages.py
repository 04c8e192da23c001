"""Pages from the door: who is let in, where one comes back to, problems in HTML, what may be kept."""

import re

import pytest

from api.access import EVERYBODY, ROLES, Requires
from api.navigation import PLACES
from api.page import local
from api.pages import PAGES
from api.static_files import static
from tests.api.test_rights import right_of
from tests.clients import ROLES as KNOWN_ROLES

HTML = {"accept": "text/html,application/xhtml+xml"}
OPEN = {  # pages that ask for no right, each with the reason
    ("GET", "/sign-in"): "who signs in has not signed in yet",
    ("POST", "/sign-in"): "who signs in has not signed in yet",
    ("GET", "/welcome"): "the one-time link is the right, and nobody has an account yet",
    ("POST", "/welcome"): "the one-time link is the right, and nobody has an account yet",
    ("GET", "/password"): "the one-time link is the right",
    ("POST", "/password"): "the one-time link is the right",
    ("GET", "/signed-out"): "it says nothing of anybody",
    ("POST", "/language"): "how pages look is the browser's, not the account's",
    ("POST", "/theme"): "how pages look is the browser's, not the account's",
}
ROUTES = [
    (method, route.path, route)
    for router in PAGES
    for route in router.routes
    for method in sorted(route.methods - {"HEAD"})
]
IDS = [f"{method} {path}" for method, path, _ in ROUTES]
PASSWORD = "mười hai con giáp"


def address(path):
    return re.sub(r"\{\w+\}", "999999", path)


@pytest.mark.parametrize(("method", "path", "route"), ROUTES, ids=IDS)
def test_a_page_names_its_right_first(method, path, route):
    assert (right_of(route) is None) == ((method, path) in OPEN)
    if (method, path) not in OPEN:
        assert isinstance(route.dependant.dependencies[0].call, Requires)


@pytest.mark.parametrize(("method", "path", "route"), ROUTES, ids=IDS)
def test_who_has_not_signed_in_is_led_to_the_door(small_office, method, path, route):
    if (method, path) not in OPEN:
        nobody = small_office.anonymous(**HTML)
        answer = nobody.request(method, address(path), follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("role", KNOWN_ROLES)
def test_a_role_sees_exactly_the_pages_it_has_the_right_for(small_office, role):
    client, seen = small_office.client(role), {}
    client.headers.update(HTML)
    for method, path, route in ROUTES:
        if (method, path) not in OPEN and path != "/sign-out":
            status = client.request(method, address(path), follow_redirects=False).status_code
            assert status < 500
            seen[method, path] = (status != 403, right_of(route) in ROLES[role] | EVERYBODY)
    assert {what: pair for what, pair in seen.items() if pair[0] != pair[1]} == {}


def test_the_menu_shows_a_page_exactly_to_those_who_may_see_it():
    asked = {path: right_of(route) for method, path, route in ROUTES if method == "GET"}
    wrong = [p.path for p in PLACES if p.path in asked and asked[p.path] != p.right]
    assert wrong == []
    assert len({p.key for p in PLACES}) == len({p.path for p in PLACES}) == len(PLACES)


def test_signing_in_leads_back_to_where_one_wanted_to_go(office):
    office.account_with(PASSWORD, "planner", name="lan")
    nobody = office.anonymous(**HTML)
    door = nobody.get("/runs?everybody=true", follow_redirects=False).headers["location"]
    assert door == "/sign-in?next=%2Fruns%3Feverybody%3Dtrue"
    assert 'name="next" value="/runs?everybody=true"' in nobody.get(door).text
    form = {"username": "lan", "password": PASSWORD, "next": "/runs?everybody=true"}
    answer = nobody.post("/sign-in", data=form, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/runs?everybody=true")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert nobody.get("/runs").status_code == 200


@pytest.mark.parametrize("elsewhere", [
    "https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "\\/elsewhere.example",
    "javascript:alert(1)", "/\telsewhere", "/a\r\nSet-Cookie: x=1", "", "elsewhere", "/x\\..\\y",
])  # fmt: skip
def test_nobody_is_sent_to_another_server(small_office, elsewhere):
    assert local(elsewhere) == "/"
    small_office.account_with(PASSWORD, "planner", name="lan")
    form = {"username": "lan", "password": PASSWORD, "next": elsewhere}
    answer = small_office.anonymous(**HTML).post("/sign-in", data=form, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_a_wrong_password_says_so_on_the_page_and_starts_no_session(small_office):
    small_office.account_with(PASSWORD, "planner", name="lan")
    nobody = small_office.anonymous(**HTML, **{"accept-language": "vi"})
    answer = nobody.post("/sign-in", data={"username": "lan", "password": "sai rồi nhé"})
    assert answer.status_code == 401
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in answer.text
    assert "congvu" not in answer.cookies
    from_form = nobody.post(
        "/sign-in", data={"username": "lan", "password": "sai"}, headers={"HX-Request": "true"}
    )
    assert "<html" not in from_form.text
    assert 'class="notice notice-bad"' in from_form.text


def test_a_script_whose_session_is_over_is_sent_to_the_door(small_office):
    answer = small_office.anonymous().get("/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/sign-in")


def test_a_form_whose_session_is_over_keeps_what_was_typed_and_names_the_door(small_office):
    answer = small_office.anonymous().post(
        "/pins", data={"reason": "a"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 401
    assert "HX-Redirect" not in answer.headers
    assert '<a href="/sign-in" target="_blank"' in answer.text


def test_signing_out_ends_the_session_itself_and_not_only_the_cookie(office):
    client = office.client("planner")
    stolen = dict(client.cookies)
    assert client.post("/sign-out", headers=HTML, follow_redirects=False).status_code == 303
    other = office.anonymous()
    other.cookies.update(stolen)
    assert other.get("/", headers=HTML, follow_redirects=False).status_code == 303


def test_what_was_done_is_said_once(small_office):
    client = small_office.client("planner", lang="vi")
    page = client.post("/sign-out", headers=HTML)
    assert "Đã đăng xuất." in page.text
    assert "Đã đăng xuất." not in client.get("/sign-in", headers=HTML).text


def test_a_page_that_is_only_kept_for_later_does_not_take_what_is_said_once(small_office):
    client = small_office.client("planner", lang="vi")
    client.post("/sign-out", headers=HTML, follow_redirects=False)
    kept = client.get("/sign-in", headers={**HTML, "x-in-passing": "yes"}).text
    assert "Đã đăng xuất." not in kept
    assert "Đã đăng xuất." in client.get("/sign-in", headers=HTML).text


def test_the_same_problem_is_a_page_for_people_and_json_for_programs(small_office):
    client = small_office.client("hr", lang="vi")
    page = client.get("/style", headers=HTML)
    assert (page.status_code, page.headers["content-type"]) == (403, "text/html; charset=utf-8")
    told = client.get("/style", headers={"accept": "application/json"})
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["detail"] in page.text
    assert client.get("/api/v1/nowhere", headers=HTML).headers["content-type"] == (
        "application/problem+json"
    )
    assert "Không có địa chỉ này" in client.get("/nowhere", headers=HTML).text


def test_what_a_person_wrote_never_becomes_html(small_office):
    page = small_office.anonymous(**HTML).get("/sign-in?next=/%22%3E%3Cscript%3E")
    assert "<script>" not in page.text
    client = small_office.client("planner", name='<b>"lan')
    assert '<b>"lan' not in client.get("/", headers=HTML).text


def test_pages_are_not_kept_and_their_files_for_ever(small_office):
    client = small_office.client("planner")
    assert client.get("/", headers=HTML).headers["cache-control"] == "no-store"
    kept = client.get(static("app.css"))
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert kept.headers["content-encoding"] == "gzip"
    older = client.get("/static/0123456789ab/app.css")
    assert older.content == kept.content
    assert "immutable" not in older.headers["cache-control"]
    for path in ("nowhere.css", "../page.py", "%2e%2e/page.py", "../../pyproject.toml"):
        assert client.get(f"/static/0123456789ab/{path}").status_code == 404


def test_every_word_of_a_page_is_of_its_language(small_office):
    client = small_office.client("inspector", lang="en")
    page = client.get("/", headers=HTML)
    assert '<html lang="en"' in page.text
    assert page.headers["content-language"] == "en"
    client.post("/language", data={"lang": "vi", "next": "/"}, headers=HTML)
    assert '<html lang="vi"' in client.get("/", headers=HTML).text
    assert client.post("/language", data={"lang": "fr"}, headers=HTML).status_code == 422


def test_a_page_elsewhere_cannot_sign_anybody_out(small_office):
    client = small_office.client("planner")
    foreign = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site", **HTML}
    assert client.post("/sign-out", headers=foreign).status_code == 403
    assert client.get("/", headers=HTML).status_code == 200


def test_a_trial_installation_says_so_on_every_page(sqlite_store):
    from api.settings import ServerSettings
    from tests.clients import Office

    trial = Office(sqlite_store, ServerSettings(_env_file=None, demo=True))
    real = Office(sqlite_store)
    for office, said in ((trial, True), (real, False)):
        assert ("demo-banner" in office.client("planner").get("/", headers=HTML).text) == said
        assert ("demo-banner" in office.anonymous().get("/sign-in", headers=HTML).text) == said
