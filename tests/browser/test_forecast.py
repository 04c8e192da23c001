"""The forecast on a page: the picture says what its table says, for everybody and for one unit."""

import re

from playwright.sync_api import expect


def due(page):
    """Period -> people due, of the first reading."""
    rows = page.locator(".columns .panel").first.locator("tbody tr").all()
    return {
        row.locator("th").inner_text(): int(row.locator("td").first.inner_text()) for row in rows
    }


def test_the_bars_are_the_numbers_of_the_table_beside_them(page_as):
    page = page_as("leader").goes("/forecast?from=2027&to=2028")
    titles = page.locator(".forecast-picture rect title").all_text_contents()
    found = {}
    for title in titles:
        if told := re.fullmatch(r"(.+): đến hạn (\d+)", title):
            found.setdefault(told[1], int(told[2]))
    table = due(page)
    assert {period: table[period] for period in found} == found
    assert len(found) > 5


def test_one_unit_has_no_more_dues_than_everybody(page_as):
    visitor = page_as("hr")
    page = visitor.goes("/forecast")
    everybody = due(page)
    page.get_by_label("Đơn vị").select_option(index=3)
    page.get_by_role("button", name="Xem").click()
    expect(page).to_have_url(re.compile("unit=.+"))
    mine = due(page)
    assert mine.keys() == everybody.keys()
    assert all(mine[period] <= everybody[period] for period in mine)
    assert sum(mine.values()) < sum(everybody.values())
    assert visitor.wrong == []


def test_years_the_wrong_way_round_are_turned_round(page_as):
    page = page_as("hr").goes("/forecast?from=2030&to=2028")
    expect(page.get_by_label("Từ năm")).to_have_value("2028")
    expect(page.get_by_label("Đến năm")).to_have_value("2030")
    assert list(due(page))[1] == "Quý I/2028"


def test_both_tables_show_their_last_column_on_a_desk(page_as):
    page = page_as("leader", width=1440).goes("/forecast")
    hidden = page.locator(".columns .data").evaluate_all(
        "tables => tables.map(t => t.scrollWidth - t.parentElement.clientWidth)"
    )
    assert len(hidden) == 2
    assert max(hidden) <= 0
