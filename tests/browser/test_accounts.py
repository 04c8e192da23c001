"""An account from the form to the first sign-in; closing it; what people do with their own."""

import re

import pytest
from playwright.sync_api import expect

PASSWORD = "mười hai con giáp"
SAID = {
    "vi": {"new": "Lập tài khoản", "link": "Tạo liên kết đặt mật khẩu", "save": "Lưu"},
    "en": {"new": "Make the account", "link": "Make a password link", "save": "Save"},
}


@pytest.mark.parametrize(("lang", "width", "theme"), [("vi", 390, "dark"), ("en", 1440, "light")])
def test_an_account_is_made_given_a_password_and_closed(served_office, page_as, lang, width, theme):
    office, said = served_office[0], SAID[lang]
    admin = page_as("administrator", lang=lang, width=width, theme=theme)
    page = admin.goes("/accounts/new")
    page.locator("#f-username").fill(f"lan.{lang}")
    page.locator("#f-name").fill("Nguyễn Thị Lan")
    page.locator("input[value=planner]").check()
    page.get_by_role("button", name=said["new"]).click()
    expect(page.get_by_role("heading", name="Nguyễn Thị Lan")).to_be_visible()
    page.get_by_role("button", name=said["link"]).click()
    secret = page.locator("#secret").inner_text()
    assert secret.startswith(office.settings.public_url + "/password?token=")
    assert admin.violations() == []
    assert admin.runs_over() == 0
    assert (
        "token="
        not in admin.goes(
            page.url.partition("/password-link")[0].removeprefix(admin.address)
        ).content()
    )
    person = page_as(lang=lang, width=width)
    other = person.goes(secret.removeprefix(office.settings.public_url))
    other.locator("#f-password").fill(PASSWORD)
    other.keyboard.press("Enter")
    expect(other).to_have_url(re.compile("/sign-in$"))
    other.locator("#f-username").fill(f"lan.{lang}")
    other.locator("#f-password").fill(PASSWORD)
    other.keyboard.press("Enter")
    expect(other).to_have_url(re.compile(r":\d+/$"))
    page.reload()  # the password came meanwhile: what was on the screen is old
    page.locator("input[name=active]").uncheck()
    page.get_by_role("button", name=said["save"]).click()
    expect(page.locator(".state-faded")).to_be_visible()
    assert "/sign-in" in person.goes("/").url
    assert admin.wrong == person.wrong == []


def test_the_last_administrator_cannot_shut_everybody_out(served_office, page_as):
    office = served_office[0]
    me = office.account_with(PASSWORD, "administrator", name="quan.tri")
    page = page_as("administrator", name="quan.tri").goes(f"/accounts/{me}")
    page.locator("input[value=administrator]").uncheck()
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("alert").filter(has_text="người quản trị cuối cùng")).to_be_focused()


def test_people_keep_their_own_devices_password_and_tokens(served_office, page_as):
    office = served_office[0]
    office.account_with(PASSWORD, "inspector", name="an.vo", inspector_id="TV0001")
    elsewhere, visitor = (page_as("inspector", name="an.vo", width=w) for w in (390, 1440))
    page = visitor.goes("/me")
    page.get_by_role("button", name="Đăng xuất mọi thiết bị khác").click()
    expect(page.get_by_role("status")).to_have_text("Các thiết bị khác phải đăng nhập lại.")
    assert "/sign-in" in elsewhere.goes("/me").url
    page.get_by_label("Mật khẩu hiện tại").fill("không phải")
    page.get_by_label("Mật khẩu mới").fill("ba con gà trống")
    page.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.get_by_role("alert").filter(has_text="Sai mật khẩu")).to_be_focused()
    page.get_by_text("Tạo mã truy cập cho một chương trình").click()
    page.get_by_label("Tên chương trình").fill("Đồng bộ lịch")
    page.get_by_label("xem tài khoản của chính mình").check()
    page.get_by_role("button", name="Tạo mã").click()
    token = page.locator("#secret").inner_text()
    asks = office.anonymous(Authorization=f"Bearer {token}")
    assert asks.get("/api/v1/me").status_code == 200
    assert visitor.violations() == []
    page.get_by_role("button", name="Thu hồi").click()
    expect(page.get_by_role("status")).to_have_text("Đã thu hồi mã truy cập.")
    assert asks.get("/api/v1/me").status_code == 401
    page.get_by_role("button", name="Tạo địa chỉ").click()
    address = page.locator("#secret").inner_text()
    assert page.request.get(address).text().startswith("BEGIN:VCALENDAR")
    assert visitor.wrong == []
