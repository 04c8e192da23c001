"""A rotation plan on its pages: asked for, through its life by two people, cycles found, posted, amended."""

import re
from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from data.collation import folded
from data.store import plans, runs
from data.store.store import Store
from tests.browser.serving import served, visiting
from tests.clients import Office
from tests.databases import fresh_url
from tests.hr_office import SECRETS, accept, guarded_year, rotation
from tests.stored_rotations import filled, filled_rotation, keep

KINDS = [("vi", 1440, "light"), ("en", 390, "dark")]


def office_of(tmp, fill):
    store = Store(fresh_url("sqlite", tmp))
    office = Office(store)
    return store, office, fill(office)


@pytest.fixture(scope="module")
def served_office(browser, tmp_path_factory):
    """An office with a filled plan of 60 moves; its id is `plan`."""
    store, office, plan = office_of(tmp_path_factory.mktemp("rotations"), filled_rotation)
    with served(office) as address:
        yield office, address, {"plan": plan}
    store.close()


@pytest.fixture
def small_year(browser, tmp_path):
    """The guarded small year, on which a real plan stands, behind a server: office, address."""
    store, office, _ = office_of(tmp_path, lambda office: accept(office, guarded_year()))
    with served(office) as address:
        yield office, address
    store.close()


@pytest.fixture
def visitor_at(browser, small_year):
    """`visitor_at("hr", lang="en")`: somebody at the pages of the small year."""
    with ExitStack() as stack:
        yield lambda *roles, **how: stack.enter_context(
            visiting(browser, *small_year, *roles, **how)
        )


@pytest.mark.parametrize(("lang", "width", "theme"), KINDS)
def test_the_pages_of_a_filled_plan_are_clean(served_office, page_as, lang, width, theme):
    plan, found = served_office[2]["plan"], {}
    for role in ("hr", "leader"):
        visitor = page_as(role, lang=lang, width=width, theme=theme)
        for path in ("", "/moves", "/moves?q=nguyen", "/staying", "/staying?which=missing"):
            visitor.goes(f"/rotations/{plan}{path}")
            over = visitor.runs_over()
            if wrong := [*visitor.wrong, *visitor.violations(), *([over] if over else [])]:
                found[role, path] = wrong
    assert found == {}


def take(page, address, step, note=""):
    """One step by its button, in whatever language: through its dialog when it has one."""
    page.goto(address)
    form = page.locator(f'form[action$="/{step}"]')
    if page.locator(f"dialog#{step}").count():
        page.locator(f'[data-opens="{step}"]').click()
    if note:
        form.locator("textarea").fill(note)
    form.locator("[type=submit]").click()
    expect(page.locator(".told")).to_be_visible()


@pytest.mark.parametrize(("lang", "width", "theme"), KINDS)
def test_a_plan_goes_back_once_then_into_force(visitor_at, small_year, lang, width, theme):
    plan = rotation(small_year[0])
    address = f"{small_year[1]}/rotations/{plan}"
    hr = visitor_at("hr", lang=lang, width=width, theme=theme).page
    leader = visitor_at("leader", lang=lang, width=width, theme=theme).page
    for step in ("check", "submit"):
        take(hr, address, step)
    expect(hr.locator('[data-opens="approve"]')).to_have_count(0)
    take(leader, address, "send-back", "Rà lại ngày báo trước")
    expect(leader.locator(".notice", has_text="Rà lại ngày báo trước")).to_be_visible()
    for step in ("check", "submit"):
        take(hr, address, step)
    take(leader, address, "approve", "Đồng ý")
    take(leader, address, "publish")
    hr.goto(address)
    expect(hr.locator(".stepper .step-done")).to_have_count(5)
    take(leader, address, "close")


def test_a_cycle_is_found_by_a_name_without_accents_and_drawn(served_office, page_as):
    office, _, ids = served_office
    listed = office.client("hr").get(f"/api/v1/rotations/{ids['plan']}/moves?limit=500").json()
    who = next(m for m in listed["items"] if m["cycle_kind"] == "cycle")
    page = page_as("hr").goes(f"/rotations/{ids['plan']}/moves")
    expect(page.locator(".exchange")).to_have_count(20)
    page.keyboard.press("/")
    page.keyboard.type(folded(who["name"]))
    cycle = page.get_by_role("article", name=f"Vòng {who['cycle_id']}")
    expect(cycle.locator("tr.hit th").first).to_contain_text(who["name"])
    expect(cycle.locator("svg path")).to_have_count(3)
    expect(cycle.locator("tbody tr")).to_have_count(3)
    assert page.locator(".exchange").count() < 20
    tops = [rect.bounding_box()["y"] for rect in cycle.locator("rect").all()]
    assert tops == sorted(tops)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Bỏ tất cả").click()
    expect(page.locator(".exchange")).to_have_count(20)


def test_the_months_of_the_year_lead_to_their_moves(served_office, page_as):
    page = page_as("leader").goes(f"/rotations/{served_office[2]['plan']}")
    link = page.get_by_role("region", name="Số lượt chuyển theo đợt").get_by_role("link").first
    month = link.inner_text()
    link.click()
    expect(page.locator(".wave-head")).to_have_count(1)
    expect(page.locator(".wave-head")).to_contain_text(month)


def test_who_may_not_know_grounds_sees_and_downloads_what_may_be_posted(visitor_at, small_year):
    plan = rotation(small_year[0])
    page = visitor_at("leader").goes(f"/rotations/{plan}")
    expect(page.locator(".notice", has_text="Bản niêm yết được")).to_be_visible()
    files = page.locator('a[href*="/files/"]')
    names = [link.get_attribute("href") for link in files.all()]
    assert names
    assert all("/files/public/" in name for name in names)
    page.get_by_role("link", name="Ai ở lại").click()
    page.get_by_role("link", name="Có lý do 1").click()
    expect(page.get_by_role("rowheader", name="Bình")).to_be_visible()
    assert [secret for secret in SECRETS if secret in page.content()] == []


def test_an_amendment_is_asked_without_somebody_found_by_name(served_office, page_as):
    office, _, ids = served_office
    with office.store.reading() as db:
        dataset = plans.get(db, plans.MOVES, ids["plan"]).dataset_id
    plan = keep(office, filled()[0], dataset, status="published")
    visitor = page_as("hr", width=390)
    page = visitor.goes(f"/rotations/{plan}")
    page.get_by_role("link", name="Lập bản điều chỉnh").click()
    box = page.get_by_label("Ai không chuyển được nữa")
    box.fill("NV00004")
    page.get_by_role("checkbox").check()
    box.fill("NV00009")
    expect(page.get_by_role("checkbox")).to_have_count(2)
    expect(page.get_by_role("group", name="Rút khỏi kế hoạch")).to_contain_text("NV00004")
    page.get_by_role("group", name="Tìm thấy").get_by_role("checkbox").check()
    assert visitor.violations() == []
    page.get_by_role("button", name="Bắt đầu lập").click()
    expect(page).to_have_url(re.compile("/runs/"))
    run = office.jobs.waiting[-1]
    asked = office.client("hr").get(f"/api/v1/runs/{run}").json()
    assert asked["kind"] == "repair"
    assert wanted(office, run)["without"] == ["NV00004", "NV00009"]


def wanted(office, run):
    with office.store.reading() as db:
        return runs.get(db, run).ask


def test_on_paper_the_columns_of_an_exchange_hold_words_and_its_drawing_stands_above(
    served_office, page_as
):
    page = page_as("hr").goes(f"/rotations/{served_office[2]['plan']}/moves")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 672, "height": 900})
    widths = page.locator(".exchange tbody td").evaluate_all("all => all.map(td => td.offsetWidth)")
    assert min(widths) > 110  # px at 96 an inch; once it was one letter a line
    drawing = page.locator(".exchange-drawing").first.bounding_box()
    table = page.locator(".exchange .table-frame").first.bounding_box()
    assert drawing["y"] + drawing["height"] <= table["y"] + 1
    assert drawing["width"] < 260
