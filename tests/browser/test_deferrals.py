"""HR writes, changes and withdraws deferrals and measures on pages."""

import re

from playwright.sync_api import expect


def filled(page, **fields):
    for name, value in fields.items():
        field = page.locator(f"main [name={name}]")
        field.select_option(value) if name in ("ground", "kind") else field.fill(value)
    page.get_by_role("button", name="Lưu").click()


def test_a_deferral_is_written_from_the_page_of_a_person_and_withdrawn(page_as):
    visitor = page_as("hr")
    page = visitor.goes("/people/CB0132")  # overdue
    expect(page.locator(".who-line .state")).to_have_text("Quá hạn")
    page.get_by_role("link", name="Ghi tạm hoãn").click()
    expect(page.get_by_text("Lê Thị Hương")).to_be_visible()
    told = {"ground": "study", "start": "2027-02-01", "evidence": "Quyết định số 12/QĐ-SNV"}
    filled(page, **told, end="2027-01-31")
    problem = page.get_by_role("alert").filter(has_text="31/01/2027")
    expect(problem).to_contain_text("Sửa lại ngày")
    assert (
        page.locator("[name=evidence]").input_value() == told["evidence"]
    )  # nothing typed is lost
    filled(page, end="2028-02-28")
    expect(page).to_have_url(re.compile("/people/CB0132$"))
    expect(page.get_by_role("status")).to_contain_text("Đã ghi tạm hoãn cho Lê Thị Hương")
    expect(page.locator(".who-line .state")).to_have_text("Đang tạm hoãn")
    page.get_by_role("button", name="Rút").click()
    page.get_by_role("dialog").get_by_role("button", name="Rút trường hợp này").click()
    expect(page.locator(".who-line .state")).to_have_text("Quá hạn")
    assert visitor.wrong == []


def test_the_tabs_show_what_holds_what_ends_soon_and_all(page_as):
    page = page_as("hr").goes("/deferrals")
    found = {}
    for tab in ("Đang có hiệu lực", "Sắp hết trong 60 ngày", "Tất cả"):
        page.get_by_role("navigation", name="Những trường hợp nào").get_by_role(
            "link", name=tab
        ).click()
        expect(page.locator(".tabs [aria-current]")).to_have_text(tab)
        found[tab] = set(page.locator("tbody .state").all_inner_texts())
    assert found == {
        "Đang có hiệu lực": {"Đang có hiệu lực", "Sắp hết"},
        "Sắp hết trong 60 ngày": {"Sắp hết"},
        "Tất cả": {"Đang có hiệu lực", "Sắp hết", "Đã hết"},
    }


def test_who_changes_what_another_has_changed_meanwhile_is_told(page_as):
    first, second = page_as("hr").goes("/deferrals/1"), page_as("hr").goes("/deferrals/1")
    filled(first, evidence="Giấy mới")
    expect(first.get_by_role("status")).to_contain_text("Đã sửa tạm hoãn")
    filled(second, evidence="Giấy khác")
    expect(second.get_by_role("alert").filter(has_text="bản mới hơn")).to_be_visible()
    assert second.locator("[name=evidence]").input_value() == "Giấy khác"


def test_an_unknown_code_is_refused_in_words(page_as):
    page = page_as("hr").goes("/deferrals/new")
    filled(page, staff_id="CB9999", ground="illness", start="2027-03-01", evidence="x")
    expect(page.get_by_role("alert").filter(has_text="CB9999")).to_be_visible()
    assert page.url.endswith("/deferrals/new")


def test_a_measure_keeps_to_the_days_of_the_law_and_leaves_the_clock_alone(page_as):
    visitor = page_as("hr", lang="en")
    page = visitor.goes("/people/CB0244")
    before = page.locator(".reading-day").inner_text()
    page.locator("a[href^='/measures/new']").click()
    told = {"kind": "suspension", "start": "2027-03-01", "decision_no": "15/QĐ-SNV"}
    page.locator("[name=end]").fill("2028-03-01")
    for name, value in told.items():
        field = page.locator(f"main [name={name}]")
        field.select_option(value) if name == "kind" else field.fill(value)
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".form-problem .notice-bad")).to_be_visible()
    page.locator("[name=end]").fill("2027-03-10")
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile("/people/CB0244$"))
    expect(page.locator("main")).to_contain_text("15/QĐ-SNV")
    assert page.locator(".reading-day").inner_text() == before
    visitor.goes("/measures")
    row = page.locator("tbody tr").filter(has_text="CB0244")
    row.get_by_role("button").click()
    page.get_by_role("dialog").locator("button[type=submit]").click()
    expect(page.locator("tbody tr").filter(has_text="CB0244")).to_have_count(0)
