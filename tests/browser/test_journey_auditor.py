"""The auditor: the journal found whole against a noted head, the record of a draw verified and taken home."""

import zipfile

import pytest
from playwright.sync_api import expect

from data.store.store import Store
from tests import draw_seasons as seasons
from tests.api.test_draws_api import begun
from tests.browser.drawing import begin
from tests.browser.serving import served
from tests.browser.walking import EVERY, PASSWORD, walking
from tests.clients import Office
from tests.databases import fresh_url


@pytest.fixture(scope="module")
def season(browser, tmp_path_factory):
    """A server on which a season of draws was begun: office, address."""
    store = Store(fresh_url("sqlite", tmp_path_factory.mktemp("auditor")))
    office = Office(store)
    begin(office)
    begun(office, seasons.fresh())
    office.account_with(PASSWORD, "auditor", name="giam.sat")
    with served(office) as address:
        yield office, address
    store.close()


@pytest.fixture
def auditor(browser, season, lang, width):
    """Somebody with a password and the role of the auditor, before the sign-in page."""
    with walking(browser, *season, lang, width) as walker:
        yield walker


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_from_the_door_to_two_verdicts_and_a_record_that_can_be_checked_elsewhere(auditor):
    page = auditor.page
    auditor.enters("giam.sat")
    auditor.chooses("Nhật ký")
    auditor.field("Việc").select_option("draw.begun")
    auditor.press("Lọc")
    expect(page.get_by_role("main").get_by_role("row").get_by_role("link")).to_contain_text(
        [auditor.words("Mở mùa rút thăm"), "1"]
    )
    auditor.chooses("Nhật ký")
    noted = auditor.region("Dấu hiện tại").locator("code").inner_text()
    asking = auditor.opens("Kiểm tra nhật ký")
    auditor.field("Dấu đã ghi ở ngoài, nếu có", asking).fill(noted)
    auditor.press("Tính lại và so", asking)
    auditor.sees("Nhật ký nguyên vẹn: không dòng nào bị sửa, thêm giữa hay xóa")

    auditor.chooses("Kiểm tra đột xuất")
    page.get_by_role("rowheader").get_by_role("link").first.click()
    with page.expect_download() as saving:
        auditor.follows("Tải hồ sơ")
    with zipfile.ZipFile(saving.value.path()) as record:
        assert any(name.endswith("verify_record.py") for name in record.namelist())
    head = auditor.region("Dấu của hồ sơ").locator("code").inner_text()
    asking = auditor.opens("Kiểm chứng hồ sơ")
    auditor.field("Dấu đã đăng ở ngoài, mỗi dòng một dấu N:MÃ", asking).fill(head)
    auditor.press("Kiểm chứng", asking)
    auditor.sees("Hồ sơ đúng: mọi dòng, chữ ký và kết quả rút thăm đều khớp")
    auditor.sees("Đã so với dấu đăng ở ngoài.")
    auditor.ends()
