"""The inspector: what comes, a visit with its place, team and papers, a finding, the calendar."""

import pytest
from playwright.sync_api import expect

from tests.browser.inspecting import LAN
from tests.browser.walking import EVERY, PASSWORD, walking


@pytest.fixture
def lan(browser, at_work, lang, width):
    """Lan, who has a password, before the sign-in page."""
    office, address = at_work
    office.account_with(PASSWORD, "inspector", name="lan.doan", inspector_id=LAN)
    with walking(browser, office, address, lang, width) as walker:
        yield walker


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_from_todays_visit_to_a_finding_and_a_calendar_on_the_phone(lan):
    page, text = lan.page, f"Chưa niêm yết số điện thoại {lan.lang} {lan.width}"
    lan.enters("lan.doan")
    lan.chooses("Lịch của tôi")
    coming = lan.region("Bảy ngày tới").get_by_role("link")
    expect(coming).to_have_text(["Phường Hồng Hà", "Phường Nghĩa Đô"])
    month = lan.region("Tháng {month}/{year}", month="03", year=2027)
    expect(month.get_by_role("link", name="Phường Kim Liên").first).to_be_visible()
    lan.region("Hôm nay").get_by_role("link", name="Phường Ba Đình").click()
    expect(lan.region("Địa điểm")).to_contain_text("21.03853, 105.83806")
    expect(lan.region("Đoàn")).to_contain_text("Nguyễn Thị Hà")
    with page.expect_download() as saving:
        lan.region("Văn bản").get_by_role("link", name="Word").first.click()
    assert saving.value.path().read_bytes().startswith(b"PK")

    adding = lan.region("Ghi tồn tại mới")
    lan.field("Nội dung", adding).fill(text)
    lan.field("Hạn khắc phục", adding).fill("2027-03-31")
    lan.press("Ghi tồn tại", adding)
    found = lan.region("Tồn tại, hạn chế").get_by_role("listitem").filter(has_text=text)
    expect(found).to_contain_text("31/03/2027" if lan.lang == "vi" else "31 Mar 2027")

    lan.chooses("Lịch của tôi")
    lan.press("Lập địa chỉ")
    address = lan.field("Địa chỉ").input_value()
    feed = page.request.get(address).text().replace("\r\n ", "")
    assert feed.startswith("BEGIN:VCALENDAR")
    assert "Phường Ba Đình" in feed
    lan.follows("Đã chép xong")
    lan.press("Xóa địa chỉ")
    expect(lan.button("Lập địa chỉ")).to_be_visible()
    assert page.request.get(address).status == 404
    lan.ends()
