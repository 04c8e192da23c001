"""The page of one official: the move that a rotation plan has for the person, and kin in the same body."""

import pytest
from sqlalchemy import update

from data.records import Relative
from data.store import plans
from tests.hr_office import RELATION, accept, guarded_year, rotation, written
from tests.rotation_offices import rotation_office

HTML = {"accept": "text/html"}


@pytest.fixture
def year(small_office):
    """An office with a draft for An, who goes to a vacant post, and Tân, who comes after: (office, plan)."""
    accept(small_office, guarded_year())
    return small_office, rotation(small_office)


def person(office, role, who, lang="vi"):
    answer = office.client(role, lang=lang).get(f"/people/{who}", headers=HTML)
    assert answer.status_code == 200
    return answer.text


def set_status(office, plan, status):
    with office.store.upkeep() as db:
        db.execute(update(plans.table).where(plans.table.c.id == plan).values(status=status))


def test_the_move_of_the_newest_draft_and_of_the_plan_in_force_are_led_to(year):
    office, first = year
    set_status(office, first, "published")
    second, third = rotation(office), rotation(office)
    html = person(office, "hr", "An")
    for plan, shown in ((first, True), (second, False), (third, True)):
        assert (f'href="/rotations/{plan}/moves?q=CD-2027-0001"' in html) == shown, plan
    assert "/moves?q=" not in person(office, "hr", "Chi")
    set_status(office, third, "discarded")
    assert f'href="/rotations/{second}/moves?q=CD-2027-0001"' in person(office, "hr", "An")


def test_a_leader_reads_the_reason_that_may_be_posted(year):
    office, _ = year
    mine, theirs = (person(office, role, "An") for role in ("hr", "leader"))
    assert "tiếp nhận" in mine
    assert "tiếp nhận" not in theirs
    assert "Đến hạn chuyển đổi" in theirs


def test_kin_are_shown_to_hr_when_they_serve_under_one_body_and_only_then(small_office):
    kin = Relative("Lý", "Chi", RELATION), Relative("An", "Chi", RELATION)
    accept(small_office, written(rotation_office(relatives=kin)))
    mine = person(small_office, "hr", "Chi")
    assert "Người thân trong cùng cơ quan" in mine
    assert 'href="/people/L%C3%BD"' in mine  # both in Xã Ba
    assert 'href="/people/An"' not in mine  # kin, but in Xã Một
    theirs = person(small_office, "leader", "Chi")
    assert "Người thân" not in theirs
    assert RELATION not in theirs
