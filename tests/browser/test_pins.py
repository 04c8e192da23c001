"""Pins and bans: written, seen with who and why, withdrawn; each only by whom the plan belongs to."""

import re

import pytest
from playwright.sync_api import expect

SAID = {
    "vi": ("phải được kiểm tra trong tuần từ 10/05/2027", "Rút yêu cầu", "Phường Ba Đình"),
    "en": (
        "must be inspected in the week of 10 May 2027",
        "Withdraw the request",
        "Phường Ba Đình",
    ),
}


@pytest.mark.parametrize(("lang", "width", "theme"), [("vi", 1440, "light"), ("en", 390, "dark")])
def test_a_planner_writes_a_pin_sees_it_and_takes_it_back(page_as, lang, width, theme):
    sentence, withdraw, unit = SAID[lang]
    visitor = page_as("planner", lang=lang, width=width, theme=theme)
    page = visitor.goes("/pins/new")
    page.locator("#f-unit_id").fill("00004")
    page.locator("#f-week").fill("2027-05-13")
    page.locator("#f-reason").fill("Theo đề nghị của phường")
    page.locator("main button[type=submit]").click()
    expect(page).to_have_url(re.compile("/pins$"))
    row = page.locator("tbody tr").filter(has_text=sentence)
    expect(row).to_contain_text(unit)
    expect(row).to_contain_text("Theo đề nghị của phường")
    expect(row).to_contain_text("Planner")
    assert visitor.violations() == []
    assert visitor.runs_over() == 0
    row.locator("button").click()
    page.get_by_role("dialog").get_by_role("button", name=withdraw).click()
    expect(page.locator("tbody tr").filter(has_text=sentence)).to_have_count(0)
    assert visitor.wrong == []


def test_a_pin_of_nobody_known_is_refused_and_what_was_typed_stays(page_as):
    page = page_as("planner").goes("/pins/new")
    page.locator("#f-unit_id").fill("KHONG-CO")
    page.locator("#f-reason").fill("thử")
    page.locator("main button[type=submit]").click()
    expect(page.get_by_role("alert").filter(has_text="KHONG-CO")).to_be_focused()
    expect(page.locator("#f-reason")).to_have_value("thử")


def test_hr_and_the_planner_see_their_own_kind_only(page_as):
    hr = page_as("hr").goes("/pins/new")
    expect(hr.locator("#f-unit_id")).to_have_count(0)
    hr.locator("#f-staff_id").fill("CB0203")
    hr.locator("#f-must").select_option("false")
    hr.locator("#f-reason").fill("Đang chủ trì đề án")
    hr.locator("main button[type=submit]").click()
    expect(hr.locator("tbody tr").filter(has_text="không được chuyển trong năm")).to_be_visible()
    planner = page_as("planner").goes("/pins")
    expect(planner.get_by_text("Đang chủ trì đề án")).to_have_count(0)
    hr.locator("tbody tr").filter(has_text="đề án").locator("button").click()
    hr.get_by_role("dialog").get_by_role("button", name="Rút yêu cầu").click()
    expect(hr.locator("tbody tr").filter(has_text="đề án")).to_have_count(0)
