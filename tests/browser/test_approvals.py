"""The leader: what waits, a page that prints on one sheet, signing or sending back right there."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from data.records.actors import PROGRAM
from data.store import plans, visits
from data.store.tables.plans import plans as table
from tests.plan_offices import bare_plan, give_plan, status_of

KINDS = [("vi", 1440, "light"), ("en", 390, "dark")]
SAID = {
    "vi": ("Xem và quyết định", "Đã phê duyệt kế hoạch.", "Đã trả lại kế hoạch để sửa."),
    "en": ("Read and decide", "The plan is approved.", "The plan was sent back to be changed."),
}
LONG = "Một câu lưu ý dài như máy vẫn viết, có tên đơn vị, ngày và cách làm khác có thể thử, " * 3


def submitted(office, **more):
    plan = give_plan(office, "lan")
    with office.store.engine.begin() as db:
        values = {
            "status": "submitted",
            "submitted_at": office.now,
            "checked_at": office.now,
            **more,
        }
        db.execute(update(table).where(table.c.id == plan).values(**values))
    return plan


@pytest.mark.parametrize(("lang", "width", "theme"), KINDS)
def test_a_leader_reads_one_page_and_signs_there(served_office, page_as, lang, width, theme):
    office = served_office[0]
    plan = submitted(office)
    visitor = page_as("leader", lang=lang, width=width, theme=theme)
    page = visitor.goes("/approvals")
    assert visitor.violations() == []
    assert visitor.runs_over() == 0
    card = page.locator(".sheet-card").filter(
        has=page.locator(f'a[href="/approvals/plans/{plan}"]')
    )
    card.get_by_role("link", name=SAID[lang][0]).click()
    assert visitor.violations() == []
    assert visitor.runs_over() == 0
    page.locator("#approve-note").fill("Đồng ý")
    page.locator(f'form[action="/plans/{plan}/approve"] button[type=submit]').click()
    expect(page).to_have_url(re.compile("/approvals$"))
    expect(page.locator(".told")).to_have_text(SAID[lang][1])
    assert status_of(office, plan) == "approved"
    visitor.goes(f"/approvals/plans/{plan}")
    page.locator(f'form[action="/plans/{plan}/publish"]').wait_for()
    assert visitor.wrong == []


@pytest.mark.parametrize(("lang", "width"), [("vi", 390), ("en", 1440)])
def test_sending_back_needs_a_word_and_takes_it_along(served_office, page_as, lang, width):
    office = served_office[0]
    plan = submitted(office)
    visitor = page_as("leader", lang=lang, width=width)
    page = visitor.goes(f"/approvals/plans/{plan}")
    button = page.locator(f'form[action="/plans/{plan}/send-back"] button[type=submit]')
    button.click()  # the browser asks for the word
    assert status_of(office, plan) == "submitted"
    page.locator("#send-back-note").fill("Giãn tuần đầu năm")
    button.click()
    expect(page.locator(".told")).to_have_text(SAID[lang][2])
    assert status_of(office, plan) == "draft"
    planner = page_as("planner", lang=lang, width=width).goes(f"/plans/{plan}")
    expect(planner.locator(".notice").filter(has_text="Giãn tuần đầu năm")).to_be_visible()
    assert visitor.wrong == []


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("heavy", [False, True])
def test_the_page_of_a_plan_prints_on_one_sheet_of_a4(served_office, page_as, lang, heavy):
    office = served_office[0]
    plan = submitted(office)
    if heavy:
        make_heavy(office, plan)
    page = page_as("leader", lang=lang, theme="dark").goes(f"/approvals/plans/{plan}")
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    assert re.search(rb"/MediaBox\s*\[0 0 59[45][.\d]* 84[12]", pdf)


def make_heavy(office, plan):
    """A plan that leaves out twenty visits for eight reasons, has long notes, and changes much."""
    reasons = [
        "capacity.teams-per-day; follow-up.window: không tìm được ngày và người phù hợp",
        "person.one-place; capacity.reserve: x", "independence.previous-leader; team.size: x",
        "campaign.window; blackout.unit: x", "plan.dropped-by-hand: đơn vị đang sáp nhập",
        "interest.relative: x", "calendar.in-year; visit.one-week: x", "blackout.other-body: x",
    ]  # fmt: skip
    with office.store.writing(PROGRAM, office.now) as work:
        version = plans.get(work.db, plans.VISITS, plan)
        rows = list(visits.all_rows(work.db, plan))
        lost = [
            replace(
                row, status="dropped", reason=reasons[n % 8], start=None, end=None, days=0, lead="",
                members=(), row=0,
            )
            for n, row in enumerate(rows[:20])
        ]  # fmt: skip
        kept = [replace(row, row=0) for row in rows[20:]]
        visits.put(work.db, plan, [*lost, *kept], visits.unit_names(work.db, plan))
        notes = [{"vi": LONG, "en": LONG}] * 9
        work.tell("plan.changed", "plan", plan)
        plans.change(work, version, version.revision, facts={**version.facts, "warnings": notes})


def test_whoever_made_it_is_told_that_somebody_else_decides(served_office, page_as):
    office = served_office[0]
    office.account("planner", "leader", name="kiem")
    plan = bare_plan(office, "submitted", maker="kiem")
    page = page_as("planner", "leader", name="kiem").goes(f"/approvals/plans/{plan}")
    expect(page.get_by_text("Bạn không quyết định bản này")).to_be_visible()
    expect(page.locator("#approve-note")).to_have_count(0)
