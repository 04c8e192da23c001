"""Finding anything from anywhere: the finder by keyboard, the page of results, each in its own rights."""

import re

import pytest
from playwright.sync_api import expect

SAID = {
    "vi": ("Tìm và đi tới", "Mọi loại", "Không tìm thấy gì"),
    "en": ("Find and go", "All kinds", "Nothing found"),
}
BOTH = [("vi", 1440), ("en", 390)]


def fresh(page, q):
    return page.locator(f'[data-found-for="{q}"]')


@pytest.mark.parametrize(("lang", "width"), BOTH)
def test_somebody_is_found_and_opened_without_a_mouse(page_as, lang, width):
    visitor = page_as("hr", lang=lang, width=width)
    page = visitor.goes("/")
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog", name=SAID[lang][0])
    page.keyboard.type("vu minh quan")
    expect(fresh(page, "vu minh quan")).to_be_visible()
    assert visitor.violations() == []
    assert visitor.runs_over() == 0
    page.keyboard.press("ArrowDown")
    expect(dialog.get_by_role("link").filter(has_text="Vũ Minh Quân").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/people/CB\d+$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vũ Minh Quân")
    assert visitor.wrong == []


def test_enter_before_the_answer_has_come_never_opens_what_was_sought_before(page_as):
    visitor = page_as("hr")
    page = visitor.goes("/")
    page.keyboard.press("Control+k")
    page.keyboard.type("cb0203")
    expect(fresh(page, "cb0203")).to_be_visible()
    page.keyboard.press("Control+a")
    page.keyboard.type("cb0070")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"(/search\?q=cb0070|/people/CB0070)$"))


@pytest.mark.parametrize(("lang", "width"), BOTH)
def test_the_page_leads_from_the_kinds_to_one_kind_and_back(page_as, lang, width):
    visitor = page_as("leader", lang=lang, width=width)
    page = visitor.goes("/search")
    page.get_by_role("main").get_by_role("searchbox").fill("nguyễn thị")
    page.keyboard.press("Enter")
    people = page.locator("section[aria-labelledby=found-person]")
    expect(people.get_by_role("link").filter(has_text="Nguyễn Thị")).to_have_count(5)
    people.locator("a.more").click()
    expect(page).to_have_url(re.compile("kind=person"))
    assert page.locator("main .found a").count() > 5
    assert visitor.violations() == []
    page.get_by_role("link", name=SAID[lang][1]).click()
    expect(page).not_to_have_url(re.compile("kind="))
    expect(page.get_by_role("main").get_by_role("searchbox")).to_have_value("nguyễn thị")
    visitor.goes("/search?q=khongcoai")
    expect(page.locator(".empty-title")).to_have_text(SAID[lang][2])
    assert visitor.runs_over() == 0
    assert visitor.wrong == []


def test_a_planner_finds_units_and_visits_but_no_officials(page_as):
    page = page_as("planner").goes("/search?q=ba+dinh")
    expect(page.locator("#found-unit")).to_be_visible()
    expect(page.locator("#found-visit")).to_be_visible()
    expect(page.locator("#found-person")).to_have_count(0)
    page.locator("section[aria-labelledby=found-visit] a").first.click()
    expect(page).to_have_url(re.compile(r"/plans/\d+/visits/V4$"))


def test_a_visitor_without_a_script_has_the_page_as_well(page_as):
    page = page_as("planner").goes("/search?q=v4")
    assert page.locator("main form[role=search]").get_attribute("action") == "/search"
    expect(page.locator("section[aria-labelledby=found-visit] .found-key").first).to_have_text("V4")
