"""The plan's workbook comes back from Excel: uploaded, each change seen and judged, the lawful ones taken."""

import re

import pytest
from playwright.sync_api import expect

from data.store.store import Store
from tests.api.test_edited_books import edited, moved_and_spoiled
from tests.api.test_visits import Desk
from tests.browser.serving import served
from tests.clients import Office
from tests.databases import fresh_url
from tests.plan_offices import give_plan

SAID = {
    "vi": {
        "back": "Nhận lại bảng Excel đã sửa", "send": "Tải lên và so với kế hoạch",
        "take": "Nhận các dòng đã chọn", "taken": "Đã nhận 1 dòng", "all": "cho chọn cả dòng vi phạm",
    },
    "en": {
        "back": "Take back the edited workbook", "send": "Upload and compare with the plan",
        "take": "Accept the chosen rows", "taken": "Rows taken from the edited workbook: 1",
        "all": "let breaking rows be chosen too",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def served_office(browser, tmp_path_factory):
    """An office with the made-up dataset, for plans are judged on it."""
    store = Store(fresh_url("sqlite", tmp_path_factory.mktemp("edited")))
    office = Office(store)
    office.dataset()
    with served(office) as address:
        yield office, address, {}
    store.close()


@pytest.fixture
def desk(served_office):
    return Desk(served_office[0], give_plan(served_office[0]))


def send(page, said, content, name="plan.xlsx"):
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name=said["send"]).click()


@pytest.mark.parametrize(("lang", "width", "theme"), [("vi", 1440, "light"), ("en", 390, "dark")])
def test_from_an_edited_workbook_to_the_plan_with_what_was_accepted(
    desk, page_as, lang, width, theme
):
    said = SAID[lang]
    visit, bad, _names, content = moved_and_spoiled(desk)
    before = desk.rows()
    visitor = page_as("planner", name="lan", lang=lang, width=width, theme=theme)
    page = visitor.goes(f"/plans/{desk.plan}")
    page.get_by_role("link", name=said["back"]).click()
    assert visitor.violations() == []
    send(page, said, content)
    lawful, broken = (page.locator("li.edit").filter(has_text=row) for row in (visit, bad))
    expect(lawful.get_by_role("checkbox")).to_be_checked()
    expect(broken.get_by_role("checkbox")).to_be_disabled()
    expect(broken).to_contain_text("calendar.working-days")
    expect(broken).to_contain_text("12/09/2027")
    expect(page.locator("li.edit")).to_have_count(2)
    assert visitor.violations() == []
    assert visitor.runs_over() == 0
    assert desk.rows() == before  # looking changes nothing
    page.get_by_role("button", name=said["take"]).click()
    expect(page).to_have_url(re.compile(f"/plans/{desk.plan}$"))
    expect(page.locator(".told")).to_contain_text(said["taken"])
    assert {k for k, row in desk.rows().items() if row != before[k]} == {visit}
    assert visitor.wrong == []


def test_rows_that_break_rules_are_taken_only_when_somebody_says_so(desk, page_as):
    said = SAID["vi"]
    visit, bad, _names, content = moved_and_spoiled(desk)
    before = desk.rows()
    page = page_as("planner", name="lan").goes(f"/plans/{desk.plan}/edits")
    send(page, said, content)
    page.get_by_role("link", name=said["all"]).click()
    row = page.locator("li.edit").filter(has_text=bad)
    row.get_by_role("checkbox").check()
    page.get_by_role("button", name=said["take"]).click()
    expect(page.locator(".told")).to_contain_text("Đã nhận 2 dòng")
    assert {k for k, now in desk.rows().items() if now != before[k]} == {visit, bad}


def test_a_cell_that_cannot_be_read_is_named_by_sheet_row_and_column_and_nothing_is_kept(
    desk, page_as
):
    def spoil(sheet, columns):
        sheet.cell(3, columns["Từ ngày"]).value = "ba mươi hai"

    visitor = page_as("planner", name="lan")
    page = visitor.goes(f"/plans/{desk.plan}/edits")
    send(page, SAID["vi"], edited(desk, spoil))
    row = page.get_by_role("alert").get_by_role("row").filter(has_text="ba mươi hai")
    expect(row).to_contain_text("Kế hoạch")
    expect(row).to_contain_text("3")
    expect(row).to_contain_text("Từ ngày")
    assert visitor.violations() == []
    expect(page).to_have_url(re.compile("/edits$"))
    send(page, SAID["vi"], b"no workbook")
    expect(page.get_by_role("alert").get_by_role("row")).to_have_count(0)
    expect(page.get_by_role("alert").locator(".notice-bad")).to_be_visible()


def test_a_plan_that_moved_on_in_between_refuses_the_old_page_and_the_old_workbook(desk, page_as):
    said = SAID["vi"]
    visit, _bad, _names, content = moved_and_spoiled(desk)
    page = page_as("planner", name="lan").goes(f"/plans/{desk.plan}/edits")
    send(page, said, content)
    expect(page.locator("li.edit")).to_have_count(2)
    other = next(v for v in desk.rows() if v != visit)
    desk.patch(other, {"days": 3}, force=True)
    before = desk.rows()
    page.get_by_role("button", name=said["take"]).click()
    expect(page.get_by_role("alert").filter(has_text="Đã có bản mới hơn")).to_be_visible()
    page.goto(page.url.rpartition("/")[0])
    send(page, said, content)
    expect(page.get_by_role("alert").filter(has_text="Sổ tính được xuất từ bản")).to_be_visible()
    assert desk.rows() == before


def test_a_visit_whose_row_is_gone_asks_for_its_reason(desk, page_as):
    gone = list(desk.rows())[-1]

    def cut(sheet, columns):
        for row in range(sheet.max_row, 1, -1):
            if sheet.cell(row, columns["Mã cuộc kiểm tra"]).value == gone:
                sheet.delete_rows(row)

    page = page_as("planner", name="lan").goes(f"/plans/{desk.plan}/edits")
    send(page, SAID["vi"], edited(desk, cut))
    row = page.locator("li.edit")
    if row.get_by_role("checkbox").is_disabled():  # it was owed by law: only by saying so
        page.get_by_role("link", name=SAID["vi"]["all"]).click()
    row.get_by_role("checkbox").check()
    page.get_by_role("button", name=SAID["vi"]["take"]).click()
    expect(page.get_by_role("alert").filter(has_text=gone)).to_be_visible()
    page.get_by_label("Lý do bỏ cuộc này").fill("Đơn vị đang sáp nhập")
    page.get_by_role("button", name=SAID["vi"]["take"]).click()
    expect(page.locator(".told")).to_contain_text("Đã nhận 1 dòng")
    assert gone not in desk.rows()
