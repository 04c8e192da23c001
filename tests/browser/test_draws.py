"""A season of draws on pages: begun from the ceremony's record, its table sealed, verified by the auditor."""

import re

import pytest
from playwright.sync_api import expect

from api.settings import ServerSettings
from data.records.actors import PROGRAM
from data.store import datasets, files, plans
from data.store.store import Store
from tests import draw_seasons as seasons
from tests.api.test_draws_api import packed, stored
from tests.browser.serving import served
from tests.clients import Office
from tests.databases import fresh_url


@pytest.fixture(scope="module")
def served_office(browser, tmp_path_factory):
    """A server with the season's dataset accepted and its plan published, the evening before the season."""
    store = Store(fresh_url("sqlite", tmp_path_factory.mktemp("draws")))
    office = Office(store, ServerSettings(_env_file=None))
    office.now = seasons.moment(seasons.date(2027, 2, 28), "16:00")
    tables, plan = stored()
    with store.writing(PROGRAM, office.now) as work:
        made = datasets.add(work, "city", status=datasets.ACCEPTED)
        files.put(work.db, "dataset", made, tables)
        version = plans.add(
            work, plans.VISITS, seasons.YEAR, name="p", title="Kế hoạch", trial=False, dataset_id=made,
            facts={}, status="draft",
        )  # fmt: skip
        files.put(work.db, "plan", version, plan)
        drafted = plans.get(work.db, plans.VISITS, version)
        plans.change(work, drafted, drafted.revision, status="published")
    with served(office) as address:
        yield office, address, {}
    store.close()


def test_a_season_is_begun_sealed_and_verified(served_office, page_as):
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

    auditor = page_as("auditor", lang="en", width=390, theme="dark")
    page = auditor.goes(where)
    expect(page.locator("#f-step")).to_have_count(0)
    assert auditor.runs_over() == 0
    head = page.locator(".seal code").inner_text()
    page.locator("main .page-head button").click()
    page.locator("#f-anchors").fill(head)
    page.get_by_role("dialog").locator("button[type=submit]").click()
    expect(page.locator(".notice-good")).to_be_visible()
    assert auditor.violations() == []
    assert planner.wrong == auditor.wrong == []
