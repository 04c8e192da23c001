"""The leader: what waits, a page that prints on one sheet, signing or sending back right there."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from data.records.actors import PROGRAM
from data.store import plans, visits
from data.store.tables.plans import plans as table
from tests.plan_offices import bare_plan, give_plan

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
