"""A yearly plan on its pages: looked at, moved by keys and by dragging, refused, undone, approved, compared."""

import re

import pytest
from playwright.sync_api import expect

from data.store.store import Store
from scheduler.journeys.online import visits
from tests.browser.serving import served, visiting
from tests.clients import Office
from tests.databases import fresh_url
from tests.plan_offices import bare_plan, give_plan

KINDS = [("vi", 1440, "light"), ("en", 390, "dark")]


@pytest.fixture(scope="module")
def served_office(browser, tmp_path_factory):
    """An office with one real plan of the small dataset; its id is `plan`."""
    store = Store(fresh_url("sqlite", tmp_path_factory.mktemp("plans")))
    office = Office(store)
    plan = give_plan(office, "lan")
    with served(office) as address:
        yield office, address, {"plan": plan}
    store.close()


@pytest.fixture
def year(served_office, page_as):
    """The year of a new plan before the planner, with its address."""
    plan = give_plan(served_office[0], "lan")
    visitor = page_as("planner")
    visitor.goes(f"/plans/{plan}/year")
    visitor.plan = plan
    return visitor


def said(page):
    return page.locator("#year-said")


def propose(page, good):
    """Move visits by a week until the check finds one good, or one that breaks a rule; gives it."""
    marks = page.locator("a.v[href]")
    for place in range(marks.count()):
        mark = marks.nth(place)
        mark.focus()
        page.keyboard.press("ArrowRight")
        expect(said(page)).to_have_text(re.compile("Dời đến|Không dời"))
        if ("Dời đến" in said(page).inner_text()) == good:
            return mark
        page.keyboard.press("Escape")
    raise AssertionError


@pytest.mark.parametrize(("lang", "width", "theme"), KINDS)
def test_the_pages_of_a_real_plan_are_clean(served_office, page_as, lang, width, theme):
    plan, found = served_office[2]["plan"], {}
    visitor = page_as("planner", lang=lang, width=width, theme=theme)
    for path in (
        "",
        "/year",
        "/year?view=team&zoom=quarter",
        "/year?view=list&q=phuong",
        "/load",
        "/map",
    ):
        visitor.goes(f"/plans/{plan}{path}")
        over = visitor.runs_over()
        if wrong := [*visitor.wrong, *visitor.violations(), *([over] if over else [])]:
            found[path] = wrong
    assert found == {}


def test_a_visit_is_moved_with_the_keyboard_saved_and_taken_back(year):
    page = year.page
    mark = propose(page, good=True)
    visit, before = mark.get_attribute("href"), mark.get_attribute("data-d")
    assert year.violations() == []
    page.keyboard.press("Enter")
    expect(page.locator(".told")).to_contain_text("Đã sửa cuộc")
    moved = page.locator(f'a.v[href="{visit}"]')
    assert moved.get_attribute("data-d") > before
    page.keyboard.press("Control+z")
    expect(page.locator(f'a.v[href="{visit}"]')).to_have_attribute("data-d", before)
    expect(page.get_by_role("button", name="Hoàn tác")).to_be_disabled()
    assert year.wrong == []


def test_a_move_that_is_given_up_leaves_the_visit_where_it_was(year):
    page = year.page
    mark = page.locator("a.v[href]").first
    place = mark.get_attribute("class")
    mark.focus()
    page.keyboard.press("ArrowRight")
    expect(mark).to_have_class(re.compile("moving"))
    page.keyboard.press("Escape")
    expect(page.locator(".was")).to_have_count(0)
    assert mark.get_attribute("class").split()[:4] == place.split()[:4]


def test_a_visit_dragged_onto_a_sunday_is_refused_with_the_rule(year):
    page = year.page
    day = page.locator("a.v[href]").first.get_attribute("data-d")
    page.goto(f"{year.address}/plans/{year.plan}/year?zoom=month&at={day}")
    mark = page.locator("a.v[href]").first
    closed = page.locator(".ground .off").last.bounding_box()
    mark.scroll_into_view_if_needed()
    at = mark.bounding_box()
    page.mouse.move(at["x"] + 5, at["y"] + 5)
    page.mouse.down()
    page.mouse.move(closed["x"] + closed["width"] / 2, at["y"] + 5, steps=4)
    expect(page.locator(".drop-column.off")).to_have_count(1)
    page.mouse.up()
    expect(mark).to_have_class(re.compile("refused"))
    expect(page.locator("#verdict")).to_contain_text(re.compile(r"[a-z]+\.[a-z-]+"))
    expect(page.locator("form[data-try] [type=submit]")).to_be_disabled()
    page.keyboard.press("Escape")
    expect(page.locator(".refused")).to_have_count(0)


def last_visit_dragged(year, columns):
    """In the month of the last visit: its mark, held over the column so many days before, not let go yet."""
    page = year.page
    day = max(page.locator("a.v[href]").evaluate_all("marks => marks.map((m) => m.dataset.d)"))
    page.goto(f"{year.address}/plans/{year.plan}/year?zoom=month&at={day}")
    mark = page.locator(f'a.v[href][data-d="{day}"]').first
    mark.scroll_into_view_if_needed()
    at = mark.bounding_box()
    page.mouse.move(at["x"] + 5, at["y"] + 5)
    page.mouse.down()
    page.mouse.move(at["x"] + 5 - columns * at["width"], at["y"] + 5, steps=4)
    expect(page.locator(".drop-column")).to_have_count(1)
    return mark


def test_a_drag_ended_by_escape_moves_nothing(year):
    mark = last_visit_dragged(year, 1)
    year.page.keyboard.press("Escape")
    expect(year.page.locator(".drop-column")).to_have_count(0)
    year.page.mouse.up()
    expect(mark).not_to_have_class(re.compile("moving|refused"))
    expect(year.page.locator("#visit")).to_be_hidden()


def test_a_visit_that_is_moved_stays_in_sight_beside_the_panel(year):
    mark = last_visit_dragged(year, 1)
    year.page.mouse.up()
    expect(mark).to_have_class(re.compile("moving"))
    expect(year.page.locator(".drawer .notice").first).to_be_visible()
    right = mark.bounding_box()["x"] + mark.bounding_box()["width"]
    frame = year.page.locator(".year-frame").bounding_box()
    assert right <= frame["x"] + frame["width"] + 1


def test_a_session_that_ends_at_the_check_leaves_what_was_typed_to_be_sent_again(year):
    page = year.page
    page.locator("a.v[href]").first.click()
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.get_by_label("Số ngày làm việc").fill("2")
    page.get_by_label("Số ngày làm việc").blur()
    expect(page.locator("#verdict")).to_contain_text("Cần đăng nhập")
    page.context.add_cookies(cookies)  # signed in again, at another tab
    page.get_by_role("button", name="Lưu").click()
    answered = page.locator(".visit-form .form-problem, .told").first
    expect(answered).not_to_be_empty()
    expect(answered).not_to_contain_text("đăng nhập")


def test_a_stale_page_is_told_so_and_saves_nothing(served_office, year):
    page = year.page
    propose(page, good=True)
    other = served_office[0].client("planner", name="lan", lang="vi")
    where = f"/api/v1/plans/{year.plan}"
    tag = other.get(where).headers["ETag"]
    assert other.post(f"{where}/check", headers={"If-Match": tag}).status_code == 200
    page.keyboard.press("Enter")
    expect(page.locator(".visit-form .form-problem")).to_contain_text("Có người đã sửa")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Mở bản mới ở thẻ khác").click()
    expect(opened.value).to_have_url(page.url)


def test_a_visit_is_dropped_for_a_reason_and_stands_among_those_without_a_date(served_office, year):
    page = year.page
    first = visits.list_visits(served_office[0].store, year.plan, 0, 1)[0][0].row.visit_id
    page.locator(f'a.v[href="visits/{first}"]').click()
    name = page.locator(".drawer-head h2").inner_text()
    page.get_by_text("Bỏ khỏi kế hoạch").click()
    page.get_by_label("Lý do", exact=True).first.fill(
        "Đơn vị sáp nhập từ tháng sau, không còn đối tượng"
    )
    page.get_by_role("button", name="Bỏ cuộc này").click()
    expect(page.locator(".told")).to_contain_text("Đã bỏ cuộc")
    page.goto(f"{year.address}/plans/{year.plan}")
    expect(page.get_by_role("region", name="Bảng các cuộc không xếp được")).to_contain_text(name)


def test_why_and_pins_stand_beside_the_visit(year):
    page = year.page
    page.locator("a.v[href]").first.click()
    page.get_by_text("Vì sao tuần này, đoàn này").click()
    expect(page.locator(".why-box li").first).to_be_visible(timeout=20_000)
    page.get_by_text("Ghim hoặc cấm cho lần lập sau").click()
    page.get_by_label("Yêu cầu").select_option("no")
    page.get_by_role("button", name="Ghi yêu cầu").click()
    expect(page.locator(".told")).to_contain_text("ghim")
    assert year.violations() == []


def test_the_grid_is_searched_without_accents_and_filters_are_pills(year):
    page = year.page
    page.keyboard.press("/")
    page.keyboard.type("phuong ba dinh")
    page.keyboard.press("Enter")
    expect(page.locator("table.year tbody tr")).to_have_count(1)
    expect(page.locator("table.year tbody th")).to_contain_text("Phường Ba Đình")
    page.get_by_role("link", name="phuong ba dinh").click()
    assert page.locator("table.year tbody tr").count() > 5


def test_periods_are_walked_with_the_arrows(year):
    page = year.page
    page.goto(f"{year.address}/plans/{year.plan}/year?zoom=month&at=2027-04-10")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".period-steps")).to_contain_text("01/05/2027")
    page.keyboard.press("t")
    expect(page.locator(".period-steps")).to_contain_text("01/03/2027")


def test_two_versions_stand_side_by_side_with_equal_parts_dimmed(served_office, page_as):
    office = served_office[0]
    first, second = bare_plan(office, "draft"), bare_plan(office, "draft")
    page = page_as("leader").goes(f"/plans/{second}/compare?against={first}&what=all")
    rows = page.get_by_role("region", name="Từng cuộc kiểm tra ở hai bản").locator("tbody tr")
    assert rows.count() == page.locator("tbody tr.same th br").count() > 0
    page.get_by_role("link", name="Chỉ cuộc có thay đổi").click()
    expect(page.get_by_text("Không có cuộc nào như vậy")).to_be_visible()


def test_an_empty_office_is_led_to_its_data(browser, tmp_path):
    store = Store(fresh_url("sqlite", tmp_path))
    office = Office(store)
    with served(office) as address, visiting(browser, office, address, "planner") as visitor:
        page = visitor.goes("/plans")
        page.get_by_role("link", name="Đến trang dữ liệu").click()
        expect(page).to_have_url(re.compile("/datasets"))
        assert (
            office.client("planner").post("/plans", data={"year": 2027, "effort": 1}).status_code
            == 409
        )
    store.close()
