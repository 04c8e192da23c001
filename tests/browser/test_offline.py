"""Without a network: an inspector's next days can be read; nothing of one person ever shows for another."""

import re

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from tests.browser.inspecting import HAI, LAN
from tests.browser.serving import served

PASSWORD = "mười hai con giáp"
NAMES = (
    "() => caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name)"
    ".then((cache) => cache.keys()).then((all) => all.map((one) => new URL(one.url).pathname))))"
    ".then((paths) => paths.flat()))"
)
READY = "caches.open('congvu-book').then((book) => book.match('/since')).then(Boolean)"
SIGNED_IN = {"Phường Ba Đình", "Phường Hồng Hà", "Phường Nghĩa Đô"}


def kept(page):
    """What this browser keeps of pages, sorted."""
    found = page.evaluate(NAMES)
    assert not any("envelope" in path or path.startswith("/api/") for path in found)
    own = {"/owner", "/gone", "/kept", "/since", "/unsaid", "/signed-out"}
    return sorted(p for p in found if not p.startswith("/static/") and p not in own)


def until(page, truth, *values):
    """Wait until a script gives true (the pages' policy forbids strings as waits)."""
    for _ in range(100):
        if page.evaluate(truth, *values):
            return
        page.wait_for_timeout(100)
    raise AssertionError(truth)


def opened(visitor, path="/assignments"):
    """The page, once what it lets the browser keep is kept."""
    page = visitor.goes(path)
    until(page, READY)
    return page


def go(page, address, path):
    """The page at this path; "" when the browser has nothing to show."""
    try:
        page.goto(address + path, wait_until="load")
    except PlaywrightError as error:
        if "ERR_" not in str(error):
            raise
        return ""
    return page.content()


def sign_in(page, address, name):
    page.goto(f"{address}/sign-in")
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").click()
    expect(page).to_have_url(f"{address}/")


@pytest.fixture(scope="module")
def people(at_work):
    """Lan and Hải, who sign in with a password."""
    office, _ = at_work
    for name, who in (("lan.p", LAN), ("hai.p", HAI)):
        office.account_with(PASSWORD, "inspector", name=name, inspector_id=who)


@pytest.mark.parametrize(("lang", "width"), [("vi", 390), ("en", 1440)])
def test_without_a_network_today_and_seven_days_are_read_and_nothing_else(
    lan, at_work, lang, width
):
    visitor = lan(lang=lang, width=width)
    page, address = opened(visitor, "/"), at_work[1]
    assert kept(page) == [
        "/assignments", "/assignments/2027-DK-00004", "/assignments/2027-DK-00097",
        "/assignments/2027-DK-00160", "/offline",
    ]  # fmt: skip
    assert visitor.wrong == []
    page.context.set_offline(True)
    go(page, address, "/assignments")
    banner = page.locator("#offline")
    said = (
        r"Offline, data as of \d\d:\d\d\. Read"
        if lang == "en"
        else r"Ngoại tuyến, dữ liệu lúc \d\d:\d\d\. Chỉ"
    )
    expect(banner).to_have_text(re.compile(said))
    expect(banner).to_be_visible()
    page.locator(".near").get_by_role("link", name="Phường Ba Đình").click()
    expect(page.get_by_text("21.03853, 105.83806")).to_be_visible()
    expect(banner).to_be_visible()
    assert page.locator("main form:visible, .top form:visible").count() == 0  # for reading only
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith(
        '"Be Vietnam Pro"'
    )
    assert page.evaluate("getComputedStyle(document.querySelector('.days')).display") == "grid"
    assert (visitor.violations(), visitor.runs_over()) == ([], 0)
    for path in ("/assignments/2027-DK-00229", "/assignments?month=2027-02", "/envelopes", "/"):
        shown = go(page, address, path)
        assert "Phường" not in shown, path  # not kept: a word about it, and a way back
        expect(page.locator("main a[href='/assignments']")).to_be_visible()
    page.context.set_offline(False)
    go(page, address, "/assignments")
    expect(banner).to_be_hidden()


def test_signing_out_leaves_nothing_on_the_device(lan, at_work):
    visitor, address = lan(width=390), at_work[1]
    page = opened(visitor)
    page.get_by_role("button", name="Tài khoản lan").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page).to_have_url(f"{address}/sign-in")
    assert kept(page) == []
    page.context.set_offline(True)
    for path in ("/assignments", "/assignments/2027-DK-00004", "/offline"):
        assert "Phường" not in go(page, address, path)
        assert "lan" not in page.locator("body").inner_text()
    assert visitor.page.evaluate("document.body.innerText").count("Phường") == 0


def test_who_signs_out_without_a_network_leaves_nothing_and_the_server_hears_of_it_first(
    lan, at_work
):
    visitor, address = lan(width=390), at_work[1]
    page = opened(visitor)
    page.context.set_offline(True)
    go(page, address, "/assignments")
    page.get_by_role("button", name="Tài khoản lan").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã đăng xuất khỏi máy này")
    assert kept(page) == []
    assert "Phường" not in go(page, address, "/assignments")
    page.context.set_offline(False)
    go(page, address, "/assignments")  # the cookie is still there, the session is not
    expect(page).to_have_url(re.compile("/sign-in"))
    assert kept(page) == []


def test_another_account_on_the_same_device_sees_only_its_own(browser, at_work, people):
    _, address = at_work
    context = browser.new_context(locale="vi")
    page = context.new_page()
    sign_in(page, address, "lan.p")
    until(page, READY)
    assert "/assignments/2027-DK-00004" in kept(page)
    mine = page.evaluate("caches.keys()")
    context.clear_cookies(name="congvu")  # the session is lost without signing out
    sign_in(page, address, "hai.p")
    until(page, READY)
    assert kept(page) == ["/assignments", "/assignments/2027-DK-00364", "/offline"]
    assert not (set(mine) & set(page.evaluate("caches.keys()")) - {"congvu-book", "congvu-files"})
    context.set_offline(True)
    assert "Phường Khương Đình" in go(page, address, "/assignments")
    assert not [name for name in SIGNED_IN if name in page.content()]
    assert "Phường Ba Đình" not in go(page, address, "/assignments/2027-DK-00004")
    context.close()


def test_a_planner_or_nobody_keeps_nothing_and_wipes_what_was_there(lan, at_work):
    office, address = at_work
    visitor = lan()
    page = opened(visitor)
    planner = office.session("planner", name="planner.p")
    page.context.add_cookies([{"name": "congvu", "value": planner, "url": address}])
    page.goto(f"{address}/follow-ups")
    until(page, f"({NAMES})().then((all) => !all.some((path) => path.startsWith('/assignments')))")
    assert kept(page) == []
    page.context.set_offline(True)
    assert go(page, address, "/assignments") == "" or "Phường" not in page.content()


def test_a_session_that_has_ended_keeps_nothing_once_the_server_says_so(lan, at_work):
    visitor, address = lan(), at_work[1]
    page = opened(visitor)
    page.context.add_cookies([{"name": "congvu", "value": "void", "url": address}])
    page.goto(f"{address}/assignments")
    expect(page).to_have_url(re.compile("/sign-in"))
    until(page, f"({NAMES})().then((all) => !all.some((path) => path.startsWith('/assignments')))")
    assert kept(page) == []


def test_a_change_is_in_what_is_kept(lan, at_work):
    visitor, address = lan(width=390), at_work[1]
    page = opened(visitor, "/assignments/2027-DK-00004")
    adding = page.locator('form[action$="/findings"]')
    adding.locator("textarea").fill("Vừa ghi xong")
    adding.locator("button").click()
    expect(page.locator(".told")).to_be_visible()
    text = (
        "caches.match('/assignments/2027-DK-00004').then((found) => found?.text())"
        ".then((html) => html?.includes('Vừa ghi xong'))"
    )
    until(page, text)
    page.context.set_offline(True)
    assert "Vừa ghi xong" in go(page, address, "/assignments/2027-DK-00004")
    assert 'class="told"' not in page.content()  # said once, when it was saved


def test_the_worker_is_given_at_the_root_and_is_never_kept_too_long(at_work):
    answer = at_work[0].anonymous().get("/sw.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_a_server_that_is_gone_is_as_good_as_no_network(browser, at_work):
    office, _ = at_work
    context = browser.new_context(locale="vi")
    page = context.new_page()
    token = office.session("inspector", name="lan", inspector_id=LAN)
    with served(office) as address:
        context.add_cookies([{"name": "congvu", "value": token, "url": address}])
        page.goto(f"{address}/assignments")
        until(page, READY)
    assert "Phường Hồng Hà" in go(page, address, "/assignments/2027-DK-00097")
    expect(page.locator("#offline")).to_be_visible()
    context.close()
