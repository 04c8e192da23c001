"""The first page of each role: what is due, what waits, and nothing that is not this person's."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from api.deps import VIETNAM
from api.identity import actor_of
from data.records import PlannedVisit
from data.store import accounts
from data.store.tables.ledgers import findings
from scheduler.journeys.online.home import home
from scheduler.journeys.online.opened import open_office
from tests.browser.filled import fill
from tests.browser.walking import PASSWORD
from tests.plan_offices import give_plan

HTML = {"accept": "text/html"}


@pytest.fixture
def busy(small_office):
    """An office in the middle of its work."""
    fill(small_office)
    return small_office


def first(office, *roles, **more):
    return office.client(*roles, lang="vi", **more).get("/", headers=HTML).text


def test_an_inspector_sees_the_own_visits_of_published_plans_and_of_nobody_else(office):
    fill(office)
    mine = first(office, "inspector", name="mot", inspector_id="TV0003")
    today, later = mine.split('id="next"')
    assert "Phường Đống Đa" in today
    assert [name in later for name in ("Sở Tài chính", "Xã Sóc Sơn", "Phường Ba Đình")] == [
        True
    ] * 3
    assert (
        later.count("Sở Tài chính") == 1
    )  # of five versions of the plan, the one that is published
    assert "Phường Đống Đa" not in first(office, "inspector", name="hai", inspector_id="TV0009")


def test_yesterday_is_gone_and_the_eighth_day_is_not_yet_there(busy):
    busy.later(days=1)  # the last day of the first visit
    page = first(busy, "inspector", name="mot", inspector_id="TV0001")
    assert "Phường Đống Đa" in page.split('id="next"')[0]
    busy.later(days=1)
    page = first(busy, "inspector", name="mot", inspector_id="TV0001")
    assert "Phường Đống Đa" not in page.split('id="reports"')[0]
    busy.later(days=-6)
    page = first(busy, "inspector", name="mot", inspector_id="TV0001")
    assert "Phường Đống Đa" in page
    assert "Xã Sóc Sơn" in page
    assert "Phường Ba Đình" not in page


def test_a_visit_that_is_over_waits_for_its_report_until_that_is_due(busy):
    def waiting():
        page = first(busy, "inspector", name="mot", inspector_id="TV0001")
        return "Phường Đống Đa" in page.partition('id="reports"')[2]

    busy.later(days=1)  # its last day
    assert not waiting()
    busy.later(days=1)
    assert waiting()
    busy.later(days=20)  # fifteen working days after 2 March
    assert waiting()
    busy.later(days=1)
    assert not waiting()


def test_when_the_next_days_are_free_the_first_visit_after_them_is_named(busy):
    busy.later(days=-30)
    page = first(busy, "inspector", name="mot", inspector_id="TV0001")
    assert "Cuộc kế tiếp: Phường Đống Đa" in page
    assert "khi kế hoạch được ban hành" not in page


def test_a_leader_sees_what_waits_for_a_signature_and_only_that(busy):
    page = first(busy, "leader")
    waiting = page.split('id="waiting"')[1].split("</section>")[0]
    assert waiting.count("<li>") == 2
    assert "Kế hoạch kiểm tra công vụ năm 2027" in waiting


def figure(page, name):
    """What stands between this figure's question mark and the next figure."""
    return page.split(f'id="how-{name}"')[1].split('class="figure ')[0]


def test_the_month_of_the_plan_in_force_is_counted_to_its_last_day(office):
    def row(name, start, days=1, **more):
        day = date.fromisoformat(start)
        return PlannedVisit(
            name, "U1", "periodic", start=day, end=day + timedelta(days - 1), **more
        )

    office.dataset()
    plan = office.version([
        row("begun", "2027-02-27", 3), row("last", "2027-03-31"),
        row("over", "2027-02-26", 3), row("next", "2027-04-01"),
        PlannedVisit("left", "U2", "periodic", status="dropped"),
    ])  # fmt: skip
    office.version([], "draft", year=2027)
    for role in ("planner", "leader"):
        page = first(office, role)
        assert f'<a href="/plans/{plan}/year?zoom=month">2</a>' in figure(page, "month")
        assert f'<a href="/plans/{plan}">1</a>' in figure(page, "left-out")
    assert "how-month" not in first(office, "hr")


@pytest.mark.parametrize(("role", "seen"), [
    ("planner", {"plans", "due", "data"}), ("hr", {"rotations", "ending", "data"}),
    ("inspector", {"today", "next"}), ("leader", {"waiting", "plans", "rotations", "due"}),
    ("administrator", {"roles"}), ("auditor", {"journal"}),
])  # fmt: skip
def test_each_role_has_its_own_parts_and_no_other(busy, role, seen):
    page = first(busy, role, inspector_id="TV0009")
    known = {
        "plans",
        "due",
        "data",
        "rotations",
        "ending",
        "today",
        "next",
        "waiting",
        "roles",
        "journal",
    }
    assert {name for name in known if f'<h2 id="{name}">' in page} == seen


def test_a_finding_is_overdue_from_the_day_after_its_day(small_office):
    due = small_office.now.date()
    with small_office.store.upkeep() as db:
        db.execute(insert(findings).values(
            finding_id="PH-1", visit_id="V1", unit_id="U1", severity="major", remedy_due=due, text="",
            proof="", made_at=small_office.now, revision=1,
        ))  # fmt: skip
    planner = _actor(small_office, "planner")
    on_the_day = home(small_office.store, planner, due).due
    assert (on_the_day.n_overdue, on_the_day.n_soon) == (0, 1)
    day_after = home(small_office.store, planner, due + timedelta(days=1)).due
    assert (day_after.n_overdue, day_after.n_soon) == (1, 0)


def _actor(office, role):
    who = office.account(role)
    with office.store.reading() as db:
        return actor_of(accounts.get(db, who))


def test_hr_gets_the_most_urgent_people_and_without_data_nothing_wrong(small_office):
    hr = small_office.client("hr", lang="vi")
    assert hr.get("/first/people", headers=HTML).text.strip() == ""
    small_office.dataset()
    page = hr.get("/first/people", headers=HTML).text
    assert "Quá hạn chuyển đổi" in page
    assert page.count("<li>") == 6
    assert "Chỉ có một vị trí" not in page  # nobody can change with them


def test_an_empty_office_says_what_to_do_first(small_office):
    page = first(small_office, "planner")
    assert "Từ tệp mẫu đến kế hoạch đầu tiên" in page
    assert "/api/v1/datasets/template" in page
    small_office.dataset()
    assert "Lập kế hoạch đầu tiên" in first(small_office, "planner")
    assert "chưa được giao vai trò nào" in first(small_office, name="moi")


def test_short_lists_name_units_and_people_and_lead_to_them(small_office):
    small_office.dataset()
    planner = small_office.actor(small_office.account("planner"))
    today = small_office.now.astimezone(VIETNAM).date()
    due = home(small_office.store, planner, today).due.overdue[0]
    names = {unit.unit_id: unit.name for unit in open_office(small_office.store).units}
    row = f'<a href="/follow-ups/{due.id}">{names[due.unit_id]}</a>'
    assert row in first(small_office, "planner")


def led_to(office):
    """The step at which the administrator's first page stands; "" when it leads nowhere any more."""
    page = first(office, "administrator")
    now = page.partition('aria-current="step"')[2]
    return re.search(r'class="first-title">([^<]+)', now)[1] if now else ""


def test_an_administrator_is_led_from_nobody_to_the_first_plan(small_office):
    assert led_to(small_office) == "Tài khoản của người lập kế hoạch"
    small_office.account("planner", name="soan")
    assert led_to(small_office) == "Tài khoản của lãnh đạo"
    small_office.account("leader", name="ky")
    assert led_to(small_office) == "Trao liên kết đặt mật khẩu"
    small_office.account_with(PASSWORD, "planner", name="lan")
    assert led_to(small_office) == "Trao liên kết đặt mật khẩu"  # nobody who approves is inside
    small_office.account_with(PASSWORD, "leader", name="minh")
    assert led_to(small_office) == "Dữ liệu đầu tiên"
    small_office.dataset()
    assert led_to(small_office) == "Kế hoạch đầu tiên"
    give_plan(small_office)
    assert led_to(small_office) == ""
