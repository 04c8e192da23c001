"""The leader: what waits, each on one page; one goes back with a word, the other comes into force."""

import pytest
from playwright.sync_api import expect

from data.store import plans
from data.store.store import Store
from tests.api.test_visits import Desk
from tests.browser.serving import served
from tests.browser.walking import EVERY, PASSWORD, walking
from tests.clients import Office
from tests.databases import fresh_url
from tests.plan_offices import give_plan, status_of
from tests.rotation_plans import rotation_plan
from tests.stored_rotations import keep

WORD = "Rà lại ngày báo trước"
YEARLY = "Kế hoạch kiểm tra năm {year}, bản số {n}"
MOVES = "Kế hoạch chuyển đổi vị trí năm {year}, bản số {n}"


@pytest.fixture
def office(tmp_path):
    """An office in which a yearly plan and a rotation plan were laid before the leader; their ids."""
    store = Store(fresh_url("sqlite", tmp_path))
    office = Office(store)
    yearly = Desk(office, give_plan(office, "lan"))
    for step in ("check", "submit"):
        assert yearly.post(step).status_code == 200
    waiting = {"status": "submitted", "submitted_at": office.now, "checked_at": office.now}
    with store.reading() as db:
        dataset = plans.get(db, plans.VISITS, yearly.plan).dataset_id
    yield office, yearly.plan, keep(office, rotation_plan(24)[0], dataset, **waiting)
    store.close()


@pytest.fixture
def leader(browser, office, lang, width):
    """Minh, who has a password, before the sign-in page."""
    office[0].account_with(PASSWORD, "leader", name="minh")
    with served(office[0]) as address, walking(browser, office[0], address, lang, width) as walker:
        yield walker


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_of_two_plans_that_wait_one_goes_back_and_the_other_into_force(leader, office):
    office, yearly, moves = office
    leader.enters("minh")
    leader.chooses("Chờ phê duyệt")
    expect(leader.page.get_by_role("main").get_by_role("heading", level=2)).to_have_count(2)
    assert leader.visitor.violations() == []
    leader.follows(MOVES, year=2027, n=1)
    leader.press("Trả lại")  # without a word: the browser asks for it
    assert status_in(office, moves) == "submitted"
    leader.field("Điều cần sửa (bắt buộc)").fill(WORD)
    leader.press("Trả lại")
    leader.told("Đã trả lại kế hoạch để sửa.")
    assert status_in(office, moves) == "draft"

    leader.follows(YEARLY, year=2027, n=1)
    leader.sees("Không vi phạm quy tắc bắt buộc nào")
    expect(leader.region("Tốt đến đâu")).to_be_visible()
    assert leader.visitor.runs_over() == 0
    leader.field("Ý kiến (không bắt buộc)").fill("Đồng ý")
    leader.press("Phê duyệt")
    leader.told("Đã phê duyệt kế hoạch.")
    leader.follows(YEARLY, year=2027, n=1)
    leader.press("Ban hành")
    leader.told("Đã ban hành; kiểm tra viên thấy lịch của mình từ bây giờ.")
    leader.sees("Không có gì chờ phê duyệt")
    assert status_of(office, yearly) == "published"

    leader.chooses("Chuyển đổi vị trí")
    leader.follows("Bản số {n}", n=1)
    expect(leader.page.get_by_text(WORD)).to_be_visible()
    leader.ends()


def status_in(office, plan):
    """The state of the rotation plan in the store."""
    with office.store.reading() as db:
        return plans.get(db, plans.MOVES, plan).status
