"""Browsers for tests: skipped with a reason where no Chromium is, but never in CI."""

from __future__ import annotations

import os
from contextlib import ExitStack

import pytest

from data.store.store import Store
from tests.browser.filled import fill
from tests.browser.inspecting import LAN, begin
from tests.browser.serving import chromium, served, visiting
from tests.clients import Office
from tests.databases import fresh_url

MISSING = "no Chromium here: sudo apt-get install chromium"


@pytest.fixture(scope="session")
def browser():
    """One Chromium a worker."""
    if not chromium():
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=20_000)  # two cores, and other tests beside

    with sync_playwright() as play:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        started = play.chromium.launch(executable_path=chromium(), args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="module")
def served_office(browser, tmp_path_factory):
    """An office in the middle of its work behind a real server: office, address, ids of what is there."""
    store = Store(fresh_url("sqlite", tmp_path_factory.mktemp("browser")))
    office = Office(store)
    ids = fill(office)
    with served(office) as address:
        yield office, address, ids
    store.close()


@pytest.fixture
def page_as(browser, served_office):
    """`page_as("planner", lang="en", width=390)`: a visitor signed in with the role; nobody without one."""
    office, address, _ = served_office
    with ExitStack() as stack:
        yield lambda *roles, **how: stack.enter_context(
            visiting(browser, office, address, *roles, **how)
        )


@pytest.fixture(scope="module")
def at_work(browser, tmp_path_factory):
    """An office whose inspectors are out, behind a real server: office, address."""
    store = Store(fresh_url("sqlite", tmp_path_factory.mktemp("inspecting")))
    office = Office(store)
    begin(office)
    with served(office) as address:
        yield office, address
    store.close()


@pytest.fixture
def lan(browser, at_work):
    """`lan(width=390)`: Lan, the inspector, at her browser."""
    with ExitStack() as stack:
        yield lambda **how: stack.enter_context(
            visiting(browser, *at_work, "inspector", **{"name": "lan", "inspector_id": LAN, **how})
        )
