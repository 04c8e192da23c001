"""Another body's plan: uploaded, each name matched or mended by hand, its days in the dataset in use."""

import re

import pytest
from playwright.sync_api import expect

from data.store.store import Store
from scheduler.journeys.online import opened
from tests.browser.serving import served
from tests.clients import Office
from tests.databases import fresh_url
from tests.other_plan_papers import BODY, FOUND, annex
from tests.plan_offices import give_plan

SAID = {
    "vi": {
        "new": "Nhập kế hoạch", "send": "Tải lên và khớp tên", "body": "Cơ quan có kế hoạch này",
        "take": "Ghi các dòng đã xác nhận", "unit": "Đơn vị của ta", "other": "Tên hoặc mã đơn vị",
        "from": "Từ ngày", "to": "Đến ngày", "accept": "Nhận bộ dữ liệu", "in_use": "Đang dùng",
        "taken": "Đã vào dữ liệu", "foreign": "Không phải đơn vị của ta", "meets": "Trùng 1 cuộc của ta",
        "sure": "Đánh dấu sẵn các dòng chắc", "withdraw": "Rút kế hoạch này",
        "none": "Chưa nhập kế hoạch nào",
    },
    "en": {
        "new": "Bring in a plan", "send": "Upload and match the names", "body": "The body whose plan this is",
        "take": "Record the confirmed rows", "unit": "Our unit", "other": "Name or code of the unit",
        "from": "From", "to": "Until", "accept": "Accept the dataset", "in_use": "In use",
        "taken": "In the data", "foreign": "None of our units", "meets": "Meets visits of ours: 1",
        "sure": "Tick the sure rows", "withdraw": "Withdraw this plan",
        "none": "No plan has been brought in yet",
    },
}  # fmt: skip
MEETS = (5, "Xã Ứng Thiên", "Đất đai", "từ 04/01/2027 đến 15/01/2027")


@pytest.fixture
def served_office(browser, tmp_path):
    """An office with the made-up dataset and a draft of the year's plan."""
    store = Store(fresh_url("sqlite", tmp_path))
    office = Office(store)
    office.dataset()
    give_plan(office)
    with served(office) as address:
        yield office, address, {}
    store.close()


def send(page, said, content, name="phụ lục.xlsx"):
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_label(said["body"]).fill(BODY)
    page.get_by_role("button", name=said["send"]).click()


def row_of(page, name):
    return page.locator("li.other").filter(has_text=name)


@pytest.mark.parametrize(("lang", "width", "theme"), [("vi", 1440, "light"), ("en", 390, "dark")])
def test_from_their_annex_to_days_in_the_dataset_in_use(served_office, page_as, lang, width, theme):
    office, said = served_office[0], SAID[lang]
    visitor = page_as("planner", name="lan", lang=lang, width=width, theme=theme)
    page = visitor.goes("/other-plans")
    page.get_by_role("link", name=said["new"]).first.click()
    send(page, said, annex(MEETS))
    expect(page.locator("li.other")).to_have_count(len(FOUND) + 1)
    expect(page.locator("li.other :checked")).not_to_have_count(0)  # options only:
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(
        0
    )  # nothing is taken by itself
    expect(page.locator(".panel-note").filter(has_text="4")).to_be_visible()  # the heading is named
    expect(row_of(page, "Xã Ứng Thiên").locator(".other-meets")).to_contain_text(said["meets"])
    assert visitor.violations() == []
    assert visitor.runs_over() == 0
    page.get_by_role("link", name=said["sure"]).click()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    nobody = row_of(page, "Công ty TNHH")
    nobody.get_by_label(said["unit"]).select_option("-")
    nobody.get_by_role("checkbox").check()
    mended = row_of(page, "Quán Thánh")
    mended.get_by_label(said["unit"]).select_option("?")
    mended.get_by_label(said["other"]).fill("Phường Kim Liên (00229)")
    mended.get_by_label(said["from"], exact=True).fill("2027-06-07")
    mended.get_by_label(said["to"], exact=True).fill("2027-06-09")
    mended.get_by_role("checkbox").check()
    assert visitor.violations() == []
    assert visitor.runs_over() == 0
    before = opened.open_office(office.store).blackouts
    page.get_by_role("button", name=said["take"]).click()
    expect(page).to_have_url(re.compile(r"/datasets/\d+$"))
    office.work()
    page.get_by_role("button", name=said["accept"]).click()
    expect(page.locator(".dataset-line .state")).to_have_text(said["in_use"])
    new = set(opened.open_office(office.store).blackouts) - set(before)
    assert {(row.unit_id, row.start.isoformat(), row.body) for row in new} == {
        ("HN-STC", "2027-05-03", BODY), ("00229", "2027-06-07", BODY), ("10369", "2027-01-04", BODY),
    }  # fmt: skip
    visitor.goes("/other-plans/1")
    expect(row_of(page, "Sở Tài chính").locator(".state").first).to_have_text(said["taken"])
    expect(nobody.locator(".state").first).to_have_text(said["foreign"])
    expect(page.get_by_role("checkbox")).to_have_count(3)  # two still open, and the one of nobody
    assert visitor.wrong == []


def test_another_unit_or_day_shows_at_once_where_it_meets_our_plan(page_as):
    page = page_as("planner", name="lan").goes("/other-plans/new")
    send(page, SAID["vi"], annex(MEETS))
    row = row_of(page, "Xã Ứng Thiên")
    row.get_by_label("Từ ngày").fill("2027-01-11")
    row.get_by_label("Từ ngày").blur()
    expect(row.locator(".other-meets")).to_contain_text("Không trùng cuộc nào của ta")
    row.get_by_label("Từ ngày").fill("2027-01-05")
    row.get_by_label("Từ ngày").blur()
    expect(row.locator(".other-meets")).to_contain_text("đi trước")
    expect(row.locator(".other-meets")).to_contain_text("Nghị định 217/2025")


def test_a_row_that_lacks_its_days_is_named_in_the_form_and_stays_to_be_mended(page_as):
    page = page_as("planner", name="lan").goes("/other-plans/new")
    send(page, SAID["vi"], annex())
    row_of(page, "Xã Nội Bài").get_by_role("checkbox").check()
    row_of(page, "Sở Tài chính").get_by_role("checkbox").check()
    page.get_by_role("button", name="Ghi các dòng đã xác nhận").click()
    expect(page.get_by_role("alert").filter(has_text="dòng 8")).to_be_visible()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)


def test_two_people_at_one_plan_the_second_gets_a_word_and_nothing_is_lost(page_as):
    first, second = page_as("planner", name="lan"), page_as("hr", name="minh")
    page = first.goes("/other-plans/new")
    send(page, SAID["vi"], annex())
    expect(page.locator("li.other")).to_have_count(len(FOUND))
    other = second.goes("/other-plans/1")
    for where, name in ((page, "Công ty TNHH"), (other, "Sở Tài chính")):
        row = row_of(where, name)
        if name.startswith("Công"):
            row.get_by_label("Đơn vị của ta").select_option("-")
        row.get_by_role("checkbox").check()
        where.get_by_role("button", name="Ghi các dòng đã xác nhận").click()
        if where is page:
            expect(page.locator(".told")).to_contain_text("Đã ghi 1 dòng")
    expect(other.get_by_role("alert").filter(has_text="Đã có bản mới hơn")).to_be_visible()


def test_a_file_that_is_no_such_table_is_refused_in_the_form_itself(page_as):
    page = page_as("planner", name="lan").goes("/other-plans/new")
    send(page, SAID["vi"], "Đơn vị chủ trì,Thời kỳ\nSở A,2025\n".encode(), "x.csv")
    expect(page.get_by_role("alert").filter(has_text="dòng tiêu đề")).to_be_focused()
    expect(page).to_have_url(re.compile("/other-plans/new$"))


@pytest.mark.parametrize(("lang", "width"), [("vi", 1440), ("en", 390)])
def test_a_plan_brought_in_by_mistake_is_taken_back_after_a_question(page_as, lang, width):
    visitor, said = page_as("planner", name="lan", lang=lang, width=width), SAID[lang]
    page = visitor.goes("/other-plans/new")
    send(page, said, annex())
    expect(page.locator("li.other")).to_have_count(len(FOUND))
    page.get_by_role("button", name=said["withdraw"]).first.click()
    asked = page.get_by_role("dialog")
    expect(asked).to_be_visible()
    assert visitor.violations() == []
    assert visitor.runs_over() == 0
    page.keyboard.press("Escape")
    expect(asked).to_be_hidden()
    page.get_by_role("button", name=said["withdraw"]).first.click()
    asked.get_by_role("button", name=said["withdraw"]).click()
    expect(page).to_have_url(re.compile(r"/other-plans$"))
    expect(page.get_by_text(said["none"])).to_be_visible()
    assert visitor.wrong == []
