"""What the frame of every page does: signing in, keys, the menu on a phone, problems, themes, live runs."""

import re

import pytest
from playwright.sync_api import expect

from data.records.actors import PROGRAM
from data.store import plans, runs

PASSWORD = "mười hai con giáp"


@pytest.mark.parametrize("width", [1440, 390])
def test_somebody_signs_in_and_out_with_the_keyboard(served_office, page_as, width):
    office = served_office[0]
    office.account_with(PASSWORD, "planner", name=f"lan.{width}")
    visitor = page_as(width=width)
    page = visitor.goes("/runs")
    expect(page).to_have_url(re.compile(r"/sign-in\?next=%2Fruns$"))
    page.keyboard.type(f"lan.{width}")
    page.keyboard.press("Tab")
    page.keyboard.type("sai rồi, không phải")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="không đúng")).to_be_focused()
    assert page.get_by_label("Tên đăng nhập").input_value() == f"lan.{width}"
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/runs$"))
    page.get_by_role("button", name=f"Tài khoản lan.{width}").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("status")).to_have_text("Đã đăng xuất.")
    assert visitor.goes("/runs").url.endswith("/sign-in?next=%2Fruns")
    assert visitor.wrong == []


def test_too_many_wrong_passwords_are_told_how_long_to_wait(served_office, page_as):
    office = served_office[0]
    office.account_with(PASSWORD, "planner", name="minh")
    page = page_as().goes("/sign-in")
    for _ in range(6):
        page.get_by_label("Tên đăng nhập").fill("minh")
        page.get_by_label("Mật khẩu").fill("không phải mật khẩu")
        with page.expect_response("**/sign-in"):
            page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_text(re.compile("Đợi 30 giây"))).to_be_visible()


def test_keys_open_the_table_of_keys_and_find_pages_without_accents(page_as):
    visitor = page_as("planner")
    page = visitor.goes("/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Phím tắt")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("/")
    page.keyboard.type("luot chay")
    links = page.get_by_role("dialog").get_by_role("link")
    expect(links).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/runs$"))
    page.keyboard.press("g")
    page.keyboard.press("h")
    expect(page).to_have_url(re.compile(r":\d+/$"))
    page.keyboard.press("Control+k")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("g?")  # typed, not meant as keys
    expect(page.get_by_role("dialog", name="Phím tắt")).to_have_count(0)
    assert visitor.wrong == []


def test_the_menu_of_a_phone_opens_and_closes(page_as):
    page = page_as("planner", width=390).goes("/")
    menu = page.get_by_role("navigation", name="Trình đơn")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Mở trình đơn").tap()
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()


def test_the_first_tab_leads_past_the_menu(page_as):
    page = page_as("planner").goes("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize(("theme", "system", "ground"), [
    ("dark", "light", "dark"), ("light", "dark", "light"),
    ("auto", "dark", "dark"), ("auto", "light", "light"),
])  # fmt: skip
def test_the_ground_is_the_chosen_one_before_anything_is_drawn(page_as, theme, system, ground):
    visitor = page_as("planner", theme=theme)
    visitor.page.emulate_media(color_scheme=system)
    visitor.page.add_init_script(
        "new MutationObserver((_, seen) => { if (document.body) { seen.disconnect(); "
        "window.first = document.documentElement.dataset.bsTheme; } })"
        ".observe(document, {childList: true, subtree: true});"
    )
    assert visitor.goes("/").evaluate("window.first") == ground


def test_the_language_and_the_theme_are_switched_on_the_page_one_is_on(page_as):
    page = page_as("planner").goes("/runs?everybody=true")
    page.get_by_role("button", name="Switch to English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/runs?everybody=true")
    page.locator("button[name=theme]").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_how_a_number_is_made_stands_beside_it(page_as):
    page = page_as("planner").goes("/")
    page.get_by_role("button", name="Cách tính: Khắc phục quá hạn").click()
    card = page.locator(".how-card:popover-open")
    expect(card).to_contain_text("hạn khắc phục trước hôm nay")
    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1440


def test_an_unknown_plan_kind_of_text_cannot_become_script(served_office, page_as):
    office, _, _ = served_office
    with office.store.writing(PROGRAM, office.now) as work:
        plans.add(
            work, plans.VISITS, 2030, name="x", title="<img src=x onerror=alert(1)>{{7*7}}", trial=False,
            dataset_id=1, facts={}, status="draft",
        )  # fmt: skip
    visitor = page_as("planner")
    page = visitor.goes("/")
    expect(page.get_by_text("<img src=x onerror=alert(1)>{{7*7}}")).to_be_visible()
    assert visitor.wrong == []


def test_a_run_is_followed_while_it_goes_on_and_stopped_by_its_button(served_office, page_as):
    office, _, _ = served_office
    page = page_as("planner").goes("/")
    planner = office.actor(office.account("planner"))
    with office.store.writing(planner, office.now) as work:
        run = runs.ask(work, "plan", {})
    page.goto(f"{served_office[1]}/runs/{run}")
    live = page.locator(".live")
    expect(live).to_contain_text("Đang chờ")
    page.evaluate("window.same = true")
    with office.store.upkeep() as db:
        runs.begin(db, run, office.now)
        runs.tell(db, run, {"phase": "days", "seconds": 3.0, "best": 12345, "bound": 12000})
    expect(live).to_contain_text("12.345")
    expect(live).to_contain_text(re.compile(r"Bắt đầu lúc\s*01/03/2027"))
    assert page.evaluate("window.same")  # the page was not loaded again
    page.get_by_role("button", name="Dừng", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Đã yêu cầu dừng")
    expect(page.locator(".live")).to_contain_text("Đang dừng")
    with office.store.writing(PROGRAM, office.now) as work:
        runs.stopped(work, run)
    expect(page.locator(".live")).to_contain_text("Đã dừng")
    expect(page.locator(".live")).to_contain_text(re.compile(r"Xong lúc\s*01/03/2027"))
    expect(page.locator(".live")).to_contain_text("không có gì được lưu")


def test_a_run_that_ends_before_ones_eyes_has_no_button_to_stop_it(served_office, page_as):
    office, address, _ = served_office
    page = page_as("planner").goes("/")
    planner = office.actor(office.account("planner"))
    with office.store.writing(planner, office.now) as work:
        run = runs.ask(work, "plan", {"year": 2028})
    with office.store.upkeep() as db:
        runs.begin(db, run, office.now)
    page.goto(f"{address}/runs/{run}")
    expect(page.get_by_role("button", name="Dừng", exact=True)).to_be_visible()
    with office.store.writing(PROGRAM, office.now) as work:
        runs.fail(work, run, {"vi": "Hỏng", "en": "Broken"})
    expect(page.locator(".live")).to_contain_text("Hỏng")
    expect(page.get_by_role("button", name="Dừng", exact=True)).to_be_hidden()


@pytest.mark.parametrize("path", ["/", "/people", "/forecast"])
def test_nothing_jumps_while_a_page_of_people_comes(page_as, path):
    page = page_as("hr").goes(path)
    page.locator(".waits").wait_for(state="detached")
    shifted = page.evaluate(
        "new Promise((done) => { let sum = 0; new PerformanceObserver((seen) => { for (const shift of "
        "seen.getEntries()) sum += shift.value; }).observe({ type: 'layout-shift', buffered: true }); "
        "setTimeout(() => done(sum), 500); })"
    )
    assert shifted < 0.1  # what counts as good (Core Web Vitals); 0.05 is the font that comes
