"""Pages on paper: nothing that can only be clicked, nothing over the edge, the day on the sheet."""

import pytest
from playwright.sync_api import expect

from tests.plan_offices import give_plan

SHEETS = {  # page -> who prints it, how wide the sheet is inside its margins, in px at 96 a inch
    "/plans/{plan}": ("leader", 672), "/plans/{plan}/year": ("planner", 1496),
    "/people": ("hr", 672), "/forecast": ("hr", 672), "/journal": ("auditor", 672),
}  # fmt: skip


@pytest.mark.parametrize("path", SHEETS)
def test_a_sheet_holds_the_page_and_says_its_day(served_office, page_as, path):
    role, width = SHEETS[path]
    visitor = page_as(role)
    page = visitor.goes(path.format(**served_office[2]))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": width, "height": 900})
    expect(page.locator(".printed")).to_contain_text("01/03/2027")
    assert visitor.runs_over() == 0
    for clicked in ("nav.rail", ".top", ".btn", ".how", "[popover]"):
        assert [each for each in page.locator(clicked).all() if each.is_visible()] == []


def test_the_year_begins_on_its_first_sheet(served_office, page_as):
    page = page_as("planner").goes("/plans/{plan}/year".format(**served_office[2]))
    page.emulate_media(media="print")
    breaks = "(selector) => getComputedStyle(document.querySelector(selector)).breakInside"
    assert page.evaluate(breaks, ".year-panel") == "auto"
    assert page.evaluate(breaks, ".year tbody tr") == "avoid"


def test_each_kind_of_inspection_has_a_shape_of_its_own_on_the_map(served_office, page_as):
    page = page_as("planner").goes(f"/plans/{give_plan(served_office[0], 'lan')}/map")
    shapes = page.locator(".map-key svg > *").evaluate_all("all => all.map((one) => one.tagName)")
    assert shapes[:-1] == ["rect", "circle", "path"]
    drawn = page.locator(".city:not(.key-shape) g :is(.periodic, .thematic, .follow_up)")
    kinds = drawn.evaluate_all("all => all.map((one) => `${one.classList[0]} ${one.tagName}`)")
    assert set(kinds) <= {"periodic rect", "thematic circle", "follow_up path"}
    assert kinds


def test_a_form_to_fill_in_is_not_printed_and_what_was_said_is(at_work, lan):
    page = lan().goes("/assignments/2027-DK-00004")
    assert page.locator("main form.form").first.is_visible()
    page.emulate_media(media="print")
    assert not page.locator("main form.form").first.is_visible()
    assert not page.get_by_role("heading", name="Ghi tồn tại mới").is_visible()
    expect(page.get_by_role("heading", name="Tồn tại, hạn chế")).to_be_visible()
