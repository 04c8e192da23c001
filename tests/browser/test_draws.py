"""A season of draws on pages: begun from the ceremony's record, its table sealed."""

import re

import pytest
from playwright.sync_api import expect

from data.store.store import Store
from tests import draw_seasons as seasons
from tests.api.test_draws_api import packed
from tests.browser.drawing import begin
from tests.browser.serving import served
from tests.clients import Office
from tests.databases import fresh_url


@pytest.fixture(scope="module")
def served_office(browser, tmp_path_factory):
    """A server with the season's dataset accepted and its plan published, the evening before the season."""
    store = Store(fresh_url("sqlite", tmp_path_factory.mktemp("draws")))
    office = Office(store)
    begin(office)
    with served(office) as address:
        yield office, address, {}
    store.close()


def test_a_season_is_begun_and_sealed(served_office, page_as):
    office, (_, record, kind) = served_office[0], packed(seasons.fresh())["file"]
    planner = page_as("planner")
    page = planner.goes("/draws")
    page.get_by_role("button", name="Mở mùa mới").click()
    page.locator("#f-begin").set_input_files(
        {"name": "record.zip", "mimeType": kind, "buffer": record}
    )
    page.get_by_role("dialog").get_by_role("button", name="Gửi hồ sơ").click()
    expect(page.get_by_role("status")).to_contain_text("Đã mở mùa rút thăm")
    where = page.url.removeprefix(planner.address)
    assert planner.violations() == []
    page.get_by_role("button", name="Tính và niêm phong").click()
    expect(page).to_have_url(re.compile("/runs/"))
    assert [run.status for run in office.work()] == ["done"]
    page = planner.goes(where)
    expect(
        page.get_by_role("row").filter(has_text="01/03/2027").locator("td").first
    ).not_to_have_text("–")
    page.locator("#f-step").set_input_files(
        {"name": "record.zip", "mimeType": kind, "buffer": record}
    )
    page.get_by_role("button", name="Gửi hồ sơ").click()
    expect(page.get_by_role("alert").filter(has_text="không có dòng mới")).to_be_visible()
    assert planner.wrong == []
