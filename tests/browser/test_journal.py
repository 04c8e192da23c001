"""The auditor: finds lines, notes the head, has the chain verified, and sees where it was broken."""

import re

import pytest
from playwright.sync_api import expect

from tests.api.test_journal_api import break_line

PASSWORD = "mười hai con giáp"
SAID = {
    "vi": {
        "check": "Kiểm tra nhật ký",
        "go": "Tính lại và so",
        "holds": "nguyên vẹn: không dòng nào",
    },
    "en": {
        "check": "Check the journal",
        "go": "Compute and compare",
        "holds": "The journal is whole",
    },
}


def verified(page, said, head):
    page.locator("main").get_by_role("button", name=said["check"]).click()
    page.locator("#f-head").fill(head)
    page.get_by_role("dialog").get_by_role("button", name=said["go"], exact=True).click()


@pytest.mark.parametrize(("lang", "width", "theme"), [("vi", 1440, "dark"), ("en", 390, "light")])
def test_lines_are_found_and_the_chain_is_verified(served_office, page_as, lang, width, theme):
    visitor = page_as("auditor", lang=lang, width=width, theme=theme)
    page = visitor.goes("/journal?action=plan.made")
    expect(page.locator("tbody tr")).to_have_count(10)
    page.locator("tbody summary").first.click()
    assert visitor.violations() == []
    assert visitor.runs_over() == 0
    head = page.locator(".seal code").inner_text()
    verified(page, SAID[lang], head)
    expect(page.locator(".notice-good")).to_contain_text(SAID[lang]["holds"])
    visitor.goes("/journal")
    verified(page, SAID[lang], head.partition(":")[0] + ":" + "0" * 64)
    expect(page.locator(".notice-bad")).to_be_visible()
    assert visitor.violations() == []
    assert visitor.wrong == []


def test_a_line_that_was_touched_is_named(served_office, page_as):
    page = page_as("auditor").goes("/journal")
    break_line(served_office[0].store, 2)
    verified(page, SAID["vi"], "")
    expect(page.locator(".notice-bad")).to_contain_text(re.compile("Dòng 2 đã bị sửa"))
