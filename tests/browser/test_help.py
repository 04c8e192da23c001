"""Help and tour as somebody new uses them: one press to come in, pictures that show, a way from every page."""

import pytest
from playwright.sync_api import expect

from api.identity import actor_of
from api.settings import ServerSettings
from data.store.store import Store
from scheduler.journeys.online.demo_people import (
    PEOPLE,
    DemoAccount,
    SignIns,
    make_accounts,
    new_password,
    write_note,
)  # fmt: skip
from tests.browser.filled import fill
from tests.browser.serving import served, visiting
from tests.clients import Office
from tests.databases import fresh_url

KINDS = [("vi", 1440, "light"), ("en", 390, "dark")]
SAID = {
    "vi": {"help": "Hướng dẫn cho trang này", "title": "Lãnh đạo", "part": "Phê duyệt hoặc trả lại",
           "find": "Tìm", "go": "Vào vai", "tour": "Thử gì trước", "people": "Thời hạn vị trí"},
    "en": {"help": "Help for this page", "title": "Leader", "part": "Approve it, or send it back",
           "find": "Find", "go": "Go in as", "tour": "What to try first", "people": "Deadlines of posts"},
}  # fmt: skip


@pytest.fixture(scope="module")
def trial(browser, tmp_path_factory):
    """A demonstration whose accounts are there, with a few plans and people."""
    folder = tmp_path_factory.mktemp("trial")
    store = Store(fresh_url("sqlite", folder))
    office = Office(store, ServerSettings(_env_file=None, demo=True, home=folder))
    password = new_password()
    make_accounts(store, office.passwords, actor_of, office.now, password)
    listed = tuple(DemoAccount(role, *PEOPLE[role]) for role in PEOPLE)
    write_note(folder, SignIns(password, listed))
    fill(office)
    with served(office) as address:
        yield office, address
    store.close()


def clean(visitor):
    over = visitor.runs_over()
    return [*visitor.wrong, *visitor.violations(), *([f"{over} px"] if over else [])]


@pytest.mark.parametrize(("lang", "width", "theme"), KINDS)
def test_from_a_page_to_the_help_of_its_reader(page_as, lang, width, theme):
    said = SAID[lang]
    visitor = page_as("leader", lang=lang, width=width, theme=theme)
    page = visitor.goes("/plans")
    page.keyboard.press("?")
    expect(page.locator("#keys").get_by_role("link", name=said["help"])).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("contentinfo").get_by_role("link", name=said["help"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(said["title"])
    page.get_by_role("navigation").get_by_role("link", name=said["part"]).click()
    expect(page.get_by_role("heading", name=said["part"])).to_be_in_viewport()
    for picture in page.locator(".help-text img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("(image) => image.naturalWidth") >= 390
        assert picture.get_attribute("alt")
    assert clean(visitor) == []


@pytest.mark.parametrize(("lang", "width", "theme"), KINDS)
def test_a_term_in_the_help_leads_to_its_meaning(page_as, lang, width, theme):
    visitor = page_as("inspector", lang=lang, width=width, theme=theme)
    page = visitor.goes("/help/inspector")
    page.locator("a.term").first.click()
    expect(page.locator("#finding")).to_be_in_viewport()
    page.get_by_role("searchbox").fill("chong cheo")
    page.locator(".help-find").get_by_role("button", name=SAID[lang]["find"]).click()
    expect(page.locator(".glossary > div")).to_have_count(2)
    expect(page.locator("#overlap")).to_be_visible()
    assert clean(visitor) == []


@pytest.mark.parametrize(("lang", "width", "theme"), KINDS)
def test_one_press_lets_a_newcomer_in_and_another_changes_the_role(
    browser, trial, lang, width, theme
):
    said = SAID[lang]
    with visiting(browser, *trial, lang=lang, width=width, theme=theme) as visitor:
        page = visitor.goes("/sign-in")
        assert clean(visitor) == []
        page.locator(".demo-accounts").get_by_role("button").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(said["tour"])
        assert clean(visitor) == []
        stop = page.locator(".tour li", has=page.get_by_text("to.chuc")).first
        stop.get_by_role("button", name=said["go"]).click()
        page.wait_for_url("**/people?standing=overdue")
        expect(page.get_by_role("heading", level=1)).to_have_text(said["people"])
        expect(page.locator(".demo-banner").get_by_role("link", name=said["tour"])).to_be_visible()
        page.locator(".demo-banner a").click()
        mine = page.locator(".tour li", has=page.get_by_text("to.chuc")).first
        expect(mine.get_by_role("link")).to_have_attribute("href", "/people?standing=overdue")


def test_a_real_installation_has_no_tour_and_offers_no_account(page_as):
    assert page_as("planner").goes("/tour").locator(".tour").count() == 0
    assert page_as().goes("/sign-in").locator(".demo-accounts").count() == 0
