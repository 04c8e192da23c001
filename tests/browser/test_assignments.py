"""An inspector's day on a phone and a desk: calendar, visit, papers, findings, the calendar's address."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.inspecting import HAI

VISIT = "/assignments/2027-DK-00004"


@pytest.mark.parametrize(("lang", "width"), [("vi", 390), ("en", 1440)])
def test_today_and_the_next_seven_days_stand_apart_and_the_eighth_only_in_the_month(
    lan, lang, width
):
    visitor = lan(lang=lang, width=width)
    page = visitor.goes("/assignments")
    near = page.locator(".near .panel")
    expect(near.nth(0).get_by_role("link")).to_have_text(["Phường Ba Đình"])
    expect(near.nth(1).get_by_role("link")).to_have_text(["Phường Hồng Hà", "Phường Nghĩa Đô"])
    expect(page.locator(".month a", has_text="Phường Kim Liên")).to_have_count(1)
    expect(page.get_by_text("Phường Khương Đình")).to_have_count(0)  # another team's
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"month=2027-02"))
    expect(page.locator(".month a")).to_have_text(["Phường Tương Mai"])
    assert (visitor.violations(), visitor.runs_over(), visitor.wrong) == ([], 0, [])


@pytest.mark.parametrize(("lang", "width"), [("vi", 390), ("en", 1440)])
def test_a_finding_goes_from_the_visit_to_its_proof_and_is_closed(lan, lang, width):
    visitor = lan(lang=lang, width=width)
    page = visitor.goes(VISIT)
    expect(page.get_by_text("21.03853, 105.83806")).to_be_visible()
    expect(page.locator(".rows", has_text="TV0013")).to_contain_text("Nguyễn Thị Hà")
    adding = page.locator('form[action$="/findings"]')
    assert adding.locator("[name=remedy_due]").input_value() == "2027-05-07"
    text = f"Chưa niêm yết số điện thoại {width}"
    adding.locator("textarea").fill(text)
    adding.locator("[name=remedy_due]").fill("2027-03-01")  # before the visit ends
    adding.locator("button").click()
    expect(adding.get_by_role("alert")).to_contain_text("02/03/2027")
    assert adding.locator("textarea").input_value() == text  # nothing typed is lost
    adding.locator("[name=remedy_due]").fill("2027-03-02")  # the last day itself
    adding.locator("button").click()
    row = page.locator("#findings ~ *, .panel li", has_text=text)
    row.locator("a").click()
    proving = page.locator('form[action$="/proof"]')
    proving.locator("textarea").fill("Ảnh chụp bảng niêm yết")
    proving.locator("button").click()
    expect(page.locator(".told")).to_be_visible()
    row.locator("a").click()
    assert (visitor.violations(), visitor.runs_over()) == ([], 0)
    closing = page.locator('form[action$="/closing"]')
    assert closing.locator("textarea").input_value() == "Ảnh chụp bảng niêm yết"
    closing.locator("button").click()
    expect(row).to_contain_text("01/03/2027" if lang == "vi" else "1 Mar 2027")
    row.locator("a").click()
    expect(page.locator("main form")).to_have_count(0)  # closed: nothing to change any more
    assert visitor.wrong == []


def test_who_changes_a_finding_that_a_colleague_has_changed_hears_of_it(lan):
    first, second = lan(), lan(name="ha", inspector_id="TV0013")
    pages = [first.goes(VISIT), second.goes(VISIT)]
    for page in pages:
        page.get_by_role("link", name="TT-2027-00004").click()
    for page, text in zip(pages, ("một", "hai"), strict=True):
        form = page.locator("form", has=page.locator("#change-text"))
        form.locator("textarea").fill(text)
        form.locator("button").click()
        if text == "hai":
            expect(form.get_by_role("alert")).to_contain_text("Đã có bản mới hơn")
        else:
            expect(page.locator(".told")).to_be_visible()


def test_somebody_elses_visit_is_not_there(lan):
    page = lan(name="hai", inspector_id=HAI).goes(VISIT)
    expect(page.get_by_role("heading", level=1)).to_have_text("Không tìm thấy")
    expect(page.get_by_text("Phường Ba Đình")).to_have_count(0)


def test_the_address_of_the_calendar_is_shown_once_renewed_and_deleted(lan, at_work):
    office, address = at_work
    visitor = lan(width=390)
    page = visitor.goes("/assignments")
    page.get_by_role("button", name="Lập địa chỉ").click()
    first = page.get_by_label("Địa chỉ", exact=True).input_value()
    assert first.startswith(f"{address}/api/v1/feeds/")
    assert (visitor.violations(), visitor.runs_over()) == ([], 0)
    path = first.removeprefix(address)
    assert office.anonymous().get(path).status_code == 200
    page.get_by_role("link", name="Đã chép xong").click()
    assert first not in page.content()
    page.get_by_role("button", name="Lập địa chỉ mới").click()
    assert page.get_by_label("Địa chỉ", exact=True).input_value() != first
    assert office.anonymous().get(path).status_code == 404
    page = visitor.goes("/assignments")
    page.get_by_role("button", name="Xóa địa chỉ").click()
    expect(page.locator(".told")).to_contain_text("Đã xóa địa chỉ lịch")
    expect(page.get_by_role("button", name="Xóa địa chỉ")).to_have_count(0)
    assert visitor.wrong == []


def test_a_finding_without_a_space_stays_on_the_phone(lan):
    visitor = lan(width=390)
    page = visitor.goes(VISIT)
    adding = page.locator('form[action$="/findings"]')
    adding.locator("textarea").fill("x" * 300)
    adding.locator("button").click()
    expect(page.locator(".rows", has_text="x" * 300)).to_be_visible()
    assert visitor.runs_over() == 0
