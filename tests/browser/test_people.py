"""Officials by days left on a page: sought without accents, sorted, one in full, answered for."""

import re

import pytest
from playwright.sync_api import expect

TWO_READINGS = "CB0203"  # of the sample: Vũ Minh Quân, whose papers of 1 July 2025 say nothing
DEFERRED = "CB0070"  # of the sample: seconded until December


def shown(page):
    return page.locator("#people-found tbody th a").all_inner_texts()


def told(page):
    return page.locator("#people-found .pager-told").inner_text()


@pytest.mark.parametrize("width", [1440, 390])
def test_somebody_is_found_while_typing_without_accents(page_as, width):
    visitor = page_as("hr", width=width)
    page = visitor.goes("/people")
    page.evaluate("window.same = true")
    assert told(page) == "1–50 trong 204"
    page.get_by_label("Tìm người").press_sequentially("vu minh quan", delay=5)
    expect(page.locator("#people-found tbody th a").first).to_have_text("Vũ Minh Quân")
    assert {"Vũ Minh Quân"} == set(shown(page))
    assert page.evaluate("window.same")  # the rows came alone
    expect(page.get_by_label("Tìm người")).to_be_focused()
    page.keyboard.press("Enter")  # and the address is one to keep
    expect(page).to_have_url(re.compile("q=vu"))
    assert {"Vũ Minh Quân"} == set(shown(page))
    assert visitor.wrong == []


def test_the_number_beside_a_status_is_that_of_its_rows(page_as):
    page = page_as("hr").goes("/people")
    found = {}
    for code in ("overdue", "missing_data", "deferred", "not_subject"):
        link = page.locator(f'.standings a[href*="standing={code}"]')
        number = link.locator(".standing-count").inner_text()
        link.click()
        expect(page.locator(".standings a[aria-current]")).to_have_attribute(
            "href", re.compile(code)
        )
        found[code] = told(page).endswith(f" trong {number}")
    assert found == dict.fromkeys(found, True)


def test_the_list_is_sorted_by_given_name_both_ways_and_keeps_its_filters(page_as):
    page = page_as("leader").goes("/people?standing=overdue")
    assert len(shown(page)) == 7
    page.get_by_role("link", name="Họ và tên").click()
    first = shown(page)
    assert first[0] == "Lê Thị Hương" or first[0].split()[-1] < first[-1].split()[-1]
    page.get_by_role("link", name="Họ và tên").click()
    assert shown(page) == first[::-1]
    expect(page.locator("th[aria-sort=descending]")).to_have_text(re.compile("Họ và tên"))
    assert "standing=overdue" in page.url


def test_a_page_of_the_list_follows_the_other(page_as):
    page = page_as("leader").goes("/people?sort=-days_left")
    before = shown(page)
    page.get_by_role("link", name="Trang sau").click()
    expect(page.locator(".pager-told")).to_have_text("51–100 trong 204")
    assert not set(before) & set(shown(page)) or before != shown(page)
    assert "sort=-days_left" in page.url


def test_hr_answers_for_a_reorganisation_and_takes_it_back(page_as):
    visitor = page_as("hr")
    page = visitor.goes(f"/people/{TWO_READINGS}")
    days = page.locator(".reading-day")
    assert days.all_inner_texts() == ["14/11/2025", "01/07/2030"]
    page.get_by_role("button", name="Ghi câu trả lời").click()  # nothing chosen: the browser asks
    expect(days).to_have_count(2)
    page.get_by_label("Không: là việc mới").check()
    page.get_by_label("chỉ vị trí VT0203").check()
    page.get_by_label("Văn bản làm căn cứ").fill("1656/NQ-UBTVQH15")
    page.get_by_role("button", name="Ghi câu trả lời").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi câu trả lời")
    expect(days).to_have_count(1)
    assert days.all_inner_texts() == ["01/07/2030"]
    expect(page.get_by_text("Văn bản còn để ngỏ")).to_have_count(0)
    visitor.goes("/successions")
    page.get_by_role("row", name=re.compile("VT0203")).get_by_role("button", name="Rút").click()
    page.get_by_role("dialog").get_by_role("button", name="Rút câu trả lời này").click()
    expect(page.get_by_role("status")).to_contain_text("Đã rút câu trả lời")
    visitor.goes(f"/people/{TWO_READINGS}")
    expect(days).to_have_count(2)
    assert visitor.wrong == []


@pytest.mark.parametrize(("role", "knows"), [("hr", True), ("leader", False)])
def test_only_hr_reads_why_a_move_is_put_off_and_writes(page_as, role, knows):
    page = page_as(role).goes(f"/people/{DEFERRED}")
    words = page.locator("main").inner_text()
    assert ("biệt phái" in words) == knows
    assert ("917/QĐ-TCCB" in words) == knows
    assert (page.get_by_role("link", name="Ghi tạm hoãn").count() == 1) == knows
    assert (page.locator("main").get_by_role("button", name="Rút").count() > 0) == knows
    assert "02/12/2027" in words  # until when, both may know


def test_nobody_of_this_code_is_said_so(page_as):
    page = page_as("hr").goes("/people/nobody")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Không tìm thấy")


def test_the_first_page_leads_to_the_list_of_those_overdue(page_as):
    page = page_as("hr").goes("/")
    page.locator(".figure-value a[href*='standing=overdue']").click()
    expect(page.locator(".standings a[aria-current]")).to_contain_text("Quá hạn")
    assert len(shown(page)) == 7
