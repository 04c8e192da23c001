"""An empty installation leads its first administrator, and then a planner, to the first plan."""

import re

import pytest
from playwright.sync_api import expect

from data.store.store import Store
from scheduler.journeys.online import links
from scheduler.journeys.online.dataset_rights import TABLES_OF_PEOPLE
from tests.browser.serving import served
from tests.clients import Office, sample_tables
from tests.databases import fresh_url
from tests.uploads import table, zipped

KINDS = [("vi", 1440, "light"), ("en", 390, "dark")]
SAID = {
    "vi": {"make": "Lập tài khoản", "enter": "Đăng nhập", "way": "Từ máy chủ trống đến kế hoạch đầu tiên",
           "steps": "Từ tệp mẫu đến kế hoạch đầu tiên", "upload": "Tải dữ liệu lên", "send": "Tải lên và soát",
           "look": "Xem thay đổi và nhận", "accept": "Nhận bộ dữ liệu", "plans": "Kế hoạch kiểm tra",
           "plan": "Lập kế hoạch", "begin": "Bắt đầu lập", "in_use": "Đang dùng"},
    "en": {"make": "Make the account", "enter": "Sign in", "way": "From an empty server to the first plan",
           "steps": "From the template to the first plan", "upload": "Upload data", "send": "Upload and check",
           "look": "See the changes and accept", "accept": "Accept the dataset", "plans": "Inspection plans",
           "plan": "Make a plan", "begin": "Start", "in_use": "In use"},
}  # fmt: skip


@pytest.fixture
def served_office(browser, tmp_path):
    """A server in which there is nothing and nobody."""
    store = Store(fresh_url("sqlite", tmp_path))
    office = Office(store)
    with served(office) as address:
        yield office, address, {}
    store.close()


def enter(page, said, name, password):
    page.locator("#f-username").fill(name)
    page.locator("#f-password").fill(password)
    page.get_by_role("button", name=said["enter"], exact=True).click()
    page.wait_for_url("**/")


@pytest.mark.parametrize(("lang", "width", "theme"), KINDS)
def test_from_the_printed_link_to_the_first_plan(served_office, page_as, lang, width, theme):
    office, said = served_office[0], SAID[lang]
    how = {"lang": lang, "width": width, "theme": theme}
    link = links.first_admin_link(office.store, office.now)
    admin = page_as(**how)
    page = admin.goes(f"/welcome?token={link}")
    page.locator("#f-name").fill("Quản trị")
    page.locator("#f-username").fill("quan.tri")
    page.locator("#f-password").fill("mười hai con giáp")
    page.get_by_role("button", name=said["make"]).click()
    page.wait_for_url("**/sign-in")
    enter(page, said, "quan.tri", "mười hai con giáp")
    way = page.get_by_role("region", name=said["way"])
    assert admin.violations() == []
    way.locator("a.btn").click()
    page.locator("#f-username").fill("lan")
    page.locator("#f-name").fill("Lan")
    page.locator("input[value=planner]").check()
    page.get_by_role("button", name=said["make"]).click()
    page.wait_for_url(re.compile(r"/accounts/\d+$"))

    planner = page_as(
        "planner", name="lan", **how
    )  # setting a password: tests/browser/test_accounts.py
    page = planner.goes("/")
    steps = page.get_by_role("region", name=said["steps"])
    with page.expect_download() as template:
        steps.locator("a[download]").click()
    assert template.value.suggested_filename.endswith(".xlsx")
    steps.get_by_role("link", name=said["upload"]).click()
    names = {name.rpartition("/")[2].removesuffix(".csv") for name in sample_tables()}
    content = zipped({f"{name}.csv": table(name) for name in names - TABLES_OF_PEOPLE})
    page.locator("input[type=file]").set_input_files(
        {"name": "data.zip", "mimeType": "application/zip", "buffer": content}
    )
    page.get_by_role("button", name=said["send"]).click()
    expect(page.locator(".live")).to_be_visible()
    assert [run.status for run in office.work()] == ["done"]
    expect(page.get_by_role("button", name=said["accept"])).to_be_visible()  # it moved on by itself
    planner.goes("/")
    assert planner.violations() == []
    page.get_by_role("link", name=said["look"]).click()
    page.get_by_role("button", name=said["accept"]).click()
    expect(page.locator(".dataset-line .state")).to_have_text(said["in_use"])
    planner.goes("/")
    steps = page.get_by_role("region", name=said["steps"])
    steps.get_by_role("link", name=said["plans"]).click()
    page.get_by_role("link", name=said["plan"]).first.click()
    page.get_by_role("button", name=said["begin"]).click()
    page.wait_for_url(re.compile(r"/runs/"))
    assert planner.wrong == admin.wrong == []
