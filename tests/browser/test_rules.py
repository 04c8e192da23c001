"""A trial value from the list of rules to the fault beside its field, and on to the run."""

import re

import pytest
from playwright.sync_api import expect

WORDS = {
    "vi": {
        "try": "Số đoàn kiểm tra tối đa trong một ngày", "field": "Nhiều nhất trong một ngày", "wrong": "2,5",
        "fault": "«2,5» không phải số nguyên. Ghi số nguyên, như 3.", "go": "Lập kế hoạch thử",
    },
    "en": {
        "try": "Most teams out on one day", "field": "At most on one day", "wrong": "2.5",
        "fault": '"2.5" is not a whole number. Write one, such as 3.', "go": "Make a trial plan",
    },
}  # fmt: skip


@pytest.mark.parametrize(("lang", "width"), [("vi", 1440), ("en", 390)])
def test_a_wrong_value_is_told_at_its_field_and_a_right_one_makes_a_run(page_as, lang, width):
    visitor, said = page_as("planner", lang=lang, width=width), WORDS[lang]
    page = visitor.goes("/rules")
    page.get_by_role("link", name=said["try"]).click()
    field = page.get_by_label(re.compile(said["field"]))
    field.fill(said["wrong"])
    page.get_by_role("button", name=said["go"]).click()
    field = page.get_by_label(re.compile(said["field"]))
    expect(field).to_have_accessible_description(re.compile(re.escape(said["fault"])))
    expect(field).to_be_focused()
    expect(field).to_have_value(said["wrong"])
    assert visitor.violations() == []
    assert visitor.runs_over() == 0
    field.fill("6")
    page.get_by_role("button", name=said["go"]).click()
    page.wait_for_url(re.compile(r"/runs/\w+"))
    assert visitor.wrong == []
