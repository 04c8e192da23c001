"""An empty server: the first account, a planner's by a link, and the planner's way to a first plan."""

import pytest
from playwright.sync_api import expect

from data.store.store import Store
from scheduler.journeys.online import links
from scheduler.journeys.online.dataset_rights import TABLES_OF_PEOPLE
from tests.browser.serving import served
from tests.browser.walking import EVERY, PASSWORD, walking
from tests.clients import Office, sample_tables
from tests.databases import fresh_url
from tests.uploads import table, zipped

HER_OWN = "ba con gà trống"


@pytest.fixture
def office(tmp_path):
    """A server in which there is nothing and nobody."""
    store = Store(fresh_url("sqlite", tmp_path))
    yield Office(store)
    store.close()


@pytest.fixture
def people(browser, office, lang, width):
    """Two people before the same server, each at a browser of their own."""
    with (
        served(office) as address,
        walking(browser, office, address, lang, width) as one,
        walking(browser, office, address, lang, width) as other,
    ):
        yield one, other


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_from_the_printed_link_to_a_planner_who_starts_the_first_plan(people, office):
    admin, planner = people
    admin.visitor.goes(f"/welcome?token={links.first_admin_link(office.store, office.now)}")
    admin.field("Họ và tên").fill("Quản trị")
    admin.field("Tên đăng nhập").fill("quan.tri")
    admin.field("Mật khẩu").fill(PASSWORD)
    admin.press("Lập tài khoản")
    admin.signs_in("quan.tri")
    link = password_link(admin, office)
    assert admin.visitor.violations() == []

    planner.visitor.goes(link)
    planner.field("Mật khẩu mới").fill(HER_OWN)
    planner.press("Đặt mật khẩu")
    planner.signs_in("lan", HER_OWN)
    first_data(planner, office)
    steps = planner.region("Từ tệp mẫu đến kế hoạch đầu tiên")
    planner.follows("Kế hoạch kiểm tra", steps)
    planner.link("Lập kế hoạch").first.click()
    planner.press("Bắt đầu lập")
    planner.sees("Đang chờ")
    assert office.jobs.waiting
    planner.ends()
    admin.ends()


def password_link(admin, office):
    """An account for the planner as the first page leads to it; the path of its one-time link."""
    way = admin.region("Từ máy chủ trống đến kế hoạch đầu tiên")
    admin.follows("Lập tài khoản", way)
    admin.field("Tên đăng nhập").fill("lan")
    admin.field("Họ và tên").fill("Nguyễn Thị Lan")
    role = admin.words("lập và ban hành kế hoạch kiểm tra")
    admin.page.get_by_role("checkbox", name=role).check()
    admin.press("Lập tài khoản")
    admin.told("Đã lập tài khoản. Tạo liên kết đặt mật khẩu rồi trao cho người dùng.")
    admin.press("Tạo liên kết đặt mật khẩu")
    admin.sees("Liên kết đặt mật khẩu, chỉ hiện một lần")
    return admin.page.locator("#secret").inner_text().removeprefix(office.settings.public_url)


def first_data(planner, office):
    """From the template to the dataset in use, each step as the first page leads to it."""
    page = planner.page
    steps = planner.region("Từ tệp mẫu đến kế hoạch đầu tiên")
    with page.expect_download() as template:
        planner.follows("Tải tệp mẫu", steps)
    assert template.value.suggested_filename.endswith(".xlsx")
    planner.follows("Tải dữ liệu lên", steps)
    names = {name.rpartition("/")[2].removesuffix(".csv") for name in sample_tables()}
    content = zipped({f"{name}.csv": table(name) for name in names - TABLES_OF_PEOPLE})
    page.locator("input[type=file]").set_input_files(
        {"name": "data.zip", "mimeType": "application/zip", "buffer": content}
    )
    planner.press("Tải lên và soát")
    expect(page.locator(".live")).to_be_visible()
    assert [run.status for run in office.work()] == ["done"]
    planner.visitor.goes("/")
    assert planner.visitor.violations() == []
    planner.follows("Xem thay đổi và nhận")
    planner.press("Nhận bộ dữ liệu")
    planner.sees("Đang dùng")
    planner.visitor.goes("/")
