"""The HR officer: who is near the limit, a question, a deferral, a rotation plan, the list to post."""

import pytest
from playwright.sync_api import expect

from data.store.store import Store
from tests.browser.serving import served
from tests.browser.walking import EVERY, PASSWORD, walking
from tests.clients import Office
from tests.databases import fresh_url
from tests.hr_office import accept, reorganised

EVIDENCE = "Giấy xác nhận số 12/GXN"


@pytest.fixture
def office(tmp_path):
    """The small rotation year; of Chi and Đào nobody has said whether their work went on after 1 July 2025."""
    store = Store(fresh_url("sqlite", tmp_path))
    office = Office(store)
    accept(office, reorganised())
    yield office
    store.close()


@pytest.fixture
def hr(browser, office, lang, width):
    """Hoa, who has a password, before the sign-in page."""
    office.account_with(PASSWORD, "hr", name="hoa")
    with served(office) as address, walking(browser, office, address, lang, width) as walker:
        yield walker


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_from_who_is_near_the_limit_to_the_list_that_may_be_posted(hr, office):
    hr.enters("hoa")
    opens_dao(hr)
    answers_for_the_reorganisation(hr)
    puts_off(hr)
    plans_the_year(hr, office)
    hr.follows("Các lượt chuyển")
    expect(hr.page.get_by_role("article").filter(has_text="An").first).to_be_visible()
    hr.follows("Ai ở lại")
    hr.page.get_by_role("link", name=hr.words("Chưa thực hiện")).click()
    staying = hr.page.get_by_role("row").filter(has=hr.page.get_by_role("rowheader", name="Đào"))
    expect(staying).to_contain_text(EVIDENCE)
    hr.follows("Tổng quan")
    hr.press("Soát theo quy tắc")
    hr.told("Kế hoạch giữ mọi quy tắc bắt buộc. Bước tiếp theo: trình lãnh đạo.")
    hr.press("Trình lãnh đạo")
    hr.told("Đã trình lãnh đạo.")
    files = hr.region("Tệp của kế hoạch")
    files.get_by_text(hr.words("Bản niêm yết được, không nêu lý do cá nhân: {n} tệp", n=6)).click()
    with hr.page.expect_download() as saving:
        hr.page.get_by_role("link", name="public/report.html").click()
    posted = saving.value.path().read_text(encoding="utf-8")
    assert "Đào" in posted
    assert EVIDENCE not in posted
    hr.ends()


def opens_dao(hr):
    """Found without accents among those whose time runs, read with the steps of the reckoning."""
    hr.chooses("Thời hạn vị trí")
    hr.field("Tìm người").press_sequentially("dao")
    people = hr.page.locator("#people-found").get_by_role("rowheader")
    expect(people).to_have_count(1)
    people.get_by_role("link", name="Đào").click()
    told = hr.region("Thời hạn được tính như thế nào")
    expect(told.get_by_role("listitem").first).to_be_visible()


def answers_for_the_reorganisation(hr):
    """Two readings become one."""
    hr.sees("Văn bản chưa rõ nên có hai cách tính")
    hr.field("Có: việc cũ tiếp tục, thời gian tính tiếp").check()
    hr.field("Văn bản làm căn cứ").fill("1656/NQ-UBTVQH15")
    hr.press("Ghi câu trả lời")
    hr.told("Đã ghi câu trả lời; thời hạn liên quan được tính lại theo một cách.")
    unclear = hr.page.get_by_text(hr.words("Văn bản chưa rõ nên có hai cách tính"))
    expect(unclear).to_have_count(0)


def puts_off(hr):
    """A deferral with ground, paper and last day, which then stands at the person."""
    hr.follows("Ghi tạm hoãn")
    hr.field("Căn cứ").select_option("study")
    hr.field("Từ ngày").fill("2026-10-01")
    hr.field("Đến hết ngày").fill("2028-09-30")
    hr.field("Giấy tờ chứng minh").fill(EVIDENCE)
    hr.press("Lưu")
    hr.told("Đã ghi tạm hoãn cho {who}.", who="Đào")
    expect(hr.region("Tạm hoãn")).to_contain_text(EVIDENCE)


def plans_the_year(hr, office):
    """The form of a new plan, its run, its page."""
    hr.chooses("Chuyển đổi vị trí")
    hr.link("Lập kế hoạch").first.click()
    hr.field("Năm").fill("2027")
    hr.field("Thời gian tìm, giây").fill("1")
    hr.press("Bắt đầu lập")
    hr.sees("Đang chờ")
    (run,) = office.work()
    assert run.status == "done", run.error
    hr.follows("Xem kết quả")
    expect(hr.heading("Kế hoạch chuyển đổi năm {year}, bản số {n}", year=2027, n=1)).to_be_visible()
