"""The planner: from a workbook with a fault to a plan before the leader; then its papers and its change."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import expect

from api.settings import ServerSettings
from data.store.store import Store
from scheduler.journeys.online.dataset_rights import TABLES_OF_PEOPLE
from tests.api.test_amendments import published
from tests.api.test_visits import Desk
from tests.browser.serving import served
from tests.browser.walking import EVERY, PASSWORD, walking
from tests.clients import Office, sample_tables
from tests.databases import fresh_url
from tests.plan_offices import give_plan, status_of
from tests.uploads import table, workbook

PLAN = "Kế hoạch kiểm tra năm {year}, bản số {n}"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def office(tmp_path):
    """An office with the small dataset, in which every search takes a second."""
    store = Store(fresh_url("sqlite", tmp_path))
    office = Office(store, ServerSettings(_env_file=None, effort_s=1))
    office.dataset()
    yield office
    store.close()


@pytest.fixture
def planner(browser, office, lang, width):
    """Lan, who has a password, before the sign-in page."""
    office.account_with(PASSWORD, "planner", name="lan")
    with served(office) as address, walking(browser, office, address, lang, width) as walker:
        yield walker


def book(kind="ward"):
    """The tables that a planner may bring as a workbook; a unit has another name and this kind."""
    names = {Path(name).stem for name in sample_tables()} - TABLES_OF_PEOPLE
    sheets = {
        name: list(csv.reader(io.StringIO(table(name).decode("utf-8-sig")))) for name in names
    }
    sheets["units"][5][1:3] = "Phường Tên Mới", kind
    return {"name": "thanh-pho.xlsx", "mimeType": XLSX, "buffer": workbook(**sheets)}


def sends(walker, file):
    walker.page.locator("input[type=file]").set_input_files(file)
    walker.press("Tải lên và soát")
    walker.sees("Trang này tự mở kết quả khi soát xong. Rời trang cũng không dừng việc soát.")


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_from_a_workbook_with_a_fault_to_a_plan_before_the_leader(planner, office):
    page = planner.page
    planner.enters("lan")
    planner.chooses("Dữ liệu")
    planner.follows("Tải dữ liệu lên")
    sends(planner, book(kind="phuongg"))
    office.work()
    fault = page.get_by_role("row").filter(has_text="phuongg")
    place = [planner.words("Đơn vị"), "6", re.compile("Loại đơn vị|Kind")]
    expect(fault.get_by_role("cell")).to_contain_text([*place, "phuongg", "phường"])
    planner.follows("Tải tệp khác lên")
    sends(planner, book())
    office.work()
    expect(page.get_by_role("insertion")).to_have_text("Phường Tên Mới")
    planner.press("Nhận bộ dữ liệu")
    planner.sees("Đang dùng")

    planner.chooses("Kế hoạch kiểm tra")
    planner.link("Lập kế hoạch").first.click()
    planner.field("Năm").fill("2027")
    planner.field("Thời gian tìm, giây").fill("1")
    planner.press("Bắt đầu lập")
    planner.sees("Đang chờ")
    (run,) = office.work()
    planner.follows("Xem kết quả")
    expect(planner.heading(PLAN, year=2027, n=1)).to_be_visible()
    planner.follows("Lịch năm")
    visit, day = Desk(office, run.result["id"]).lawful_move()
    moves = by_its_form if planner.phone else by_keys
    moves(planner, visit, date.fromisoformat(day))
    planner.told("Đã sửa cuộc {visit}. Ctrl+Z để hoàn tác.", visit=visit)
    assert Desk(office, run.result["id"]).rows()[visit]["start"] == day

    planner.follows("Tổng quan")
    planner.press("Soát theo quy tắc")
    planner.told("Kế hoạch giữ mọi quy tắc bắt buộc. Bước tiếp theo: trình lãnh đạo.")
    planner.sees("Đã sửa bằng tay")
    planner.press("Trình lãnh đạo")
    planner.told("Đã trình lãnh đạo.")
    assert status_of(office, run.result["id"]) == "submitted"
    planner.ends()


def by_keys(walker, visit, day):
    """On the grid, with nothing but the keyboard."""
    mark = walker.page.locator(f'a.v[href="visits/{visit}"]')
    weeks = (day - date.fromisoformat(mark.get_attribute("data-d"))).days // 7
    mark.focus()
    for _ in range(weeks):
        walker.page.keyboard.press("ArrowRight")
    moved = walker.words("Dời đến {day}. Enter để lưu, Esc để thôi.", day=f"{day:%d/%m/%Y}")
    expect(walker.page.get_by_role("status").filter(has_text=moved)).to_be_attached()
    walker.page.keyboard.press("Enter")


def by_its_form(walker, visit, day):
    """In the list, through the form of the visit."""
    walker.follows("Danh sách")
    walker.page.locator(f'a.open-visit[href="visits/{visit}"]').click()
    walker.field("Ngày bắt đầu").fill(day.isoformat())
    walker.field("Ngày bắt đầu").blur()
    expect(walker.page.locator("#verdict .notice-good")).to_be_visible()
    walker.press("Lưu")


@pytest.mark.parametrize(("lang", "width"), [("vi", 1440), ("en", 390)])
def test_a_plan_in_force_gets_its_papers_is_amended_and_both_versions_are_compared(
    planner, office, tmp_path
):
    page, plan = planner.page, give_plan(office, "lan")
    published(office, f"/api/v1/plans/{plan}", "planner")
    planner.enters("lan")
    planner.chooses("Kế hoạch kiểm tra")
    planner.follows("Bản số {n}", n=1)
    planner.press("Soạn văn bản")
    planner.told("Đã yêu cầu soạn văn bản; xong thì tải ở trang của kế hoạch.")
    office.work()
    planner.follows("Xem kết quả")
    papers = planner.region("Văn bản")
    with page.expect_download() as saving:
        papers.get_by_role("link", name=re.compile("^DOCX")).first.click()
    saving.value.save_as(tmp_path / "paper.docx")
    papers.locator(".more-files summary").first.click()
    expect(papers.locator(".more-files li").first).to_contain_text(re.compile(r", .*2027: DOCX"))
    assert "2027" in "".join(p.text for p in Document(str(tmp_path / "paper.docx")).paragraphs)

    amending = planner.opens("Lập bản điều chỉnh")
    planner.field("Điều chỉnh từ ngày", amending).fill("2027-06-01")
    planner.press("Bắt đầu lập", amending)
    planner.told("Đã yêu cầu lập bản điều chỉnh.")
    (run,) = office.work()
    assert run.status == "done", run.error
    planner.follows("Xem kết quả")
    expect(planner.heading(PLAN, year=2027, n=2)).to_be_visible()
    planner.follows("So hai bản")
    planner.follows("Mọi cuộc")
    expect(planner.region("Từng cuộc kiểm tra ở hai bản").get_by_role("row")).not_to_have_count(0)
    planner.ends()
