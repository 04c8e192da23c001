"""The demonstration's inspector has something to do today and in the next days, on whatever date it is made."""

from datetime import UTC, date, datetime

import pytest

from api.identity import actor_of
from data.calendar import WorkCalendar
from data.passwords import Passwords
from data.sample import sample_tables
from data.store import pins
from data.store.store import Store
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.online import demo_city, demo_days, demo_people, demo_work
from scheduler.journeys.online.demo_stage import Effort, Stage
from tests.clients import CHEAP
from tests.databases import fresh_url

SUNDAY, CHRISTMAS_EVE, NEW_YEARS_EVE = date(2027, 3, 7), date(2027, 12, 24), date(2027, 12, 31)
TET = date(2027, 2, 6)


@pytest.fixture
def on(tmp_path):
    """`on(day)`: a small city whose data came in January, on this day."""
    store = Store(fresh_url("sqlite", tmp_path))

    def made(day):
        moment = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
        tables = sample_tables(units=24, inspectors=16, staff=300, seed=1, year=day.year)
        effort = Effort(1, 1, 1, tables=tables)
        stage = Stage(store, {}, moment, tmp_path, effort, lambda word: None)
        stage.people = demo_people.make_accounts(
            store, Passwords(CHEAP), actor_of, moment, demo_people.new_password()
        )
        demo_city.city(stage, day.year, tables)
        return stage

    yield made
    store.close()


def asked(stage):
    demo_days.ask_for_near_days(stage, stage.today.year, stage.moment)
    with stage.store.reading() as db:
        return [pin.text for pin in pins.page(db, 0, 100)[0]]


@pytest.mark.parametrize(("day", "days"), [
    (date(2027, 3, 1), ["2027-03-01", "2027-03-03", "2027-03-05"]),
    (SUNDAY, ["2027-03-08", "2027-03-10", "2027-03-12"]),
    (CHRISTMAS_EVE, ["2027-12-24", "2027-12-28", "2027-12-30"]),  # bodies shut at the year's end
    (NEW_YEARS_EVE, ["2027-12-31"]),
])  # fmt: skip
def test_one_person_is_asked_for_on_the_next_working_days_each_time_at_another_body(on, day, days):
    found = asked(on(day))
    assert [str(pin.date) for pin in found] == days
    assert len({pin.inspector_id for pin in found}) == 1
    assert len({pin.unit_id for pin in found}) == len(days)


def test_after_the_new_year_of_the_moon_the_first_days_of_work_are_taken(on):
    working = WorkCalendar(()).is_working
    found = [pin.date for pin in asked(on(TET))]
    assert not working(TET)
    assert len(found) == 3
    assert all(working(day) for day in found)


def test_at_the_end_of_the_year_the_plan_in_force_sends_the_inspector_out(on):
    stage = on(CHRISTMAS_EVE)
    plan_id = demo_city.plan_in_force(stage, 2027)
    who = demo_work.who_is_out(stage, plan_id)
    days = {
        str(visit.start)
        for visit in demo_city.rows_of(stage, plan_id)
        if who in (visit.lead, *visit.members)
    }
    assert {"2027-12-24", "2027-12-28", "2027-12-30"} <= days
    bare = sample_tables(units=24, inspectors=16, staff=300, seed=1, year=2027)["blackouts"]
    assert len(demo_days.opened(bare, CHRISTMAS_EVE)) < len(bare)  # what would have shut the bodies


def test_where_no_plan_can_be_made_with_them_the_pins_are_let_go(on, monkeypatch):
    stage = on(date(2027, 3, 1))
    tried = []

    def draft(stage, year, at):
        with stage.store.reading() as db:
            tried.append(pins.page(db, 0, 100)[1])
        if tried[-1]:
            raise Refused(Message("Không có kế hoạch nào."))
        raise LookupError

    monkeypatch.setattr(demo_city, "draft", draft)
    with pytest.raises(LookupError):
        demo_city.plan_in_force(stage, 2027)
    assert tried == [3, 0]
