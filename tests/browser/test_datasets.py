"""From a workbook with faults to the dataset in use, as somebody at a desk and somebody with a phone do it."""

import re

import pytest
from playwright.sync_api import expect

from data.store.store import Store
from tests.browser.serving import served
from tests.clients import Office
from tests.databases import fresh_url
from tests.uploads import lines, table

SAID = {
    "vi": {
        "send": "Tải lên và soát", "filter": "Lọc", "accept": "Nhận bộ dữ liệu", "in_use": "Đang dùng",
        "table": "Bảng", "look": "Tìm trong bảng",
    },
    "en": {
        "send": "Upload and check", "filter": "Filter", "accept": "Accept the dataset",
        "in_use": "In use", "table": "Table", "look": "Search the table",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def served_office(browser, tmp_path_factory):
    """An office with the made-up dataset and nothing else, for uploads are held against all there is."""
    store = Store(fresh_url("sqlite", tmp_path_factory.mktemp("datasets")))
    office = Office(store)
    office.dataset()
    with served(office) as address:
        yield office, address, {}
    store.close()


def file(name, content):
    return {"name": name, "mimeType": "text/csv", "buffer": content}


def faulty():
    """Units of which one has a kind that there is not."""
    row = lines("units")[6].split(b",")
    row[2] = b"<b>phuongg</b>"
    return b"".join([*lines("units")[:6], b",".join(row), *lines("units")[7:]])


def send(page, said, content):
    page.locator("input[type=file]").set_input_files(file("units.csv", content))
    expect(page.locator("[data-names]")).to_contain_text("units.csv")
    page.get_by_role("button", name=said["send"]).click()
    expect(page.locator(".live")).to_be_visible()


@pytest.mark.parametrize(("lang", "width", "theme"), [("vi", 1440, "light"), ("en", 390, "dark")])
def test_from_a_faulty_upload_to_the_dataset_in_use(served_office, page_as, lang, width, theme):
    office, said = served_office[0], SAID[lang]
    visitor = page_as("planner", lang=lang, width=width, theme=theme)
    page = visitor.goes("/datasets/new")
    send(page, said, faulty())
    office.work()
    row = page.get_by_role("row").filter(has_text="<b>phuongg</b>")
    expect(row).to_have_count(1)  # the page moved on by itself
    expect(row).to_contain_text("7")
    page.get_by_label(said["table"], exact=True).select_option("units")
    page.get_by_role("button", name=said["filter"]).click()
    expect(page).to_have_url(re.compile("table=units"))
    assert visitor.violations() == []
    assert visitor.runs_over() == 0
    visitor.goes("/datasets/new")
    old = lines("units")[1].split(b",")[1]
    send(page, said, table("units").replace(old, f"Tên «mới» {width}".encode(), 1))
    office.work()
    expect(page.get_by_role("button", name=said["accept"])).to_be_visible()
    expect(page.locator(".change-list ins")).to_have_text(f"Tên «mới» {width}")
    assert visitor.violations() == []
    assert visitor.runs_over() == 0
    page.get_by_role("button", name=said["accept"]).click()
    expect(page.locator(".dataset-line .state")).to_have_text(said["in_use"])
    page.locator("a[href$='/tables/units']").click()
    page.get_by_label(said["look"]).fill(f"ten moi {width}")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    assert visitor.wrong == []


def test_two_people_at_one_dataset_the_second_gets_a_word_and_nothing_is_lost(
    served_office, page_as
):
    office = served_office[0]
    first, second = page_as("planner"), page_as("planner", "hr", name="tổng")
    page = first.goes("/datasets/new")
    send(page, SAID["vi"], table("units"))
    office.work()
    expect(page.get_by_role("button", name="Nhận bộ dữ liệu")).to_be_visible()
    other = second.goes(page.url.removeprefix(second.address))
    page.get_by_role("button", name="Nhận bộ dữ liệu").click()
    expect(page.locator(".dataset-line .state")).to_have_text("Đang dùng")
    other.get_by_role("button", name="Nhận bộ dữ liệu").click()
    expect(other.get_by_role("alert").filter(has_text="Đã có bản mới hơn")).to_be_visible()


def test_a_file_that_is_no_table_is_refused_in_the_form_itself(page_as):
    page = page_as("planner").goes("/datasets/new")
    page.locator("input[type=file]").set_input_files(file("thư.txt", b"hello"))
    page.get_by_role("button", name="Tải lên và soát").click()
    expect(page.get_by_role("alert").filter(has_text="thư.txt")).to_be_focused()
    expect(page).to_have_url(re.compile("/datasets/new$"))
