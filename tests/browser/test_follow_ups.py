"""The follow-up board: what is overdue stands first; proof, closing and withdrawal from the board's cards."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.serving import visiting


@pytest.fixture
def somebody(browser, at_work):
    """`somebody("planner", width=390)` at a browser."""
    opened = []

    def visit(role, **how):
        opened.append(visiting(browser, *at_work, role, **how))
        return opened[-1].__enter__()

    yield visit
    for one in opened:
        one.__exit__(None, None, None)


@pytest.mark.parametrize(("lang", "width"), [("vi", 390), ("en", 1440)])
def test_columns_on_a_desk_one_list_on_a_phone_overdue_first(somebody, lang, width):
    visitor = somebody("planner", lang=lang, width=width)
    page = visitor.goes("/follow-ups")
    columns = page.locator(".board-column")
    expect(columns).to_have_count(5)
    lefts = {round(columns.nth(n).bounding_box()["x"]) for n in range(5)}
    assert len(lefts) == (5 if width == 1440 else 1)
    expect(columns.nth(0)).to_have_class(re.compile("board-overdue"))
    total = int(columns.nth(0).locator(".count").inner_text())
    cards = columns.nth(0).locator("li.card-find")
    days = cards.locator(".way .late time").evaluate_all("all => all.map(one => one.dateTime)")
    assert len(days) == 8 < total
    assert days == sorted(days)
    assert max(days) < "2027-03-01"
    columns.nth(0).locator(".card-more a").click()
    expect(page.locator("tbody tr")).to_have_count(total)
    assert (visitor.violations(), visitor.runs_over(), visitor.wrong) == ([], 0, [])


def test_filters_count_every_column_anew_and_can_be_taken_off(somebody):
    page = somebody("planner").goes("/follow-ups")
    page.get_by_label("Đơn vị: tên hoặc mã").fill("00160")
    page.get_by_label("Mức độ").select_option("critical")
    page.get_by_role("button", name="Lọc").click()
    found = page.locator(".card-find")
    assert found.count() > 0
    for n in range(found.count()):
        expect(found.nth(n)).to_contain_text("Phường Nghĩa Đô")
        expect(found.nth(n)).to_contain_text("Nghiêm trọng")
    narrow = found.count()
    page.get_by_role("link", name=re.compile("^Nghiêm trọng")).click()
    assert page.locator(".card-find").count() > narrow
    assert "unit_id=00160" in page.url
    by_id = page.locator(".card-find").count()
    page.get_by_label("Đơn vị: tên hoặc mã").fill(
        "nghia do"
    )  # its name, as one types it who leaves out accents
    page.get_by_role("button", name="Lọc").click()
    expect(page.locator(".card-find")).to_have_count(by_id)
    expect(page.locator(".pill")).to_contain_text("nghia do")
    page.get_by_label("Đơn vị: tên hoặc mã").fill("không có")
    page.get_by_role("button", name="Lọc").click()
    expect(page.locator(".card-none")).to_have_count(5)


@pytest.mark.parametrize(("lang", "width"), [("vi", 1440), ("en", 390)])
def test_a_planner_enters_proof_and_closes(somebody, lang, width):
    visitor = somebody("planner", lang=lang, width=width)
    code, state = ("TT-2027-00005", "due_soon") if lang == "vi" else ("TT-2027-00009", "open")
    page = visitor.goes("/follow-ups")
    card = page.locator(".card-find", has_text=code)
    expect(page.locator(f".board-{state}", has_text=code)).to_have_count(1)
    card.locator(".card-do a").first.click()
    proving = page.locator('form[action$="/proof"]')
    proving.locator("textarea").fill("Công văn số 7/CV-UBND")
    proving.locator("[name=on]").fill("2027-02-01")  # before the visit
    proving.locator("button").click()
    expect(proving.get_by_role("alert")).to_contain_text("01/02/2027")
    assert (visitor.violations(), visitor.runs_over()) == ([], 0)
    proving.locator("[name=on]").fill("2027-03-01")  # today, the last day that may be
    proving.locator("button").click()
    expect(page.locator(".told")).to_be_visible()
    expect(page.locator(".way li").nth(2)).to_contain_text("2027")
    visitor.goes("/follow-ups")
    expect(page.locator(".board-proof", has_text=code)).to_have_count(1)
    page.locator(".board-proof .card-find", has_text=code).get_by_role("link").first.click()
    page.locator('form[action$="/closing"] button').click()
    expect(page.locator(".told")).to_be_visible()
    visitor.goes("/follow-ups?state=proof")
    expect(page.locator("tbody tr", has_text=code)).to_have_count(0)
    assert visitor.wrong == []


def test_a_withdrawn_finding_leaves_the_board_with_its_reason_in_the_store(somebody, at_work):
    page = somebody("planner").goes("/follow-ups")
    page.locator(".card-find", has_text="TT-2027-00007").get_by_role("link").first.click()
    form = page.locator('form[action$="/withdrawal"]')
    form.locator("button").click()  # no reason: the browser asks for it
    expect(page).to_have_url(re.compile(r"/follow-ups/\d+"))
    form.locator("textarea").fill("Ghi trùng")
    form.locator("button").click()
    expect(page.locator(".told")).to_contain_text("Đã rút")
    expect(page.locator(".card-find", has_text="TT-2027-00007")).to_have_count(0)
    assert "finding.withdrawn" in [line.action for line in at_work[0].journal()]


def test_a_leader_reads_the_board_and_is_offered_no_form(somebody):
    visitor = somebody("leader")
    page = visitor.goes("/follow-ups")
    expect(page.locator(".card-do")).to_have_count(0)
    page.locator(".card-find a").first.click()
    expect(page.locator("main form")).to_have_count(0)
    assert visitor.violations() == []
